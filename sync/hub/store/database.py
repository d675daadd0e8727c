"""The hub's database: SQLite (the one inside sqlcipher3, no key, one writer) or PostgreSQL by URL."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from kiosk.domain.errors import WorldError

_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",
)
_RESTS, _MOMENT = "rests since", 1.0
"""How long (seconds) a connection that was just used is taken to be whole."""
_FULL_DISK = ("database or disk is full", "No space left on device", "disk full")


class Database:
    """One database and the rule for writing to it: one writer at a time in this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._glance = {"read_only": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._writer = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block has ended; any error undoes it.

        Raises WorldError ``server.full`` when there is no room left.
        """
        with self._writer, _disk_watched(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; nothing is kept."""
        with self.engine.connect().execution_options(read_only=True) as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For one question, without a transaction around it."""
        with self.engine.connect() as connection:
            yield connection.execution_options(**self._glance)

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open by URL (``sqlite:///path`` or ``postgresql+psycopg://…``); makes no tables.

    Raises WorldError ``hub.database_url``.
    """
    if (kind := _kind(url)) == "sqlite":
        return Database(_open_sqlite(url))
    if kind != "postgresql+psycopg":
        raise WorldError("hub.database_url")
    return Database(_open_postgresql(url))


def _kind(url: str) -> str:
    try:
        return make_url(url).drivername
    except ArgumentError as error:
        raise WorldError("hub.database_url") from error


def _open_postgresql(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=5,
        hide_parameters=True,
        connect_args={"options": "-c synchronous_commit=on"},
    )
    event.listen(engine, "checkin", _lie_down)
    event.listen(engine, "checkout", _wake)
    return engine


def _lie_down(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS] = time.monotonic()


def _wake(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask whether the server is still there, unless it was a moment ago: a busy hub need not ask each time.

    Raises InvalidatePoolError, after which the pool connects anew.
    """
    if time.monotonic() < record.info.get(_RESTS, -math.inf) + _MOMENT:
        return
    import psycopg

    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise InvalidatePoolError from error


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        hide_parameters=True,
        pool_size=5,
        max_overflow=10,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once, so that two never wait for each other half-way."""
    reading = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _disk_watched() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if any(words in str(error.orig) for words in _FULL_DISK):
            raise WorldError("server.full") from error
        raise
