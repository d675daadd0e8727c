"""Framed parts of a page."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.widgets.words import words


def card(role: str = "card", margin: int = 24, spacing: int = 16) -> tuple[QFrame, QVBoxLayout]:
    """A framed part of a page and the layout to fill it."""
    frame = QFrame()
    frame.setProperty("role", role)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return frame, layout


def notice(text: str, role: str = "notice", name: str = "") -> QFrame:
    """A sentence that stands out: ``notice`` (mind this), ``good`` (done) or ``practice``."""
    frame, layout = card(role, 16, 8)
    layout.addWidget(words(text, name=name))
    return frame
