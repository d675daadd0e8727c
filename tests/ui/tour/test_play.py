"""A picture waits until the page rests."""

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.tour.play import settled


def page(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    """A window and what scrolls in it."""
    area, inside = QScrollArea(), QWidget()
    window = QWidget()
    area.setParent(window)
    area.setWidget(inside)
    qtbot.addWidget(window)
    window.show()
    return window, inside


def test_a_page_that_still_grows_is_not_pictured(qtbot: QtBot) -> None:
    window, inside = page(qtbot)
    rests = settled(window)
    for height in range(1_000, 1_010):
        inside.resize(300, height)
        assert not rests()
    assert [rests() for _ in range(3)] == [False, False, True]


def test_a_page_that_never_rests_is_pictured_at_last(qtbot: QtBot) -> None:
    window, inside = page(qtbot)
    rests, glances = settled(window), 0
    while not rests():
        glances += 1
        inside.resize(300, 1_000 + glances)
    assert 100 < glances < 1_000
