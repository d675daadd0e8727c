"""Memory is given back without complaint; garbage goes on the screen's thread, all of it after a visit."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from ui import memory
from ui.memory import Sweeper


class Knot:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


def tie(threads: list[str]) -> "weakref.ref[Knot]":
    return weakref.ref(Knot(), lambda _gone: threads.append(threading.current_thread().name))


@pytest.fixture
def sweeper(qtbot: QtBot) -> Iterator[Sweeper]:
    sweeper = Sweeper()
    yield sweeper
    sweeper.stop()


def test_only_where_the_allocator_knows_how(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.give_memory_back()
    monkeypatch.setattr("sys.platform", "win32")
    memory.give_memory_back()


def test_a_visit_over_leaves_no_garbage(sweeper: Sweeper, qtbot: QtBot) -> None:
    threads: list[str] = []
    knot = tie(threads)
    sweeper.see("form")
    assert knot() is not None
    sweeper.see("home")
    qtbot.waitUntil(lambda: knot() is None)
    assert threads == [threading.current_thread().name]


def test_going_home_does_not_wait_for_the_garbage(sweeper: Sweeper, qtbot: QtBot) -> None:
    """Building the home screen, collecting and trimming in one turn would be felt."""
    knot = tie([])
    sweeper.see("home")
    QCoreApplication.processEvents()
    assert knot() is not None
    qtbot.waitUntil(lambda: knot() is None)


def test_no_other_thread_collects(sweeper: Sweeper) -> None:
    threads: list[str] = []
    kept: list[list[int]] = []
    knot = tie(threads)

    def work() -> None:
        kept.extend([number] for number in range(200_000))

    other = threading.Thread(target=work)
    other.start()
    other.join()
    assert knot() is not None
    sweeper._look()
    assert knot() is None
    assert threads == [threading.current_thread().name]


@pytest.fixture(params=[True, False])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_afterwards_the_collector_is_as_before(qtbot: QtBot, collecting: bool) -> None:
    sweeper = Sweeper()
    assert not gc.isenabled()
    knot = tie([])
    sweeper.stop()
    assert knot() is None
    assert gc.isenabled() is collecting
    assert gc.get_freeze_count() == 0
