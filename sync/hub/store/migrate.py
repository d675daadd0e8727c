"""Bring the hub's database to this program's tables (Alembic), with foreign keys off while tables move."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from sync.hub.store.database import Database

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, target: str = "head") -> None:
    """Upgrade in one transaction. Raises WorldError ``hub.database_newer`` for a newer program's database,
    ``hub.database_damaged`` when a row points at nothing afterwards."""
    with database.engine.connect() as connection:
        _foreign_keys(database, connection, "OFF")
        try:
            with connection.begin():
                _upgrade(connection, target)
                _check(database, connection)
        finally:
            _foreign_keys(database, connection, "ON")


def is_current(database: Database) -> bool:
    """Whether the tables are exactly those of this program."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _upgrade(connection: Connection, target: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, target)
    except CommandError as error:
        raise WorldError("hub.database_newer") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def _foreign_keys(database: Database, connection: Connection, value: str) -> None:
    """Before BEGIN, on the driver's own connection: inside a transaction the switch does nothing."""
    if database.is_sqlite:
        raw = connection.connection.dbapi_connection
        assert raw is not None, "connected a line ago"  # noqa: S101 (tells mypy)
        raw.cursor().execute(f"PRAGMA foreign_keys={value}")


def _check(database: Database, connection: Connection) -> None:
    if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise WorldError("hub.database_damaged")
