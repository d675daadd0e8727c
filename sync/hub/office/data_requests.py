"""What officers do when a person asks about his own data: note it, say that it arrived, stop, erase."""

from datetime import date, timedelta

from sqlalchemy import Connection

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope.news import seal_news
from sync.hub.context import Hub
from sync.hub.erasure import ON_REQUEST, Eraser
from sync.hub.office.data_view import rights_of
from sync.hub.office.inbox_view import words_of
from sync.hub.office.words import shown_day, state_words, typed_day
from sync.hub.store import audit, data_requests, dossiers, news, points
from sync.hub.store.audit import AuditLine
from sync.hub.store.data_requests import DataRequest
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.officers import Officer

WITHDRAW, ERASE = "withdraw", "erase"
LONG_AGO_DAYS = 60
"""A day before that is rather a slip of the fingers: the officer is asked once more."""
_MAY_STOP = frozenset(
    {State.AT_HUB, State.SEEN, State.ASKED_FOR_MORE, State.INVITED, State.NOT_ACCEPTED},
)
"""Before the formal reception: from then on the dossier is worked on, and taken back, in the Hệ thống thông
tin một cửa."""
_STOPPED = frozenset({State.WITHDRAWN, State.ERASED})


def note_request(
    hub: Hub, officer: Officer, typed: str, kind: str, asked_on: str, *, sure: bool = False
) -> None:
    """Write a request down; ``sure``: the day is right although it lies long back.

    Raises WorldError ``data.not_one``, ``data.kind``, ``data.day``, ``data.long_ago``, ``data.already``.
    """
    if kind not in rights_of(hub).names:
        raise WorldError("data.kind")
    day = _day(hub, asked_on, sure=sure)
    with hub.database.write() as connection:
        dossier = _one_dossier(hub, connection, typed)
        dossiers.lock(connection, dossier.id)
        if there := data_requests.open_of(connection, hub.commune, dossier.id, kind):
            raise WorldError("data.already", day=shown_day(there.asked_on))
        data_requests.add(connection, hub.commune, dossier.id, kind, day.isoformat())
        _log(hub, connection, officer, "data_asked", dossier.id, kind)


def tell_request(hub: Hub, officer: Officer, request_id: str) -> None:
    """The person has heard that it arrived. Raises WorldError ``data.unknown``."""
    with hub.database.write() as connection:
        found = _open(hub, connection, request_id)
        data_requests.told(connection, found.id, hub.now())
        _log(hub, connection, officer, "data_told", found.dossier)


def mend_day(hub: Hub, officer: Officer, request_id: str, asked_on: str, *, sure: bool = False) -> None:
    """Another day was meant. Raises WorldError ``data.unknown``, ``data.day``, ``data.long_ago``."""
    day = _day(hub, asked_on, sure=sure)
    with hub.database.write() as connection:
        found = _open(hub, connection, request_id)
        data_requests.mend_day(connection, found.id, day.isoformat())
        both = f"{shown_day(found.asked_on)} → {shown_day(day.isoformat())}"
        _log(hub, connection, officer, "data_day", found.dossier, both)


def drop_request(hub: Hub, officer: Officer, request_id: str) -> None:
    """It was noted by mistake, or answered with nothing to do here. Raises WorldError ``data.unknown``."""
    with hub.database.write() as connection:
        found = _open(hub, connection, request_id)
        data_requests.drop(connection, found.id)
        _log(hub, connection, officer, "data_dropped", found.dossier, found.kind)


def do_request(hub: Hub, officer: Officer, request_id: str) -> None:
    """Stop working on the dossier, or erase it.

    Raises WorldError ``data.unknown``, ``data.formal``, ``data.on_portal``, ``copy.busy``.
    """
    with hub.database.read() as connection:
        found = _open(hub, connection, request_id)
    if found.kind == ERASE:
        Eraser(hub.home, hub.commune, hub.database, hub.clock).erase(found.dossier, officer.name, ON_REQUEST)
    with hub.database.write() as connection:
        if found.kind == WITHDRAW:
            _withdraw(hub, connection, officer, found.dossier)
        data_requests.done(connection, found.id, hub.now())


def _withdraw(hub: Hub, connection: Connection, officer: Officer, dossier_id: str) -> None:
    """Locks the point first, as a round does. What was stopped already stays as it is."""
    points.lock(connection, _dossier(hub, connection, dossier_id).point)
    dossiers.lock(connection, dossier_id)
    dossier = _dossier(hub, connection, dossier_id)
    if dossier.state is State.FILED_ON_PORTAL:
        raise WorldError("data.on_portal")
    if dossier.state not in _MAY_STOP | _STOPPED:
        raise WorldError("data.formal", state=state_words(dossier.state))
    if dossier.state in _MAY_STOP:
        at = hub.now()
        dossiers.change(connection, dossier.id, State.WITHDRAWN, dossier.revision, at)
        line = HistoryLine(at, officer.name, dossier.revision, State.WITHDRAWN, b"")
        dossiers.note(connection, hub.commune, dossier.id, line)
        _tell_point(hub, connection, dossier, at)
    _log(hub, connection, officer, "withdraw", dossier_id)


def _tell_point(hub: Hub, connection: Connection, dossier: HubDossier, at: str) -> None:
    """The point asks nobody to come any more, and keeps back what it was about to send."""
    point = points.by_id(connection, dossier.point)
    number = news.next_number(connection, point.id)
    sentence = hub.library.content.texts("data.withdrawn_news")
    item = NewsItem(number, dossier.id, dossier.revision, State.WITHDRAWN.value, at, sentence)
    news.add(connection, hub.commune, point.id, number, dossier.id, seal_news(item, point.sealing_key), at)


def _log(
    hub: Hub, connection: Connection, officer: Officer, action: str, dossier: str, detail: str = ""
) -> None:
    audit.write(connection, hub.commune, AuditLine(hub.now(), officer.name, action, dossier, detail))


def _open(hub: Hub, connection: Connection, request_id: str) -> DataRequest:
    found = data_requests.find(connection, hub.commune, request_id)
    if found is None or found.done_at is not None:
        raise WorldError("data.unknown")
    return found


def _dossier(hub: Hub, connection: Connection, dossier_id: str) -> HubDossier:
    found = dossiers.find(connection, dossier_id, hub.commune)
    if found is None:
        raise WorldError("data.unknown")
    return found


def _one_dossier(hub: Hub, connection: Connection, typed: str) -> HubDossier:
    """By slip code, or by the id in the address of its page."""
    if (direct := dossiers.find(connection, typed, hub.commune)) is not None:
        return direct
    marks = [hub.keys.mark(word) for word in words_of(typed)]
    found = data_requests.marked(connection, hub.commune, marks) if marks else []
    dossier = dossiers.find(connection, found[0], hub.commune) if len(found) == 1 else None
    if dossier is None:
        raise WorldError("data.not_one")
    return dossier


def _day(hub: Hub, typed: str, *, sure: bool) -> date:
    """A day that a person can have asked on."""
    today = hub.clock.now().date()
    try:
        day = typed_day(typed)
    except ValueError as error:
        raise WorldError("data.day") from error
    if day > today:
        raise WorldError("data.day")
    if day < today - timedelta(days=LONG_AGO_DAYS) and not sure:
        raise WorldError("data.long_ago", n=LONG_AGO_DAYS)
    return day
