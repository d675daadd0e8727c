"""Papers: which are expected, scanned, refused, taken away."""

import io

import pytest
from PIL import Image

from tests.ui.visit.conftest import Tray
from tests.ui.visit.steps import Visitor, settle

PAPER = "paper:giay_chung_sinh"


def sheet() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def at_papers(visitor: Visitor) -> Visitor:
    visitor.prepare()
    visitor.shell.show("papers")
    return visitor


def scan(visitor: Visitor) -> None:
    visitor.press("do:scan", visitor.look(PAPER))


def test_the_birth_certificate_of_the_hospital_is_asked_for(at_papers: Visitor) -> None:
    row = at_papers.look(PAPER)
    assert "Cần có" in at_papers.text("state", row)
    assert not at_papers.sees("do:remove", row)


def test_a_paper_that_depends_on_answers_is_not_asked_of_everybody(visitor: Visitor) -> None:
    filling = visitor.prepare()
    ruled = {f"paper:{rule.key}" for rule in filling.procedure.papers if rule.when is not None}
    visitor.shell.show("papers")
    settle()
    usual = {widget.objectName() for widget in visitor.all_like("paper:")}
    filling.answer("loai_khai_sinh", "bi_bo_roi")
    visitor.shell.show("papers")
    settle()
    abandoned = {widget.objectName() for widget in visitor.all_like("paper:")}
    assert abandoned ^ usual
    assert abandoned ^ usual <= ruled


def test_the_signed_sheet_waits_for_its_turn(at_papers: Visitor) -> None:
    assert not at_papers.sees("paper:to_khai_da_ky")


def test_scanned_pages_are_one_paper_and_are_counted(at_papers: Visitor, tray: Tray) -> None:
    tray.pages = [sheet(), sheet()]
    scan(at_papers)
    assert at_papers.text("state", at_papers.look(PAPER)) == at_papers.shell.texts("papers.pages", n=2)


def test_the_scan_button_keeps_the_keyboard(at_papers: Visitor, tray: Tray) -> None:
    tray.pages = [sheet()]
    scan(at_papers)
    assert at_papers.look("do:scan", at_papers.look(PAPER)).hasFocus()


def test_a_paper_can_be_taken_away(at_papers: Visitor, tray: Tray) -> None:
    tray.pages = [sheet()]
    scan(at_papers)
    at_papers.press("do:remove", at_papers.look(PAPER))
    assert "Chưa có" in at_papers.text("state", at_papers.look(PAPER))


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([], "scanner.empty"),
        ([b""], "paper.empty"),
        ([b"GIF89a no picture"], "paper.not_image"),
        ([b"\xff\xd8\xff" + b"x" * (21 * 1024 * 1024)], "paper.too_big"),
    ],
)
def test_a_bad_scan_gets_a_sentence_and_the_row_stays_usable(
    at_papers: Visitor, tray: Tray, pages: list[bytes], code: str
) -> None:
    tray.pages = pages
    scan(at_papers)
    assert list(at_papers.errors()) == [code]
    assert "Chưa có" in at_papers.text("state", at_papers.look(PAPER))
    tray.pages = [sheet()]
    scan(at_papers)
    assert at_papers.errors() == {}
    assert "1" in at_papers.text("state", at_papers.look(PAPER))


def test_what_was_scanned_is_there_after_coming_back(at_papers: Visitor, tray: Tray) -> None:
    tray.pages = [sheet()]
    scan(at_papers)
    dossier = at_papers.shell.visit.filling
    assert dossier is not None
    at_papers.press("do:home")
    at_papers.press(f"draft:{dossier.dossier}")
    assert at_papers.screen == "papers"
    assert "✓" in at_papers.text("state", at_papers.look(PAPER))


def test_back_leads_to_the_last_page_and_on_to_the_review(at_papers: Visitor) -> None:
    at_papers.press("back")
    assert at_papers.screen == "form"
    at_papers.shell.show("papers")
    at_papers.press("primary")
    assert at_papers.screen == "review"
