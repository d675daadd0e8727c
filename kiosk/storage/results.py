"""Copies of results on their way from the hub and here, sealed; and the record of who handed them over."""

from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.events import ResultFile
from kiosk.storage.tables import hand_backs, results


class Copy(NamedTuple):
    """A copy, as far as it is here; ``body`` is sealed to this point."""

    dossier: str
    file: ResultFile
    body: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.body) == self.file.sealed_size


def expect(connection: Connection, dossier: str, file: ResultFile) -> None:
    """A copy waits at the hub; the same one again keeps what has come, another one begins anew."""
    there = of_dossier(connection, dossier)
    if there is not None and there.file == file:
        return
    values = {
        "dossier": dossier,
        "sealed_sha256": file.sealed_sha256,
        "sealed_size": file.sealed_size,
        "plain_sha256": file.plain_sha256,
        "original_at": file.original_at,
        "body": b"",
    }
    connection.execute(upsert(results).values(values).on_conflict_do_update(set_=values))


def of_dossier(connection: Connection, dossier: str) -> Copy | None:
    """The copy of a dossier, ``None`` without one."""
    row = connection.execute(select(results).where(results.c.dossier == dossier)).mappings().first()
    if row is None:
        return None
    fields = ("sealed_sha256", "sealed_size", "plain_sha256", "original_at")
    return Copy(row["dossier"], ResultFile(**{name: row[name] for name in fields}), row["body"])


def to_fetch(connection: Connection) -> list[str]:
    """Dossiers whose copies are not whole yet, the smallest rest first."""
    rest = results.c.sealed_size - func.length(results.c.body)
    query = select(results.c.dossier).where(rest > 0).order_by(rest)
    return list(connection.execute(query).scalars())


def keep(connection: Connection, dossier: str, body: bytes) -> None:
    """What has come so far, in place of what had come before."""
    connection.execute(update(results).where(results.c.dossier == dossier).values(body=body))


def forget(connection: Connection, dossier: str) -> None:
    connection.execute(delete(results).where(results.c.dossier == dossier))


def record_hand_back(connection: Connection, dossier: str, at: str, volunteer: str, pages: int) -> None:
    """Who handed over, when, and how many pages of a copy were printed (0: there was no copy)."""
    values = {"dossier": dossier, "at": at, "volunteer": volunteer, "pages": pages}
    connection.execute(insert(hand_backs).prefix_with("OR IGNORE").values(**values))


def hand_back_of(connection: Connection, dossier: str) -> tuple[str, str] | None:
    """When and by whom, ``None`` if this point did not hand it over."""
    query = select(hand_backs.c.at, hand_backs.c.volunteer).where(hand_backs.c.dossier == dossier)
    row = connection.execute(query).one_or_none()
    return (row.at, row.volunteer) if row else None
