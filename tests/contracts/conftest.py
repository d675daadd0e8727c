"""The hub and its store on both databases."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sync.hub.context import Hub
from sync.hub.store import rounds
from sync.hub.store.database import Database, open_database
from sync.hub.store.migrate import migrate
from tests.support import postgres
from tests.support.hub import hub_in

_NUMBERS = itertools.count(1)
OWNER = "20194"
"""The commune of the bare store."""


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if not postgres.is_there():
        pytest.skip("PostgreSQL 15 is not installed")
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        Path(folder).chmod(0o755)
        with postgres.running(Path(folder) / "server") as url:
            yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'store.db').as_posix()}"
    server = request.getfixturevalue("postgres_url")
    name = f"hub_{next(_NUMBERS)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return str(server).rpartition("/")[0] + f"/{name}"


@pytest.fixture
def store(database_url: str) -> Iterator[Database]:
    """A bare store that knows its commune and nothing else."""
    database = open_database(database_url)
    migrate(database)
    with database.write() as connection:
        rounds.add_commune(connection, OWNER, "e-1")
    yield database
    database.close()


@pytest.fixture
def hub(database_url: str, tmp_path: Path) -> Iterator[Hub]:
    """A hub whose SQLite lies in its own folder, so that it can be copied."""
    yield from hub_in(tmp_path / "hub", "" if database_url.startswith("sqlite") else database_url)
