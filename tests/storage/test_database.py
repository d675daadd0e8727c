"""The encrypted file: durable settings, one writer, and honest words for every kind of trouble."""

import gc
import os
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import insert, inspect
from sqlalchemy.exc import IntegrityError

from kiosk.domain.errors import WorldError
from kiosk.storage import database as database_module
from kiosk.storage import quarantine, tables
from kiosk.storage.database import Database, open_database
from kiosk.storage.migrations import MIGRATIONS, version_of
from tests.support.points import KEY, StoppedClock, empty_database

INSERT = "INSERT INTO secrets VALUES (?, ?)"


def put(database: Database, name: str, value: bytes = b"x") -> None:
    with database.write() as connection:
        connection.exec_driver_sql(INSERT, (name, value))


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM secrets ORDER BY name").scalars())


@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
    ],
)
def test_the_settings_that_durability_rests_on(database: Database, pragma: str, wanted: object) -> None:
    with database.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == wanted


def test_nothing_readable_lies_on_the_disk(database: Database, home: Path) -> None:
    put(database, "Nguyễn Thị Bưởi", b"048195001234")
    for path in home.iterdir():
        content = path.read_bytes()
        assert b"048195001234" not in content
        assert "Bưởi".encode() not in content
        assert b"SQLite format 3" not in content


def test_what_was_written_is_there_after_opening_again(home: Path) -> None:
    first = empty_database(home)
    put(first, "a")
    first.close()
    second = empty_database(home)
    assert names(second) == ["a"]
    second.close()


def test_a_write_that_raises_has_not_happened(database: Database) -> None:
    def fails_halfway() -> None:
        with database.write() as connection:
            connection.exec_driver_sql(INSERT, ("a", b"x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_halfway()
    assert names(database) == []
    put(database, "b")
    assert names(database) == ["b"]


def test_a_broken_statement_undoes_its_whole_transaction(database: Database) -> None:
    def says_it_twice() -> None:
        with database.write() as connection:
            connection.exec_driver_sql(INSERT, ("a", b"x"))
            connection.exec_driver_sql(INSERT, ("a", b"y"))

    with pytest.raises(IntegrityError):
        says_it_twice()
    assert names(database) == []


def test_threads_take_turns(database: Database) -> None:
    def many(prefix: str) -> None:
        for number in range(20):
            put(database, f"{prefix}{number}")

    threads = [threading.Thread(target=many, args=(letter,)) for letter in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 120


def test_closing_twice_is_harmless_and_leaves_no_log(home: Path) -> None:
    database = empty_database(home)
    put(database, "a")
    database.close()
    database.close()
    log = home / "point.db-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_tidying_forgets_the_values_that_statements_were_made_with(database: Database) -> None:
    """A compiled statement keeps those of its first use: the picture of a card, say."""
    picture = bytes(5000)
    with database.write() as connection:
        connection.execute(insert(tables.secrets).values(name="a", value=picture))
    assert _is_held(picture)
    database.tidy()
    assert not _is_held(picture)


def _is_held(value: bytes) -> bool:
    gc.collect()
    return any(type(each) is dict and each.get("value") is value for each in gc.get_referrers(value))


def test_a_wrong_key_is_told_from_damage(home: Path) -> None:
    empty_database(home).close()
    with pytest.raises(WorldError) as caught:
        open_database(home / "point.db", bytes(32), StoppedClock())
    assert caught.value.code == "database.key"
    assert not (home / "quarantine").exists()


def test_a_short_key_is_our_own_mistake(home: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_database(home / "point.db", b"short", StoppedClock())


def test_a_database_that_vanished_is_not_made_anew_in_silence(home: Path) -> None:
    empty_database(home).close()
    (home / "point.db").unlink()
    with pytest.raises(WorldError) as caught:
        empty_database(home)
    assert caught.value.code == "database.missing"
    assert not (home / "point.db").exists()


def filled_file(home: Path) -> Path:
    database = empty_database(home)
    for number in range(40):
        put(database, f"name {number}", os.urandom(900))
    database.close()
    return home / "point.db"


@pytest.mark.parametrize("place", [0, 20, 5000, 20_000, -30])
def test_one_turned_bit_is_noticed_and_nothing_is_deleted(home: Path, place: int) -> None:
    path = filled_file(home)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(WorldError) as caught:
            empty_database(home)
        assert caught.value.code == "database.damaged"
    assert path.read_bytes() == bytes(content)
    copies = list((home / "quarantine").iterdir())
    assert [copy.name for copy in copies] == [caught.value.params["copy"]]
    assert (copies[0] / "point.db").read_bytes() == bytes(content)


def test_a_file_that_was_cut_is_damaged(home: Path) -> None:
    path = filled_file(home)
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 100])
    with pytest.raises(WorldError) as caught:
        empty_database(home)
    assert caught.value.code == "database.damaged"


def test_something_else_in_its_place_is_damaged(home: Path) -> None:
    path = filled_file(home)
    path.write_bytes(b"<html>this is no database</html>" * 500)
    with pytest.raises(WorldError) as caught:
        empty_database(home)
    assert caught.value.code == "database.damaged"


def test_a_damaged_file_set_aside_makes_room_and_is_kept(home: Path) -> None:
    path = filled_file(home)
    damaged = path.read_bytes()[:-5000]
    path.write_bytes(damaged)
    kept = quarantine.set_aside(path, StoppedClock())
    fresh = empty_database(home)
    assert names(fresh) == []
    fresh.close()
    assert (kept / "point.db").read_bytes() == damaged


def test_a_file_of_a_newer_program_is_left_alone(home: Path) -> None:
    database = empty_database(home)
    with database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    before = (home / "point.db").read_bytes()
    with pytest.raises(WorldError) as caught:
        empty_database(home)
    assert caught.value.code == "database.newer"
    assert caught.value.params == {"found": len(MIGRATIONS) + 1, "known": len(MIGRATIONS)}
    assert (home / "point.db").read_bytes() == before


def test_an_old_library_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module.sqlcipher3.dbapi2, "sqlite_version", "3.51.2")
    with pytest.raises(WorldError) as caught:
        empty_database(home)
    assert caught.value.code == "database.old_sqlite"


def test_another_program_that_writes_is_waited_for_and_then_named(home: Path) -> None:
    database = empty_database(home)
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    other = sqlcipher.connect(str(home / "point.db"), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorldError) as caught:
        put(database, "a")
    assert caught.value.code == "database.busy"
    other.execute("ROLLBACK")
    other.close()
    put(database, "a")
    assert names(database) == ["a"]
    database.close()


def test_a_folder_that_is_not_there_is_a_disk_in_trouble(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        open_database(tmp_path / "nowhere" / "point.db", KEY, StoppedClock())
    assert caught.value.code == "disk.readonly"


def test_queries_and_migrations_speak_of_the_same_tables(database: Database) -> None:
    with database.read() as connection:
        made = inspect(connection)
        assert version_of(connection) == len(MIGRATIONS)
        assert set(made.get_table_names()) - {"sqlite_sequence"} == set(tables.METADATA.tables)
        for name, table in tables.METADATA.tables.items():
            columns = {str(each["name"]): bool(each["nullable"]) for each in made.get_columns(name)}
            keys = set(made.get_pk_constraint(name)["constrained_columns"])
            assert set(columns) == {column.name for column in table.columns}, name
            assert keys == {column.name for column in table.primary_key}, name
            for column, nullable in columns.items():
                assert column in keys or nullable == table.columns[column].nullable, f"{name}.{column}"


def test_migrating_twice_changes_nothing(home: Path) -> None:
    empty_database(home).close()
    before = (home / "point.db").stat().st_size
    empty_database(home).close()
    assert (home / "point.db").stat().st_size == before
