"""``hamlet-hub verify``: read a copy back; what is whole in it becomes SAFE, and only that."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kiosk.domain.clock import Clock
from sync.hub import copies
from sync.hub.alone import COPY_LOCK, alone
from sync.hub.backup import room_watched
from sync.hub.copies import Copy, Verified
from sync.hub.examine import Report, examine
from sync.hub.home import Home
from sync.hub.own_papers import look_after
from sync.hub.store import papers, rounds
from sync.hub.store.database import open_database


def verify(home: Home, volume: Path, clock: Clock, name: str = "") -> tuple[Copy, Report]:
    """Examine the newest copy (or the one of that name) and move the hub's SAFE mark as far as it is whole.

    The mark moves only for a copy of the epoch that the hub is in. A broken paper is put aside as ``.bad``,
    so that the next backup copies it again; one that is broken on the hub's disk is taken back from the
    volume. Raises WorldError as ``examine`` and ``check_volume``.
    """
    settings = home.settings()
    copies.check_volume(home, settings, volume)
    with alone(home.folder, COPY_LOCK, "copy.busy"), room_watched():
        copy = copies.find_copy(volume, name)
        report = examine(copy, home.folder)
        for path in report.broken_papers:
            _put_aside(path)
        with closing(open_database(home.database_url(settings))) as database, database.read() as connection:
            here = papers.listed(connection)
        report = replace(report, own=look_after(home, volume, here, thoroughly=True))
        if report.is_whole:
            at = clock.now().isoformat(timespec="seconds")
            copies.note_verified(copy, Verified(at=at, epoch=report.epoch, safe=report.safe))
    with closing(open_database(home.database_url(settings))) as database, database.write() as connection:
        rounds.move_safe(connection, settings.commune, report.epoch, report.safe)
    return copy, report


def _put_aside(path: Path) -> None:
    if path.exists():
        path.replace(path.with_suffix(".bad"))
