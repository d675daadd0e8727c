"""Two starts, one result: which one counts, and that the other leaves nothing open."""

import threading
from collections.abc import Iterator

import pytest

from sync.client import two_starts
from sync.client.two_starts import first_ready


class Starts:
    """Starts that end when the test says so: ``ends[n]`` is what the n-th comes to."""

    def __init__(self, *ends: str | OSError) -> None:
        self.ends = ends
        self.go = [threading.Event() for _ in ends]
        self.dropped: list[str] = []
        self.late = threading.Event()
        self._numbers: Iterator[int] = iter(range(len(ends)))

    def start(self) -> str:
        number = next(self._numbers)
        assert self.go[number].wait(10)
        end = self.ends[number]
        if isinstance(end, OSError):
            raise end
        return end

    def drop(self, made: str) -> None:
        self.dropped.append(made)
        self.late.set()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_starts, "SECOND_AFTER", 0.01)


def test_a_quick_start_stays_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_starts, "SECOND_AFTER", 10.0)
    starts = Starts("first")
    starts.go[0].set()
    assert first_ready(starts.start, starts.drop) == "first"


def test_a_slow_start_is_overtaken_and_what_it_makes_later_is_dropped() -> None:
    starts = Starts("first", "second")
    starts.go[1].set()
    assert first_ready(starts.start, starts.drop) == "second"
    assert starts.dropped == []
    starts.go[0].set()
    assert starts.late.wait(10)
    assert starts.dropped == ["first"]


def test_one_that_fails_leaves_it_to_the_other() -> None:
    starts = Starts("first", ConnectionResetError("second"))
    starts.go[1].set()
    threading.Timer(0.05, starts.go[0].set).start()
    assert first_ready(starts.start, starts.drop) == "first"
    assert starts.dropped == []


def test_two_failures_are_one_failure() -> None:
    starts = Starts(ConnectionResetError("first"), ConnectionResetError("second"))
    for go in starts.go:
        threading.Timer(0.05, go.set).start()
    with pytest.raises(ConnectionResetError):
        first_ready(starts.start, starts.drop)


def test_a_failure_at_once_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_starts, "SECOND_AFTER", 10.0)
    starts = Starts(ConnectionRefusedError("nobody there"))
    starts.go[0].set()
    with pytest.raises(ConnectionRefusedError, match="nobody there"):
        first_ready(starts.start, starts.drop)
