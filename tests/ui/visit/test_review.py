"""The last look: everything is read once more, printed, signed; only a whole dossier leaves."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from kiosk.desk import papers_out, today
from kiosk.domain.consent import Purpose
from kiosk.domain.errors import WorldError
from tests.ui.visit.conftest import PaperStack, Tray
from tests.ui.visit.steps import AGREED, Visitor, settle
from ui.theme import Size, Theme


@pytest.fixture
def at_review(visitor: Visitor) -> Visitor:
    visitor.prepare()
    visitor.shell.show("review")
    settle()
    return visitor


@pytest.fixture
def with_gaps(visitor: Visitor) -> Visitor:
    visitor.prepare(but="tre_ho_ten")
    visitor.shell.show("review")
    settle()
    return visitor


def test_a_whole_dossier_says_so_and_shows_every_answer(at_review: Visitor) -> None:
    assert at_review.errors() == {}
    words = at_review.words()
    assert at_review.shell.texts("review.no_problems") in words
    for shown in ("TRẦN NGUYỄN BẢO NGỌC", "05/10/2026", "048 190 001234", "Trung tâm Y tế khu vực Hòa Vang"):
        assert shown in words


def test_what_is_open_is_listed_with_its_page_and_leads_there(with_gaps: Visitor) -> None:
    assert list(with_gaps.errors()) == ["tre_ho_ten"]
    with_gaps.press("error:tre_ho_ten")
    assert with_gaps.screen == "form"
    assert with_gaps.look("edit", with_gaps.question("tre_ho_ten")).hasFocus()


def test_with_something_open_nothing_is_handed_over(with_gaps: Visitor) -> None:
    with_gaps.press("primary")
    assert with_gaps.screen == "review"
    assert today.queue(with_gaps.desk).waiting == 0


def test_each_page_can_be_edited(at_review: Visitor) -> None:
    at_review.press("do:edit:trang_tre")
    assert at_review.sees("q:tre_ho_ten")


def test_the_preview_is_the_paper_that_is_printed(at_review: Visitor) -> None:
    sheet = at_review.look("sheet")
    assert isinstance(sheet, QLabel)
    picture = sheet.pixmap().toImage()
    dark = sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )
    assert dark > 100
    at_review.press("do:page_after")
    assert "2" in at_review.text("page-number")


def test_declaration_and_slip_are_printed(at_review: Visitor, printer: PaperStack) -> None:
    at_review.press("do:print")
    at_review.press("do:slip")
    assert [title for title, _data in printer.printed] == ["to-khai", "phieu-chuan-bi"]
    assert all(data.startswith(b"%PDF-") for _title, data in printer.printed)
    assert at_review.shell.texts("review.slip") in at_review.text("printed")


def test_without_a_printer_a_sentence_says_so_and_printing_can_be_tried_again(
    at_review: Visitor, printer: PaperStack
) -> None:
    printer.jammed = True
    at_review.press("do:print")
    assert list(at_review.errors()) == ["printer.none"]
    assert not at_review.sees("printed")
    printer.jammed = False
    at_review.press("do:print")
    assert len(printer.printed) == 1


def test_the_signed_sheet_is_scanned_here(at_review: Visitor, tray: Tray) -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    tray.pages = [out.getvalue()]
    row = at_review.look("paper:to_khai_da_ky")
    at_review.press("do:scan", row)
    assert "✓" in at_review.text("state", row)


def test_handing_over_queues_the_dossier_and_leaves_nothing_readable(at_review: Visitor) -> None:
    at_review.press("primary")
    assert at_review.screen == "done"
    assert at_review.shell.visit.filling is None
    assert today.queue(at_review.desk).waiting == 1
    assert today.all_drafts(at_review.desk) == ()


def test_the_last_page_says_what_was_done_what_next_and_what_to_keep(at_review: Visitor) -> None:
    filling = at_review.shell.visit.filling
    assert filling is not None
    at_review.press("primary")
    assert at_review.text("code") == filling.slip_code
    assert "không phải giấy tiếp nhận" in at_review.text("keep")
    assert at_review.text("did")
    assert at_review.text("next")


def test_the_slip_can_be_printed_again_at_the_end(at_review: Visitor, printer: PaperStack) -> None:
    at_review.press("primary")
    at_review.press("do:slip")
    assert [title for title, _data in printer.printed] == ["phieu-chuan-bi"]


def test_the_end_wipes_everything(at_review: Visitor) -> None:
    at_review.press("primary")
    at_review.press("primary")
    assert at_review.screen == "home"
    state = at_review.shell.visit
    assert (state.visit, state.filling, state.person, state.notes) == (None, None, None, {})
    assert "Bảo Ngọc" not in at_review.words()


def test_a_point_without_a_commune_keeps_the_dossier_and_says_why(
    at_review: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise WorldError("point.not_enrolled")

    monkeypatch.setattr("kiosk.desk.hand_over.hand_over", refuse)
    at_review.press("primary")
    assert at_review.screen == "review"
    assert list(at_review.errors()) == ["point.not_enrolled"]
    assert len(today.all_drafts(at_review.desk)) == 1


def test_who_may_be_called_is_asked_only_with_consent(at_review: Visitor) -> None:
    assert not at_review.sees("contact:phone")


def test_a_telephone_number_goes_along_with_consent(visitor: Visitor) -> None:
    visitor.prepare(purposes=AGREED | {Purpose.CONTACT})
    visitor.shell.show("review")
    settle()
    assert visitor.text("contact:name") == "Nguyễn Thị Bưởi"
    visitor.write(visitor.look("contact:phone"), "0900000001")
    visitor.press("primary")
    assert visitor.screen == "done"


def test_in_a_narrow_window_printing_stands_at_the_end_of_the_page(at_review: Visitor) -> None:
    at_review.shell.set_theme(Theme(Size.XL))
    settle()
    assert at_review.sees("do:print")
    page = at_review.shell.screen.page
    assert page.isAncestorOf(at_review.look("do:print"))
    at_review.shell.set_theme(Theme(Size.M))
    settle()
    assert not page.isAncestorOf(at_review.look("do:print"))


def test_help_takes_turns_with_printing(at_review: Visitor) -> None:
    at_review.press("do:help")
    assert at_review.sees("help:text")
    assert not at_review.sees("do:print")
    at_review.press("do:help")
    assert at_review.sees("do:print")
    assert not at_review.sees("help:text")


def test_the_preview_is_named_for_screen_readers(at_review: Visitor) -> None:
    sheet = at_review.look("sheet")
    assert (
        at_review.shell.texts("review.preview", paper="Tờ khai đăng ký khai sinh") in sheet.accessibleName()
    )
    assert isinstance(sheet, QLabel)
    assert not QPixmap(sheet.pixmap()).isNull()
    assert sheet.alignment() & Qt.AlignmentFlag.AlignHCenter


@pytest.fixture
def practising(visitor: Visitor) -> Visitor:
    visitor.shell.set_practice(on=True)
    visitor.prepare()
    visitor.shell.show("review")
    settle()
    return visitor


def test_practice_has_nothing_to_mend_and_says_that_it_goes_nowhere(practising: Visitor) -> None:
    assert practising.errors() == {}
    assert practising.sees("practice-notice")
    assert practising.text("primary") == "Kết thúc tập huấn"
    assert "gửi" not in practising.text("primary")


def test_practice_prints_and_ends_without_queueing(practising: Visitor, printer: PaperStack) -> None:
    practising.press("do:print")
    assert [title for title, _data in printer.printed] == ["to-khai"]
    practising.press("primary")
    assert practising.screen == "done"
    assert practising.shell.texts("done.practice.title") in practising.words()
    assert today.queue(practising.desk).waiting == 0
    practising.press("primary")
    assert practising.screen == "home"


def test_words_of_which_no_item_was_picked_stand_against_handing_over(visitor: Visitor) -> None:
    filling = visitor.prepare()
    filling.keep_words("tre_dan_toc", "xyz")
    visitor.shell.show("review")
    settle()
    assert list(visitor.errors()) == ["tre_dan_toc"]
    visitor.press("primary")
    assert visitor.screen == "review"


def test_what_is_previewed_is_what_is_printed(at_review: Visitor, printer: PaperStack) -> None:
    filling = at_review.shell.visit.filling
    assert filling is not None
    (paper,) = papers_out.declarations(at_review.desk, filling)
    at_review.press("do:print")
    assert [data for _title, data in printer.printed] == [paper.pdf]


@pytest.fixture
def with_three_papers(visitor: Visitor) -> Visitor:
    visitor.prepare()
    filling = visitor.shell.visit.filling
    assert filling is not None
    (first,) = filling.procedure.prints
    sheet = replace(first, layout="", title="Bản thông tin chuẩn bị", why="Chưa có mẫu giấy.")
    filling.procedure = replace(filling.procedure, prints=(first, replace(first, title="Tờ hai"), sheet))
    visitor.shell.show("review")
    settle()
    return visitor


def test_every_paper_is_shown_and_all_go_to_the_printer(
    with_three_papers: Visitor, printer: PaperStack
) -> None:
    words = with_three_papers.words()
    for title in ("Tờ khai đăng ký khai sinh", "Tờ hai", "Bản thông tin chuẩn bị"):
        assert with_three_papers.shell.texts("review.preview", paper=title) in words
    assert "3" in with_three_papers.text("do:print")
    with_three_papers.press("do:print")
    assert [title for title, _data in printer.printed] == ["to-khai", "to-khai-2", "to-khai-3"]


def test_one_paper_can_be_printed_by_itself(with_three_papers: Visitor, printer: PaperStack) -> None:
    with_three_papers.press("do:print:2")
    assert [title for title, _data in printer.printed] == ["to-khai-2"]
    assert "Tờ hai" in with_three_papers.text("printed")
