"""What becomes of one event: the verdict, and the dossier that it makes or moves on."""

import re
import uuid

from sqlalchemy import Connection

from kiosk.domain.dossier import State, can_become
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.envelope.payload import Payload
from sync.hub import receipts
from sync.hub.context import Hub
from sync.hub.opening import Checked, marks
from sync.hub.store import dossiers, events, results
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.events import KnownEvent
from sync.hub.store.points import Point
from sync.protocol import Event, EventVerdict, Verdict

_LATER = {"envelope.dictionary", "envelope.newer", "supplement.base"}
"""The commune has not installed the newest content yet, or has not got back yet what a supplement belongs to:
nobody's fault, try again."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_PAPERS = 200
_OPEN_TO_REVISIONS = {State.AT_HUB, State.SEEN, State.INVITED}
"""Besides the states that may become "at the hub" again: a correction that crossed the officer's action."""
_BECOMES = {
    EventKind.PORTAL_FILED.value: State.FILED_ON_PORTAL,
    EventKind.WITHDRAWN.value: State.WITHDRAWN,
    EventKind.HANDED_BACK.value: State.HANDED_BACK,
}
"""What an event makes of a dossier; every other one brings content to look at."""
POINT_ACTOR = ""
"""In the history: the point itself, not an officer."""


def take(hub: Hub, connection: Connection, point: Point, checked: Checked) -> EventVerdict:
    """Keep an event once, and say what became of it. The same event again changes nothing."""
    event = checked.event
    if event.kind not in set(EventKind):
        return _refused(hub, event, WorldError("event.kind"))
    if not _well_formed(event):
        return _refused(hub, event, WorldError("event.malformed"))
    if (known := events.by_id(connection, event.id)) is not None:
        return _known(hub, connection, point, event, known)
    if isinstance(checked.payload, WorldError):
        return _refused(hub, event, checked.payload)
    if event.kind == EventKind.DOSSIER:
        known = events.of_revision(connection, event.dossier, event.revision)
        if known is not None:
            return _known(hub, connection, point, event, known)
    dossiers.lock(connection, event.dossier)
    there = dossiers.find(connection, event.dossier)
    if problem := _objection(event, point, there):
        return _refused(hub, event, WorldError(problem))
    if event.kind == EventKind.SUPPLEMENT and not _base_is_here(connection, event, checked.payload):
        return _refused(hub, event, WorldError("supplement.base"))
    return _keep(hub, connection, point, event, checked.payload, there)


def _well_formed(event: Event) -> bool:
    return (
        _is_id(event.id)
        and _is_id(event.dossier)
        and 0 < event.revision < 10_000
        and 0 < len(event.procedure) <= 64
        and len(event.papers) <= _MAX_PAPERS
        and all(_SHA256.fullmatch(sha) for sha in (event.digest, *event.papers))
    )


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _known(hub: Hub, connection: Connection, point: Point, event: Event, known: KnownEvent) -> EventVerdict:
    """The same thing again gets the same receipt; another content under a used name is refused."""
    if known.point != point.id:
        return _refused(hub, event, WorldError("event.foreign"))
    if known.digest != event.digest:
        return _refused(hub, event, WorldError("event.digest"))
    known = receipts.give_if_complete(hub, connection, known)
    return _verdict(connection, event, Verdict.ALREADY, known)


def _objection(event: Event, point: Point, there: HubDossier | None) -> str:
    """Why this event cannot be taken, as a code; empty if it can."""
    if there is None:
        return "" if event.kind in {EventKind.DOSSIER, EventKind.PORTAL_FILED} else "dossier.unknown"
    if there.point != point.id:
        return "event.foreign"
    if event.kind == EventKind.WITHDRAWN:
        return "" if can_become(there.state, State.WITHDRAWN) else "dossier.closed"
    if event.kind == EventKind.HANDED_BACK:
        return "" if can_become(there.state, State.HANDED_BACK) else "dossier.closed"
    if event.kind == EventKind.PORTAL_FILED:
        return "" if there.state is State.FILED_ON_PORTAL else "dossier.closed"
    if there.state in _OPEN_TO_REVISIONS or can_become(there.state, State.AT_HUB):
        return ""
    return "dossier.closed"


def _base_is_here(connection: Connection, event: Event, payload: Payload) -> bool:
    """Whether the envelope that a supplement follows is one of this dossier."""
    return payload.base_digest in {known.digest for known in events.of_dossier(connection, event.dossier)}


def _keep(
    hub: Hub,
    connection: Connection,
    point: Point,
    event: Event,
    payload: Payload,
    there: HubDossier | None,
) -> EventVerdict:
    at = hub.now()
    known = KnownEvent(
        event.id, point.id, event.kind, event.dossier, event.revision, event.digest, None, None, None, None
    )
    _move_dossier(hub, connection, point, event, there)
    if event.kind == EventKind.HANDED_BACK:
        results.forget(connection, event.dossier)
    events.add(connection, hub.commune, known, event.body, at)
    events.add_papers(connection, hub.commune, event.id, event.papers)
    dossiers.add_marks(connection, hub.commune, event.dossier, marks(payload, hub.keys))
    return _verdict(connection, event, Verdict.ACCEPTED, receipts.give_if_complete(hub, connection, known))


def _move_dossier(
    hub: Hub, connection: Connection, point: Point, event: Event, there: HubDossier | None
) -> None:
    """Make the dossier, or let it go on; an older revision that comes late changes no state."""
    at, state = hub.now(), _state_after(event)
    if there is None:
        new = HubDossier(
            event.dossier, hub.commune, point.id, point.hamlet, event.procedure, event.revision, state, at, at
        )
        dossiers.add(connection, new)
    elif event.revision >= there.revision:
        dossiers.change(connection, there.id, state, event.revision, at)
    line = HistoryLine(at, POINT_ACTOR, event.revision, state, b"")
    dossiers.note(connection, hub.commune, event.dossier, line)


def _state_after(event: Event) -> State:
    return _BECOMES.get(event.kind, State.AT_HUB)


def _verdict(connection: Connection, event: Event, verdict: Verdict, known: KnownEvent) -> EventVerdict:
    receipt = receipts.signed(known)
    missing = [] if receipt else events.missing_papers(connection, known)
    return EventVerdict(event=event.id, verdict=verdict, missing_papers=missing, receipt=receipt)


def _refused(hub: Hub, event: Event, error: WorldError) -> EventVerdict:
    verdict = Verdict.LATER if error.code in _LATER else Verdict.REFUSED
    return EventVerdict(
        event=event.id, verdict=verdict, code=error.code, sentence=hub.library.sentence(error)
    )
