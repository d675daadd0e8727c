"""A PIN opens the point only together with this computer's secret, and guessing is slow."""

import json
import os
import stat
from pathlib import Path

import pytest

from kiosk.domain.errors import WorldError
from kiosk.storage import keys
from kiosk.storage.keys import FREE_TRIES, PointKeys, add_slot, create_slots, has_slots, unlock
from tests.support.points import CHEAP, PIN, StoppedClock

NAME = "Lê Văn Thử"


def refused(home: Path, pin: str, clock: StoppedClock) -> WorldError:
    with pytest.raises(WorldError) as caught:
        unlock(home, pin, clock)
    return caught.value


@pytest.fixture
def made(home: Path) -> PointKeys:
    home.mkdir()
    return create_slots(home, NAME, PIN, CHEAP)


def test_the_right_pin_opens_and_says_whose_it_was(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    assert len(made.database_key) == 32
    assert unlock(home, PIN, clock) == made
    assert unlock(home, PIN, clock, name="lê văn thử") == made


def test_each_point_draws_its_own_key(tmp_path: Path) -> None:
    drawn = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        drawn.add(create_slots(tmp_path / name, NAME, PIN, CHEAP).database_key)
    assert len(drawn) == 2


def test_a_second_volunteer_opens_the_same_key(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    add_slot(home, "Trần Thị Mới", "975310", made, CHEAP)
    assert unlock(home, "975310", clock) == PointKeys(made.database_key, "Trần Thị Mới")
    assert unlock(home, PIN, clock).volunteer == NAME


def test_a_changed_pin_replaces_the_old_one(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    add_slot(home, NAME, "112233", made, CHEAP)
    assert unlock(home, "112233", clock) == made
    assert refused(home, PIN, clock).code == "pin.wrong"


def test_setting_up_twice_is_refused_and_harms_nothing(
    home: Path, made: PointKeys, clock: StoppedClock
) -> None:
    with pytest.raises(WorldError) as caught:
        create_slots(home, NAME, "999000", CHEAP)
    assert caught.value.code == "point.exists"
    assert unlock(home, PIN, clock) == made


@pytest.mark.parametrize("pin", ["", "12345", "111111", "abcdef", "١٢٣٤٥٦", "12 3456"])
def test_a_weak_pin_is_refused_before_anything_is_made(home: Path, pin: str) -> None:
    with pytest.raises(WorldError) as caught:
        create_slots(home, NAME, pin, CHEAP)
    assert caught.value.code == "pin.weak"
    assert not has_slots(home)


def test_neither_pin_nor_key_nor_name_as_file_name_is_written(home: Path, made: PointKeys) -> None:
    for path in home.rglob("*"):
        assert path.name.isascii()
        if path.is_file():
            content = path.read_bytes()
            assert PIN.encode() not in content
            assert made.database_key not in content
            assert made.database_key.hex().encode() not in content


@pytest.mark.skipif(os.name != "posix", reason="Windows has no file modes")
def test_others_on_this_computer_cannot_read_the_secret(home: Path, made: PointKeys) -> None:
    assert stat.S_IMODE((home / "device.secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_waiting_grows_with_every_wrong_pin(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    waits = []
    for _ in range(FREE_TRIES + 3):
        waits.append(refused(home, "000001", clock).params["seconds"])
        clock.pass_time(1000)
    assert waits == [0] * FREE_TRIES + [30, 60, 120]


def test_even_the_right_pin_has_to_wait(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    for _ in range(FREE_TRIES + 1):
        refused(home, "000001", clock)
    waiting = refused(home, PIN, clock)
    assert (waiting.code, waiting.params["seconds"]) == ("pin.wait", 31)
    clock.pass_time(30.5)
    assert unlock(home, PIN, clock) == made
    assert refused(home, "000001", clock).params == {"tries": 1, "seconds": 0}


def test_a_restart_of_the_computer_does_not_shorten_the_wait(
    home: Path, made: PointKeys, clock: StoppedClock
) -> None:
    for _ in range(FREE_TRIES + 2):
        clock.pass_time(500)
        refused(home, "000001", clock)
    after_restart = StoppedClock(seconds=5.0)
    assert refused(home, PIN, after_restart).code == "pin.wait"
    after_restart.pass_time(60)
    assert unlock(home, PIN, after_restart) == made


def test_waiting_never_exceeds_a_quarter_of_an_hour(home: Path, made: PointKeys, clock: StoppedClock) -> None:
    (home / "keys" / "failures").write_text(json.dumps({"tries": 5000, "at": clock.seconds}), "ascii")
    assert refused(home, PIN, clock).params["seconds"] == 15 * 60 + 1


def test_a_garbled_count_of_failures_does_not_lock_the_point(
    home: Path, made: PointKeys, clock: StoppedClock
) -> None:
    (home / "keys" / "failures").write_text("{", "ascii")
    assert unlock(home, PIN, clock) == made


def test_without_the_secret_of_this_computer_the_pin_is_worth_nothing(
    home: Path, made: PointKeys, clock: StoppedClock
) -> None:
    (home / "device.secret").unlink()
    assert refused(home, PIN, clock).code == "keys.lost"
    (home / "device.secret").write_bytes(bytes(32))
    assert refused(home, PIN, clock).code == "pin.wrong"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"salt": "zz"}',
        b'{"volunteer":"a","salt":"00","memory_kib":99999999999,"passes":1,"wrapped":"00"}',
    ],
)
def test_a_damaged_slot_is_named(home: Path, made: PointKeys, clock: StoppedClock, content: bytes) -> None:
    (slot,) = (home / "keys").glob("*.json")
    slot.write_bytes(content)
    assert refused(home, PIN, clock).code == "keys.lost"


def test_a_flipped_bit_in_the_wrapped_key_opens_nothing(
    home: Path, made: PointKeys, clock: StoppedClock
) -> None:
    (slot,) = (home / "keys").glob("*.json")
    kept = json.loads(slot.read_text("ascii"))
    kept["wrapped"] = ("0" if kept["wrapped"][0] != "0" else "1") + kept["wrapped"][1:]
    slot.write_text(json.dumps(kept), "ascii")
    assert refused(home, PIN, clock).code == "pin.wrong"


def test_a_point_that_was_never_set_up_has_no_keys(home: Path, clock: StoppedClock) -> None:
    home.mkdir()
    assert not has_slots(home)
    assert refused(home, PIN, clock).code == "keys.lost"


def test_the_default_cost_is_what_guessing_must_pay() -> None:
    assert keys.Cost() == keys.Cost(memory_kib=65536, passes=3)
