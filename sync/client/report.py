"""How this point stands, for the commune's list of points: no word about any citizen."""

import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.packs.choose import FOLDER, installed_versions
from kiosk.storage import outbox, visits
from kiosk.storage.database import Database
from sync.protocol import PointReport

_PROGRAM = "thon-dien-tu"


def report_of(database: Database) -> PointReport:
    """Counters, versions, room on the disk, and the day of the last visit."""
    home = database.path.parent
    with database.read() as connection:
        queue, last = outbox.summary(connection), visits.last_started(connection)
    return PointReport(
        program=_version(),
        pack=_newest_pack(home),
        queue=queue.waiting,
        parked=queue.parked,
        free_mb=shutil.disk_usage(home).free // (1 << 20),
        last_visit=last[:10],
    )


def _version() -> str:
    try:
        return version(_PROGRAM)
    except PackageNotFoundError:
        return ""


def _newest_pack(home: Path) -> str:
    """Number of the newest installed pack; empty while only the program's own content is there."""
    found = list(installed_versions(home / FOLDER))
    return str(max(found)) if found else ""
