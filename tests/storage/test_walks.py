"""Walkthroughs under way: kept by code, gone with their visit, counted without anybody."""

from dataclasses import replace

from kiosk.storage import walks
from kiosk.storage.database import Database
from kiosk.storage.walks import EndCount, WalkRow
from tests.support.points import AT

ROW = WalkRow("NHAP-1", "tai_khoan", "2026.11", "v-1", "T0.minh", kept=False, practice=False, changed_at=AT)


def test_a_walk_is_written_over_by_its_code(database: Database) -> None:
    later = replace(ROW, path="T0.minh T1.co", kept=True, practice=True)
    with database.write() as connection:
        walks.save(connection, ROW)
        walks.save(connection, later)
    with database.read() as connection:
        assert walks.load(connection, ROW.code) == later
        assert walks.load(connection, "NHAP-2") is None
        assert walks.all_of(connection) == [later]


def test_a_visit_finds_the_walk_that_it_changed_last(database: Database) -> None:
    newer = replace(ROW, code="NHAP-2", changed_at="2026-11-21T10:00:00+07:00")
    with database.write() as connection:
        for row in (newer, ROW, replace(newer, code="NHAP-3", guide="khac")):
            walks.save(connection, row)
        assert walks.of_visit(connection, "v-1", "tai_khoan") == newer
        assert walks.of_visit(connection, "v-2", "tai_khoan") is None


def test_the_end_of_a_visit_leaves_what_somebody_holds_a_sheet_for(database: Database) -> None:
    held, other = replace(ROW, code="NHAP-2", kept=True), replace(ROW, code="NHAP-3", visit="v-2")
    with database.write() as connection:
        for row in (ROW, held, other):
            walks.save(connection, row)
        walks.wipe_of_visit(connection, "v-1")
        assert {row.code for row in walks.all_of(connection)} == {"NHAP-2", "NHAP-3"}
        assert walks.load(connection, "NHAP-2") == replace(held, visit="")


def test_ends_are_counted_by_month_and_reason(database: Database) -> None:
    with database.write() as connection:
        for month, reason in (("2026-10", "sim"), ("2026-11", "the"), ("2026-11", "sim"), ("2026-11", "sim")):
            walks.count_end(connection, month, "tai_khoan", "S_SIM", reason)
        walks.count_end(connection, "2026-11", "khac", "S_SIM", "sim")
        counted = walks.end_counts(connection, "tai_khoan")
    assert counted == [
        EndCount("2026-11", "tai_khoan", "S_SIM", "sim", 2),
        EndCount("2026-11", "tai_khoan", "S_SIM", "the", 1),
        EndCount("2026-10", "tai_khoan", "S_SIM", "sim", 1),
    ]


def test_a_wiped_walk_is_gone(database: Database) -> None:
    with database.write() as connection:
        walks.save(connection, ROW)
        walks.wipe(connection, ROW.code)
        assert walks.load(connection, ROW.code) is None
