"""Which papers are complete, and which are still arriving (their bytes lie beside the database)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from kiosk.domain.ids import new_id
from sync.hub.store import points
from sync.hub.store.tables import paper, upload


@dataclass(frozen=True)
class Upload:
    """A paper on its way; how much has arrived is the size of its file."""

    id: str
    point: str
    sha256: str
    length: int


def start(connection: Connection, owner: str, point: str, sha256: str, length: int, at: str) -> Upload:
    """A new upload, or the unfinished one of the same paper: its bytes are not sent twice. The point is
    locked, so that two that begin at once begin one."""
    points.lock(connection, point)
    wanted = (upload.c.point == point, upload.c.sha256 == sha256, upload.c.length == length)
    row = connection.execute(select(upload).where(*wanted)).first()
    if row:
        return Upload(row.id, row.point, row.sha256, row.length)
    made = Upload(new_id(), point, sha256, length)
    connection.execute(
        insert(upload).values(
            id=made.id, commune=owner, point=point, sha256=sha256, length=length, made_at=at
        )
    )
    return made


def find(connection: Connection, point: str, upload_id: str) -> Upload | None:
    """An upload of this point; another point's is not there."""
    row = connection.execute(select(upload).where(upload.c.id == upload_id, upload.c.point == point)).first()
    return Upload(row.id, row.point, row.sha256, row.length) if row else None


def forget(connection: Connection, upload_id: str) -> None:
    connection.execute(delete(upload).where(upload.c.id == upload_id))


def complete_of(connection: Connection, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these papers, as point and sealed digest, those that are complete."""
    asked = set(wanted)
    if not asked:
        return set()
    query = select(paper.c.point, paper.c.sha256).where(
        paper.c.point.in_({point for point, _ in asked}), paper.c.sha256.in_({sha256 for _, sha256 in asked})
    )
    return {(row.point, row.sha256) for row in connection.execute(query)} & asked


def listed(connection: Connection) -> list[tuple[str, str, int]]:
    """Every complete paper as point, sealed digest and size, in one order."""
    found = connection.execute(select(paper.c.point, paper.c.sha256, paper.c.size))
    return sorted((row.point, row.sha256, row.size) for row in found)


def is_complete(connection: Connection, point: str, sha256: str) -> bool:
    wanted = (paper.c.point == point, paper.c.sha256 == sha256)
    return connection.execute(select(paper.c.sha256).where(*wanted)).first() is not None


def complete(connection: Connection, owner: str, done: Upload, at: str) -> None:
    """The paper lies whole and fsynced under its name."""
    if not is_complete(connection, done.point, done.sha256):
        connection.execute(
            insert(paper).values(
                point=done.point, sha256=done.sha256, commune=owner, size=done.length, arrived_at=at
            )
        )
