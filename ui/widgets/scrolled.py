"""Something that may be taller than its place: it scrolls up and down, never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(inside: QWidget | None = None) -> QScrollArea:
    """A scroll area without a frame, as wide as its place; the keyboard never stops on it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    if inside is not None:
        inside.setAutoFillBackground(False)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
    return area
