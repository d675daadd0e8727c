"""What the page about persons' own data shows: open requests with their limits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kiosk.catalogue.data_requests import DataRights, load_data_rights
from kiosk.domain.ids import slip_code
from kiosk.envelope.payload import Payload
from kiosk.packs.content import assets_folder
from sync.hub.context import Hub
from sync.hub.office import reading
from sync.hub.office.words import shown_day, state_words
from sync.hub.store import data_requests, dossiers
from sync.hub.store.data_requests import DataRequest
from sync.hub.store.dossiers import HubDossier


@dataclass(frozen=True)
class ShownRequest:
    """One open request as the page shows it."""

    id: str
    dossier: str
    code: str
    """The slip code, which the person has on paper."""
    person: str
    """Whom the dossier is about or who asked for it; empty if its content cannot be read."""
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


def _shown(hub: Hub, connection: Connection, rights: DataRights, one: DataRequest) -> ShownRequest:
    dossier = dossiers.find(connection, one.dossier, hub.commune)
    asked = date.fromisoformat(one.asked_on)
    acknowledge = rights.acknowledge_by(hub.library.content.calendar, asked)
    done = rights.done_by(one.kind, asked)
    limits = [done] if one.told_at else [acknowledge, done]
    return ShownRequest(
        id=one.id,
        dossier=one.dossier,
        code=slip_code(one.dossier),
        person=_person(hub, connection, dossier) if dossier else "",
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


def _person(hub: Hub, connection: Connection, dossier: HubDossier) -> str:
    payload = reading.newest_payload(hub, connection, dossier)
    if not isinstance(payload, Payload):
        return ""
    subject, requester = reading.people(payload)
    return subject or requester


def _by(hub: Hub, day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else hub.library.content.texts("data.unverified")


def _days(hub: Hub, days: int | None, unit: str) -> str:
    return f"{days} {unit}" if days is not None else hub.library.content.texts("data.unverified")
