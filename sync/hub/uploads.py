"""Bytes of papers on the hub's disk: parts that grow, and whole sealed files named by their digest."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import receipts
from sync.hub.context import Hub
from sync.hub.home import Home, fsync_folder, write_durably
from sync.hub.store import events, papers, points
from sync.hub.store.papers import Upload
from sync.hub.store.points import Point
from sync.protocol import MAX_PAPER_BYTES

_CHUNK = 1024 * 1024


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
    part = _part(hub.home, upload)
    if part.exists():
        return part.stat().st_size
    return upload.length if paper_file(hub.home, upload.point, upload.sha256).exists() else 0


@contextmanager
def appending(hub: Hub, upload: Upload) -> Iterator[Callable[[bytes], None]]:
    """What takes the bytes that follow; each call has handed them to the system when it returns.

    Raises WorldError ``upload.too_big`` (more than announced), ``server.full``. Beside a whole paper no part
    is begun.
    """
    part = _part(hub.home, upload)
    if offset(hub, upload) == upload.length:
        yield partial(_check_room, upload, upload.length)
        return
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("ab") as file:

        def add(data: bytes) -> None:
            _check_room(upload, file.tell(), data)
            try:
                file.write(data)
                file.flush()
            except OSError as error:
                raise WorldError("server.full") from error

        yield add


def finish(hub: Hub, upload: Upload) -> None:
    """Check the digest, make the paper durable under its name, then give the receipts it was waited for.

    Raises WorldError ``upload.digest``: the bytes are thrown away and the upload begins again.
    """
    part, whole = _part(hub.home, upload), paper_file(hub.home, upload.point, upload.sha256)
    if part.exists():
        if _digest(part) != upload.sha256:
            part.unlink()
            raise WorldError("upload.digest")
        whole.parent.mkdir(parents=True, exist_ok=True)
        _fsync(part)
        part.replace(whole)
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


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_CHUNK):
            found.update(block)
    return found.hexdigest()


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
