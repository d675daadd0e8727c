"""Labels by role, so that a screen reads like a list of what it says."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def words(text: str = "", role: str = "", name: str = "") -> QLabel:
    """A label that wraps and never interprets what it shows as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    if name:
        label.setObjectName(name)
    return label
