"""Ten thousand sealed dossiers on a small PC: what a round holds does not grow with the queue."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, event, insert, select

from kiosk.domain.ids import new_id
from kiosk.storage import outbox, tables
from kiosk.storage.database import Database
from kiosk.storage.outbox import PAPERS_AT_A_TIME
from tests.support.points import add_queued, empty_database, outbox_item

MANY = 10_000
BODY = 2_000
LIMIT = 256 * 1024
MIB = 1 << 20
Facts = dict[str, object]
_Told = TypeVar("_Told")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Half of the queue waits, half is accepted and waits for its paper."""
    made = empty_database(Path(tmp_path_factory.mktemp("long")))
    chance = Random(8)
    with made.write() as connection:
        this = tables.dossiers.c.id == add_queued(connection).id
        like = dict(connection.execute(select(tables.dossiers).where(this)).mappings().one())
        rows = [queued(like, chance, "waiting" if n % 2 else "accepted") for n in range(MANY)]
        for at, table in enumerate((tables.dossiers, tables.outbox, tables.sealed_papers)):
            connection.execute(insert(table), [row[at] for row in rows])
    yield made
    made.close()


def queued(row: Facts, chance: Random, state: str) -> tuple[Facts, Facts, Facts]:
    """One more dossier, its event in the queue, and the paper that the hub lacks."""
    dossier, paper = new_id(), f"{chance.getrandbits(256):064x}"
    item = outbox_item(dossier, body=chance.randbytes(BODY), papers=(paper,))
    event = {**asdict(item), "kind": item.kind.value, "papers": json.dumps(item.papers)}
    return (
        {**row, "id": dossier, "slip_code": dossier},
        {**event, "state": state, "reason": "", "sentence": ""},
        {"sealed_sha256": paper, "event": item.id, "size": chance.randrange(10**5), "arrived": 0},
    )


def peak(database: Database, ask: Callable[[Connection], _Told]) -> tuple[_Told, int]:
    """The answer, and how many bytes Python held at most for it; statements are compiled before."""
    with database.read() as connection:
        ask(connection)
        tracemalloc.start()
        told = ask(connection)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return told, held


def test_the_counters_are_right_and_cost_nothing(database: Database) -> None:
    told, held = peak(database, outbox.summary)
    assert (told.waiting, told.parked) == (MANY, 0)
    assert held < MIB // 8


@pytest.mark.parametrize(
    "ask", [outbox.summary, outbox.on_the_way, lambda connection: outbox.waiting(connection, LIMIT)]
)
def test_the_queue_is_walked_without_its_bodies(
    database: Database, ask: Callable[[Connection], object]
) -> None:
    said: list[tuple[str, Any]] = []
    with database.read() as connection:
        note = partial(_note, said)
        event.listen(connection, "before_cursor_execute", note)
        ask(connection)
        event.remove(connection, "before_cursor_execute", note)
        statement, values = said[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("COVERING INDEX outbox_line" in row.detail for row in plan)
    assert not any(row.detail.startswith("SCAN outbox") for row in plan)


def _note(
    said: list[tuple[str, Any]], _one: object, _two: object, statement: str, values: Any, *_: Any
) -> None:
    said.append((statement, values))


def test_a_round_holds_its_own_bodies_and_no_other(database: Database) -> None:
    items, held = peak(database, lambda connection: outbox.waiting(connection, LIMIT))
    assert [len(item.body) for item in items] == [BODY] * (LIMIT // BODY)
    assert held < 4 * LIMIT < MANY // 2 * BODY


def test_of_the_papers_a_turn_sees_the_smallest(database: Database) -> None:
    papers, held = peak(database, outbox.papers_to_send)
    mine = tables.outbox.c.id == tables.sealed_papers.c.event
    sizes = select(tables.sealed_papers.c.size).where(mine, tables.outbox.c.state == "accepted")
    with database.read() as connection:
        smallest = sorted(connection.execute(sizes).scalars())[:PAPERS_AT_A_TIME]
    assert [paper.size for paper in papers] == smallest
    assert held < MIB
