"""A person is asked once in a visit: what one dossier knows of a role, the next one is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.desk import known_person
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling, fill_role
from kiosk.domain.dossier import Source
from kiosk.storage import drafts, visits


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whom this visit knows already."""

    role: str
    """Prefix of the role in the dossier that told it: ``yc``, ``me``, ``tre`` …"""
    name: str
    parts: Mapping[str, str]


def people(desk: Desk, visit: str, but: str = "") -> tuple[KnownPerson, ...]:
    """The persons with a name whom the dossiers of a visit told of, handed-over ones included.

    ``but`` is the dossier that asks. What is written in an open draft counts before what was kept.
    """
    with desk.database.read() as connection:
        known = visits.people_of(connection, visit)
        for row in reversed(drafts.open_drafts(connection)):
            if row.visit == visit and row.id != but and row.draft is not None:
                kept = {each.name: each.value for each in drafts.answers_of(connection, row.id, row.draft)}
                roles = desk.content.catalogue.by_slug(row.slug).persons
                for role, parts in known_person.of_roles(roles, kept).items():
                    known[role] = {**known.get(role, {}), **parts}
    return tuple(
        KnownPerson(role, parts["ho_ten"], parts) for role, parts in known.items() if "ho_ten" in parts
    )


def fill_known(desk: Desk, filling: Filling) -> tuple[str, ...]:
    """Fill every role of the form that another dossier of this visit has; returns the questions filled."""
    known = {person.role: person for person in people(desk, filling.visit, filling.dossier)}
    filled: list[str] = []
    for role in filling.procedure.persons:
        if role.prefix in known:
            filled += fill_from(filling, role.prefix, known[role.prefix])
    return tuple(dict.fromkeys(filled))


def fill_from(filling: Filling, role: str, person: KnownPerson) -> tuple[str, ...]:
    """Fill a role with somebody whom the visit knows, perhaps in another role. What was typed stays."""
    return fill_role(filling, role, person.parts, Source.VISIT)


def remember(connection: Connection, filling: Filling) -> None:
    """Keep the persons of a dossier that is about to be sealed, until its visit ends; nothing if it has."""
    if not visits.is_open(connection, filling.visit):
        return
    for role, parts in known_person.of_roles(filling.procedure.persons, filling.session.values()).items():
        visits.remember_person(connection, filling.visit, role, parts)
