"""What the volunteer looks at before anybody signs: one sentence, one tick, none ticked beforehand."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from kiosk.desk.checks import Ask
from ui.screens.form_words import Say
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.error_summary import Mend
from ui.widgets.words import words


class AsksView(QFrame):
    """Check boxes ``ask:1``, ``ask:2`` …; ``ticked`` tells which one was pressed and what it is now."""

    ticked = Signal(str, bool)

    def __init__(self, asks: Sequence[Ask], say: Say, go_to: Callable[[QWidget], object]) -> None:
        """``go_to`` brings a box into view and gives it the keyboard."""
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("asks")
        self._boxes: list[tuple[QCheckBox, Ask]] = []
        self._say = say
        self._go_to = go_to
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(4)
        column.addWidget(words(say("asks.heading"), "heading"))
        column.addWidget(words(say("asks.lead"), "muted"))
        for number, ask in enumerate(asks, start=1):
            column.addWidget(self._row(number, ask))

    def unticked(self) -> list[Mend]:
        """What is still to be looked at; each line leads to its box."""
        left = [(box, ask) for box, ask in self._boxes if not box.isChecked()]
        return [
            Mend(self._say("asks.open", text=ask.text), partial(self._go_to, box), box.objectName())
            for box, ask in left
        ]

    def set_ticked(self, key: str, on: bool) -> None:
        """Show what is really kept: saving it may have failed."""
        for box, ask in self._boxes:
            if ask.key == key:
                box.setChecked(on)

    def _row(self, number: int, ask: Ask) -> ChoiceRow:
        box = QCheckBox()
        box.setChecked(ask.ticked)
        box.clicked.connect(lambda on: self.ticked.emit(ask.key, on))
        self._boxes.append((box, ask))
        return ChoiceRow(box, f"ask:{number}", ask.text)
