"""What may have happened in a family, as buttons of home.

Part of the first frame: nothing of the desk may be imported here.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

if TYPE_CHECKING:
    from kiosk.desk.choose import LifeEvent
    from kiosk.desk.opening import Desk

_MOST = 6
_COLUMNS = 2


class HappenedPart(QWidget):
    """Empty until the open point was looked at; ``begin`` starts a visit, ``is_here`` says whether this
    very home is still the one that is shown (a later home has a part of its own)."""

    shown = Signal()
    """There is something to press."""

    def __init__(self, shell: Shell, begin: Callable[[], object], is_here: Callable[[], bool]) -> None:
        super().__init__()
        self._shell = shell
        self._begin = begin
        self._is_here = is_here
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._heading = words(shell.texts("home.start.events"), "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        self._heading.hide()

    def load(self, desk: "Desk") -> None:
        """Ask the desk which events its content knows (in the background)."""
        self._shell.run(lambda: _look(desk), self._show_events)

    def _show_events(self, events: "Sequence[LifeEvent]") -> None:
        if not self._is_here() or self._grid.count():
            return
        self._heading.setVisible(bool(events))
        for number, event in enumerate(events[:_MOST]):
            made = WrapButton(event.label)
            made.setObjectName(f"do:event:{event.key}")
            made.clicked.connect(lambda _on, key=event.key: self._start(key))
            self._grid.addWidget(made, number // _COLUMNS, number % _COLUMNS)
        if events:
            self.shown.emit()

    def _start(self, event: str) -> None:
        """The event waits in the visit's notes until the procedure is chosen."""
        self._shell.visit.notes["event"] = event
        self._begin()


def _look(desk: "Desk") -> "list[LifeEvent]":
    from kiosk.desk import choose

    return choose.life_events(desk)
