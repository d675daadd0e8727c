"""The chosen procedure: its name, the two roads to file it, then all that is known of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout

from kiosk.domain.dossier import Road
from kiosk.domain.notice import Notice
from ui.screens.procedure_facts import Say, details, head, print_buttons
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.words import words


class ProcedureView(QFrame):
    """Shows one procedure; where it can be filled in, ``road`` tells which way was chosen, if any."""

    def __init__(
        self, told: Notice, may_send: bool, say: Say, print_: Callable[[str], object], *, roads: bool = True
    ) -> None:
        """``print_`` is called with ``notice`` or ``blank``; without ``roads`` it is only looked up."""
        super().__init__()
        self._say = say
        self._group = QButtonGroup(self)
        self.rows = {road: self._row(road) for road in Road} if roads and told.has_form else {}
        if self.rows and not may_send:
            refused = say("choose.road.commune_refused")
            self.rows[Road.COMMUNE].set_words(say("choose.road.commune"), refused)
            self.rows[Road.COMMUNE].setEnabled(False)
        self._printing = print_buttons(told, say, print_)
        self._lay(told)

    def road(self) -> Road | None:
        """The chosen road; ``None`` until somebody chose."""
        return next((road for road, row in self.rows.items() if row.button.isChecked()), None)

    def take_focus(self) -> None:
        """Put the keyboard on the first road that can be chosen, else on the first button."""
        buttons: list[QAbstractButton] = [row.button for row in self.rows.values() if row.isEnabled()]
        (buttons[0] if buttons else self._printing[0]).setFocus()

    def _row(self, road: Road) -> ChoiceRow:
        button = QRadioButton()
        self._group.addButton(button)
        said = self._say(f"choose.road.{road.value}"), self._say(f"choose.road.{road.value}_text")
        return ChoiceRow(button, f"road:{road.value}", *said)

    def _print_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for each in self._printing:
            row.addWidget(each)
        row.addStretch(1)
        return row

    def _lay(self, told: Notice) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        top = QFrame()
        top.setProperty("role", "card")
        column = QVBoxLayout(top)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in head(told, self._say):
            column.addWidget(part)
        if self.rows:
            column.addWidget(words(self._say("choose.road_heading"), "label"))
        for row in self.rows.values():
            column.addWidget(row)
        column.addLayout(self._print_row())
        outer.addWidget(top)
        outer.addWidget(details(told, self._say))
