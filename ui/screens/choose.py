"""What is to be done, and by which of the two lawful roads."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from kiosk.catalogue.catalogue import Found
from kiosk.desk import choose, fill, visit_people
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road
from ui.screens.card_people import without_a_role
from ui.screens.finding import FindingView
from ui.screens.notice_printing import NoticePrinting
from ui.screens.procedure_view import ProcedureView
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.words import words
from ui.window import Shell


class ChooseScreen(VisitScreen):
    """Search by words or by what happened at home; then one of two roads, neither chosen beforehand."""

    name = "choose"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("choose.title"))
        self.explain("choose")
        self._view: ProcedureView | None = None
        self._slug = ""
        self._finding = FindingView(self)
        self._finding.picked.connect(self._pick)
        self._printing = NoticePrinting(self)
        self._other = button("do:other", self.texts("choose.other"), self._choose_another)
        self.body.addWidget(words(self.say("choose.heading"), "title"))
        self.body.addWidget(self._finding)
        self.body.addWidget(self._printing.state)
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._other.hide()

    def entered(self, **kwargs: Any) -> None:
        """What home was told to have happened stands here at once."""
        self._finding.begin(str(self.shell.visit.notes.pop("event", "")))

    def go_on(self) -> None:
        """Take the marked procedure, then the road, then open the declaration."""
        if self._view is None:
            self._pick_marked()
        elif not self._slug:
            self.show_mends([Mend(self.say("choose.need.form"), self._other.setFocus, "no_form")])
        elif (road := self._view.road()) is None:
            self.show_mends([Mend(self.say("choose.need.road"), self._view.take_focus, "road")])
        else:
            self._start(self._slug, road)

    def go_back(self) -> None:
        if self._view is not None:
            self._choose_another()
        else:
            self.shell.show("card")

    def _pick_marked(self) -> None:
        if (found := self._finding.marked()) is not None:
            self._pick(found)
        else:
            mend = Mend(self.say("choose.need.procedure"), self._finding.search.setFocus, "search")
            self.show_mends([mend])

    def _pick(self, found: Found) -> None:
        self.show_mends([])
        told = choose.facts(self.desk, found)
        self._slug = choose.slug_of(found)
        may_send = self.visit.consent.allows(Purpose.SEND_TO_COMMUNE)
        self._view = ProcedureView(told, may_send, self.say, lambda what: self._printing.print(what, found))
        self.body.insertWidget(2, self._view)
        self._view.show()
        self._finding.hide()
        self._other.show()
        self.page_area.verticalScrollBar().setValue(0)
        self._view.take_focus()

    def _choose_another(self) -> None:
        if self._view is not None:
            self.body.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        self.show_mends([])
        self._printing.clear()
        self._finding.show()
        self._other.hide()
        self._finding.search.setFocus()

    def _start(self, slug: str, road: Road) -> None:
        """Begin the dossier, put the cards into it, and open its first page."""
        visit, people = self.visit, dict(self.shell.visit.notes.get("people", {}))

        def work() -> tuple[fill.Filling, tuple[visit_people.KnownPerson, ...]]:
            dossier = choose.start_dossier(self.desk, visit, slug, road)
            filling = fill.open_filling(self.desk, dossier)
            fill.prefill_commune(self.desk, filling)
            for role, person in people.items():
                fill.apply_person(filling, role, person)
            visit_people.fill_known(self.desk, filling)
            fill.save(self.desk, filling)
            return filling, visit_people.people(self.desk, visit.id, dossier)

        self.start_loading(self.texts("choose.starting"))
        self.run(work, lambda opened: self._opened(*opened))

    def _opened(self, filling: fill.Filling, known: Sequence[visit_people.KnownPerson]) -> None:
        self.shell.visit.filling = filling
        cards = without_a_role(self.shell.visit, filling.procedure.persons)
        self.shell.visit.notes["known"] = [*cards, *known]
        self.shell.show("form")
