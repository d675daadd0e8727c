"""The declaration of the real form: as a table, as the official paper, and what changed."""

import subprocess
from pathlib import Path

from kiosk.domain.dossier import Answer
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint
from tests.support.office import OfficeVisitor, words_of


def test_the_answers_are_shown_in_words_page_by_page(point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(event)
    words = words_of(visitor.page(event.dossier))
    for expected in (
        "Trần Nguyễn Bảo Ngọc", "Phường Hải Vân", "05/10/2026", "Nữ", "Đã xác định được cả cha lẫn mẹ",
        "Giấy tờ tùy thân – Số giấy tờ 048195001234", "Trẻ được khai sinh", "Thủ tục đăng ký khai sinh",
    ):  # fmt: skip
        assert expected in words
    for raw in ("tre_ho_ten", "ca_cha_lan_me", "2026-10-05"):
        assert raw not in words


def test_the_declaration_is_the_official_paper(
    point: HubPoint, visitor: OfficeVisitor, tmp_path: Path
) -> None:
    event = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(event)
    answer = visitor.web.get(f"/can-bo/ho-so/{event.dossier}/to-khai/1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    (tmp_path / "to-khai.pdf").write_bytes(answer.content)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "to-khai.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    for expected in ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "TRẦN NGUYỄN BẢO NGỌC", "048195001234"):
        assert expected in printed


def test_what_changed_is_named_as_on_the_form(point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(event)
    visitor.act(event.dossier, "ask", sentence="Sửa năm sinh của cha")
    better = [one for one in BIRTH if one.name != "cha_ngay_sinh"] + [Answer("cha_ngay_sinh", "1991-02-03")]
    point.round(point.event(dossier=event.dossier, revision=2, answers=better, form=BIRTH_FORM))
    changes = words_of(visitor.page(event.dossier)).partition("Khác bản trước")[2].partition("Tờ khai")[0]
    assert "Người cha: Ngày, tháng, năm sinh của cha 1990 03/02/1991" in changes
    assert "Bảo Ngọc" not in changes


def test_without_a_layout_the_table_is_still_there(point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event()
    point.round(event)
    assert "NGUYỄN VĂN HỢP" in words_of(visitor.page(event.dossier))
    answer = visitor.web.get(f"/can-bo/ho-so/{event.dossier}/to-khai/1")
    assert answer.status_code == 400
    assert "chưa có mẫu in" in answer.text
