"""The officer's inbox and search with 100,000 dossiers on PostgreSQL 15, through the pages themselves."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from litestar.testing import TestClient
from sqlalchemy import Connection, Table, text

from kiosk.domain.dossier import Answer
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.store import tables
from sync.hub.store.officers import Role
from tests.bench.figure import Figure
from tests.support import postgres
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint, add_officer, make_home, open_hub
from tests.support.office import OfficeVisitor, token_of

DOSSIERS = 100_000
ORIGINALS = 100
TRIES = 40


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        Path(folder).chmod(0o755)
        with postgres.running(Path(folder) / "server") as url:
            hub = open_hub(make_home(Path(folder) / "hub", url))
            try:
                fill(hub)
                return measure(hub)
            finally:
                hub.database.close()


def fill(hub: Hub) -> None:
    """Copies of real dossiers under ids of their own, made inside the database."""
    point = HubPoint(hub)
    events = [point.event(answers=birth_of(number), form=BIRTH_FORM) for number in range(ORIGINALS)]
    point.round(*events)
    made = f"CREATE TEMP TABLE fresh AS SELECT d.id AS was, gen_random_uuid()::text AS id FROM dossier d, \
generate_series(2, {DOSSIERS // ORIGINALS}) n"
    with hub.database.write() as connection:
        connection.execute(text(made))
        copy(connection, tables.dossier, "id", {"id": "fresh.id"})
        copy(connection, tables.event, "dossier", {"id": "gen_random_uuid()::text", "dossier": "fresh.id"})
        copy(connection, tables.search_key, "dossier", {"dossier": "fresh.id"})
        connection.execute(text("ANALYZE"))


def copy(connection: Connection, table: Table, key: str, fresh: dict[str, str]) -> None:
    names = [column.name for column in table.columns]
    values = ", ".join(fresh.get(name, f't."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    source = f'FROM {table.name} t JOIN fresh ON t."{key}" = fresh.was'
    connection.execute(text(f"INSERT INTO {table.name} ({columns}) SELECT {values} {source}"))


def birth_of(number: int) -> tuple[Answer, ...]:
    """The same birth with another child's name."""
    given = f"Trần Ngọc {chr(65 + number % 26)}{chr(97 + number // 26)}n"
    return tuple(Answer(one.name, given) if one.name == "tre_ho_ten" else one for one in BIRTH)


def measure(hub: Hub) -> list[Figure]:
    add_officer(hub, "officer", Role.OFFICER)
    with TestClient(build(hub), base_url="https://hub.test") as web:
        visitor = OfficeVisitor(web)
        visitor.log_in("officer")
        token = token_of(web.get("/can-bo"))
        search = {"_csrf_token": token, "words": "Trần Ngọc Aan"}
        inbox = slowest(lambda: web.get("/can-bo").status_code)
        found = slowest(lambda: web.post("/can-bo/tim", data=search).status_code)
    memory = psutil.Process(os.getpid()).memory_info().rss / 2**20
    note = f"{DOSSIERS:,} dossiers, 95th percentile of {TRIES}"
    return [
        Figure("inbox of the officer", inbox, 1, "ms", 150.0, note),
        Figure("search of the officer", found, 1, "ms", 150.0, note),
        Figure("memory of the process that serves both", memory, 1, "MiB", 120.0, "with the client"),
    ]


def slowest(ask: Callable[[], int]) -> float:
    """The 95th percentile in milliseconds."""
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        assert ask() == 200
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(taken, n=20)[-1]
