"""One encrypted SQLite file, one connection, one lock: whoever writes is alone."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3.dbapi2
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.storage import durable, quarantine
from kiosk.storage.migrations import migrate
from kiosk.storage.trouble import disk_error, world_errors

KEY_BYTES = 32
_OLDEST_SQLITE = (3, 51, 3)
"""Older ones may corrupt a WAL database (sqlite.org/wal.html#walresetbug)."""
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "wal_autocheckpoint": 8000,
    "journal_size_limit": 1 << 21,
    "temp_store": 2,
    "cache_size": -512,
}
"""What every connection must have; asked back after setting. The automatic checkpoint (32 MB) is a
safety net only: ``tidy`` runs where nobody waits, so that an edit costs one flush. Half a MB of pages holds
a visit's rows; what more SQLite would keep are the pictures that went through it."""


_STRETCH = 1_000_000
"""Bytes of log made ready: some 120 edits."""


class Database:
    """The open database. Threads take turns; a connection is only used inside ``read`` or ``write``."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._connection = engine.connect()
        self._lock = threading.Lock()

    @property
    def home(self) -> Path:
        """The folder in which the point keeps everything."""
        return self.path.parent

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: durable when the block ends, undone if it raises.

        Raises ``WorldError`` disk.full, disk.readonly, disk.failing, database.busy, database.damaged;
        then nothing of the block has happened.
        """
        with self._lock, world_errors(self.path):
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.commit()
            finally:
                self._connection.rollback()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look without changing. Nobody writes meanwhile, so keep the block short."""
        with self._lock, world_errors(self.path):
            try:
                yield self._connection
            finally:
                self._connection.rollback()

    def checkpoint(self) -> None:
        """Move the log into the file and empty it, so that deleted text is gone from the disk too."""
        with self._lock, world_errors(self.path):
            self._checkpoint("TRUNCATE")

    def tidy(self) -> None:
        """Checkpoint where nobody waits, then stretch the empty log: an edit that overwrites costs half of
        one that lengthens a file. A disk in trouble is left for the next write to tell.

        Compiled statements go, too: each keeps the values with which it was first made, pictures and all."""
        self._engine.clear_compiled_cache()
        with suppress(WorldError), self._lock, world_errors(self.path):
            self._checkpoint("TRUNCATE")
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                self._connection.exec_driver_sql(
                    "INSERT INTO log_padding VALUES (1, zeroblob(?))", (_STRETCH,)
                )
                self._connection.exec_driver_sql("DELETE FROM log_padding")
                self._connection.commit()
            finally:
                self._connection.rollback()
            self._checkpoint("RESTART")

    def _checkpoint(self, mode: str) -> None:
        self._connection.exec_driver_sql(f"PRAGMA wal_checkpoint({mode})").fetchall()
        self._connection.rollback()

    def close(self) -> None:
        """Checkpoint and let go of the file; calling it twice is harmless."""
        if self._connection.closed:
            return
        try:
            self.checkpoint()
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Close the file as it is, without a checkpoint: what was committed stays in the log."""
        with self._lock:
            self._connection.close()
            self._engine.dispose()


def open_database(path: Path, key: bytes, clock: Clock) -> Database:
    """Open, or make, the database at ``path`` with a raw 32-byte key.

    Raises ``WorldError``: database.key (another point's key), database.damaged (a copy was put into
    ``quarantine/``, the file itself stays), database.missing (it was there once), database.newer (a newer
    program wrote it),
    database.old_sqlite, and those of ``Database.write``.
    """
    _check_library()
    _check_key(path, key)
    engine = _engine(path, key)
    try:
        return _opened(path, engine, key)
    except WorldError as error:
        engine.dispose()
        if error.code == "database.damaged":
            raise WorldError(error.code, copy=quarantine.copy(path, clock).name) from error
        raise


def _opened(path: Path, engine: Engine, key: bytes) -> Database:
    with world_errors(path):
        database = Database(path, engine)
    try:
        _check_pages(database)
        with database.write() as connection:
            migrate(connection)
        _keep_fingerprint(path, key)
    except WorldError:
        database.let_go()
        raise
    durable.flush_folder(path.parent)
    database.tidy()
    return database


def _check_library() -> None:
    version = sqlcipher3.dbapi2.sqlite_version
    if tuple(int(part) for part in version.split(".")) < _OLDEST_SQLITE:
        raise WorldError("database.old_sqlite", found=version)


def _check_key(path: Path, key: bytes) -> None:
    """Tell a wrong key, or a file that vanished, from a damaged one: a fingerprint lies beside it."""
    if len(key) != KEY_BYTES:
        raise ValueError("a raw key has 32 bytes")
    beside = _fingerprint_path(path)
    if not beside.exists():
        return
    if not path.exists():
        raise WorldError("database.missing")
    if not hmac.compare_digest(beside.read_bytes().strip(), _fingerprint(key)):
        raise WorldError("database.key")


def _keep_fingerprint(path: Path, key: bytes) -> None:
    if _fingerprint_path(path).exists():
        return
    try:
        durable.write_file(_fingerprint_path(path), _fingerprint(key))
    except OSError as error:
        raise disk_error(error) from error


def _fingerprint_path(path: Path) -> Path:
    return path.with_name(path.name + ".check")


def _fingerprint(key: bytes) -> bytes:
    return hmac.new(key, b"thon database key 1", hashlib.sha256).hexdigest()[:32].encode("ascii")


def _engine(path: Path, key: bytes) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 5},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect", insert=True)
    def _prepare(connection: sqlcipher3.dbapi2.Connection, _record: object) -> None:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for name, wanted in _PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {wanted}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                raise WorldError("database.settings", setting=name)

    return engine


def _check_pages(database: Database) -> None:
    """Every page carries a MAC: read them all once. First empty the log, which may mend a torn page."""
    database.checkpoint()
    with database.read() as connection:
        if connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
            raise WorldError("database.damaged")
