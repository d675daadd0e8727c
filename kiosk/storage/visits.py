"""Visits: when, and the proof of consent. Nothing here names the citizen."""

from sqlalchemy import Connection, insert, select, update

from kiosk.domain.consent import Consent, Purpose
from kiosk.storage.tables import visits


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


def end(connection: Connection, visit: str, at: str) -> None:
    """Close a visit; one that is closed stays as it is."""
    chosen = update(visits).where(visits.c.id == visit, visits.c.ended_at.is_(None))
    connection.execute(chosen.values(ended_at=at))
