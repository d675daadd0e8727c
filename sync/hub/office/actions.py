"""What an officer does with a dossier: a new state, a line in its history, news for the point."""

from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection

from kiosk.domain.dossier import State, can_become
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem, ResultFile
from kiosk.envelope.news import seal_news
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, seal_bytes
from sync.hub.context import Hub
from sync.hub.office import due_dates, paper_names, portal_codes
from sync.hub.office.notes import Note, read_note, sealed_note
from sync.hub.office.reading import find_dossier, newest_payload, open_dossier
from sync.hub.office.result_file import labelled
from sync.hub.office.words import shown_time, state_words
from sync.hub.store import audit, deadlines, dossiers, news, points, results
from sync.hub.store.audit import AuditLine
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.officers import Officer
from sync.hub.store.points import Point

BECOMES = {
    "seen": State.SEEN,
    "ask": State.ASKED_FOR_MORE,
    "invite": State.INVITED,
    "receive": State.RECEIVED,
    "refuse": State.NOT_ACCEPTED,
    "result": State.RESULT_READY,
    "hand": State.HANDED_BACK,
    "correct": State.RECEIVED,
    "resend": State.RESULT_READY,
    "retract": State.SEEN,
}
_MENDS = {"correct": State.RECEIVED, "resend": State.RESULT_READY, "retract": State.NOT_ACCEPTED}
"""What mends an earlier step, and the state in which that step left the dossier."""
_NEEDS_SENTENCE = {"ask", "invite", "refuse", "result", "resend", "retract"}
_WITH_DAY = {"invite", "receive", "correct"}
_WITH_CODE = {"receive", "correct"}
_WITH_FILE = {"result", "resend"}
_MAX_SENTENCE, _MAX_PLACE = 1000, 120


@dataclass(frozen=True, kw_only=True)
class Step:
    """One press of a button, with what was typed."""

    action: str
    sentence: str = ""
    portal_code: str = ""
    papers: tuple[str, ...] = ()
    """Kinds of papers asked for."""
    revision: int | None = None
    """The revision that the officer looked at; ``None`` if the page did not say."""
    result: bytes = b""
    """A copy of the result, PDF or picture; empty for none."""
    empty_file: bool = False
    """A file was chosen, but nothing is in it."""
    day: str = ""
    """The day to come (with an invitation) or of return (with a formal reception); empty for none."""
    seen: int | None = None
    """How many lines of history the officer's page showed; ``None`` if it did not say."""
    place: str = ""
    """Where the original is handed out, beside a copy."""
    sure: str = ""
    """What was ticked as looked at once more: for a mã hồ sơ the code itself."""


def act(hub: Hub, officer: Officer, dossier_id: str, step: Step) -> State:
    """Do it in one transaction; returns the new state. Locks the point first, as a round does. The same
    press a second time (a double click) changes nothing.

    Raises WorldError ``office.dossier_unknown``, ``office.action_unknown``, ``office.state``,
    ``office.changed`` (the point sent something meanwhile), ``office.acted`` (another officer was quicker),
    ``office.sentence_needed``, ``office.sentence_long``, ``office.portal_code_needed``,
    ``office.refuse_sure``, ``office.copy_needed``, ``office.papers_unknown``, ``office.place_needed``,
    ``office.due_odd``, ``office.result_empty`` and those of ``portal_codes`` and ``result_file.labelled``.
    """
    state = _checked(step)
    step = _cleared(hub, dossier_id, step)
    copy = _copy(hub, step)
    with hub.database.write() as connection:
        points.lock(connection, find_dossier(hub, connection, dossier_id).point)
        dossiers.lock(connection, dossier_id)
        dossier = find_dossier(hub, connection, dossier_id)
        if _done_already(hub, connection, officer, dossier, step):
            return state
        if not _fits(dossier.state, step.action):
            raise WorldError("office.state")
        at = hub.now()
        dossiers.change(connection, dossier.id, state, dossier.revision, at)
        _mark(hub, connection, dossier, step, at[:10])
        line = HistoryLine(at, officer.name, dossier.revision, state, sealed_note(hub, _note(step, copy)))
        dossiers.note(connection, hub.commune, dossier.id, line)
        point = points.by_id(connection, dossier.point)
        sealed = _send_copy(hub, connection, dossier, point, step, copy)
        _tell_point(hub, connection, dossier, step, sealed, at)
        line_seen = AuditLine(at, officer.name, step.action, dossier.id, "")
        audit.write(connection, hub.commune, line_seen)
    return state


def _done_already(
    hub: Hub, connection: Connection, officer: Officer, dossier: HubDossier, step: Step
) -> bool:
    """Whether this very press was done already. Raises WorldError ``office.changed``, ``office.acted``: the
    page that the officer looked at is not the newest any more."""
    lines = dossiers.history_of(connection, dossier.id)
    last = lines[-1] if lines else None
    if step.revision not in {None, dossier.revision}:
        raise WorldError("office.changed")
    if last is None or step.seen in {None, len(lines)}:
        return False
    if not last.actor:
        raise WorldError("office.changed")
    note = read_note(hub, last)
    pressed = (
        officer.name,
        BECOMES[step.action],
        msgspec.structs.replace(_note(step, b""), copy_kb=note.copy_kb),
    )
    if pressed == (last.actor, last.state, note):
        return True
    raise WorldError("office.acted", who=last.actor, what=state_words(last.state), at=shown_time(last.at))


def possible(state: State) -> tuple[str, ...]:
    """The actions that make sense now, in the order of the page."""
    return tuple(action for action in BECOMES if _fits(state, action))


def _fits(state: State, action: str) -> bool:
    return state is _MENDS[action] if action in _MENDS else can_become(state, BECOMES[action])


def _checked(step: Step) -> State:
    if step.action not in BECOMES:
        raise WorldError("office.action_unknown")
    if step.action in _NEEDS_SENTENCE and not step.sentence:
        raise WorldError("office.sentence_needed")
    if len(step.sentence) > _MAX_SENTENCE:
        raise WorldError("office.sentence_long", limit=_MAX_SENTENCE)
    if step.action == "refuse" and not step.sure:
        raise WorldError("office.refuse_sure")
    if step.action in _WITH_CODE and not step.portal_code:
        raise WorldError("office.portal_code_needed")
    if step.action in _WITH_CODE:
        portal_codes.check(step.portal_code, step.sure)
    if step.empty_file:
        raise WorldError("office.result_empty")
    if step.result and not step.place:
        raise WorldError("office.place_needed")
    if step.action == "resend" and not step.result and not step.sure:
        raise WorldError("office.copy_needed")
    return BECOMES[step.action]


def _cleared(hub: Hub, dossier_id: str, step: Step) -> Step:
    """The step with what belongs to its action alone."""
    with hub.database.read() as connection:
        promise = deadlines.of_dossier(connection, dossier_id) if step.action == "correct" else None
    day = step.day if step.action in _WITH_DAY else ""
    return replace(
        step,
        day=due_dates.checked(hub, day, promise.due_on if promise else ""),
        portal_code=step.portal_code if step.action in _WITH_CODE else "",
        papers=_papers(hub, dossier_id, step) if step.action == "ask" else (),
        result=step.result if step.action in _WITH_FILE else b"",
        place=step.place if step.action in _WITH_FILE else "",
    )


def _papers(hub: Hub, dossier_id: str, step: Step) -> tuple[str, ...]:
    """The kinds asked for, each once. Raises WorldError ``office.papers_unknown``."""
    kinds = tuple(dict.fromkeys(kind for kind in step.papers if kind))
    if kinds and not paper_names.askable(hub, open_dossier(hub, dossier_id)).keys() >= set(kinds):
        raise WorldError("office.papers_unknown")
    return kinds


def _copy(hub: Hub, step: Step) -> bytes:
    if not step.result:
        return b""
    return labelled(step.result, step.place[:_MAX_PLACE], hub.library.assets / "fonts")


def _send_copy(
    hub: Hub, connection: Connection, dossier: HubDossier, point: Point, step: Step, copy: bytes
) -> ResultFile | None:
    """Keep the copy for the point, sealed to the commune, too: for a point that loses its keys it is sealed
    anew. What an earlier step left waiting goes."""
    if not copy:
        results.forget(connection, dossier.id)
        return None
    body = seal_bytes(copy, point.sealing_key, hub.settings.commune_key)
    results.add(connection, hub.commune, point.id, dossier.id, digest_of(body), body)
    return ResultFile(digest_of(body), len(body), digest_of(copy), step.place[:_MAX_PLACE])


def _note(step: Step, copy: bytes) -> Note:
    """What the history keeps of a step: all that was typed, so that a press can be known again."""
    return Note(
        step.sentence,
        step.portal_code,
        step.papers,
        step.day,
        (len(copy) + 1023) // 1024,
        step.place[:_MAX_PLACE],
        digest_of(step.result) if step.result else "",
        step.action in _MENDS,
    )


def _mark(hub: Hub, connection: Connection, dossier: HubDossier, step: Step, today: str) -> None:
    """What the lists are made of: the mã hồ sơ is found by a search, the day of return by a filter."""
    if step.action in _WITH_CODE:
        portal_codes.keep(hub, connection, dossier, step.portal_code, step.sure)
    if step.action == "correct":
        deadlines.take_back(connection, dossier.id)
    if step.day and step.action in _WITH_CODE:
        deadlines.promise(connection, hub.commune, dossier.id, step.day)
    if step.action in {"result", "hand"}:
        deadlines.keep(connection, dossier.id, today)


def _tell_point(
    hub: Hub, connection: Connection, dossier: HubDossier, step: Step, copy: ResultFile | None, at: str
) -> None:
    """News for the point, sealed to it; with "ask" the answers go back and become the next draft."""
    point = points.by_id(connection, dossier.point)
    number = news.next_number(connection, point.id)
    payload = newest_payload(hub, connection, dossier) if step.action == "ask" else None
    item = NewsItem(
        number=number,
        dossier=dossier.id,
        revision=dossier.revision,
        state=BECOMES[step.action].value,
        at=at,
        sentence=step.sentence,
        day=step.day,
        portal_code=step.portal_code,
        papers=step.papers,
        answers=tuple((a.name, a.value) for a in payload.answers) if isinstance(payload, Payload) else (),
        form=payload.form if isinstance(payload, Payload) else "",
        form_version=payload.form_version if isinstance(payload, Payload) else "",
        result=copy,
    )
    body = seal_news(item, point.sealing_key)
    news.add(connection, hub.commune, point.id, number, dossier.id, body, at)
