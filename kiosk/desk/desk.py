"""The desk: everything that the errands of an unlocked point need, passed to each of them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from kiosk.domain.clock import Clock
from kiosk.domain.point import Enrolment
from kiosk.packs.content import Content
from kiosk.storage import link
from kiosk.storage.database import Database
from kiosk.storage.secrets import PointSecrets


@dataclass(frozen=True)
class Desk:
    """An unlocked point. Made by ``opening``, closed by it."""

    database: Database
    secrets: PointSecrets = field(repr=False)
    content: Content
    clock: Clock
    home: Path
    volunteer: str
    practice: bool = False
    """Practice mode (tập huấn): what is begun now can never be sent."""

    @property
    def enrolment(self) -> Enrolment | None:
        """What the commune gave this point; ``None`` before it is enrolled."""
        with self.database.read() as connection:
            known = link.load_enrolment(connection)
        return known[0] if known else None


def timestamp(desk: Desk) -> str:
    """The wall time to keep beside an entry, ISO 8601 to the second; for people, never for order."""
    return now(desk).isoformat(timespec="seconds")


def now(desk: Desk) -> datetime:
    return desk.clock.now()


def today(desk: Desk) -> date:
    """The day in the hamlet."""
    return desk.clock.now().date()
