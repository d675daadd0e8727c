"""``hamlet-hub backup``: one consistent copy to another volume, while the hub goes on serving."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from sync.hub import copies
from sync.hub.alone import COPY_LOCK, alone
from sync.hub.copies import DATABASE, HOME, MANIFEST, Copy, Manifest
from sync.hub.home import Home, HubSettings, fsync_folder, write_durably
from sync.hub.keys import check_machine_keys
from sync.hub.own_papers import look_after
from sync.hub.publish import HIGHEST, note_for_copy
from sync.hub.store import papers as stored
from sync.hub.store import rounds
from sync.hub.store.database import Database, open_database
from sync.hub.store.transfer import snapshot

KEEP = 14
"""Copies that stay on the volume."""
SETTINGS_COPY = "commune.toml"


@contextmanager
def room_watched() -> Iterator[None]:
    """A full volume as an error of the world: ``copy.full``; one that cannot be written: ``copy.disk``."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise WorldError("copy.full" if full else "copy.disk") from error


def back_up(home: Home, volume: Path, clock: Clock, keep: int = KEEP) -> Copy:
    """Make a copy; older ones beyond ``keep`` go. A copy that did not finish is never seen as one. A paper
    that is missing on the hub's disk, or has another size, is taken back from the volume.

    Raises WorldError ``copy.…_volume``, ``copy.other_hub``, ``copy.busy``, ``copy.full``, ``copy.disk``,
    ``copy.paper_missing``, ``hub.key_damaged``.
    """
    settings = home.settings()
    copies.check_volume(home, settings, volume)
    check_machine_keys(home)
    with alone(home.folder, COPY_LOCK, "copy.busy"), room_watched():
        copy = _make(home, settings, volume, clock)
        copies.rotate(volume, keep)
    return copy


def _make(home: Home, settings: HubSettings, volume: Path, clock: Clock) -> Copy:
    name = _next_name(volume, clock)
    new = volume / "copies" / f".{name}"
    _sweep(volume)
    new.mkdir(parents=True, mode=0o700)
    (new / HOME).mkdir(mode=0o700)
    with closing(open_database(home.database_url(settings))) as database:
        snapshot(database, new / DATABASE)
    copies.flush(new / DATABASE)
    state, papers = _contents(f"sqlite:///{(new / DATABASE).as_posix()}", settings)
    looked = look_after(home, volume, papers, thoroughly=False)
    if looked.lost:
        raise WorldError("copy.paper_missing", n=looked.lost)
    for point, sha256, size in papers:
        _copy_paper(home, volume, point, sha256, size)
    _copy_home(home, settings, new / HOME)
    files = {path.relative_to(new).as_posix(): copies.digest_file(path) for path in _files(new)}
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        commune=settings.commune,
        epoch=state.epoch,
        receipt_number=state.receipt_number,
        files=files,
        papers=papers,
    )
    write_durably(new / MANIFEST, msgspec.json.encode(manifest))
    return replace(_publish(new, volume, name), healed=looked.healed)


def _sweep(volume: Path) -> None:
    """What an earlier backup left when it was cut off; nobody else writes here now."""
    for left in (volume / "copies").glob(".[0-9]*-*"):
        shutil.rmtree(left)


def _next_name(volume: Path, clock: Clock) -> str:
    """Copies are told apart and put in order by a number; the date is for people, clocks may be wrong."""
    last = copies.copies_in(volume)[-1:]
    number = int(last[0].name.partition("-")[0]) + 1 if last else 1
    return f"{number:06}-{clock.now():%Y%m%d-%H%M}"


def _publish(new: Path, volume: Path, name: str) -> Copy:
    new.rename(volume / "copies" / name)
    fsync_folder(volume / "copies")
    return Copy(volume, name)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _contents(url: str, settings: HubSettings) -> tuple[rounds.CommuneState, list[tuple[str, str, int]]]:
    with closing(open_database(url)) as database, database.read() as connection:
        return rounds.state(connection, settings.commune), stored.listed(connection)


def _copy_paper(home: Home, volume: Path, point: str, sha256: str, size: int) -> None:
    """Once: a paper never changes. One of another length is a copy that the disk cut off."""
    target = copies.paper_in(volume, point, sha256)
    if target.exists() and target.stat().st_size == size:
        return
    copies.copy_durably(home.papers / point / f"{sha256}.age", target)


def _copy_home(home: Home, settings: HubSettings, target: Path) -> None:
    """What a new machine needs to be the same hub to its points. The commune's key is not among it."""
    for source in (home.settings_file, home.authority):
        copies.copy_durably(source, target / source.name)
    for source in (home.hub_key, home.authority_key, home.server):
        copies.copy_durably(source, target / source.name, secret=True)
    write_durably(target / HIGHEST, note_for_copy(home).encode())
    commune = Path(settings.commune_settings)
    if commune.is_file():
        copies.copy_durably(commune, target / SETTINGS_COPY)


def restore_database(copy: Copy, target: Path) -> Database:
    """Put the database of a copy down at ``target`` and open it there."""
    copies.copy_durably(copy.database, target, secret=True)
    return open_database(f"sqlite:///{target.as_posix()}")
