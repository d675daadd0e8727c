"""Time as the program sees it."""

from datetime import date, timedelta

import pytest

from kiosk.domain.clock import ShiftedClock, SystemClock


def test_the_system_clock_speaks_vietnamese_time() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=7)


def test_seconds_never_go_backwards() -> None:
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()


def test_a_shifted_clock_begins_at_nine_and_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([100.0, 100.0, 190.0])
    monkeypatch.setattr("time.monotonic", lambda: next(ticks))
    clock = ShiftedClock(date(2027, 3, 1))
    assert clock.now().isoformat() == "2027-03-01T09:00:00+07:00"
    assert clock.now().isoformat() == "2027-03-01T09:01:30+07:00"
