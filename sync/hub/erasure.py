"""Erase dossiers: on request of the person, or when the commune needs them no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.clock import Clock
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from sync.hub.alone import COPY_LOCK, alone
from sync.hub.home import Home
from sync.hub.store import audit, dossiers, erasing
from sync.hub.store.audit import AuditLine
from sync.hub.store.database import Database

OVER = (State.HANDED_BACK, State.WITHDRAWN, State.FILED_ON_PORTAL)
"""Nothing follows after these: what is left may go when the commune's time for keeping it is over."""
STRAY_DAYS = 30
"""Papers that no event ever named (PROTOCOL.md, section 8)."""
PROGRAM = "hamlet-hub"
"""Who did it, in the log of who did what, when no officer did."""


@dataclass(frozen=True)
class Eraser:
    """What erasing needs of a hub, running or not."""

    home: Home
    commune: str
    database: Database
    clock: Clock

    def erase(self, dossier_id: str, actor: str, why: str) -> None:
        """Erase the content of one dossier here; copies lose it as they grow old. Repeating it is harmless.

        Raises WorldError ``office.dossier_unknown``, ``copy.busy`` while a backup runs.
        """
        with alone(self.home.folder, COPY_LOCK, "copy.busy"):
            self._erase(dossier_id, actor, why)

    def tidy(self, days: int) -> int:
        """Erase what has been over for so many days, and stray papers; how many dossiers."""
        now = self.clock.now()
        before = (now - timedelta(days=days)).isoformat(timespec="seconds")
        with alone(self.home.folder, COPY_LOCK, "copy.busy"):
            with self.database.read() as connection:
                found = erasing.over_since(connection, self.commune, OVER, before)
            for dossier_id in found:
                self._erase(dossier_id, PROGRAM, f"after {days} days")
            with self.database.write() as connection:
                old = (now - timedelta(days=STRAY_DAYS)).isoformat(timespec="seconds")
                stray = erasing.forget_stray_papers(connection, old)
            self._remove(stray)
            self._sweep()
        return len(found)

    def _sweep(self) -> None:
        """Files that a power cut left behind between the commit and their removing. A file of today may be a
        paper whose row is just being written."""
        with self.database.read() as connection:
            known = erasing.papers(connection, self.commune)
        yesterday = self.clock.now().timestamp() - 86400
        for file in self.home.papers.glob("*/*.age"):
            if (file.parent.name, file.stem) not in known and file.stat().st_mtime < yesterday:
                file.unlink()

    def _erase(self, dossier_id: str, actor: str, why: str) -> None:
        at = self.clock.now().isoformat(timespec="seconds")
        with self.database.write() as connection:
            dossiers.lock(connection, dossier_id)
            if dossiers.find(connection, dossier_id, self.commune) is None:
                raise WorldError("office.dossier_unknown")
            free = erasing.erase(connection, dossier_id, at)
            audit.write(connection, self.commune, AuditLine(at, actor, "erase", dossier_id, why))
        self._remove(free)

    def _remove(self, papers: Sequence[tuple[str, str]]) -> None:
        for point, sha256 in papers:
            (self.home.papers / point / f"{sha256}.age").unlink(missing_ok=True)
