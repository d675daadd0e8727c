"""Bytes of papers on the hub's disk: parts that grow, and whole sealed files named by their digest."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import receipts
from sync.hub.alone import held
from sync.hub.context import Hub
from sync.hub.home import Home, fsync_folder, write_durably
from sync.hub.store import events, papers, points
from sync.hub.store.papers import Upload
from sync.hub.store.points import Point
from sync.protocol import MAX_PAPER_BYTES

_CHUNK = 1024 * 1024


class OffsetMovedError(WorldError):
    """The bytes that came do not follow those that are there."""

    def __init__(self) -> None:
        super().__init__("upload.offset")


def begin(hub: Hub, point: Point, sha256: str, length: int) -> Upload:
    """A new upload, or the one that was begun before. Raises WorldError ``upload.too_big``."""
    if length > MAX_PAPER_BYTES:
        raise WorldError("upload.too_big", limit=MAX_PAPER_BYTES)
    with hub.database.write() as connection:
        return papers.start(connection, hub.commune, point.id, sha256, length, hub.now())


def find(hub: Hub, point: Point, upload_id: str) -> Upload:
    """Raises WorldError ``upload.unknown``, also for another point's upload."""
    if not upload_id.isprintable():
        raise WorldError("upload.unknown")
    with hub.database.read() as connection:
        found = papers.find(connection, point.id, upload_id)
    if found is None:
        raise WorldError("upload.unknown")
    return found


def offset(hub: Hub, upload: Upload) -> int:
    """How many bytes the hub has; all of them once the paper is complete."""
    if paper_file(hub.home, upload.point, upload.sha256).exists():
        return upload.length
    try:
        return _part(hub.home, upload).stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def appending(hub: Hub, upload: Upload, start: int) -> Iterator[Callable[[bytes], None]]:
    """What takes the bytes that follow ``start``; each call has handed them to the system when it returns.

    Raises WorldError ``upload.too_big`` (more than announced), ``server.full``, and ``OffsetMovedError`` once
    another request, also of another process, has written or finished. Beside a whole paper no part is begun.
    """
    if start == upload.length:
        yield partial(_check_room, upload, upload.length)
        return
    part, whole = _part(hub.home, upload), paper_file(hub.home, upload.point, upload.sha256)
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("ab", buffering=0) as file:
        there = start

        def add(data: bytes) -> None:
            nonlocal there
            _check_room(upload, there, data)
            with held(file):
                if whole.exists() or not _is_named(part, file) or os.fstat(file.fileno()).st_size != there:
                    raise OffsetMovedError
                try:
                    _write_all(file, data)
                except OSError as error:
                    raise WorldError("server.full") from error
            there += len(data)

        yield add


def finish(hub: Hub, upload: Upload) -> None:
    """Check the digest, make the paper durable under its name, then give the receipts it was waited for.

    Raises WorldError ``upload.digest``: the bytes are thrown away and the upload begins again; and
    ``upload.unknown`` if it was given up meanwhile.
    """
    part, whole = _part(hub.home, upload), paper_file(hub.home, upload.point, upload.sha256)
    if whole.exists():
        part.unlink(missing_ok=True)
    with suppress(FileNotFoundError):  # finished by another process, or before a crash
        _make_whole(part, whole, upload.sha256)
    if not whole.exists():
        raise WorldError("upload.unknown")
    fsync_folder(whole.parent)
    fsync_folder(whole.parent.parent)
    with hub.database.write() as connection:
        points.lock(connection, upload.point)
        papers.complete(connection, hub.commune, upload, hub.now())
        for event in events.waiting_for(connection, upload.point, upload.sha256):
            receipts.give_if_complete(hub, connection, event)


def keep_whole(hub: Hub, point: Point, sha256: str, read: Callable[[], bytes | None]) -> bool:
    """Keep a paper that came in one piece, unless it is here already. ``read`` gives its bytes.

    False, and nothing is kept, where they are missing or are not what the digest says. Raises WorldError
    ``server.full``.
    """
    with hub.database.read() as connection:
        if papers.is_complete(connection, point.id, sha256):
            return True
    body = read()
    if not body or len(body) > MAX_PAPER_BYTES or digest_of(body) != sha256:
        return False
    whole = paper_file(hub.home, point.id, sha256)
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        write_durably(whole, body)
        fsync_folder(whole.parent.parent)
    except OSError as error:
        raise WorldError("server.full") from error
    done = Upload(sha256, point.id, sha256, len(body))
    with hub.database.write() as connection:
        points.lock(connection, point.id)
        papers.complete(connection, hub.commune, done, hub.now())
        for event in events.waiting_for(connection, point.id, sha256):
            receipts.give_if_complete(hub, connection, event)
    return True


def give_up(hub: Hub, upload: Upload) -> None:
    """Forget an upload and its bytes; a paper that is complete stays."""
    with hub.database.write() as connection:
        papers.forget(connection, upload.id)
    _part(hub.home, upload).unlink(missing_ok=True)


def paper_file(home: Home, point: str, sha256: str) -> Path:
    """Where a complete sealed paper lies."""
    return home.papers / point / f"{sha256}.age"


def _check_room(upload: Upload, there: int, data: bytes) -> None:
    if there + len(data) > upload.length:
        raise WorldError("upload.too_big", limit=upload.length)


def _part(home: Home, upload: Upload) -> Path:
    return home.uploads / f"{upload.id}.part"


def _write_all(file: FileIO, data: bytes) -> None:
    """Without a buffer, which would try again in vain when a full disk's file is closed."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _make_whole(part: Path, whole: Path, sha256: str) -> None:
    """Raises WorldError ``upload.digest``, and FileNotFoundError where there is no part any more."""
    with part.open("rb+") as file, held(file):
        if not _is_named(part, file):
            raise FileNotFoundError(part)
        if _digest(file) != sha256:
            part.unlink(missing_ok=True)
            raise WorldError("upload.digest")
        os.fsync(file.fileno())
        whole.parent.mkdir(parents=True, exist_ok=True)
        part.replace(whole)


def _is_named(path: Path, file: BinaryIO | FileIO) -> bool:
    """Whether an open file still has this name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while block := file.read(_CHUNK):
        found.update(block)
    return found.hexdigest()
