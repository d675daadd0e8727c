"""``hamlet-hub restore``: a hub from a copy. It draws a new epoch: points send again what was not SAFE."""

import secrets
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from sync.hub import copies
from sync.hub.alone import COPY_LOCK, SERVE_LOCK, alone
from sync.hub.backup import SETTINGS_COPY, restore_database, room_watched
from sync.hub.copies import HOME, Copy
from sync.hub.examine import Report, examine
from sync.hub.home import Home, HubSettings, fsync_folder, write_settings
from sync.hub.store.database import Database, open_database
from sync.hub.store.incomplete import forget
from sync.hub.store.migrate import migrate
from sync.hub.store.tables import commune
from sync.hub.store.transfer import begin_anew, fill

_NEW = "restored.db"
_DATABASE = "hub.db"
_SECRET = {"hub-key", "authority-key", "server.pem"}


def restore(
    home: Home,
    volume: Path,
    clock: Clock,
    *,
    name: str = "",
    database: str = "",
    over: bool = False,
    older: bool = False,
    incomplete: bool = False,
) -> tuple[Copy, Report]:
    """Put the newest copy (or the one of that name) in place of what is there; the old database stays aside.

    ``database`` is another URL than the copy's hub had. The copy is read through first; with ``incomplete``
    what is whole comes back, and what is not waits for the points without a receipt. Raises WorldError
    ``hub.running_already``, ``copy.none``, ``copy.damaged``, ``restore.incomplete``, ``restore.older`` (a
    copy made after it was verified: points may have erased what only that one has), ``restore.not_empty``.
    """
    if not home.folder.is_file():
        copies.find_copy(volume, name)
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    serving = alone(home.folder, SERVE_LOCK, "hub.running_already")
    with serving, alone(home.folder, COPY_LOCK, "copy.busy"), room_watched():
        copy = copies.find_copy(volume, name)
        if not older and any(one.verified() and one.name > copy.name for one in copies.copies_in(volume)):
            raise WorldError("restore.older", name=copy.name)
        report = examine(copy, home.folder, home.papers)
        if not incomplete:
            report.demand_restorable(copy)
        settings = _settings(home, copy, database)
        if not over and (home.is_made() or _has_rows(home, settings)):
            raise WorldError("restore.not_empty")
        _put(home, copy, report, settings, clock)
    return copy, report


def _settings(home: Home, copy: Copy, database: str) -> HubSettings:
    """Those of the copy, but the place and the names of this machine where it is a hub already."""
    kept = msgspec.json.decode((copy.folder / HOME / home.settings_file.name).read_bytes(), type=HubSettings)
    if home.is_made():
        kept = replace(home.settings(), commune_key=kept.commune_key, commune=kept.commune)
    if database:
        kept = replace(kept, database=database)
    if not Path(kept.commune_settings).is_file():
        kept = replace(kept, commune_settings=str((home.folder / SETTINGS_COPY).resolve()))
    return kept


def _has_rows(home: Home, settings: HubSettings) -> bool:
    """Whether the PostgreSQL database already is a hub's."""
    if not settings.database:
        return (home.folder / _DATABASE).exists()
    with closing(open_database(settings.database)) as target:
        migrate(target)
        with target.read() as connection:
            return bool(connection.execute(select(func.count()).select_from(commune)).scalar_one())


def _put(home: Home, copy: Copy, report: Report, settings: HubSettings, clock: Clock) -> None:
    """Papers and keys first, then the database, the settings last: a restoring that was cut off is begun
    again with ``over``."""
    home.papers.mkdir(exist_ok=True)
    home.uploads.mkdir(exist_ok=True)
    for point, sha256, _ in copy.manifest().papers:
        source, target = copy.paper(point, sha256), home.papers / point / f"{sha256}.age"
        if source in report.broken_papers:
            target.unlink(missing_ok=True)
        elif not copies.is_paper(target, sha256):
            copies.copy_durably(source, target)
    for source in sorted((copy.folder / HOME).iterdir()):
        if source.name != home.settings_file.name:
            copies.copy_durably(source, home.folder / source.name, secret=source.name in _SECRET)
    _put_database(home, copy, report, settings, clock)
    write_settings(home, settings)


def _put_database(home: Home, copy: Copy, report: Report, settings: HubSettings, clock: Clock) -> None:
    new = home.folder / _NEW
    _remove(new)
    with closing(restore_database(copy, new)) as restored:
        migrate(restored)
        with restored.write() as connection:
            begin_anew(connection, f"e-{secrets.token_hex(4)}")
            _forget_damage(connection, report)
        if settings.database:
            _fill_other(restored, settings.database)
    if settings.database:
        _remove(new)
        return
    copies.flush(new)
    _set_aside(home, clock)
    new.replace(home.folder / _DATABASE)
    fsync_folder(home.folder)


def _forget_damage(connection: Connection, report: Report) -> None:
    """Whoever brings it again must find it missing, or he would be told that it is here."""
    lost = [(path.parent.name, path.stem) for path in report.broken_papers]
    waiting = [one.event for one in report.damage if not one.content]
    forget(connection, lost, waiting, [one.event for one in report.damage if one.content])


def _fill_other(restored: Database, url: str) -> None:
    with closing(open_database(url)) as target:
        migrate(target)
        with restored.read() as rows:
            fill(target, rows)


def _set_aside(home: Home, clock: Clock) -> None:
    """The old database is not ours to destroy: it may hold the only trace of what went wrong."""
    aside = home.folder / f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
    for suffix in ("", "-wal", "-shm"):
        old = home.folder / (_DATABASE + suffix)
        if old.exists():
            aside.mkdir(exist_ok=True, mode=0o700)
            old.replace(aside / old.name)


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
