"""A form of several languages: the buttons that show its questions in another one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.screens.form_words import Say
from ui.widgets.buttons import button


class Languages(QWidget):
    """One button for each language that is not shown; hidden where there is none."""

    wanted = Signal(str)
    """The language, as the form calls it."""

    def __init__(self, others: Sequence[str], say: Say) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for language in others:
            words = say("form.read_in", language=language.partition(" (")[0])
            row.addWidget(button(f"do:read:{language}", words, partial(self.wanted.emit, language)))
        row.addStretch(1)
        if not others:
            self.hide()
