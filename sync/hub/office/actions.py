"""What an officer does with a dossier: a new state, a line in its history, news for the point."""

from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection

from kiosk.domain.dossier import State, can_become
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem, ResultFile
from kiosk.envelope.news import seal_news
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, open_bytes, seal_bytes
from sync.hub.context import Hub
from sync.hub.office import due_dates
from sync.hub.office.reading import find_dossier, newest_payload
from sync.hub.office.result_file import labelled
from sync.hub.office.words import shown_day
from sync.hub.opening import search_words
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
}
_NEEDS_SENTENCE = {"ask", "invite", "refuse", "result"}
_MAX_SENTENCE, _MAX_CODE, _MAX_PLACE = 1000, 64, 120


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
    due: str = ""
    """The promised day of return (ISO 8601) with a formal reception; empty for none."""
    place: str = ""
    """Where the original is handed out, beside a copy."""


class Note(msgspec.Struct, frozen=True):
    """The sealed part of a history line."""

    sentence: str = ""
    portal_code: str = ""
    papers: tuple[str, ...] = ()
    due: str = ""
    copy_kb: int = 0
    """Size of the copy of the result that went to the point; 0 for none."""


def act(hub: Hub, officer: Officer, dossier_id: str, step: Step) -> State:
    """Do it in one transaction; returns the new state. Locks the point first, as a round does.

    Raises WorldError ``office.dossier_unknown``, ``office.action_unknown``, ``office.state``,
    ``office.changed`` (a newer revision came meanwhile), ``office.sentence_needed``,
    ``office.sentence_long``, ``office.portal_code_needed``, ``office.portal_code_odd``,
    ``office.place_needed``, ``office.due_odd`` and those of ``result_file.labelled``.
    """
    state = _checked(step)
    step = replace(step, due=due_dates.checked(hub, step.due if step.action == "receive" else ""))
    copy = _copy(hub, step)
    with hub.database.write() as connection:
        points.lock(connection, find_dossier(hub, connection, dossier_id).point)
        dossiers.lock(connection, dossier_id)
        dossier = find_dossier(hub, connection, dossier_id)
        if step.revision not in {None, dossier.revision}:
            raise WorldError("office.changed")
        if not can_become(dossier.state, state):
            raise WorldError("office.state")
        at = hub.now()
        dossiers.change(connection, dossier.id, state, dossier.revision, at)
        line = HistoryLine(at, officer.name, dossier.revision, state, _sealed_note(hub, step, copy))
        dossiers.note(connection, hub.commune, dossier.id, line)
        _mark(hub, connection, dossier.id, step, at[:10])
        point = points.by_id(connection, dossier.point)
        sealed = _send_copy(hub, connection, dossier, point, step, copy)
        _tell_point(hub, connection, dossier, step, sealed, at)
        line_seen = AuditLine(at, officer.name, step.action, dossier.id, "")
        audit.write(connection, hub.commune, line_seen)
    return state


def possible(state: State) -> tuple[str, ...]:
    """The actions that make sense now, in the order of the page."""
    return tuple(action for action, then in BECOMES.items() if can_become(state, then))


def read_note(hub: Hub, line: HistoryLine) -> Note:
    """What was written with a history line; empty if nothing was, or if it cannot be opened."""
    if not line.note:
        return Note()
    try:
        return msgspec.json.decode(open_bytes(line.note, hub.keys.identity), type=Note)
    except (WorldError, msgspec.DecodeError):
        return Note()


def _checked(step: Step) -> State:
    if step.action not in BECOMES:
        raise WorldError("office.action_unknown")
    if step.action in _NEEDS_SENTENCE and not step.sentence:
        raise WorldError("office.sentence_needed")
    if len(step.sentence) > _MAX_SENTENCE:
        raise WorldError("office.sentence_long", limit=_MAX_SENTENCE)
    if step.action == "receive" and not step.portal_code:
        raise WorldError("office.portal_code_needed")
    if step.result and not step.place:
        raise WorldError("office.place_needed")
    if len(step.portal_code) > _MAX_CODE or not step.portal_code.isprintable():
        raise WorldError("office.portal_code_odd")
    return BECOMES[step.action]


def _copy(hub: Hub, step: Step) -> bytes:
    if step.action != "result" or not step.result:
        return b""
    return labelled(step.result, step.place[:_MAX_PLACE], hub.library.assets / "fonts")


def _send_copy(
    hub: Hub, connection: Connection, dossier: HubDossier, point: Point, step: Step, copy: bytes
) -> ResultFile | None:
    """Keep the copy for the point, which alone can open it; what an earlier step left waiting goes."""
    if not copy:
        results.forget(connection, dossier.id)
        return None
    body = seal_bytes(copy, point.sealing_key)
    results.add(connection, hub.commune, point.id, dossier.id, digest_of(body), body)
    return ResultFile(digest_of(body), len(body), digest_of(copy), step.place[:_MAX_PLACE])


def _sealed_note(hub: Hub, step: Step, copy: bytes) -> bytes:
    note = Note(step.sentence, step.portal_code, step.papers, step.due, (len(copy) + 1023) // 1024)
    if note == Note():
        return b""
    return seal_bytes(msgspec.json.encode(note), hub.settings.commune_key)


def _mark(hub: Hub, connection: Connection, dossier_id: str, step: Step, today: str) -> None:
    """What the lists are made of: the mã hồ sơ is found by a search, the day of return by a filter."""
    marks = [hub.keys.mark(word) for word in search_words(step.portal_code)]
    dossiers.add_marks(connection, hub.commune, dossier_id, marks)
    if step.due:
        deadlines.promise(connection, hub.commune, dossier_id, step.due)
    if step.action in {"result", "hand"}:
        deadlines.keep(connection, dossier_id, today)


def _sentence(step: Step) -> str:
    """What the citizen is told: the officer's words, and the day of return."""
    promised = f"Hẹn trả kết quả ngày {shown_day(step.due)}." if step.due else ""
    return " ".join(filter(None, (step.sentence, promised)))


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
        sentence=_sentence(step),
        portal_code=step.portal_code,
        papers=step.papers,
        answers=tuple((a.name, a.value) for a in payload.answers) if isinstance(payload, Payload) else (),
        form=payload.form if isinstance(payload, Payload) else "",
        form_version=payload.form_version if isinstance(payload, Payload) else "",
        result=copy,
    )
    body = seal_news(item, point.sealing_key)
    news.add(connection, hub.commune, point.id, number, dossier.id, body, at)
