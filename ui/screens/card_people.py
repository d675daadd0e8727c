"""Whose cards were read in a visit; kept for the declaration that is opened later."""

from collections.abc import Callable, Sequence

from kiosk.catalogue.procedures import PersonRole
from kiosk.desk import known_person
from kiosk.desk.visit_people import KnownPerson
from kiosk.domain.people import Person
from ui.screens.card_reading import Option
from ui.window import VisitState

ROLES = ("yc", "me", "cha")
"""Whose card it can be before a procedure is chosen; the first is who asks."""
SOMEBODY = "khac"
"""Somebody else: whose card it is shows in the declaration."""


def people(visit: VisitState) -> dict[str, Person]:
    """The persons whose cards were read, by role."""
    found: dict[str, Person] = visit.notes.get("people", {})
    return found


def keep(visit: VisitState, role: str, person: Person) -> None:
    """Remember a person for the rest of the visit; there may be several of ``SOMEBODY``."""
    if role == SOMEBODY:
        role = f"{SOMEBODY}{1 + sum(each.startswith(SOMEBODY) for each in people(visit))}"
    visit.notes["people"] = {**people(visit), role: person}
    if role == ROLES[0]:
        visit.person = person


def roles(visit: VisitState, texts: Callable[..., str]) -> list[Option]:
    """Who can be asked for: the persons of the open declaration, else the usual ones."""
    if visit.filling is not None:
        return [Option(role.prefix, role.label) for role in visit.filling.procedure.persons]
    return [Option(role, texts(f"card.role.{role}")) for role in (*ROLES, SOMEBODY)]


def without_a_role(visit: VisitState, persons: Sequence[PersonRole]) -> list[KnownPerson]:
    """Persons whose cards were read and who have no role of that name in this declaration."""
    taken = {role.prefix for role in persons}
    return [
        KnownPerson(key, person.name, known_person.of_card(person))
        for key, person in people(visit).items()
        if key not in taken
    ]


def likely_role(visit: VisitState) -> str:
    """The requester for the first card; later ones are asked about."""
    return "" if people(visit) else ROLES[0]
