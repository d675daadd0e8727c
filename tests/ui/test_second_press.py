"""Pressing twice means once: the second press must not act on what the first one brought."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from kiosk.desk.desk import Desk
from kiosk.desk.marks import mark_of
from kiosk.domain.dossier import State
from kiosk.storage import drafts
from tests.support.points import add_queued
from tests.support.typing import type_vi
from tests.support.visits import MOTHER_CARD
from ui.window import Shell

See = Callable[..., Any]


def press_twice(shell: Shell, widget: QWidget) -> None:
    """As a hand does: at one place of the window, whatever is there by then."""
    QApplication.processEvents()
    handle, place = shell.window.windowHandle(), widget.mapTo(shell.window, widget.rect().center())
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QApplication.processEvents()


def test_back_pressed_twice_goes_one_question_back(open_shell: Shell, see: See) -> None:
    open_shell.show("guide")
    for name in ("primary", "answer:minh", "answer:co"):
        see(name, QPushButton).click()
    press_twice(open_shell, see("back", QPushButton))
    walk = open_shell.screen.walk  # type: ignore[attr-defined]
    assert str(walk.progress) == "T0.minh"


def test_a_result_is_looked_at_before_it_counts_as_handed_over(
    open_shell: Shell, desk: Desk, see: See
) -> None:
    with desk.database.write() as connection:
        row = add_queued(connection)
        mark = mark_of(desk, MOTHER_CARD[:12], row.procedure)
        drafts.change(connection, row.id, state=State.RESULT_READY, person_mark=mark)
    open_shell.show("hand_back")
    type_vi(see("slip:text", QLineEdit), row.slip_code)
    type_vi(see("card:text", QLineEdit), MOTHER_CARD)
    press_twice(open_shell, see("primary", QPushButton))
    assert see("primary", QPushButton).text() == "Đã trao tận tay"
    with desk.database.read() as connection:
        there = drafts.load(connection, row.id)
    assert there is not None
    assert there.state is State.RESULT_READY


def test_words_are_still_chosen_by_a_double_click(open_shell: Shell, see: See) -> None:
    open_shell.show("follow_up")
    line = see("code", QLineEdit)
    type_vi(line, "NHAP")
    QApplication.processEvents()
    place = line.mapTo(open_shell.window, QPoint(20, line.height() // 2))
    handle = open_shell.window.windowHandle()
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert line.selectedText() == "NHAP"
