"""Copy what waits to a memory stick. Nothing leaves the queue by it: the line may carry the same again, and
the hub takes everything once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.domain.errors import WorldError
from kiosk.domain.events import OutboxItem
from kiosk.domain.ids import new_id
from kiosk.domain.point import Enrolment
from kiosk.envelope.seal import digest_of
from kiosk.storage import link as link_state
from kiosk.storage import outbox
from kiosk.storage.database import Database
from kiosk.storage.outbox import PaperToSend
from sync import protocol, stick
from sync.client.plan import event_of
from sync.client.stick_disk import StickDisk
from sync.client.uploads import is_whole
from sync.stick import StickManifest

MOST_FILES = 4500
"""Names so long take seven of the 65,536 entries of a folder on FAT32: so many files fit, even beside those
of an older copy, which stays until the new one is whole."""


@dataclass(frozen=True)
class Copied:
    """What lies on the stick now, every file read back and found right."""

    dossiers: int
    """Events: dossiers, supplements and small messages."""
    papers: int
    size: int
    """Bytes of all of it."""
    left_out: int
    """Events that stay here because one of their papers is damaged on this machine."""
    events: tuple[str, ...] = ()
    """Ids of what was copied."""
    later: int = 0
    """Newer events that wait for another copying: a folder on FAT32 holds no more files."""


@dataclass(frozen=True)
class _Load:
    """One event with the papers that the hub lacks."""

    item: OutboxItem
    papers: tuple[PaperToSend, ...]


def outward_folder(drive: Path, point: str) -> Path:
    """Where a point's dossiers lie on a stick."""
    return drive / stick.FOLDER / stick.TO_COMMUNE / point


def copy_to_stick(
    database: Database,
    enrolment: Enrolment,
    signing_key: str,
    drive: Path,
    disk: StickDisk | None = None,
    most_files: int = MOST_FILES,
) -> Copied:
    """Copy every event without a receipt, with its papers, to ``drive``; an older copy of this point goes.
    Of more than ``most_files`` the oldest go.

    The manifest is written last, after all else was read back: a copying that was interrupted never counts.
    Raises WorldError ``stick.full``, ``stick.write``, ``stick.false`` (what was read back is not what was
    written: a stick with false capacity, or a worn one); what was there before is still whole then.
    """
    if not drive.is_dir():  # pulled out: nothing may be made in its place on the machine's own disk
        raise WorldError("stick.write")
    disk = disk or StickDisk(outward_folder(drive, enrolment.point))
    with database.read() as connection:
        ids = outbox.on_the_way(connection)
    everything = [load for event in ids if (load := _load(database, event))]
    whole = [load for load in everything if all(_whole(paper) for paper in load.papers)]
    loads = that_fit(whole, most_files)
    before = set(disk.names())
    manifest = _manifest(database, enrolment, loads)
    sealed = stick.seal_manifest(manifest, signing_key, enrolment.commune_key)
    size = _size(loads) + len(sealed)
    disk.prepare(size)
    written = dict(_write_all(disk, loads))
    _read_back(disk, written)
    name = manifest.export + stick.MANIFEST
    disk.write(name, sealed)
    _read_back(disk, {name: digest_of(sealed)})
    disk.remove_all(before - {*written, name})
    papers = sum(len(load.papers) for load in loads)
    events = tuple(load.item.id for load in loads)
    left_out, later = len(everything) - len(whole), len(whole) - len(loads)
    return Copied(len(loads), papers, size, left_out, events, later)


def that_fit(loads: Sequence[_Load], most_files: int) -> Sequence[_Load]:
    """The first of them whose files are not too many, at least one. Pure."""
    left = most_files
    for number, load in enumerate(loads):
        left -= 1 + len(load.papers)
        if left < 0 and number:
            return loads[:number]
    return loads


def _load(database: Database, event: str) -> _Load | None:
    with database.read() as connection:
        item = outbox.load(connection, event)
        return _Load(item, tuple(outbox.papers_missing(connection, event))) if item else None


def _whole(paper: PaperToSend) -> bool:
    return is_whole(paper.sealed_sha256, stick.read_file(paper.path) or b"")


def _size(loads: Sequence[_Load]) -> int:
    return sum(len(load.item.body) + sum(paper.size for paper in load.papers) for load in loads)


def _manifest(database: Database, enrolment: Enrolment, loads: Sequence[_Load]) -> StickManifest:
    with database.read() as connection:
        state = link_state.get(connection)
    return StickManifest(
        version=protocol.VERSION,
        export=new_id(),
        point=enrolment.point,
        epoch=state.epoch,
        receipt=state.receipt,
        cursor=state.cursor,
        events=[msgspec.structs.replace(event_of(load.item), body=b"") for load in loads],
        papers=[paper.sealed_sha256 for load in loads for paper in load.papers],
    )


def _write_all(disk: StickDisk, loads: Sequence[_Load]) -> Iterator[tuple[str, str]]:
    """Write what the manifest will name; yields names and digests."""
    for load in loads:
        yield _write(disk, load.item.digest, stick.ENVELOPE, load.item.body)
        for paper in load.papers:
            yield _write(disk, paper.sealed_sha256, stick.PAPER, stick.read_file(paper.path) or b"")


def _write(disk: StickDisk, digest: str, ending: str, data: bytes) -> tuple[str, str]:
    disk.write(digest + ending, data)
    return digest + ending, digest


def _read_back(disk: StickDisk, written: dict[str, str]) -> None:
    if any(digest_of(disk.read_back(name)) != digest for name, digest in written.items()):
        raise WorldError("stick.false")
