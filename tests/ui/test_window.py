"""The shell: one screen at a time, nothing left behind, sizes and locks."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from ui.theme import Size, Theme
from ui.window import SCREENS, NoErrands, Shell, VisitState, screen_class

See = Callable[..., QWidget]


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_every_screen_has_the_name_it_is_called_by(name: str) -> None:
    assert screen_class(name).name == name


def test_a_screen_that_was_left_is_thrown_away(open_shell: Shell, qtbot: QtBot) -> None:
    left = weakref.ref(open_shell.screen)
    open_shell.show("follow_up")
    qtbot.waitUntil(lambda: gc.collect() >= 0 and left() is None, timeout=30_000)


def test_the_window_says_where_we_are(open_shell: Shell) -> None:
    open_shell.show("follow_up")
    assert open_shell.window.windowTitle().startswith("Theo dõi kết quả")


def test_text_grows_everywhere_and_nothing_typed_is_lost(shell: Shell, see: See) -> None:
    pin = see("pin", QLineEdit)
    pin.setText("1234")
    before = pin.height()
    see("size:XL", QPushButton).click()
    QApplication.processEvents()
    assert shell.theme.size is Size.XL
    assert pin.text() == "1234"
    assert pin.height() > before
    assert see("size:XL", QPushButton).isChecked()
    assert not see("size:M", QPushButton).isChecked()


def test_the_end_of_a_visit_forgets_the_citizen(shell: Shell) -> None:
    shell.visit.notes["address_as"] = "bác"
    QGuiApplication.clipboard().setText("048095001234")
    shell.end_visit()
    assert shell.visit == VisitState()
    assert QGuiApplication.clipboard().text() == ""


def test_locking_wipes_the_screen_and_asks_for_the_pin(open_shell: Shell, see: See) -> None:
    open_shell.show("follow_up")
    open_shell.lock()
    assert open_shell.screen.name == "home"
    assert see("pin", QLineEdit).text() == ""


def test_locking_twice_does_nothing_more(open_shell: Shell) -> None:
    open_shell.lock()
    screen = open_shell.screen
    open_shell.lock()
    assert open_shell.screen is screen


def test_practice_shows_its_band_everywhere_and_marks_the_desk(open_shell: Shell, see: See) -> None:
    open_shell.set_practice(on=True)
    assert open_shell.desk is not None
    assert open_shell.desk.practice
    assert see("practice", QLabel).text() == "TẬP HUẤN – không gửi đi"
    open_shell.show("follow_up")
    assert see("practice", QLabel)


def test_an_error_of_ours_is_not_swallowed(shell: Shell) -> None:
    with pytest.raises(ValueError, match="bug"):
        shell.fail(ValueError("bug"))


def test_an_error_of_the_world_is_said_on_the_screen(shell: Shell, see: See) -> None:
    shell.fail(WorldError("printer.none"))
    assert see("error:printer.none", QLabel).text().startswith("Chưa thấy máy in")


def test_closing_calls_the_closers_once_in_order(shell: Shell) -> None:
    called: list[str] = []
    shell.closers += [lambda: called.append("first"), lambda: called.append("second")]
    shell.close()
    shell.close()
    assert called == ["first", "second"]


def test_before_the_wiring_nothing_can_be_asked(desk: Desk) -> None:
    errands = NoErrands()
    errands.send_now()
    errands.opened(desk)
    for ask in (
        lambda: errands.unlock("1"),
        lambda: errands.create("a", "1"),
        lambda: errands.enrol("", "", ""),
    ):
        with pytest.raises(AssertionError):
            ask()


def test_high_contrast_keeps_the_size(shell: Shell) -> None:
    shell.set_theme(Theme(Size.L, high_contrast=True))
    shell.set_size(Size.XL)
    assert shell.theme == Theme(Size.XL, high_contrast=True)
