"""Requests of persons about their own data: which dossier, what is asked, since when. No name stands here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

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
    """Note a request; the same one that is still open is not noted twice. Its id."""
    for known in open_ones(connection, owner):
        if (known.dossier, known.kind) == (dossier, kind):
            return known.id
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


def done(connection: Connection, request_id: str, at: str) -> None:
    connection.execute(update(data_request).where(data_request.c.id == request_id).values(done_at=at))


def _request(row: object) -> DataRequest:
    return DataRequest(*(getattr(row, name) for name in DataRequest.__dataclass_fields__))
