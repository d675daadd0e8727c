"""Typing as a person does. ``qtbot.keyClicks`` aborts the process at the first Vietnamese letter."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_vi(widget: QWidget, text: str) -> None:
    """Type letter by letter: plain ones as keys, Vietnamese ones as an input method commits them."""
    widget.setFocus()
    for letter in text:
        if letter.isascii():
            key(widget, Qt.Key(0), letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


def key(widget: QWidget, code: Qt.Key, text: str = "") -> None:
    """Press and release one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        number = code.value if code.value else 0
        QApplication.sendEvent(widget, QKeyEvent(kind, number, Qt.KeyboardModifier.NoModifier, text))
