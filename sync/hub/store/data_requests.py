"""Requests of persons about their own data: which dossier, what is asked, since when. No name stands here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.domain.ids import new_id
from sync.hub.store.tables import data_request, search_key


@dataclass(frozen=True)
class DataRequest:
    """One request; ``told_at`` and ``done_at`` are ``None`` until it was acknowledged and done."""

    id: str
    dossier: str
    kind: str
    asked_on: str
    told_at: str | None
    done_at: str | None


def add(connection: Connection, owner: str, dossier: str, kind: str, asked_on: str) -> str:
    """Note a request. Its id."""
    made = new_id()
    connection.execute(
        insert(data_request).values(id=made, commune=owner, dossier=dossier, kind=kind, asked_on=asked_on)
    )
    return made


def find(connection: Connection, owner: str, request_id: str) -> DataRequest | None:
    wanted = (data_request.c.id == request_id, data_request.c.commune == owner)
    row = connection.execute(select(data_request).where(*wanted)).first()
    return _request(row) if row else None


def open_ones(connection: Connection, owner: str) -> list[DataRequest]:
    """What is not done yet, the oldest first."""
    wanted = (data_request.c.commune == owner, data_request.c.done_at.is_(None))
    query = select(data_request).where(*wanted).order_by(data_request.c.asked_on, data_request.c.id)
    return [_request(row) for row in connection.execute(query)]


def open_of(connection: Connection, owner: str, dossier: str, kind: str) -> DataRequest | None:
    """The request of that kind about a dossier that waits already."""
    mine = (one for one in open_ones(connection, owner) if (one.dossier, one.kind) == (dossier, kind))
    return next(mine, None)


def marked(connection: Connection, owner: str, marks: Sequence[str]) -> list[str]:
    """The dossiers that carry all of these search marks."""
    query = select(search_key.c.dossier).where(search_key.c.commune == owner, search_key.c.key == marks[0])
    for mark in marks[1:]:
        also = select(search_key.c.dossier).where(search_key.c.commune == owner, search_key.c.key == mark)
        query = query.where(search_key.c.dossier.in_(also))
    return list(connection.execute(query).scalars())


def told(connection: Connection, request_id: str, at: str) -> None:
    wanted = (data_request.c.id == request_id, data_request.c.told_at.is_(None))
    connection.execute(update(data_request).where(*wanted).values(told_at=at))


def mend_day(connection: Connection, request_id: str, asked_on: str) -> None:
    """It was asked on another day."""
    connection.execute(update(data_request).where(data_request.c.id == request_id).values(asked_on=asked_on))


def drop(connection: Connection, request_id: str) -> None:
    """Take a request out; the log of who did what keeps that it was there."""
    connection.execute(delete(data_request).where(data_request.c.id == request_id))


def done(connection: Connection, request_id: str, at: str) -> None:
    connection.execute(update(data_request).where(data_request.c.id == request_id).values(done_at=at))


def _request(row: object) -> DataRequest:
    return DataRequest(*(getattr(row, name) for name in DataRequest.__dataclass_fields__))
