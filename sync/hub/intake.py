"""What becomes of events: the verdicts, and the dossiers that they make or move on.

Many events, also of several points, are taken by the same few statements: first everything is read that the
verdicts depend on, then each event is judged in its turn, then everything new is written.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from kiosk.domain.dossier import State, can_become
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.envelope.payload import Payload
from sync.hub import receipts
from sync.hub.context import Hub
from sync.hub.opening import Checked, marks
from sync.hub.store import bulk, dossiers, events, papers, results, rounds
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.events import KnownEvent
from sync.hub.store.points import Point
from sync.protocol import MAX_EVENT_PAPERS, MAX_REVISION, Event, EventVerdict, Verdict

_LATER = {"envelope.dictionary", "envelope.newer", "supplement.base"}
"""The commune has not installed the newest content yet, or has not got back yet what a supplement belongs to:
nobody's fault, try again."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OPEN_TO_REVISIONS = {State.AT_HUB, State.SEEN, State.INVITED}
"""Besides the states that may become "at the hub" again: a correction that crossed the officer's action."""
_BECOMES = {
    EventKind.PORTAL_FILED.value: State.FILED_ON_PORTAL,
    EventKind.WITHDRAWN.value: State.WITHDRAWN,
    EventKind.HANDED_BACK.value: State.HANDED_BACK,
}
"""What an event makes of a dossier; every other one brings content to look at."""
_ABOUT_THE_DOSSIER = {EventKind.WITHDRAWN, EventKind.HANDED_BACK}
"""They bring nothing and end the dossier, so they act whatever revision the point saw last."""
_FORMAL = {State.RECEIVED, State.RESULT_READY, State.RESULT_KNOWN, State.HANDED_BACK, State.ERASED}
"""From the officer's formal reception on a dossier is taken back at the commune, not at the point."""
POINT_ACTOR = ""
"""In the history: the point itself, not an officer."""


Given = Sequence[tuple[Point, Checked]]
"""Events in the order in which they came, and who brought each."""


@dataclass
class _Desk:
    """What the verdicts depend on, as it stands after each event."""

    known: dict[str, KnownEvent]
    """By id; those of this transaction, too."""
    revisions: dict[tuple[str, int], str]
    """Which event brought a revision of a dossier."""
    digests: set[tuple[str, str]]
    """Dossier and digest of every envelope."""
    dossiers: dict[str, HubDossier]
    papers: set[tuple[str, str]]
    """Point and digest of what is complete, among the papers that are named."""
    fresh: dict[str, tuple[Event, Payload]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    """Events that were known before."""
    new: dict[str, HubDossier] = field(default_factory=dict)
    moved: dict[str, HubDossier] = field(default_factory=dict)
    lines: list[tuple[str, HistoryLine]] = field(default_factory=list)


def take(hub: Hub, connection: Connection, given: Given) -> list[EventVerdict]:
    """Keep each event once, and say what became of it. The same event again changes nothing."""
    desk = _read(connection, [(point, one.event) for point, one in given if _well_formed(one.event)])
    judged = [_judge(hub, desk, point, one) for point, one in given]
    _write(hub, connection, desk)
    return [
        _verdict(hub, connection, desk, one.event, told) for (_, one), told in zip(given, judged, strict=True)
    ]


def _read(connection: Connection, named: Sequence[tuple[Point, Event]]) -> _Desk:
    ids, names = {event.id for _, event in named}, {event.dossier for _, event in named}
    known = events.concerning(connection, ids, names) if named else {}
    here = {one.dossier for one in known.values()} & names
    return _Desk(
        known=known,
        revisions={
            (one.dossier, one.revision): one.id for one in known.values() if one.kind == EventKind.DOSSIER
        },
        digests={(one.dossier, one.digest) for one in known.values()},
        dossiers=dossiers.locked(connection, here) if here else {},
        papers=papers.complete_of(connection, ((point.id, sha) for point, e in named for sha in e.papers)),
    )


def _judge(hub: Hub, desk: _Desk, point: Point, checked: Checked) -> WorldError | Verdict | str:
    """A refusal, ``ACCEPTED``, or the id of the event that brought the same before."""
    event = checked.event
    if event.kind not in set(EventKind):
        return WorldError("event.kind")
    if not _well_formed(event):
        return WorldError("event.malformed")
    if event.id in desk.known:
        return _judge_again(desk, point, event, event.id)
    if isinstance(checked.payload, WorldError):
        return checked.payload
    if event.kind == EventKind.DOSSIER and (event.dossier, event.revision) in desk.revisions:
        return _judge_again(desk, point, event, desk.revisions[event.dossier, event.revision])
    if problem := _objection(event, point, desk.dossiers.get(event.dossier)):
        return WorldError(problem)
    base = (event.dossier, checked.payload.base_digest)
    if event.kind == EventKind.SUPPLEMENT and base not in desk.digests:
        return WorldError("supplement.base")
    _keep(hub, desk, point, event, checked.payload)
    return Verdict.ACCEPTED


def _judge_again(desk: _Desk, point: Point, event: Event, known_id: str) -> WorldError | str:
    """The same thing again gets the same receipt; another content under a used name is refused."""
    known = desk.known[known_id]
    if known.point != point.id:
        return WorldError("event.foreign")
    if known.digest != event.digest:
        return WorldError("event.digest")
    if known_id not in desk.fresh:
        desk.again.add(known_id)
    return known_id


def _well_formed(event: Event) -> bool:
    return (
        _is_id(event.id)
        and _is_id(event.dossier)
        and 0 < event.revision < MAX_REVISION
        and 0 < len(event.procedure) <= 64
        and event.procedure.isprintable()
        and len(event.papers) <= MAX_EVENT_PAPERS
        and all(_SHA256.fullmatch(sha) for sha in (event.digest, *event.papers))
    )


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _objection(event: Event, point: Point, there: HubDossier | None) -> str:
    """Why this event cannot be taken, as a code; empty if it can."""
    if there is None and event.kind == EventKind.SUPPLEMENT:
        return "supplement.base"
    if there is None:
        return "" if event.kind in {EventKind.DOSSIER, EventKind.PORTAL_FILED} else "dossier.unknown"
    if there.point != point.id:
        return "event.foreign"
    if event.kind == EventKind.WITHDRAWN:
        return "dossier.closed" if there.state in _FORMAL else ""
    if event.kind == EventKind.HANDED_BACK:
        return "" if can_become(there.state, State.HANDED_BACK) else "dossier.closed"
    if event.kind == EventKind.PORTAL_FILED:
        return "" if there.state is State.FILED_ON_PORTAL else "dossier.closed"
    if there.state in _OPEN_TO_REVISIONS or can_become(there.state, State.AT_HUB):
        return ""
    return "dossier.closed"


def _keep(hub: Hub, desk: _Desk, point: Point, event: Event, payload: Payload) -> None:
    """Note on the desk what is to be written."""
    desk.known[event.id] = KnownEvent(
        event.id, point.id, event.kind, event.dossier, event.revision, event.digest, None, None, None, None
    )
    desk.fresh[event.id] = (event, payload)
    desk.digests.add((event.dossier, event.digest))
    if event.kind == EventKind.DOSSIER:
        desk.revisions[event.dossier, event.revision] = event.id
    _move_dossier(hub, desk, point, event)


def _move_dossier(hub: Hub, desk: _Desk, point: Point, event: Event) -> None:
    """Make the dossier, or let it go on; content of an older revision that comes late changes no state."""
    at, state = hub.now(), _BECOMES.get(event.kind, State.AT_HUB)
    there = desk.dossiers.get(event.dossier)
    if there is None:
        now = HubDossier(
            event.dossier, hub.commune, point.id, point.hamlet, event.procedure, event.revision, state, at, at
        )
        desk.new[event.dossier] = desk.dossiers[event.dossier] = now
    elif event.kind in _ABOUT_THE_DOSSIER or event.revision >= there.revision:
        revision = there.revision if event.kind in _ABOUT_THE_DOSSIER else event.revision
        now = replace(there, state=state, revision=revision, changed_at=at)
        target = desk.new if event.dossier in desk.new else desk.moved
        target[event.dossier] = desk.dossiers[event.dossier] = now
    desk.lines.append((event.dossier, HistoryLine(at, POINT_ACTOR, event.revision, state, b"")))


def _write(hub: Hub, connection: Connection, desk: _Desk) -> None:
    """Everything that is new, with the receipts of what is complete by it."""
    due = [desk.known[one] for one in desk.fresh if not _missing(desk, one)]
    due += _completed_since(hub, connection, desk)
    desk.known |= {one.id: one for one in receipts.number(hub, connection, due)}
    for one in due:
        if one.id in desk.again:
            events.set_receipt(connection, desk.known[one.id])
    for moved in desk.moved.values():
        dossiers.change(connection, moved.id, moved.state, moved.revision, moved.changed_at)
    for event, _ in desk.fresh.values():
        if event.kind == EventKind.HANDED_BACK:
            results.forget(connection, event.dossier)
    if desk.fresh:
        _write_new(hub, connection, desk)


def _write_new(hub: Hub, connection: Connection, desk: _Desk) -> None:
    owner, found = hub.commune, _marks(hub, desk.fresh.values())
    arrived = [(desk.known[event.id], event.body) for event, _ in desk.fresh.values()]
    with bulk.together(connection):
        dossiers.add(connection, *desk.new.values())
        events.add(connection, owner, arrived, hub.now())
        events.add_papers(connection, owner, {event.id: event.papers for event, _ in desk.fresh.values()})
        dossiers.note_all(connection, owner, desk.lines)
        dossiers.first_marks(connection, ((new, found[one]) for one, new in desk.new.items()))
    older = {one: marks for one, marks in found.items() if one not in desk.new}
    if older:
        dossiers.add_marks(connection, owner, older)


def _marks(hub: Hub, fresh: Iterable[tuple[Event, Payload]]) -> dict[str, set[str]]:
    """Search marks by dossier."""
    found: dict[str, set[str]] = {}
    for event, payload in fresh:
        found.setdefault(event.dossier, set()).update(marks(payload, hub.keys))
    return found


def _missing(desk: _Desk, event_id: str) -> list[str]:
    """Papers that a new event still waits for."""
    event, _ = desk.fresh[event_id]
    point = desk.known[event_id].point
    return sorted({sha for sha in event.papers if (point, sha) not in desk.papers})


def _completed_since(hub: Hub, connection: Connection, desk: _Desk) -> list[KnownEvent]:
    """Known events that lack a receipt of this epoch, and no paper any more."""
    if not desk.again:
        return []
    epoch = rounds.state(connection, hub.commune).epoch
    lacking = (desk.known[one] for one in sorted(desk.again) if desk.known[one].receipt_epoch != epoch)
    return [one for one in lacking if not events.missing_papers(connection, one)]


def _verdict(
    hub: Hub, connection: Connection, desk: _Desk, event: Event, told: WorldError | Verdict | str
) -> EventVerdict:
    if isinstance(told, WorldError):
        return _refused(hub, event, told)
    known = desk.known[event.id if isinstance(told, Verdict) else told]
    receipt = receipts.signed(known)
    verdict = told if isinstance(told, Verdict) else Verdict.ALREADY
    missing: list[str] = []
    if receipt is None:
        fresh = known.id in desk.fresh
        missing = _missing(desk, known.id) if fresh else events.missing_papers(connection, known)
    return EventVerdict(event=event.id, verdict=verdict, missing_papers=missing, receipt=receipt)


def _refused(hub: Hub, event: Event, error: WorldError) -> EventVerdict:
    verdict = Verdict.LATER if error.code in _LATER else Verdict.REFUSED
    return EventVerdict(
        event=event.id, verdict=verdict, code=error.code, sentence=hub.library.sentence(error)
    )
