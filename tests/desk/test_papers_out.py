"""What leaves the printer, from the real layout and catalogue."""

import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.catalogue.conditions import Condition
from kiosk.catalogue.procedures import Procedure
from kiosk.desk import attach_papers, papers_out
from kiosk.desk.desk import Desk
from kiosk.desk.opening import practise
from tests.support.pictures import jpeg
from tests.support.visits import CHILD, begin, ready_dossier


def words(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return " ".join(shown.stdout.decode("utf-8").split())


def test_the_declaration_carries_the_answers(desk: Desk, tmp_path: Path) -> None:
    text = words(papers_out.declarations(desk, ready_dossier(desk))[0].pdf, tmp_path)
    for wanted in ("TỜ KHAI ĐĂNG KÝ KHAI SINH", CHILD.upper(), "Nguyễn Thị Bưởi", "Trần Văn Cam", "1990"):
        assert wanted in text


def test_a_form_hardly_begun_can_be_printed_too(desk: Desk, tmp_path: Path) -> None:
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in words(
        papers_out.declarations(desk, begin(desk)[1])[0].pdf, tmp_path
    )


def test_the_slip_says_what_it_is_and_names_nobody(desk: Desk, tmp_path: Path) -> None:
    filling = ready_dossier(desk)
    text = words(papers_out.slip(desk, filling), tmp_path)
    assert "không phải giấy tiếp nhận" in text
    assert filling.slip_code in text
    for secret in (CHILD, CHILD.upper(), "Nguyễn Thị Bưởi", "048195001234"):
        assert secret not in text


def test_the_checklist_knows_what_was_scanned(desk: Desk) -> None:
    filling = ready_dossier(desk)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(100, 100)])
    have = {paper.name: paper.have for paper in papers_out.slip_of(desk, filling).papers}
    assert have["Giấy chứng sinh"] is True
    assert sum(have.values()) == 1


def test_facts_carry_their_source_and_day(desk: Desk) -> None:
    slip = papers_out.slip_of(desk, ready_dossier(desk))
    for fact in (slip.fee, slip.time_limit):
        assert fact.text
        assert fact.source
        assert fact.checked is not None


def test_the_slip_says_what_is_kept_until_when(desk: Desk) -> None:
    kept = papers_out.slip_of(desk, ready_dossier(desk)).kept
    assert [bool(each.what and each.until) for each in kept] == [True, True]
    assert re.search(r"\d", kept[0].until)


@pytest.mark.parametrize("on", [True, False])
def test_a_slip_of_practice_says_so(desk: Desk, on: bool) -> None:
    _, filling = begin(practise(desk, on))
    assert papers_out.slip_of(desk, filling).practice is on


def test_a_declaration_with_problems_is_marked_and_wrong_answers_stay_dotted(
    desk: Desk, tmp_path: Path
) -> None:
    filling = ready_dossier(desk)
    filling.answer("tre_ngay_sinh", "2026-02-31")
    filling.answer("me_ngay_sinh", "26-10-05")
    text = words(papers_out.declarations(desk, filling)[0].pdf, tmp_path)
    assert "BẢN NHÁP – còn chỗ phải sửa" in text
    assert "2026-02-31" not in text
    assert "26-10-05" not in text


def test_a_whole_declaration_bears_no_mark(desk: Desk, tmp_path: Path) -> None:
    assert "BẢN NHÁP" not in words(papers_out.declarations(desk, ready_dossier(desk))[0].pdf, tmp_path)


def test_a_declaration_of_practice_says_so(desk: Desk, tmp_path: Path) -> None:
    filling = ready_dossier(practise(desk, on=True))
    text = words(papers_out.declarations(desk, filling)[0].pdf, tmp_path)
    assert "BẢN TẬP HUẤN" in text
    assert "BẢN NHÁP" not in text


def test_half_typed_words_make_it_a_draft(desk: Desk, tmp_path: Path) -> None:
    filling = ready_dossier(desk)
    filling.keep_words("me_dan_toc", "xyz")
    asked = {name for page in filling.session.screens() for name in page.questions}
    marked = "BẢN NHÁP" in words(papers_out.declarations(desk, filling)[0].pdf, tmp_path)
    assert marked is ("me_dan_toc" in asked)


def test_the_empty_form_is_printed_for_handwriting(desk: Desk, tmp_path: Path) -> None:
    (blank,) = papers_out.blanks(desk, desk.content.catalogue.by_slug("khai_sinh"))
    assert blank.title == "Tờ khai đăng ký khai sinh"
    text = words(blank.pdf, tmp_path)
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in text
    assert CHILD.upper() not in text


def several(desk: Desk) -> tuple[Desk, Procedure]:
    """A desk whose birth registration prints three papers, one of them only for a child whose sex is male."""
    birth = desk.content.catalogue.by_slug("khai_sinh")
    first = birth.prints[0]
    boy = Condition("tre_gioi_tinh", ("nam",))
    sheet = replace(
        first, layout="", title="Bản thông tin chuẩn bị", why="Chưa có mẫu.", pages=("trang_tre",)
    )
    other = replace(first, title="Tờ thứ hai", answers={"yc_ho_ten": "'theo lời {me_ho_ten}'"})
    procedure = replace(birth, prints=(first, replace(first, when=boy), other, sheet))
    return desk, procedure


def test_every_paper_that_applies_is_printed_in_order(desk: Desk, tmp_path: Path) -> None:
    filling = ready_dossier(desk)
    filling.answer("tre_gioi_tinh", "nu")
    _, filling.procedure = several(desk)
    papers = papers_out.declarations(desk, filling)
    assert [(paper.number, paper.title) for paper in papers] == [
        (1, "Tờ khai đăng ký khai sinh"), (3, "Tờ thứ hai"), (4, "Bản thông tin chuẩn bị"),
    ]  # fmt: skip
    assert "theo lời Nguyễn Thị Bưởi" in words(papers[1].pdf, tmp_path)
    sheet = words(papers[2].pdf, tmp_path)
    assert CHILD in sheet
    assert "Nguyễn Thị Bưởi" not in sheet
    filling.answer("tre_gioi_tinh", "nam")
    assert [paper.number for paper in papers_out.declarations(desk, filling)] == [1, 2, 3, 4]


def test_a_paper_is_printed_only_while_it_holds(desk: Desk) -> None:
    filling = ready_dossier(desk)
    birth, today = filling.procedure, desk.clock.now().date()
    ended = replace(birth.prints[0], effective_to=today - timedelta(days=1))
    filling.procedure = replace(birth, prints=(ended, birth.prints[0]))
    assert [paper.number for paper in papers_out.declarations(desk, filling)] == [2]
    assert [paper.number for paper in papers_out.blanks(desk, filling.procedure)] == [2]


def test_what_is_seen_is_what_is_printed(desk: Desk) -> None:
    filling = ready_dossier(desk)
    _, filling.procedure = several(desk)
    once, again = (papers_out.declarations(desk, filling) for _ in range(2))
    assert [paper.pdf for paper in once] == [paper.pdf for paper in again]
