"""The upgrade itself. Alembic is read only where there is something to upgrade: it is a tenth of a serving
hub's memory."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError


def upgrade(connection: Connection, scripts: Path, target: str) -> None:
    """In the caller's transaction. Raises WorldError ``hub.database_newer``."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, target)
    except CommandError as error:
        raise WorldError("hub.database_newer") from error
