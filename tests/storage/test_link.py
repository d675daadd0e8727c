"""What the point remembers of its conversation."""

from dataclasses import replace

from kiosk.storage import link
from kiosk.storage.database import Database
from tests.support.points import enrolment


def test_a_point_that_never_spoke_stands_at_zero(database: Database) -> None:
    with database.read() as connection:
        state = link.get(connection)
    assert (state.sequence, state.receipt, state.safe, state.cursor, state.epoch) == (0, 0, 0, 0, "")


def test_a_sequence_number_is_never_used_twice(database: Database) -> None:
    seen = []
    for _ in range(3):
        with database.write() as connection:
            seen.append(link.next_sequence(connection))
    assert [state.sequence for state in seen] == [1, 2, 3]
    assert len({state.incarnation for state in seen}) == 1


def test_everything_put_comes_back(database: Database) -> None:
    state = link.LinkState("inc", 4, "e-2", 17, 12, 3, "2026-11-21T09:00:00+07:00", "no_line")
    with database.write() as connection:
        link.put(connection, state)
    with database.read() as connection:
        assert link.get(connection) == state


def test_after_409_the_point_goes_on_after_the_hubs_number_and_never_back(database: Database) -> None:
    with database.write() as connection:
        link.put(connection, link.LinkState("inc", sequence=5))
        assert link.continue_after(connection, 90).sequence == 90
        assert link.continue_after(connection, 3).sequence == 90
        assert link.next_sequence(connection).sequence == 91


def test_a_restored_copy_counts_anew_under_a_new_name(database: Database) -> None:
    with database.write() as connection:
        before = link.next_sequence(connection)
        after = link.new_incarnation(connection)
    assert after.incarnation != before.incarnation
    assert after.sequence == 0


def test_an_enrolment_comes_back_whole(database: Database) -> None:
    given = enrolment()
    with database.write() as connection:
        assert link.load_enrolment(connection) is None
        link.save_enrolment(connection, given, "p-1.secret")
    with database.read() as connection:
        assert link.load_enrolment(connection) == (given, "p-1.secret")


def test_enrolling_anew_as_the_same_point_keeps_the_cursors(database: Database) -> None:
    given = enrolment()
    with database.write() as connection:
        link.save_enrolment(connection, given, "one")
        link.put(connection, replace(link.get(connection), cursor=7))
        link.save_enrolment(connection, given, "two")
        assert link.get(connection).cursor == 7
        link.save_enrolment(connection, enrolment(point="p-2"), "three")
        assert link.get(connection).cursor == 0
        assert link.load_enrolment(connection) == (enrolment(point="p-2"), "three")
