"""Pages of the inbox and searches: the same on SQLite and PostgreSQL."""

import pytest
from sqlalchemy import Connection, event, insert, text

from kiosk.domain.dossier import State
from kiosk.domain.ids import new_id
from sync.hub.store import dossiers, points, tables
from sync.hub.store.database import Database, open_database
from sync.hub.store.dossiers import HubDossier, Narrow
from sync.hub.store.migrate import migrate
from tests.contracts.conftest import OWNER

ALL = Narrow()
AT = "2026-11-21T09:00:00+07:00"


@pytest.fixture
def store(store: Database) -> Database:
    """With the one point that every dossier comes from."""
    with store.write() as connection:
        code = points.make_code(connection, OWNER, "Thôn Một", AT)
        points.enrol(connection, OWNER, code, "11" * 32, "age1point", AT)
    return store


def add(connection: Connection, minute: int, *marks: str, hamlet: str = "Thôn Một") -> str:
    """A dossier that arrived in this minute of a day."""
    at = f"2026-11-21T{minute // 60:02d}:{minute % 60:02d}:00+07:00"
    owner = connection.execute(text("SELECT id FROM point")).scalar_one()
    new = HubDossier(new_id(), OWNER, owner, hamlet, "1.001193", 1, State.AT_HUB, at, at)
    dossiers.add(connection, new)
    dossiers.add_marks(connection, OWNER, {new.id: marks})
    return new.id


def found(store: Database, *marks: str, narrow: Narrow = ALL, page: int = 0) -> list[str]:
    with store.read() as connection:
        return [one.id for one in dossiers.listed(connection, OWNER, narrow, marks, 2, 2 * page)]


def test_pages_follow_each_other_from_the_newest_on(store: Database) -> None:
    with store.write() as connection:
        made = [add(connection, minute) for minute in (3, 1, 5, 2, 4)]
    newest_first = [made[index] for index in (2, 4, 0, 3, 1)]
    assert [*found(store), *found(store, page=1), *found(store, page=2)] == newest_first
    assert found(store, page=3) == []


def test_a_search_is_paged_and_narrowed_like_the_inbox(store: Database) -> None:
    with store.write() as connection:
        made = [add(connection, minute, "tran", "ngoc", f"no{minute}") for minute in range(4)]
        add(connection, 9, "tran")
        elsewhere = add(connection, 8, "ngoc", "tran", hamlet="Thôn Hai")
    assert found(store, "tran", "ngoc") == [elsewhere, made[3]]
    assert found(store, "ngoc", "tran", page=1) == [made[2], made[1]]
    assert found(store, "tran", "no2") == [made[2]]
    assert found(store, "tran", "tran", "nobody") == []
    assert found(store, "tran", "ngoc", narrow=Narrow(hamlet="Thôn Hai")) == [elsewhere]
    assert found(store, "tran", narrow=Narrow(State.RECEIVED)) == []


def test_filings_that_carry_a_mark_come_in_the_order_of_their_arrival(store: Database) -> None:
    with store.write() as connection:
        late, early, other = (add(connection, minute, "mark") for minute in (7, 2, 5))
        for one in (late, early):
            dossiers.change(connection, one, State.FILED_ON_PORTAL, 1, AT)
    with store.read() as connection:
        filed = dossiers.carrying(connection, OWNER, ["mark", "none"], State.FILED_ON_PORTAL)
        assert filed == [("mark", early), ("mark", late)]
        assert dossiers.carrying(connection, OWNER, ["mark"], State.AT_HUB) == [("mark", other)]
        assert dossiers.carrying(connection, OWNER, ["none"], State.AT_HUB) == []


def test_nobody_counts_further_than_a_person_reads(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "COUNTED", 3)
    with store.write() as connection:
        made = [add(connection, minute) for minute in range(9)]
        for one in made[:2]:
            dossiers.change(connection, one, State.SEEN, 1, AT)
    with store.read() as connection:
        assert dossiers.counts(connection, OWNER) == {State.AT_HUB: 4, State.SEEN: 2}


def test_a_search_among_many_asks_the_rarest_word_first(store: Database) -> None:
    """SQLite tells its plan in words; PostgreSQL must at least find the same."""
    with store.write() as connection:
        rare = [add(connection, minute, "common", "rare") for minute in range(3)]
        owner = connection.execute(text("SELECT id FROM point")).scalar_one()
        rest = [new_id() for _ in range(3000)]
        fixed = {"commune": OWNER, "arrived_at": AT}
        dossier = {**fixed, "point": owner, "hamlet": "Thôn Một", "procedure": "1.001193", "revision": 1}
        dossier |= {"state": State.AT_HUB.value, "changed_at": AT}
        connection.execute(insert(tables.dossier), [{"id": one, **dossier} for one in rest])
        marks = [{"dossier": one, "key": "common", **fixed} for one in rest]
        connection.execute(insert(tables.search_key), marks)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert found(store, "common", "rare") == [rare[2], rare[1]]
    page = next(one for one in asked if "JOIN" in one)
    if not store.is_sqlite:
        return
    with store.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {page}", ("x",) * page.count("?")).all()
    steps = "\n".join(row[3] for row in plan)
    assert "SCAN dossier" not in steps
    assert "ix_search_key_commune_key_arrived" in steps


def test_marks_of_an_older_database_get_the_arrival_of_their_dossier(database_url: str) -> None:
    database = open_database(database_url)
    migrate(database, "0006_tokens")
    insertions = (
        f"INSERT INTO commune VALUES ('{OWNER}', 'e', 0, 0)",
        "INSERT INTO point (id, commune, hamlet, signing_key, sealing_key, token_digest, token_at, "
        f"enrolled_at, news_number) VALUES ('p', '{OWNER}', 'h', 'k', 'k', 't', '', '{AT}', 0)",
        f"INSERT INTO dossier VALUES ('d', '{OWNER}', 'p', 'h', '1', 1, 'at_hub', '{AT}', '{AT}')",
        f"INSERT INTO search_key (dossier, key, commune) VALUES ('d', 'm', '{OWNER}')",
    )
    with database.write() as connection:
        for one in insertions:
            connection.execute(text(one))
    migrate(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT arrived_at FROM search_key")).scalar_one() == AT
        assert [one.id for one in dossiers.listed(connection, OWNER, Narrow(), ["m"], 9, 0)] == ["d"]
    database.close()
