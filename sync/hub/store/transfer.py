"""Take the whole database out while others write to it, and put it back. A copy is always one SQLite file."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Column, Connection, Integer, Table, delete, func, insert, select, text, update

from kiosk.domain.errors import WorldError
from sync.hub.store.database import Database, open_database
from sync.hub.store.migrate import is_current, migrate
from sync.hub.store.points import void_codes
from sync.hub.store.tables import commune, incarnation, metadata, office_session, point

_ROWS = 50
"""Rows at a time: a sealed envelope may have a megabyte."""
NEWS_GAP = 100_000
"""How far a restored hub jumps ahead with the numbers of its news: points have seen numbers that the copy
has not, and ask only for what is above them."""


def snapshot(source: Database, target: Path) -> None:
    """Write one consistent moment of ``source`` into a new SQLite file; nobody has to stop for it.

    Raises WorldError ``hub.database_older`` where ``serve`` has not brought the tables up to date yet,
    ``copy.full`` or ``copy.disk``.
    """
    if not is_current(source):
        raise WorldError("hub.database_older")
    if source.is_sqlite:
        _back_up(source, target)
        return
    copy = open_database(f"sqlite:///{target.as_posix()}")
    try:
        migrate(copy)
        with source.engine.connect().execution_options(isolation_level="REPEATABLE READ") as rows:
            fill(copy, rows)
    finally:
        copy.close()


def _back_up(source: Database, target: Path) -> None:
    new = sqlcipher3.dbapi2.connect(str(target))
    try:
        with source.engine.connect() as connection:
            old: Any = connection.connection.dbapi_connection
            old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")
    except sqlcipher3.dbapi2.Error as error:
        raise WorldError("copy.full" if "full" in str(error) else "copy.disk") from error
    finally:
        new.close()


def fill(target: Database, rows: Connection) -> None:
    """Replace everything in ``target``, whose tables are this program's, in one transaction."""
    with target.write() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        for table in metadata.sorted_tables:
            found = rows.execution_options(yield_per=_ROWS).execute(select(table)).mappings()
            for part in found.partitions(_ROWS):
                connection.execute(insert(table), [dict(row) for row in part])
            if not target.is_sqlite:
                _continue_numbers(connection, table)


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL counts its row numbers beside the table: go on behind the highest."""
    column = next(iter(table.primary_key.columns))
    if _is_counted(column):
        highest = connection.execute(select(func.max(column))).scalar_one()
        if highest is not None:
            named = {"table": table.name, "column": column.name, "highest": highest}
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"), named
            )


def _is_counted(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer) and column.autoincrement is True


def begin_anew(connection: Connection, epoch: str) -> None:
    """What a restored hub must not go on with: its epoch, its receipt numbers and SAFE mark, the stored
    answers, the log-ins, codes that may be spent by now, and the numbers of news that points have seen."""
    connection.execute(update(commune).values(epoch=epoch, receipt_number=0, safe=0))
    connection.execute(delete(incarnation))
    connection.execute(delete(office_session))
    void_codes(connection)
    connection.execute(update(point).values(news_number=point.c.news_number + NEWS_GAP))
