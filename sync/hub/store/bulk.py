"""Many new rows of one table at once."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Table, insert

_FEW = 4
"""Up to so many rows an ordinary statement is quicker than beginning a COPY."""


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which name the same columns, in the caller's transaction."""
    if connection.dialect.name == "postgresql" and len(rows) > _FEW:
        _copy(connection, table, rows)
    elif rows:
        connection.execute(insert(table), [dict(row) for row in rows])


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """By COPY: a statement for each row would take ten times as long."""
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, rows[0]))
    into = psycopg.sql.SQL("COPY {} ({}) FROM STDIN").format(psycopg.sql.Identifier(table.name), names)
    with raw.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(list(row.values()))
