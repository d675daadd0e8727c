"""Visits: when, and the proof of consent. Whom a visit's dossiers named is known only until it ends."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.consent import Consent, Purpose
from kiosk.storage.tables import visit_people, visits


def add(connection: Connection, visit: str, consent: Consent, address_as: str, practice: bool) -> None:
    """Begin a visit with its consent."""
    values = {
        "id": visit,
        "started_at": consent.given_at,
        "purposes": " ".join(sorted(consent.purposes)),
        "text_version": consent.text_version,
        "witness": consent.witness,
        "address_as": address_as,
        "practice": int(practice),
    }
    connection.execute(insert(visits).values(**values))


def consent_of(connection: Connection, visit: str) -> Consent:
    """What was agreed to in a visit; raises ``NoResultFound`` for one that never was."""
    row = connection.execute(select(visits).where(visits.c.id == visit)).one()
    purposes = frozenset(Purpose(purpose) for purpose in row.purposes.split())
    return Consent(purposes, row.text_version, row.started_at, row.witness)


def remember_person(connection: Connection, visit: str, role: str, parts: Mapping[str, str]) -> None:
    """Keep what is known of a person of this visit (``ho_ten``, ``giay_to.so`` …); the newest counts."""
    for part, value in parts.items():
        values = {"visit": visit, "role": role, "part": part, "value": value}
        connection.execute(upsert(visit_people).values(values).on_conflict_do_update(set_={"value": value}))


def people_of(connection: Connection, visit: str) -> dict[str, dict[str, str]]:
    """The persons that were kept in a visit, by role."""
    people: dict[str, dict[str, str]] = {}
    for row in connection.execute(select(visit_people).where(visit_people.c.visit == visit)):
        people.setdefault(row.role, {})[row.part] = row.value
    return people


def last_started(connection: Connection) -> str:
    """When the last visit began, ISO 8601; empty if there never was one."""
    return connection.execute(select(func.max(visits.c.started_at))).scalar_one() or ""


def is_open(connection: Connection, visit: str) -> bool:
    """Whether a visit is going on."""
    chosen = select(visits.c.id).where(visits.c.id == visit, visits.c.ended_at.is_(None))
    return connection.execute(chosen).first() is not None


def forget_people(connection: Connection) -> None:
    """Forget whom all visits named: none of them goes on when a point is opened."""
    connection.execute(delete(visit_people))


def end(connection: Connection, visit: str, at: str) -> None:
    """Close a visit and forget whom it named; one that is closed stays as it is."""
    connection.execute(delete(visit_people).where(visit_people.c.visit == visit))
    chosen = update(visits).where(visits.c.id == visit, visits.c.ended_at.is_(None))
    connection.execute(chosen.values(ended_at=at))
