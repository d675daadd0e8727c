"""Bring the hub's database to this program's tables (Alembic), with foreign keys off while tables move."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kiosk.domain.errors import WorldError
from sync.hub.store.database import Database

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, target: str = "head") -> None:
    """Upgrade in one transaction. Raises WorldError ``hub.database_newer`` for a newer program's database,
    ``hub.database_damaged`` when a row points at nothing afterwards."""
    if target == "head" and is_current(database):
        with database.read() as connection:
            _check(database, connection)
        return
    from sync.hub.store.upgrade import upgrade

    with database.engine.connect() as connection:
        _foreign_keys(database, connection, "OFF")
        try:
            with connection.begin():
                upgrade(connection, _SCRIPTS, target)
                _check(database, connection)
        finally:
            _foreign_keys(database, connection, "ON")


def is_current(database: Database) -> bool:
    """Whether the tables are exactly those of this program."""
    newest = max(path.stem for path in (_SCRIPTS / "versions").glob("[0-9]*.py"))
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest


def _foreign_keys(database: Database, connection: Connection, value: str) -> None:
    """Before BEGIN, on the driver's own connection: inside a transaction the switch does nothing."""
    if database.is_sqlite:
        raw = connection.connection.dbapi_connection
        assert raw is not None, "connected a line ago"  # noqa: S101 (tells mypy)
        raw.cursor().execute(f"PRAGMA foreign_keys={value}")


def _check(database: Database, connection: Connection) -> None:
    if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise WorldError("hub.database_damaged")
