"""The permanent band that says this is only practice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def practice_band(text: str) -> QLabel:
    """A violet band over the whole width."""
    band = QLabel(text)
    band.setObjectName("practice")
    band.setProperty("role", "band")
    band.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return band
