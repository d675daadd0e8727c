"""What is to be done, and by which of the two lawful roads."""

from collections.abc import Sequence
from typing import Any

from kiosk.catalogue.catalogue import Found
from kiosk.desk import choose, fill, visit_people
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road
from ui.screens.card_people import without_a_role
from ui.screens.lookup import Lookup
from ui.screens.visit_screen import VisitScreen
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
        self._slug = ""
        self.body.addWidget(words(self.say("choose.heading"), "title"))
        self._lookup = Lookup(self, self._pick, self._choose_another)

    def entered(self, **kwargs: Any) -> None:
        """What home was told to have happened stands here at once."""
        self._lookup.finding.begin(str(self.shell.visit.notes.pop("event", "")))

    def go_on(self) -> None:
        """Take the marked procedure, then the road, then open the declaration."""
        if self._lookup.view is None:
            self._pick_marked()
        elif not self._slug:
            self.show_mends([Mend(self.say("choose.need.form"), self._lookup.other.setFocus, "no_form")])
        elif (road := self._lookup.view.road()) is None:
            self.show_mends([Mend(self.say("choose.need.road"), self._lookup.view.take_focus, "road")])
        else:
            self._start(self._slug, road)

    def go_back(self) -> None:
        if self._lookup.view is not None:
            self._choose_another()
        else:
            self.shell.show("card")

    def _pick_marked(self) -> None:
        if (found := self._lookup.finding.marked()) is not None:
            self._pick(found)
        else:
            mend = Mend(self.say("choose.need.procedure"), self._lookup.finding.search.setFocus, "search")
            self.show_mends([mend])

    def _pick(self, found: Found) -> None:
        self.show_mends([])
        self._slug = choose.slug_of(found)
        self._lookup.open(found, may_send=self.visit.consent.allows(Purpose.SEND_TO_COMMUNE))

    def _choose_another(self) -> None:
        self.show_mends([])
        self._lookup.close()

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
