"""Buttons: every one has words, a name for screen readers and a target of at least 44 pixels."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy


def button(name: str, text: str, action: Callable[[], object], role: str = "") -> QPushButton:
    """A button called ``name`` (``primary``, ``back``, ``do:print`` …) that does ``action``."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        made.setProperty("role", role)
    made.clicked.connect(lambda _checked: action())
    return made


def row_button(name: str, text: str, action: Callable[[], object]) -> QPushButton:
    """A button as wide as its column, words to the left: an entry of a short list."""
    made = button(name, text, action, "row")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
