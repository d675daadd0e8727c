"""Memory sticks for the screens: which are plugged in, what was copied, what came back."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.errors import WorldError
from kiosk.domain.point import Enrolment, QueueSummary

if TYPE_CHECKING:
    from kiosk.desk.opening import Desk


@dataclass(frozen=True)
class Stick:
    """One that is plugged in now."""

    drive: Path
    name: str
    """As the system shows it: ``USB CUA THON``, ``E:``."""
    free_megabytes: int


@dataclass(frozen=True)
class StickCopied:
    """What lies on a stick now; every file was read back."""

    dossiers: int
    papers: int
    megabytes: float
    left_out: int
    """Dossiers that stay behind because a paper of theirs is damaged on this machine."""
    later: int = 0
    """Newer ones that wait for another copying: the stick takes no more files at once."""


@dataclass(frozen=True)
class StickTaken:
    """What came back from the commune."""

    received: int
    """Dossiers that have their receipt since."""
    news: int
    refused: int


class PointSticks:
    """What one point does with sticks; everything here is slow and belongs in the background."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def there(self) -> list[Stick]:
        """What is plugged in; one that cannot be asked for its room is left out."""
        from sync.volumes import sticks

        return [stick for drive in sticks() if (stick := _seen(drive))]

    def queue(self) -> QueueSummary:
        """What waits, and what of it lies on a stick."""
        from kiosk.desk import today

        return today.queue(self._desk)

    def copy_to(self, drive: Path) -> StickCopied:
        """Copy what waits; it stays in the queue, with a note of the stick it lies on.

        Raises ``WorldError`` point.not_enrolled, stick.full, stick.write, stick.false.
        """
        from kiosk.desk.desk import timestamp
        from kiosk.storage import stick_copies
        from sync.client import usb

        desk = self._desk
        made = usb.copy_to_stick(desk.database, _enrolment(desk), desk.secrets.signing_key, drive)
        with desk.database.write() as connection:
            stick_copies.note(connection, made.events, _name_of(drive), timestamp(desk))
        return StickCopied(made.dossiers, made.papers, made.size / 2**20, made.left_out, made.later)

    def take_from(self, drive: Path) -> StickTaken:
        """Apply the commune's answers.

        Raises ``WorldError`` point.not_enrolled, stick.no_answer, stick.foreign, stick.signature ….
        """
        from kiosk.desk.desk import timestamp
        from sync.client import usb_answer

        desk = self._desk
        taken = usb_answer.take_from_stick(
            desk.database, _enrolment(desk), desk.secrets.sealing_identity, drive, timestamp(desk)
        )
        return StickTaken(taken.received, taken.news, taken.refused)


def _seen(drive: Path) -> Stick | None:
    try:
        free = shutil.disk_usage(drive).free
    except OSError:
        return None
    return Stick(drive, _name_of(drive), free // 2**20)


def _name_of(drive: Path) -> str:
    return drive.name or str(drive).rstrip("/\\")


def _enrolment(desk: "Desk") -> Enrolment:
    if desk.enrolment is None:
        raise WorldError("point.not_enrolled")
    return desk.enrolment
