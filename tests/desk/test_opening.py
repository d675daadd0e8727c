"""Setting up, unlocking, closing; and every way in which a morning can begin badly."""

from pathlib import Path

import pytest

from kiosk.desk import opening
from kiosk.desk.desk import Desk
from kiosk.domain.errors import WorldError
from kiosk.packs.content import Content
from kiosk.storage import secrets
from tests.support.points import CHEAP, PIN, StoppedClock
from tests.support.visits import begin


def refused(home: Path, content: Content, pin: str = PIN) -> WorldError:
    with pytest.raises(WorldError) as caught:
        opening.unlock(home, content, StoppedClock(), pin)
    return caught.value


def test_a_new_point_becomes_one_that_is_not_new(home: Path, content: Content, clock: StoppedClock) -> None:
    assert opening.is_new(home)
    desk = opening.create(home, content, clock, "Lê Văn Thử", PIN, CHEAP)
    assert not opening.is_new(home)
    assert (desk.volunteer, desk.practice, desk.enrolment) == ("Lê Văn Thử", False, None)
    opening.close(desk)


def test_the_same_point_is_there_the_next_morning(fresh: Desk, home: Path, content: Content) -> None:
    opening.close(fresh)
    again = opening.unlock(home, content, StoppedClock(), PIN)
    assert again.secrets == fresh.secrets
    assert again.volunteer == fresh.volunteer
    opening.close(again)


def test_a_wrong_pin_opens_nothing(fresh: Desk, home: Path, content: Content) -> None:
    opening.close(fresh)
    error = refused(home, content, "000001")
    assert error.code == "pin.wrong"
    assert content.texts(f"error.{error.code}", **error.params)


def test_a_locked_screen_asks_for_the_pin_again(fresh: Desk) -> None:
    opening.check_pin(fresh, PIN)
    with pytest.raises(WorldError) as caught:
        opening.check_pin(fresh, "000001")
    assert caught.value.code == "pin.wrong"


def test_a_set_up_cut_short_after_the_keys_goes_on(home: Path, content: Content, clock: StoppedClock) -> None:
    """Power failed between the key slots and the database: the PIN works, the point is made."""
    from kiosk.storage import keys

    home.mkdir()
    keys.create_slots(home, "Lê Văn Thử", PIN, CHEAP)
    desk = opening.unlock(home, content, clock, PIN)
    with desk.database.read() as connection:
        assert secrets.load(connection) == desk.secrets
    opening.close(desk)


def test_a_damaged_database_can_be_set_aside_and_nothing_is_deleted(
    fresh: Desk, home: Path, content: Content, clock: StoppedClock
) -> None:
    begin(fresh)
    opening.close(fresh)
    damaged = bytearray((home / "point.db").read_bytes())
    damaged[9000] ^= 4
    (home / "point.db").write_bytes(damaged)
    error = refused(home, content)
    assert error.code == "database.damaged"
    assert "quarantine" in content.texts("error.database.damaged", **error.params)
    assert (home / "quarantine" / str(error.params["copy"]) / "point.db").read_bytes() == bytes(damaged)
    kept = opening.set_aside(home, clock)
    desk = opening.unlock(home, content, clock, PIN)
    assert desk.secrets != fresh.secrets
    assert (kept / "point.db").read_bytes() == bytes(damaged)
    opening.close(desk)


def test_leftovers_of_a_stopped_hand_over_are_swept(fresh: Desk, home: Path, content: Content) -> None:
    opening.close(fresh)
    (home / "outbox").mkdir()
    (home / "outbox" / "left.age").write_bytes(b"sealed but never queued")
    opening.close(opening.unlock(home, content, StoppedClock(), PIN))
    assert list((home / "outbox").iterdir()) == []


def test_practice_is_a_mode_of_the_same_point(fresh: Desk) -> None:
    practising = opening.practise(fresh, on=True)
    assert practising.practice
    assert practising.database is fresh.database
    assert not opening.practise(practising, on=False).practice


def test_a_desk_never_shows_its_secrets(desk: Desk) -> None:
    assert desk.secrets.signing_key not in repr(desk)
    assert "AGE-SECRET" not in repr(desk)
