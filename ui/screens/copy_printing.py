"""Printing a personal document once: what became of it stands beside the button, another is asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.words import words
from ui.window import TextSource


class CopyPrinting(QWidget):
    """Button ``do:print``, box ``no_paper``, and the line ``printed`` under them. Once a copy left for the
    printer, a press asks first; "no" comes to stand where "again" stood, so that pressing on prints nothing.
    """

    def __init__(self, texts: TextSource, send: Callable[[], object]) -> None:
        """``send`` prints one copy and calls ``show_sent`` or ``show_failed``."""
        super().__init__()
        self.copies = 0
        """How many left for the printer."""
        self._texts, self._send = texts, send
        self._busy = False
        self._print = button("do:print", texts("hand_back.print"), self._pressed)
        self._keep = button("do:print_no", texts("hand_back.print_no"), self._ask_no_more)
        self._sure = button("do:print_yes", texts("hand_back.print_yes"), self._begin)
        self._no_paper = QCheckBox(texts("hand_back.no_paper"))
        self._no_paper.setObjectName("no_paper")
        self._state = words(role="ok", name="printed")
        self._lay()
        self._offer()
        self._tell("")

    @property
    def is_settled(self) -> bool:
        """Whether it was printed, or refused on paper."""
        return self.copies > 0 or self._no_paper.isChecked()

    def take_focus(self) -> None:
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sent(self) -> None:
        """One copy left for the printer."""
        self.copies += 1
        self._no_paper.hide()
        self._print.setText(self._texts("hand_back.print_again"))
        self._print.setAccessibleName(self._print.text())
        self._offer()
        self._say_sent()

    def show_failed(self) -> None:
        """Nothing came of it: what was said before counts."""
        self._offer()
        self._say_sent()

    def _pressed(self) -> None:
        if self._busy:
            return
        if not self.copies:
            self._begin()
            return
        self._offer(asking=True)
        self._tell(self._texts("hand_back.print_sure", n=self.copies))
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_no_more(self) -> None:
        self._offer()
        self._say_sent()
        self.take_focus()

    def _begin(self) -> None:
        self._offer()
        self.take_focus()
        self._busy = True
        self._tell(self._texts("hand_back.printing"))
        self._send()

    def _offer(self, *, asking: bool = False) -> None:
        self._busy = False
        self._print.setVisible(not asking)
        for part in (self._keep, self._sure):
            part.setVisible(asking)

    def _say_sent(self) -> None:
        self._tell(self._texts("hand_back.printed", n=self.copies) if self.copies else "")

    def _tell(self, sentence: str) -> None:
        self._state.setText(sentence)
        self._state.setVisible(bool(sentence))

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for part in (self._print, self._keep, self._sure):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self._no_paper)
        column.addWidget(self._state)
