"""Many rows at once, and rows of many tables in one statement.

On PostgreSQL each statement is a journey to another process and back; a round that writes into seven tables
makes one journey of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
from sqlalchemy import Connection, LargeBinary, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    import psycopg

Rows = Sequence[Mapping[str, Any]]
_WAITING = "bulk.waiting"


class _Put(NamedTuple):
    insertion: str
    rows: str
    """JSON (bytes in base64), the one parameter of ``insertion``."""


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """What ``put`` is given inside the block is written when it ends, by one statement: nothing in the
    block may ask for it, or change it. A block inside another is part of it."""
    if connection.dialect.name != "postgresql" or _WAITING in connection.info:
        yield
        return
    waiting: list[_Put] = connection.info.setdefault(_WAITING, [])
    try:
        yield
    finally:
        del connection.info[_WAITING]
    _write(connection, waiting)


def put(connection: Connection, table: Table, rows: Rows, *, replacing: bool = False) -> None:
    """Insert ``rows``, which name the same columns, in the caller's transaction; ``replacing`` those that
    have the same primary key."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        one = _Put(
            _insertion(connection.dialect, table, tuple(rows[0]), replacing),
            msgspec.json.encode(rows).decode(),
        )
        if _WAITING in connection.info:
            connection.info[_WAITING].append(one)
        else:
            _write(connection, [one])
        return
    insertion = sqlite.insert(table)
    if replacing:
        changed = {
            name: insertion.excluded[name] for name in rows[0] if name not in table.primary_key.columns
        }
        insertion = insertion.on_conflict_do_update(index_elements=[*table.primary_key.columns], set_=changed)
    connection.execute(insertion, [dict(row) for row in rows])


@cache
def _insertion(dialect: Dialect, table: Table, names: tuple[str, ...], replacing: bool) -> str:
    """One statement for all rows: one for each would take ten times as long."""
    keys = [column.name for column in table.primary_key.columns]
    columns = ", ".join(names)
    bodies = {name for name in names if isinstance(table.c[name].type, LargeBinary)}
    values = ", ".join(f"decode({name}, 'base64')" if name in bodies else name for name in names)
    kinds = {name: "text" if name in bodies else table.c[name].type.compile(dialect) for name in names}
    source = f"json_to_recordset(%s::json) AS given({', '.join(map(' '.join, kinds.items()))})"
    text = f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {source}"  # noqa: S608 - our own names
    if replacing:
        changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        text += f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"
    return text


def _write(connection: Connection, waiting: Sequence[_Put]) -> None:
    """Keys that point from one table to another are checked when the statement ends."""
    if not waiting:
        return
    parts = (f"put{number} AS ({one.insertion})" for number, one in enumerate(waiting))
    text = f"WITH {', '.join(parts)} SELECT" if len(waiting) > 1 else waiting[0].insertion
    with told_as_of_the_database(text):
        raw(connection).execute(text.encode(), [one.rows for one in waiting])


def raw(connection: Connection) -> "psycopg.Connection[Any]":
    """The driver's own connection, of PostgreSQL only."""
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


@contextmanager
def told_as_of_the_database(text: str = "") -> Iterator[None]:
    """Errors of the driver in the shape that those of every other statement have."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance(text, None, error, psycopg.Error, hide_parameters=True) from error
