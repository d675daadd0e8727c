"""Something that may be taller than its place: it scrolls up and down, never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(inside: QWidget | None = None) -> QScrollArea:
    """A scroll area without a frame, as wide as its place; the keyboard never stops on it.

    Its viewport is ours: asking Qt for one that it made loads every class of widget first (20 ms).
    """
    area, viewport = QScrollArea(), QWidget()
    viewport.setAutoFillBackground(False)
    area.setViewport(viewport)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inside is not None:
        inside.setAutoFillBackground(False)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
    return area
