"""Points for tests: a clock that stands still, an empty encrypted database, records of synthetic dossiers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from kiosk.domain.clock import VIETNAM
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Road, State
from kiosk.domain.events import EventKind, OutboxItem, Receipt
from kiosk.domain.ids import new_id, slip_code
from kiosk.domain.paper import SealedPaper
from kiosk.domain.point import Enrolment
from kiosk.storage import drafts, visits
from kiosk.storage.database import Database, open_database
from kiosk.storage.keys import Cost

CHEAP = Cost(memory_kib=8, passes=1)
"""Argon2id that costs nothing: tests try many PINs."""
KEY = bytes(range(32))
PIN = "246813"
AT = "2026-11-21T09:00:00+07:00"
CONSENT = Consent(
    frozenset({Purpose.PREPARE, Purpose.SEND_TO_COMMUNE, Purpose.SENSITIVE}), "2026.1", AT, "TNV"
)


@dataclass
class StoppedClock:
    """Shows what it is told."""

    at: datetime = datetime(2026, 11, 21, 9, tzinfo=VIETNAM)
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def pass_time(self, seconds: float) -> None:
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)


def empty_database(home: Path) -> Database:
    home.mkdir(parents=True, exist_ok=True)
    return open_database(home / "point.db", KEY, StoppedClock())


def dossier_row(*, state: State = State.DRAFT, practice: bool = False, visit: str = "") -> drafts.DossierRow:
    """A dossier whose first revision is being edited."""
    dossier = new_id()
    return drafts.DossierRow(
        id=dossier,
        visit=visit or new_id(),
        slug="khai_sinh",
        procedure="1.001193",
        form="khai_sinh",
        form_version="2026.11",
        road=Road.COMMUNE,
        state=state,
        revision=0,
        draft=1,
        place="",
        practice=practice,
        slip_code=slip_code(dossier),
        portal_code="",
        base_digest="",
        person_mark="",
        sentence="",
        asked_papers=(),
        reason="",
        created_at=AT,
        changed_at=AT,
    )


def add_draft(connection: Connection, *, practice: bool = False) -> drafts.DossierRow:
    row = dossier_row(practice=practice)
    visits.add(connection, row.visit, CONSENT, "bác", practice)
    drafts.add(connection, row)
    return row


def add_queued(connection: Connection) -> drafts.DossierRow:
    """A dossier that was handed over."""
    row = add_draft(connection)
    drafts.change(connection, row.id, state=State.QUEUED, revision=1, draft=None)
    return replace(row, state=State.QUEUED, revision=1, draft=None)


def outbox_item(
    dossier: str, body: bytes = b"sealed", papers: tuple[str, ...] = (), **more: object
) -> OutboxItem:
    base = OutboxItem(new_id(), EventKind.DOSSIER, dossier, 1, "1.001193", body, "d" * 64, papers, AT)
    return replace(base, **more)  # type: ignore[arg-type]


def sealed_paper(name: str, size: int = 10) -> SealedPaper:
    return SealedPaper("giay_chung_sinh", "image/jpeg", 1, "p" * 64, name, size)


def receipt_for(item: OutboxItem, number: int = 1, epoch: str = "e-1") -> Receipt:
    return Receipt(epoch, number, item.id, item.dossier, item.revision, item.digest, AT)


def enrolment(commune_key: str = "age1commune", point: str = "p-1") -> Enrolment:
    return Enrolment(
        point,
        "Thôn Phò Nam",
        "UBND phường Hải Vân",
        "https://hub.example",
        "PEM",
        "ab" * 32,
        commune_key,
        trial=True,
    )
