"""The portal's road: lines to copy, the code noted, nothing of it left behind."""

import pytest
from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from kiosk.desk import attach_papers, portal_files
from kiosk.domain.dossier import Road, State
from kiosk.storage import drafts
from tests.support import visits
from tests.support.pictures import as_file
from tests.support.typing import key
from tests.ui.visit.conftest import Door
from tests.ui.visit.steps import Visitor, settle
from ui.devices.browser import Place

CODE = "H17.99.20-261121-0001"


def tick_everything(visitor: Visitor) -> None:
    for box in visitor.all_like("leaving:"):
        visitor.click(box)


@pytest.fixture
def at_portal(visitor: Visitor) -> Visitor:
    visitor.prepare(Road.PORTAL)
    visitor.shell.show("review")
    settle()
    visitor.press("primary")
    return visitor


def test_every_answer_stands_there_to_be_copied(at_portal: Visitor) -> None:
    shown = [label.text() for label in at_portal.shell.window.findChildren(QLabel, "value")]
    assert "TRẦN NGUYỄN BẢO NGỌC" in shown
    assert "05/10/2026" in shown


def test_one_click_copies_one_line(at_portal: Visitor) -> None:
    rows = at_portal.all_seen("do:copy")
    at_portal.click(rows[0])
    values = at_portal.all_seen("value")
    first = values[0]
    assert isinstance(first, QLabel)
    assert QGuiApplication.clipboard().text() == first.text()


def test_the_keyboard_goes_down_the_page(at_portal: Visitor) -> None:
    page, seen = at_portal.shell.screen.page, []
    at_portal.all_seen("do:open_portal")[0].setFocus()
    while (focused := QApplication.focusWidget()) is not None and page.isAncestorOf(focused):
        seen.append(focused.mapTo(page, focused.rect().topLeft()).y())
        key(focused, Qt.Key.Key_Tab)
    assert seen == sorted(seen)
    assert len(seen) > len(at_portal.all_seen("do:copy")) + 4


def test_two_lines_from_a_web_page_are_no_code(at_portal: Visitor) -> None:
    line = at_portal.look("portal:code")
    assert isinstance(line, QLineEdit)
    QGuiApplication.clipboard().setText("H17.99\n20-261121-0001")
    line.paste()
    tick_everything(at_portal)
    at_portal.press("primary")
    assert (at_portal.screen, list(at_portal.errors())) == ("portal", ["portal.code"])


def test_leaving_wipes_the_clipboard(at_portal: Visitor) -> None:
    at_portal.click(at_portal.all_seen("do:copy")[0])
    at_portal.press("back")
    assert QGuiApplication.clipboard().text() == ""


def test_the_portal_is_opened_in_the_computers_own_browser(at_portal: Visitor, door: Door) -> None:
    at_portal.press("do:open_portal")
    assert door.opened == ["https://dichvucong.gov.vn"]


def test_the_page_stands_beside_the_portal_until_it_is_left(
    at_portal: Visitor, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.beside.available", lambda _window: QRect(0, 0, 1366, 728))
    window = at_portal.shell.window
    before = window.width()
    at_portal.press("do:open_portal")
    assert door.places == [Place(0, 0, 808, 728)]
    page = at_portal.shell.screen.page
    assert (window.geometry().x(), window.width()) == (808, 558)
    assert at_portal.shell.screen.top.height() < 80
    assert page.minimumSizeHint().width() <= at_portal.shell.screen.page_area.viewport().width()
    at_portal.press("back")
    assert window.width() == before


def test_without_a_code_a_sentence_says_what_to_do(at_portal: Visitor) -> None:
    at_portal.press("primary")
    assert list(at_portal.errors()) == ["portal:code"]


@pytest.mark.parametrize("typed", ["abc", "NHAP-7K3M-9Q2PX", "mã của tôi"])
def test_what_is_no_code_is_refused_and_stays(at_portal: Visitor, typed: str) -> None:
    at_portal.write(at_portal.look("portal:code"), typed)
    tick_everything(at_portal)
    at_portal.press("primary")
    assert at_portal.screen == "portal"
    assert "portal.code" in at_portal.errors()
    assert at_portal.text("portal:code") == typed


def test_the_code_is_noted_and_the_answers_are_gone(at_portal: Visitor) -> None:
    filling = at_portal.shell.visit.filling
    assert filling is not None
    at_portal.write(at_portal.look("portal:code"), CODE.lower())
    tick_everything(at_portal)
    at_portal.press("primary")
    assert at_portal.screen == "done"
    assert CODE in at_portal.words()
    with at_portal.desk.database.read() as connection:
        row = drafts.load(connection, filling.dossier)
    assert row is not None
    assert (row.state, row.portal_code, row.draft) == (State.FILED_ON_PORTAL, CODE, None)


def test_logging_out_is_ticked_before_the_code_is_noted(at_portal: Visitor) -> None:
    at_portal.write(at_portal.look("portal:code"), CODE)
    at_portal.click(at_portal.look("leaving:tra_the"))
    at_portal.press("primary")
    assert at_portal.screen == "portal"
    assert list(at_portal.errors()) == ["leaving:dang_xuat"]


def test_the_papers_lie_ready_until_the_visit_ends(visitor: Visitor) -> None:
    filling = visitor.prepare(Road.PORTAL)
    attach_papers.attach(
        visitor.desk, filling.dossier, "giay_chung_sinh", [as_file(Image.new("RGB", (300, 200), "white"))]
    )
    visits.tick_everything(visitor.desk, filling)
    visitor.shell.show("review")
    settle()
    visitor.press("primary")
    folder = portal_files.folder_of(visitor.desk.home)
    assert [path.name for path in folder.iterdir()] == ["01-giay-chung-sinh.jpg"]
    (said,) = visitor.all_seen("portal:file")
    assert isinstance(said, QLabel)
    assert "01-giay-chung-sinh.jpg" in said.text()
    visitor.press("do:home")
    settle()
    assert not folder.exists()


def test_the_window_is_closed_when_the_visit_ends(at_portal: Visitor, door: Door) -> None:
    at_portal.press("do:open_portal")
    before = door.closed
    at_portal.press("do:home")
    settle()
    assert door.closed > before


def test_no_field_asks_for_a_secret(at_portal: Visitor) -> None:
    edits = at_portal.shell.window.findChildren(QLineEdit)
    assert all(edit.echoMode() is QLineEdit.EchoMode.Normal for edit in edits)
    names = " ".join(edit.accessibleName().casefold() for edit in edits)
    assert not any(word in names for word in ("mật khẩu", "otp", "passcode", "password"))
