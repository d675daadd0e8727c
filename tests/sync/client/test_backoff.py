"""How much to send and how long to wait."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.backoff import (
    LONGEST_SECONDS,
    Pace,
    after_failure,
    after_progress,
    after_success,
    wait_seconds,
)
from sync.client.trouble import Kind

LINE = (Kind.NO_LINE, Kind.TRUNCATED, Kind.GARBLED, Kind.CAPTIVE_PORTAL)


def test_a_fast_line_gets_bigger_rounds_step_by_step() -> None:
    pace = after_success(Pace(), 256 * 1024, 0.5)
    assert pace.limit_bytes == 512 * 1024
    for _ in range(10):
        pace = after_success(pace, pace.limit_bytes, 0.5)
    assert pace.limit_bytes == 4 * 1024 * 1024


def test_a_slow_line_gets_rounds_of_about_eight_seconds() -> None:
    assert after_success(Pace(), 256 * 1024, 32.0).limit_bytes == 64 * 1024


def test_a_small_round_tells_nothing_of_the_width() -> None:
    assert after_success(Pace(), 500, 0.9) == Pace()


def test_only_progress_ends_the_waiting() -> None:
    assert after_success(Pace(failures=3), 500_000, 8.0).failures == 3
    assert after_progress(Pace(1000, failures=3)) == Pace(1000)


def test_a_line_that_gives_way_gets_smaller_rounds() -> None:
    assert after_failure(Pace(), Kind.TRUNCATED).limit_bytes == 128 * 1024
    assert after_failure(Pace(), Kind.SERVER_ERROR).limit_bytes == Pace().limit_bytes


def test_waiting_doubles_and_ends_at_a_quarter_of_an_hour() -> None:
    waits = [wait_seconds(Pace(failures=n), Kind.SERVER_ERROR, Random(1)) for n in range(1, 15)]
    assert waits[:4] == sorted(waits[:4])
    assert waits[0] <= 2.0
    assert waits[-1] >= LONGEST_SECONDS / 2


def test_a_dead_line_is_tried_every_minute() -> None:
    assert all(wait_seconds(Pace(failures=50), kind, Random(1)) <= 30 for kind in LINE)


def test_points_do_not_come_back_all_at_once() -> None:
    waits = {round(wait_seconds(Pace(failures=8), Kind.SERVER_ERROR, Random(seed)), 1) for seed in range(50)}
    assert len(waits) > 40


@given(st.integers(1, 10_000), st.sampled_from(Kind), st.integers())
def test_waiting_is_never_longer_than_promised(failures: int, kind: Kind, seed: int) -> None:
    assert 0 < wait_seconds(Pace(failures=failures), kind, Random(seed)) <= LONGEST_SECONDS


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5_000_000), st.floats(0, 1000))))
def test_rounds_stay_within_their_limits(story: list[tuple[bool, int, float]]) -> None:
    pace = Pace()
    for good, size, seconds in story:
        pace = after_success(pace, size, seconds) if good else after_failure(pace, Kind.NO_LINE)
        assert 16 * 1024 <= pace.limit_bytes <= 4 * 1024 * 1024


@pytest.mark.parametrize("kind", list(Kind))
def test_failures_are_counted_for_every_kind(kind: Kind) -> None:
    assert after_failure(Pace(failures=2, trouble=kind), kind).failures == 3


def test_a_hub_that_answers_again_does_not_inherit_the_patience_of_a_dead_line() -> None:
    pace = Pace()
    for _ in range(9):
        pace = after_failure(pace, Kind.NO_LINE)
    assert pace.failures == 9
    answered = after_failure(pace, Kind.LATER)
    assert answered.failures == 1
    assert after_failure(answered, Kind.SERVER_ERROR).failures == 2
    assert after_failure(answered, Kind.GARBLED).failures == 1
