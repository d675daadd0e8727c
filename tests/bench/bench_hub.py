"""The hub as it runs: ``hamlet-hub serve`` in a process of its own, over TLS, on PostgreSQL 15 that flushes
every commit. How fast it takes dossiers beside its floors; then, with 100,000 of them, the officer's inbox
and search, and the memory of the process after all that.
"""

import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
from sqlalchemy import Connection, Table, text

from kiosk.domain.dossier import Answer
from sync.hub.context import Hub
from sync.hub.store import tables
from sync.hub.store.officers import Role
from tests.bench import floor_intake
from tests.bench.figure import Figure
from tests.bench.intake import copy_plain, send_plain, send_rounds, senders
from tests.support import postgres
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint, add_officer, make_home, open_hub
from tests.support.office import OfficeVisitor, token_of

DOSSIERS = 100_000
ORIGINALS = 100
TRIES = 40
RUNS = 5
SINGLES, MANY, ROUND = 1600, 3200, 100
NUMBERS = ("048195001234", "048090004321")
"""The people of the originals; each copy is of somebody else."""


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        Path(folder).chmod(0o755)
        with postgres.running(Path(folder) / "server", durable=True) as url:
            hub = open_hub(make_home(Path(folder) / "hub", url))
            try:
                return measure(hub, url.replace("+psycopg", ""))
            finally:
                hub.database.close()


def measure(hub: Hub, dsn: str) -> list[Figure]:
    with program("sync.hub", "serve", "--home", str(hub.home.folder)) as (process, url):
        taken = intake(hub, dsn, url)
        fill(hub)
        lists = office(hub, url)
        memory = pss(process)
    note = "PSS of hamlet-hub serve after all of this"
    return [*taken, *lists, Figure("memory of the hub's process", memory, 1, "MiB", 120.0, note)]


@contextmanager
def program(*command: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """One of our programs, and the address that it says when it is ready."""
    python = [sys.executable, "-X", "utf8", "-m", *command]
    with subprocess.Popen(
        python, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[1]
        process.terminate()


def pss(process: "subprocess.Popen[str]") -> float:
    """Memory in MiB, shared pages divided among those who share them."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def intake(hub: Hub, dsn: str, url: str) -> list[Figure]:
    """Each leg in turn, so that a busy moment of the machine meets all of them."""
    singles, many = senders(hub, SINGLES), senders(hub, MANY)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(floor_intake.TABLE)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
    with program("tests.bench.floor_intake", dsn, str(hub.home.server)) as (_, floor):
        trust = hub.home.authority
        rates = [
            [
                leg(hub, lambda: send_plain(floor, trust, singles)),
                leg(hub, lambda: send_rounds(url, trust, singles, 1)),
                leg(hub, lambda: copy_plain(dsn, many)),
                leg(hub, lambda: send_rounds(url, trust, many, ROUND)),
            ]
            for _ in range(RUNS)
        ]
    row, one, copied, batch = (statistics.median(each) for each in zip(*rates, strict=True))
    wiped(hub)
    plain = statistics.mean(len(body) for sender in many for body in sender.plain)
    return [
        rate("a dossier a request", one, row, f"TLS; floor: a row a request, uvicorn, {plain:.0f} bytes"),
        rate(
            f"a dossier in rounds of {ROUND}",
            batch,
            copied,
            "opened, checked, receipts; floor: COPY of jsonb",
        ),
    ]


def rate(name: str, ours: float, floor: float, note: str) -> Figure:
    """Speeds as times: 0.4 of the floor's speed is 2.5 times its time."""
    speeds = f"{ours:,.0f} a second beside {floor:,.0f}, {ours / floor:.2f} of it; {note}"
    return Figure(f"hub takes {name}", 1000 / ours, 1000 / floor, "ms", 2.5, speeds)


def leg(hub: Hub, send: Callable[[], float]) -> float:
    """On empty tables."""
    wiped(hub)
    return send()


def wiped(hub: Hub) -> None:
    with hub.database.write() as connection:
        connection.execute(text("TRUNCATE dossier, incarnation, floor CASCADE"))


def fill(hub: Hub) -> None:
    """Copies of real dossiers under ids of their own, made inside the database."""
    point = HubPoint(hub)
    point.round(*(point.event(answers=birth_of(number), form=BIRTH_FORM) for number in range(ORIGINALS)))
    made = f"CREATE TEMP TABLE fresh AS SELECT d.id AS was, gen_random_uuid()::text AS id FROM dossier d, \
generate_series(2, {DOSSIERS // ORIGINALS}) n"
    numbers = ", ".join(f"'{hub.keys.mark(number)}'" for number in NUMBERS)
    own = f"CASE WHEN t.key IN ({numbers}) THEN md5(random()::text) ELSE t.key END"
    with hub.database.write() as connection:
        connection.execute(text(made))
        copy(connection, tables.dossier, "id", {"id": "fresh.id"})
        copy(connection, tables.event, "dossier", {"id": "gen_random_uuid()::text", "dossier": "fresh.id"})
        copy(connection, tables.search_key, "dossier", {"dossier": "fresh.id", "key": own})
    with psycopg.connect(hub.settings.database.replace("+psycopg", ""), autocommit=True) as connection_:
        connection_.execute("VACUUM ANALYZE")


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


def office(hub: Hub, url: str) -> list[Figure]:
    add_officer(hub, "officer", Role.OFFICER)
    trust = ssl.create_default_context(cafile=str(hub.home.authority))
    with httpx.Client(base_url=url, verify=trust, follow_redirects=True) as web:
        OfficeVisitor(web).log_in("officer")
        token = token_of(web.get("/can-bo"))
        search = {"_csrf_token": token, "words": "Trần Ngọc Aan"}
        inbox = slowest(lambda: web.get("/can-bo"))
        far = slowest(lambda: web.get("/can-bo?trang_thai=at_hub&trang=1500"))
        found = slowest(lambda: web.post("/can-bo/tim", data=search))
        common = slowest(lambda: web.post("/can-bo/tim", data={**search, "words": "trần"}))
    note = f"{DOSSIERS:,} dossiers, 95th percentile of {TRIES}"
    return [
        Figure("inbox of the officer", inbox, 1, "ms", 150.0, note),
        Figure("page 1,500 of one step", far, 1, "ms", 150.0, note),
        Figure("search of the officer", found, 1, "ms", 150.0, f"{note}; 1,000 of them fit"),
        Figure("search for a word of every dossier", common, 1, "ms", 150.0, note),
    ]


def slowest(ask: Callable[[], httpx.Response]) -> float:
    """The 95th percentile in milliseconds."""
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        answer = ask()
        assert answer.status_code == 200, answer.text
        taken.append((time.perf_counter() - began) * 1000)
    assert "/can-bo/ho-so/" in answer.text
    return statistics.quantiles(taken, n=20)[-1]
