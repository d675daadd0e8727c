"""Our window makes room for the portal's, and comes back as it was."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.beside import Beside, parted
from ui.devices.browser import Place
from ui.theme import Size

SMALL, USUAL, WIDE = QRect(0, 0, 1024, 728), QRect(0, 0, 1366, 728), QRect(1920, 40, 1920, 1040)


@pytest.mark.parametrize(("screen", "size"), [(USUAL, Size.M), (USUAL, Size.L), (WIDE, Size.XL)])
def test_both_windows_fill_the_screen_side_by_side(screen: QRect, size: Size) -> None:
    split = parted(screen, size)
    assert split is not None
    place, ours = split
    assert (place.left, place.top, place.height) == (screen.left(), screen.top(), screen.height())
    assert ours.left() == place.left + place.width
    assert ours.right() == screen.right()
    assert place.width >= 600


@pytest.mark.parametrize(("screen", "size"), [(SMALL, Size.M), (USUAL, Size.XL)])
def test_without_room_for_both_nothing_is_moved(screen: QRect, size: Size) -> None:
    assert parted(screen, size) is None


def test_the_window_stands_aside_once_and_comes_back(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(1000, 640)
    window.resize(1200, 700)
    window.show()
    monkeypatch.setattr("ui.beside.available", lambda _window: USUAL)
    before, beside = window.size(), Beside(window)
    for _ in range(2):
        assert beside.make_room(Size.M) == Place(0, 0, 808, 728)
    assert (window.geometry().x(), window.width()) == (808, 558)
    for _ in range(2):
        beside.give_back()
    assert (window.size(), window.minimumSize()) == (before, QSize(1000, 640))


def test_a_maximized_window_comes_back_maximized(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMaximized()
    monkeypatch.setattr("ui.beside.available", lambda _window: USUAL)
    beside = Beside(window)
    beside.make_room(Size.M)
    assert not window.isMaximized()
    beside.give_back()
    assert window.isMaximized()


def test_who_never_moved_is_left_alone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 500)
    Beside(window).give_back()
    assert window.size() == QSize(700, 500)
