"""Questions that were put into SQL once: the same answers from SQLite and PostgreSQL, also after the server
had dropped its connections."""

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.exc import DBAPIError

from sync.hub.store import asking, bulk, database, rounds, tables
from sync.hub.store.asking import ask, ask_all, many
from sync.hub.store.database import Database, open_database
from sync.hub.store.migrate import migrate
from tests.contracts.test_hub_bulk import ODD, point
from tests.contracts.test_hub_store import OWNER

SOME = (
    select(tables.point.c.id, tables.point.c.hamlet).where(tables.point.c.id.in_(many("ids"))).order_by("id")
)
RAISE = (
    update(tables.commune)
    .where(tables.commune.c.id == bindparam("owner"))
    .values(receipt_number=tables.commune.c.receipt_number + bindparam("count"))
    .returning(tables.commune.c.receipt_number)
)


@pytest.fixture
def store(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    migrate(opened)
    with opened.write() as connection:
        rounds.add_commune(connection, OWNER, "e-1")
        bulk.put(connection, tables.point, [point(number) for number in range(4)])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("ids", "found"), [(["p1", "p3", "p9"], ["p1", "p3"]), ([], []), ([ODD, "p0", "p0"], ["p0"])]
)
def test_a_list_may_have_any_length_and_letters(store: Database, ids: list[str], found: list[str]) -> None:
    for way in (store.read, store.glance, store.write):
        with way() as connection:
            rows = ask(connection, SOME, {"ids": ids})
            assert [(row.id, row.hamlet) for row in rows] == [(one, ODD) for one in found]


def test_questions_are_answered_in_their_order_and_see_what_was_written_before(store: Database) -> None:
    with store.write() as connection:
        raised = (RAISE, {"owner": OWNER, "count": 5})
        told = ask_all(connection, raised, (SOME, {"ids": ["p2"]}), raised)
    assert [[row[0] for row in rows] for rows in told] == [[5], ["p2"], [10]]
    with store.read() as connection:
        assert rounds.state(connection, OWNER).receipt_number == 10


def test_what_is_asked_and_undone_leaves_nothing(store: Database) -> None:
    def fail() -> None:
        with store.write() as connection:
            ask(connection, RAISE, {"owner": OWNER, "count": 5})
            ask_all(connection, (RAISE, {"owner": OWNER, "count": 2**40}), (SOME, {"ids": []}))

    if not store.is_sqlite:  # which takes any number
        with pytest.raises(DBAPIError):
            fail()
        with store.read() as connection:
            assert rounds.state(connection, OWNER).receipt_number == 0


def test_connections_that_the_server_dropped_are_made_anew(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.is_sqlite:
        return
    other = open_database(store.engine.url.render_as_string(hide_password=False))
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with other.read() as connection:
        assert connection.execute(others).all()
    other.close()
    monkeypatch.setattr(database, "_MOMENT", 0.0)
    with store.write() as connection:
        assert ask(connection, SOME, {"ids": ["p1"]})


def test_the_text_is_the_same_for_every_list(store: Database) -> None:
    """Else each length would be prepared anew."""
    with store.read() as connection:
        if not store.is_sqlite:
            assert b"= ANY (%(ids)s)" in asking._sql(SOME, connection.dialect)
