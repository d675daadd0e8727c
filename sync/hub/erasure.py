"""Erase dossiers: on request of the person, or when the commune needs them no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.domain.clock import Clock
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope.news import seal_news
from sync.hub.alone import COPY_LOCK, alone
from sync.hub.home import Home
from sync.hub.store import audit, dossiers, erasing, news, points
from sync.hub.store.audit import AuditLine
from sync.hub.store.database import Database
from sync.hub.store.dossiers import HubDossier

OVER = (State.HANDED_BACK, State.WITHDRAWN, State.FILED_ON_PORTAL, State.NOT_ACCEPTED)
"""Nobody works on these any more: what is left may go when the commune's time for keeping it is over. Whoever
was asked for more or invited may still come: an officer refuses it first, which tells the person."""
ON_REQUEST = "on request"
"""Why, in the log of who did what, when the person asked for it."""
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
        """Erase the content of one dossier here, and let its point hear of it, which does the same; copies
        lose it as they grow old. Repeating it is harmless.

        Raises WorldError ``office.dossier_unknown``, ``copy.busy`` while a backup runs.
        """
        with alone(self.home.folder, COPY_LOCK, "copy.busy"):
            self._erase(dossier_id, actor, why, tell=True)

    def tidy(self, days: int) -> int:
        """Erase what has been over for so many days, and stray papers; how many dossiers."""
        now = self.clock.now()
        before = (now - timedelta(days=days)).isoformat(timespec="seconds")
        with alone(self.home.folder, COPY_LOCK, "copy.busy"):
            with self.database.read() as connection:
                found = erasing.over_since(connection, self.commune, OVER, before)
            for dossier_id in found:
                self._erase(dossier_id, PROGRAM, f"after {days} days", tell=False)
            with self.database.write() as connection:
                old = (now - timedelta(days=STRAY_DAYS)).isoformat(timespec="seconds")
                stray = erasing.forget_stray_papers(connection, old)
            self._remove(stray)
            self._sweep()
        return len(found)

    def _sweep(self) -> None:
        """Files that a power cut left behind, also half written ones. A file of today may be a paper whose
        row is just being written."""
        with self.database.read() as connection:
            known = erasing.papers(connection, self.commune)
        yesterday = self.clock.now().timestamp() - 86400
        for file in self.home.papers.glob("*/*"):
            if (file.parent.name, file.stem) not in known and file.stat().st_mtime < yesterday:
                file.unlink()

    def _erase(self, dossier_id: str, actor: str, why: str, *, tell: bool) -> None:
        at = self.clock.now().isoformat(timespec="seconds")
        with self.database.write() as connection:
            found = dossiers.find(connection, dossier_id, self.commune)
            if found is None:
                raise WorldError("office.dossier_unknown")
            points.lock(connection, found.point)
            dossiers.lock(connection, dossier_id)
            free = erasing.erase(connection, dossier_id, at)
            if tell:
                self._tell(connection, found, at)
            audit.write(connection, self.commune, AuditLine(at, actor, "erase", dossier_id, why))
        self._remove(free)

    def _tell(self, connection: Connection, erased: HubDossier, at: str) -> None:
        """The bare fact, for the point; what it was told before of the dossier is gone already."""
        point = points.by_id(connection, erased.point)
        number = news.next_number(connection, point.id)
        item = NewsItem(number, erased.id, erased.revision, State.ERASED.value, at)
        body = seal_news(item, point.sealing_key)
        news.add(connection, self.commune, point.id, number, erased.id, body, at)

    def _remove(self, papers: Sequence[tuple[str, str]]) -> None:
        for point, sha256 in papers:
            (self.home.papers / point / f"{sha256}.age").unlink(missing_ok=True)
