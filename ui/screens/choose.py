"""What is to be done, and by which of the two lawful roads."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from kiosk.catalogue.procedures import Procedure
from kiosk.desk import choose, fill, visit_people
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road
from ui.screens.procedure_view import ProcedureView
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.results_list import ResultsList
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

_PAUSE = 80
"""Milliseconds without a key before the catalogue is searched."""


class ChooseScreen(VisitScreen):
    """Search by words or by what happened at home; then one of two roads, neither chosen beforehand."""

    name = "choose"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("choose.title"))
        self.explain("choose")
        self._found: Sequence[Procedure] = ()
        self._view: ProcedureView | None = None
        self._search = QLineEdit()
        self._search.setObjectName("search")
        self._search.setAccessibleName(self.texts("choose.search"))
        self._search.setPlaceholderText(self.texts("choose.search_hint"))
        self._results = ResultsList("results", self.texts("choose.results"))
        self._none = words(role="muted", name="none")
        self._finding, self._column = card()
        self._other = button("do:other", self.texts("choose.other"), self._choose_another)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._search.textEdited.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._look)
        self._results.picked.connect(lambda row: self._pick(self._found[row]))
        self._lay()

    def entered(self, **kwargs: Any) -> None:
        self.run(lambda: choose.life_events(self.desk), self._show_events)

    def go_on(self) -> None:
        """Take the marked procedure, then the road, then open the declaration."""
        if self._view is None:
            self._pick_marked()
        elif (road := self._view.road()) is None:
            self.show_mends([Mend(self.say("choose.need.road"), self._view.take_focus, "road")])
        else:
            self._start(self._view.procedure, road)

    def go_back(self) -> None:
        if self._view is not None:
            self._choose_another()
        else:
            self.shell.show("card")

    def _lay(self) -> None:
        self.body.addWidget(words(self.say("choose.heading"), "title"))
        self._column.addWidget(words(self.texts("choose.search"), "label"))
        self._column.addWidget(self._search)
        self._column.addWidget(self._none)
        self._column.addWidget(self._results)
        self._column.addWidget(words(self.texts("choose.events"), "label"))
        self.body.addWidget(self._finding)
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        for hidden in (self._none, self._results, self._other):
            hidden.hide()

    def _show_events(self, events: Sequence[choose.LifeEvent]) -> None:
        for event in events:
            made = WrapButton(event.label, event.hint)
            made.setObjectName(f"do:event:{event.key}")
            made.clicked.connect(lambda _on, key=event.key: self._happened(key))
            self._column.addWidget(made)

    def _happened(self, event: str) -> None:
        self.run(lambda: choose.by_life_event(self.desk, event), lambda found: self._show_found("", found))

    def _look(self) -> None:
        typed = self._search.text().strip()
        if not typed:
            self._show_found(typed, [])
            return
        self.run(lambda: choose.search(self.desk, typed), lambda found: self._show_found(typed, found))

    def _show_found(self, typed: str, found: Sequence[Procedure]) -> None:
        """Show what was found, unless other words were typed meanwhile."""
        if typed and typed != self._search.text().strip():
            return
        self._found = found
        self._results.show_rows([f"{each.plain_name}\n{each.name} · {each.code}" for each in found])
        self._none.setText(self.say("choose.none", words=typed))
        self._none.setVisible(bool(typed) and not found)

    def _pick_marked(self) -> None:
        row = self._results.currentRow()
        if 0 <= row < len(self._found):
            self._pick(self._found[row])
        else:
            self.show_mends([Mend(self.say("choose.need.procedure"), self._search.setFocus, "search")])

    def _pick(self, procedure: Procedure) -> None:
        self.show_mends([])
        self._view = ProcedureView(procedure, self.visit.consent.allows(Purpose.SEND_TO_COMMUNE), self.say)
        self.body.insertWidget(2, self._view)
        self._view.show()
        self._finding.hide()
        self._other.show()
        self._view.take_focus()

    def _choose_another(self) -> None:
        if self._view is not None:
            self.body.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        self.show_mends([])
        self._finding.show()
        self._other.hide()
        self._search.setFocus()

    def _start(self, procedure: Procedure, road: Road) -> None:
        """Begin the dossier, put the cards into it, and open its first page."""
        visit, people = self.visit, dict(self.shell.visit.notes.get("people", {}))

        def work() -> fill.Filling:
            dossier = choose.start_dossier(self.desk, visit, procedure.slug, road)
            filling = fill.open_filling(self.desk, dossier)
            fill.prefill_commune(self.desk, filling)
            for role, person in people.items():
                fill.apply_person(filling, role, person)
            visit_people.fill_known(self.desk, filling)
            fill.save(self.desk, filling)
            return filling

        self.start_loading(self.texts("choose.starting"))
        self.run(work, self._opened)

    def _opened(self, filling: fill.Filling) -> None:
        self.shell.visit.filling = filling
        self.shell.show("form")
