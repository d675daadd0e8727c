"""Printing: the declaration to sign, the slip to take home, and what came of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.widgets.buttons import button
from ui.widgets.words import words


class PrintingView(QFrame):
    """Two buttons, ``do:print`` and ``do:slip``, and a line that says what was sent to the printer."""

    def __init__(self, say: Callable[..., str], wanted: Callable[[str], object]) -> None:
        """``wanted`` is called with ``declaration`` or ``slip``."""
        super().__init__()
        self.setProperty("role", "card")
        self._say = say
        self._wanted = wanted
        self._busy = False
        self._print = button("do:print", say("review.print"), lambda: self._ask("declaration"))
        self._slip = button("do:slip", say("review.print_slip"), lambda: self._ask("slip"))
        self._state = words(role="ok", name="printed")
        self._state.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(say("review.print_heading"), "heading"))
        column.addWidget(words(say("review.print_text"), "muted"))
        column.addWidget(self._print)
        column.addWidget(self._slip)
        column.addWidget(self._state)

    def show_busy(self) -> None:
        """Something is on its way to the printer."""
        self._busy = True
        self._say_state(self._say("review.printing"))

    def show_done(self, what: str) -> None:
        """It left for the printer."""
        self._busy = False
        self._say_state(self._say("review.printed", what=what))

    def show_ready(self) -> None:
        """Nothing is being printed."""
        self._busy = False
        self._say_state("")

    def _say_state(self, sentence: str) -> None:
        self._state.setText(sentence)
        self._state.setVisible(bool(sentence))

    def _ask(self, what: str) -> None:
        if not self._busy:
            self._wanted(what)
