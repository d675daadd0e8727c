"""What officers do when a person asks about his own data: note it, say that it arrived, stop, erase."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kiosk.catalogue.data_requests import DataRights, load_data_rights
from kiosk.domain.dossier import State, can_become
from kiosk.domain.errors import WorldError
from kiosk.packs.content import assets_folder
from sync.hub.context import Hub
from sync.hub.erasure import Eraser
from sync.hub.office.inbox_view import words_of
from sync.hub.office.words import shown_day, state_words, typed_day
from sync.hub.store import audit, data_requests, dossiers
from sync.hub.store.audit import AuditLine
from sync.hub.store.data_requests import DataRequest
from sync.hub.store.dossiers import HistoryLine, HubDossier
from sync.hub.store.officers import Officer

WITHDRAW, ERASE = "withdraw", "erase"


@dataclass(frozen=True)
class ShownRequest:
    """One open request as the page shows it."""

    id: str
    dossier: str
    hamlet: str
    state: str
    kind: str
    kind_words: str
    asked: str
    acknowledge_by: str
    told: bool
    done_by: str
    late: bool
    """One of its limits is over."""


@dataclass(frozen=True)
class DataPage:
    """Open requests, and the law's limits."""

    requests: tuple[ShownRequest, ...]
    kinds: tuple[tuple[str, str, str], ...]
    """Key, words, limit in words."""
    acknowledge: str
    extension: str
    source: str
    today: str


def rights_of(hub: Hub) -> DataRights:
    """The limits of the content in use; a pack from before they stood in one goes by the program's own."""
    name = "parameters/data_requests.toml"
    own = hub.library.assets / name
    return load_data_rights(own if own.is_file() else assets_folder() / name)


def data_page(hub: Hub) -> DataPage:
    """What stands on the page now."""
    rights, today = rights_of(hub), hub.clock.now().date()
    with hub.database.read() as connection:
        found = [
            _shown(hub, connection, rights, one) for one in data_requests.open_ones(connection, hub.commune)
        ]
    kinds = tuple((key, name, _days(hub, rights.days[key], "ngày")) for key, name in rights.names.items())
    return DataPage(
        tuple(found),
        kinds,
        _days(hub, rights.acknowledge_working_days, "ngày làm việc"),
        _days(hub, rights.extension_days, "ngày"),
        rights.source,
        shown_day(today.isoformat()),
    )


def note_request(hub: Hub, officer: Officer, typed: str, kind: str, asked_on: str) -> None:
    """Write a request down. Raises WorldError ``data.not_one``, ``data.kind``, ``data.day``."""
    if kind not in rights_of(hub).names:
        raise WorldError("data.kind")
    day = _day(asked_on)
    if day > hub.clock.now().date():
        raise WorldError("data.day")
    with hub.database.write() as connection:
        dossier = _one_dossier(hub, connection, typed)
        data_requests.add(connection, hub.commune, dossier.id, kind, day.isoformat())
        line = AuditLine(hub.now(), officer.name, "data_asked", dossier.id, kind)
        audit.write(connection, hub.commune, line)


def tell_request(hub: Hub, officer: Officer, request_id: str) -> None:
    """The person has heard that it arrived. Raises WorldError ``data.unknown``."""
    with hub.database.write() as connection:
        found = _open(hub, connection, request_id)
        data_requests.told(connection, found.id, hub.now())
        audit.write(
            connection, hub.commune, AuditLine(hub.now(), officer.name, "data_told", found.dossier, "")
        )


def do_request(hub: Hub, officer: Officer, request_id: str) -> None:
    """Stop working on the dossier, or erase it. Raises WorldError ``data.unknown``, ``copy.busy``."""
    with hub.database.read() as connection:
        found = _open(hub, connection, request_id)
    if found.kind == ERASE:
        Eraser(hub.home, hub.commune, hub.database, hub.clock).erase(
            found.dossier, officer.name, "on request"
        )
    with hub.database.write() as connection:
        if found.kind == WITHDRAW:
            _withdraw(hub, connection, officer, found.dossier)
        data_requests.done(connection, found.id, hub.now())


def _withdraw(hub: Hub, connection: Connection, officer: Officer, dossier_id: str) -> None:
    dossiers.lock(connection, dossier_id)
    dossier = dossiers.find(connection, dossier_id, hub.commune)
    if dossier is not None and can_become(dossier.state, State.WITHDRAWN):
        at = hub.now()
        dossiers.change(connection, dossier.id, State.WITHDRAWN, dossier.revision, at)
        line = HistoryLine(at, officer.name, dossier.revision, State.WITHDRAWN, b"")
        dossiers.note(connection, hub.commune, dossier.id, line)
    audit.write(connection, hub.commune, AuditLine(hub.now(), officer.name, "withdraw", dossier_id, ""))


def _open(hub: Hub, connection: Connection, request_id: str) -> DataRequest:
    found = data_requests.find(connection, hub.commune, request_id)
    if found is None or found.done_at is not None:
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


def _shown(hub: Hub, connection: Connection, rights: DataRights, one: DataRequest) -> ShownRequest:
    dossier = dossiers.find(connection, one.dossier, hub.commune)
    asked = _day(one.asked_on)
    acknowledge = rights.acknowledge_by(hub.library.content.calendar, asked)
    done = rights.done_by(one.kind, asked)
    limits = [done] if one.told_at else [acknowledge, done]
    return ShownRequest(
        id=one.id,
        dossier=one.dossier,
        hamlet=dossier.hamlet if dossier else "",
        state=state_words(dossier.state) if dossier else "",
        kind=one.kind,
        kind_words=rights.names[one.kind],
        asked=shown_day(one.asked_on),
        acknowledge_by=_by(hub, acknowledge),
        told=one.told_at is not None,
        done_by=_by(hub, done),
        late=any(limit is not None and limit < hub.clock.now().date() for limit in limits),
    )


def _by(hub: Hub, day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else hub.library.content.texts("data.unverified")


def _days(hub: Hub, days: int | None, unit: str) -> str:
    return f"{days} {unit}" if days is not None else hub.library.content.texts("data.unverified")


def _day(text: str) -> date:
    try:
        return typed_day(text)
    except ValueError as error:
        raise WorldError("data.day") from error
