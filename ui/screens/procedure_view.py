"""The chosen procedure, what it costs and takes, and the two roads to file it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QVBoxLayout

from kiosk.catalogue.procedures import Fact, Procedure
from kiosk.domain.dossier import Road
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.words import words

Say = Callable[..., str]


class ProcedureView(QFrame):
    """Shows one procedure; ``road`` tells which way was chosen, if any."""

    def __init__(self, procedure: Procedure, may_send: bool, say: Say) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.procedure = procedure
        self._say = say
        self._group = QButtonGroup(self)
        self.rows = {road: self._row(road) for road in Road}
        if not may_send:
            refused = say("choose.road.commune_refused")
            self.rows[Road.COMMUNE].set_words(say("choose.road.commune"), refused)
            self.rows[Road.COMMUNE].setEnabled(False)
        self._lay()

    def road(self) -> Road | None:
        """The chosen road; ``None`` until somebody chose."""
        return next((road for road, row in self.rows.items() if row.button.isChecked()), None)

    def take_focus(self) -> None:
        """Put the keyboard on the first road that can be chosen."""
        next(row.button for row in self.rows.values() if row.isEnabled()).setFocus()

    def _row(self, road: Road) -> ChoiceRow:
        button = QRadioButton()
        self._group.addButton(button)
        said = self._say(f"choose.road.{road.value}"), self._say(f"choose.road.{road.value}_text")
        return ChoiceRow(button, f"road:{road.value}", *said)

    def _lay(self) -> None:
        say, procedure = self._say, self.procedure
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(words(procedure.name, "heading", "chosen"))
        column.addWidget(words(say("choose.code", code=procedure.code, sector=procedure.sector), "muted"))
        column.addLayout(self._facts())
        column.addWidget(words(say("choose.road_heading"), "label"))
        for row in self.rows.values():
            column.addWidget(row)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        facts = (("choose.fee", self.procedure.fee), ("choose.time_limit", self.procedure.time_limit))
        for row, (label, fact) in enumerate(facts):
            grid.addWidget(words(self._say(label), "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(self._told(fact)), row, 1)
        return grid

    def _told(self, fact: Fact) -> str:
        return fact.text or self._say("choose.unknown")
