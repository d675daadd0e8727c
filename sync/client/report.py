"""How this point stands, for the commune's list of points: no word about any citizen."""

import shutil
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.packs.choose import FOLDER, installed_versions
from kiosk.storage import outbox, visits, walks
from kiosk.storage.database import Database
from sync.protocol import GuideEnds, PointReport

MOST_ENDS = 60
"""Counts of one report: several months of one guide."""
_PROGRAM = "thon-dien-tu"


def report_of(database: Database, *, with_ends: bool = True) -> PointReport:
    """Counters, versions, room on the disk, the day of the last visit, and how walkthroughs ended
    (``with_ends``: not where dossiers want the line)."""
    home = database.path.parent
    with database.read() as connection:
        queue, last = outbox.summary(connection), visits.last_started(connection)
        ends = walks.newest_ends(connection, MOST_ENDS) if with_ends else []
    return PointReport(
        program=_version(),
        pack=_newest_pack(home),
        queue=queue.waiting,
        parked=queue.parked,
        free_mb=shutil.disk_usage(home).free // (1 << 20),
        last_visit=last[:10],
        guide_ends=[GuideEnds(**asdict(end)) for end in ends],
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
