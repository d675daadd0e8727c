"""Many rows at once: the same on SQLite and PostgreSQL, odd letters and bytes included."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from kiosk.domain.errors import WorldError
from sync.hub.store import bulk, tables
from sync.hub.store.database import Database
from tests.contracts.conftest import OWNER

ODD = 'Thôn "Đ\\ư\'ờng"\n\t{1,2} %s :x Ω'


def point(number: int, **others: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"p{number}",
        "commune": OWNER,
        "hamlet": ODD,
        "signing_key": "k",
        "sealing_key": "k",
    }
    row |= {"token_digest": f"t{number}", "enrolled_at": "2026", "revoked_at": None, "news_number": number}
    return row | others


def life(name: str, body: bytes) -> dict[str, Any]:
    return {"point": "p0", "id": name, "commune": OWNER, "sequence": 1, "digest": "d", "answer": body}


def test_every_kind_of_value_comes_back_as_it_was(store: Database) -> None:
    every_byte = bytes(range(256))
    with store.write() as connection, bulk.together(connection):
        bulk.put(connection, tables.point, [point(number) for number in range(50)])
        bulk.put(connection, tables.incarnation, [life("one", every_byte), life("two", b"")])
        bulk.put(connection, tables.paper, [])
    with store.read() as connection:
        rows = connection.execute(select(tables.point).order_by(tables.point.c.news_number)).all()
        bodies = connection.execute(select(tables.incarnation.c.answer).order_by("id")).scalars()
        assert [bytes(body) for body in bodies] == [every_byte, b""]
    assert [(row.hamlet, row.revoked_at, row.news_number) for row in rows] == [
        (ODD, None, number) for number in range(50)
    ]
    assert {row.token_at for row in rows} == {""}, "a column that is not named takes its default"


def test_the_same_key_again_is_refused_or_replaces(store: Database) -> None:
    with store.write() as connection:
        bulk.put(connection, tables.point, [point(0)])
        bulk.put(connection, tables.incarnation, [life("one", b"old")])
    with pytest.raises(IntegrityError), store.write() as connection:
        bulk.put(connection, tables.incarnation, [life("two", b"x"), life("one", b"new")])
    with store.write() as connection:
        bulk.put(connection, tables.incarnation, [life("one", b"new"), life("two", b"x")], replacing=True)
    with store.read() as connection:
        found = connection.execute(select(tables.incarnation.c.id, tables.incarnation.c.answer)).all()
    assert {(row.id, bytes(row.answer)) for row in found} == {("one", b"new"), ("two", b"x")}


def test_an_error_at_the_end_of_a_block_undoes_the_transaction(store: Database) -> None:
    def write() -> None:
        with store.write() as connection, bulk.together(connection):
            bulk.put(connection, tables.point, [point(0)])
            bulk.put(connection, tables.point, [point(1, token_digest="t0")])

    with pytest.raises(DBAPIError):
        write()
    with store.read() as connection:
        assert connection.execute(select(tables.point)).all() == []
    with store.write() as connection:
        bulk.put(connection, tables.point, [point(0)])


def test_a_full_disk_is_told_by_its_name(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PostgreSQL says it inside of a block."""
    import psycopg

    def full(_: object) -> object:
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    if store.is_sqlite:
        return
    monkeypatch.setattr(bulk, "raw", full)
    with pytest.raises(WorldError) as caught, store.write() as connection:
        bulk.put(connection, tables.point, [point(0)])
    assert caught.value.code == "server.full"
