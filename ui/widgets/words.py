"""Labels by role, so that a screen reads like a list of what it says."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

_LONG, _PIECE = 40, re.compile(r"(\S{20})(?=\S)")


def breakable(text: str) -> str:
    """The text with places to go on in the next line inside what has no space for more letters than a column
    is wide, such as the address of a web page: it would push buttons off the screen."""
    if all(len(word) <= _LONG for word in text.split()):
        return text
    return "".join(
        _PIECE.sub("\\1\u200b", part) if len(part) > _LONG else part for part in re.split(r"(\s+)", text)
    )


def words(text: str = "", role: str = "", name: str = "") -> QLabel:
    """A label that wraps and never interprets what it shows as markup."""
    label = QLabel(breakable(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    if name:
        label.setObjectName(name)
    return label
