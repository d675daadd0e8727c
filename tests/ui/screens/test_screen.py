"""What every screen does: keys, help, errors, reading aloud, the focus."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.typing import key, type_vi
from tests.ui.conftest import ListeningVoice
from ui import window
from ui.screens.screen import Screen
from ui.widgets.error_summary import Mend
from ui.widgets.words import words
from ui.window import Shell

See = Callable[..., QWidget]


class Page(Screen):
    """A page with one of each."""

    name = "page"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.pressed: list[str] = []
        self.set_title("Người mẹ", "Bước 3/6")
        self.set_primary("Tiếp tục", lambda: self.pressed.append("primary"))
        self.set_back(lambda: self.pressed.append("back"))
        self.line, self.box, self.text = QLineEdit(), QCheckBox("Đồng ý"), QPlainTextEdit()
        self.other = QPushButton("In")
        self.other.clicked.connect(lambda: self.pressed.append("print"))
        self.body.addWidget(words("Họ và tên của mẹ", "label"))
        for widget in (self.line, self.box, self.text, self.other):
            self.body.addWidget(widget)

    def entered(self, **kwargs: Any) -> None:
        self.pressed.append("entered")


@pytest.fixture
def page(shell: Shell, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Page:
    monkeypatch.setitem(window.SCREENS, "page", f"{__name__}:Page")
    screen = shell.show("page")
    QApplication.processEvents()
    assert screen.name == "page"
    screen.pressed.clear()  # type: ignore[attr-defined]
    return screen  # type: ignore[return-value]


def test_the_focus_starts_at_the_first_answer(page: Page) -> None:
    assert QApplication.focusWidget() is page.line


def test_enter_goes_on_from_a_line(page: Page) -> None:
    type_vi(page.line, "BƯỞI")
    key(page.line, Qt.Key.Key_Return)
    assert page.line.text() == "BƯỞI"
    assert page.pressed == ["primary"]


def test_enter_presses_the_button_that_has_the_focus(page: Page) -> None:
    page.other.setFocus()
    key(page.other, Qt.Key.Key_Return)
    assert page.pressed == ["print"]


def test_enter_in_a_long_text_begins_a_line(page: Page) -> None:
    page.text.setFocus()
    key(page.text, Qt.Key.Key_Return, "\r")
    assert page.pressed == []


def test_enter_waits_while_something_loads(page: Page) -> None:
    page.start_loading("Đang mở…")
    key(page.line, Qt.Key.Key_Return)
    page.stop_loading()
    assert page.pressed == []


def test_loading_is_said_only_if_it_takes_long(page: Page, qtbot: QtBot) -> None:
    page.start_loading("Đang mở hồ sơ…")
    assert not page.loading.isVisible()
    qtbot.waitUntil(page.loading.isVisible)
    assert page.loading.text() == "Đang mở hồ sơ…"
    page.stop_loading()
    assert not page.loading.isVisible()


def test_escape_goes_back(page: Page) -> None:
    key(page.line, Qt.Key.Key_Escape)
    assert page.pressed == ["back"]


def test_a_page_without_a_way_back_stays(page: Page) -> None:
    page.set_back(None)
    key(page.line, Qt.Key.Key_Escape)
    assert page.pressed == []
    assert not page.bottom.back.isVisible()


def test_f1_shows_help_and_hides_it(page: Page, see: See) -> None:
    key(page.line, Qt.Key.Key_F1)
    assert "Enter" in see("help:text", QLabel).text()
    key(page.line, Qt.Key.Key_F1)
    assert not page.help.isVisible()


def test_help_beside_the_page_gives_way_to_large_letters(page: Page) -> None:
    page.set_help("Viết đúng như trên thẻ.")
    page.shell.window.resize(1366, 768)
    QApplication.processEvents()
    assert page.help.isVisible()
    page.shell.window.resize(1000, 768)
    page.shell.set_size(page.shell.theme.size.XL)
    QApplication.processEvents()
    assert not page.help.isVisible()


def test_f2_reads_the_page_aloud(page: Page, voice: ListeningVoice) -> None:
    key(page.line, Qt.Key.Key_F2)
    assert voice.said == ["Người mẹ. Họ và tên của mẹ"]


def test_reading_aloud_begins_with_what_is_to_be_mended(page: Page) -> None:
    page.show_mends([Mend("Xin ghi họ và tên", page.line.setFocus, "name")])
    assert page.spoken_text().index("Xin ghi họ và tên") < page.spoken_text().index("Họ và tên của mẹ")


def test_a_line_of_the_summary_leads_to_its_field(page: Page, see: See) -> None:
    page.other.setFocus()
    page.show_mends([Mend("Xin ghi họ và tên", page.line.setFocus, "name")])
    key(see("error:name", QLabel), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.line
    page.show_mends([])
    assert not page.errors.isVisible()


def test_the_saved_mark_is_drawn_when_told(page: Page, see: See) -> None:
    page.show_saved("Đã lưu 10:42")
    assert see("saved", QLabel).text() == "Đã lưu 10:42"


def test_a_screen_reader_hears_title_and_step(page: Page) -> None:
    assert page.accessibleName() == "Người mẹ. Bước 3/6"


def test_the_focus_mark_goes_round_the_control_and_not_over_it(page: Page, see: See) -> None:
    page.box.setFocus()
    ring = see("focus-ring", QWidget)
    control = page.box.mapTo(page.shell.window, page.box.rect().topLeft())
    around = ring.mapTo(page.shell.window, ring.rect().topLeft())
    assert (control - around).x() == (control - around).y() == 5
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_focus_mark_follows_when_the_page_moves(page: Page, see: See) -> None:
    page.box.setFocus()
    page.show_mends([Mend("Xin ghi họ và tên")])
    QApplication.processEvents()
    ring = see("focus-ring", QWidget)
    control = page.box.mapTo(page.shell.window, page.box.rect().topLeft())
    around = ring.mapTo(page.shell.window, ring.rect().topLeft())
    assert (control - around).y() == 5
