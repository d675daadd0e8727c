"""Warnings: the same person is recorded as having filed the same procedure on the portal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.domain.dossier import State
from kiosk.domain.events import EventKind
from kiosk.envelope.payload import Payload
from kiosk.envelope.portal_mark import portal_mark
from sync.hub.context import Hub
from sync.hub.office import reading
from sync.hub.office.words import shown_time
from sync.hub.opening import is_number, portal_word
from sync.hub.store import dossiers


@dataclass(frozen=True)
class Double:
    """A filing on the portal."""

    dossier: str
    portal_code: str
    hamlet: str
    at: str


def doubled(hub: Hub, connection: Connection, payloads: Sequence[Payload]) -> dict[str, list[str]]:
    """Of these dossiers those that were filed on the portal, too: dossier → ids of the filings."""
    owners: dict[str, str] = {mark: one.dossier for one in payloads for mark in _marks(hub, one)}
    found: dict[str, list[str]] = {}
    for mark, filing in dossiers.carrying(connection, hub.commune, list(owners), State.FILED_ON_PORTAL):
        if filing != owners[mark]:
            found.setdefault(owners[mark], []).append(filing)
    return found


def doubles(hub: Hub, payload: Payload) -> list[Double]:
    """The filings on the portal that one dossier repeats."""
    with hub.database.read() as connection:
        found = doubled(hub, connection, [payload]).get(payload.dossier, [])
    return [_double(hub, filing) for filing in dict.fromkeys(found)]


def _marks(hub: Hub, payload: Payload) -> Iterator[str]:
    """The marks that a filing of any person in the dossier would carry."""
    if payload.kind is not EventKind.DOSSIER:
        return
    for answer in payload.answers:
        if is_number(answer.value):
            mark = portal_mark(hub.settings.commune_key, answer.value, payload.procedure)
            yield hub.keys.mark(portal_word(mark))


def _double(hub: Hub, filing: str) -> Double:
    opened = reading.open_dossier(hub, filing)
    payloads = [held.payload for held in opened.held if isinstance(held.payload, Payload)]
    codes = [one.portal.portal_code for one in payloads if one.portal]
    at = shown_time(opened.dossier.arrived_at)
    return Double(filing, codes[-1] if codes else "", opened.dossier.hamlet, at)
