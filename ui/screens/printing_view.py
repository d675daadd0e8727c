"""Printing: the declaration to sign, the slip to take home, and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.widgets.buttons import button
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton

ALL = "all"
SLIP = "slip"


class PrintingView(QFrame):
    """Buttons ``do:print`` (all papers) and ``do:slip``, one for each paper where there are several
    (``do:print:2``), and a line that says what was sent to the printer."""

    def __init__(self, say: Callable[..., str], wanted: Callable[[str], object]) -> None:
        """``wanted`` is called with ``all``, ``slip`` or the number of a paper."""
        super().__init__()
        self.setProperty("role", "card")
        self._say = say
        self._wanted = wanted
        self._busy = False
        self._print = button("do:print", say("review.print"), lambda: self._ask(ALL))
        self._slip = button("do:slip", say("review.print_slip"), lambda: self._ask(SLIP))
        self._state = words(role="ok", name="printed")
        self._state.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(say("review.print_heading"), "heading"))
        column.addWidget(words(say("review.print_text"), "muted"))
        column.addWidget(self._print)
        self._each = QVBoxLayout()
        column.addLayout(self._each)
        column.addWidget(self._slip)
        column.addWidget(self._state)

    def show_papers(self, papers: Sequence[tuple[int, str]]) -> None:
        """Offer each of several papers (number and title) by itself; one alone needs no second button."""
        self._print.setVisible(bool(papers))
        if len(papers) < 2:
            return
        self._print.setText(self._say("review.print_all", n=len(papers)))
        for number, title in papers:
            one = WrapButton(self._say("review.print_one", title=title))
            one.setObjectName(f"do:print:{number}")
            one.clicked.connect(partial(self._ask, str(number)))
            self._each.addWidget(one)

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

    def _ask(self, what: str, *_checked: bool) -> None:
        if not self._busy:
            self._wanted(what)
