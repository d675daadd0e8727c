"""What leaves the printer, from the real layout and catalogue."""

import re
import subprocess
from pathlib import Path

import pytest

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
