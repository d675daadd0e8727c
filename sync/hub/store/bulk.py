"""Many rows at once, and statements whose results nobody waits for sent together.

On PostgreSQL each question is a journey to another process and back; a round that writes into seven tables
makes one journey of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import msgspec
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    import psycopg

Rows = Sequence[Mapping[str, Any]]


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Nothing is awaited before the end of the block, which may hold calls of ``put`` only."""
    if connection.dialect.name != "postgresql":
        yield
        return
    with _told_as_of_the_database(), _raw(connection).pipeline():
        yield


def put(connection: Connection, table: Table, rows: Rows, *, replacing: bool = False) -> None:
    """Insert ``rows``, which name the same columns, in the caller's transaction; ``replacing`` those that
    have the same primary key."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _put_json(connection, table, rows, replacing=replacing)
        return
    insertion = sqlite.insert(table)
    if replacing:
        changed = {
            name: insertion.excluded[name] for name in rows[0] if name not in table.primary_key.columns
        }
        insertion = insertion.on_conflict_do_update(index_elements=[*table.primary_key.columns], set_=changed)
    connection.execute(insertion, [dict(row) for row in rows])


def _put_json(connection: Connection, table: Table, rows: Rows, *, replacing: bool) -> None:
    """One statement for all: one for each row would take ten times as long."""
    names, keys = list(rows[0]), [column.name for column in table.primary_key.columns]
    columns = ", ".join(names)
    kinds = ", ".join(f"{name} {table.c[name].type.compile(connection.dialect)}" for name in names)
    source = f"json_to_recordset(%s::json) AS given({kinds})"
    text = f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {source}"  # noqa: S608 - our own names
    if replacing:
        changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        text += f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    with _told_as_of_the_database(text):
        _raw(connection).execute(text.encode(), [msgspec.json.encode(plain).decode()])


def _plain(value: object) -> object:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value


def _raw(connection: Connection) -> "psycopg.Connection[Any]":
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


@contextmanager
def _told_as_of_the_database(text: str = "") -> Iterator[None]:
    """Errors of the driver in the shape that those of every other statement have."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance(text, None, error, psycopg.Error, hide_parameters=True) from error
