"""The conversation with the hub never holds the window up, and ends in time."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.sync_thread import SyncThread, Turn

WAITING = Turn(3600, line=True)


class Hub:
    """Gives the next turn of a list, then waits for ever; counts."""

    def __init__(self, *turns: Turn | Exception) -> None:
        self.turns = list(turns)
        self.count = 0

    def turn(self) -> Turn:
        self.count += 1
        turn = self.turns.pop(0) if self.turns else WAITING
        if isinstance(turn, Exception):
            raise turn
        return turn


@pytest.fixture
def threads() -> Iterator[list[SyncThread]]:
    started: list[SyncThread] = []
    yield started
    for thread in started:
        thread.stop()


def test_it_tells_what_came_of_a_round(qtbot: QtBot, threads: list[SyncThread]) -> None:
    thread = SyncThread(Hub(Turn(3600, line=True, news=True, queue=True)).turn)
    threads.append(thread)
    with qtbot.waitSignals([thread.news_arrived, thread.queue_changed, thread.line_changed]):
        thread.start()


def test_without_a_line_only_that_is_told(qtbot: QtBot, threads: list[SyncThread]) -> None:
    thread = SyncThread(Hub(Turn(3600, line=False)).turn)
    threads.append(thread)
    news: list[bool] = []
    thread.news_arrived.connect(lambda: news.append(True))
    with qtbot.waitSignal(thread.line_changed) as told:
        thread.start()
    assert told.args == [False]
    assert news == []


def test_wake_begins_the_next_round_at_once(qtbot: QtBot, threads: list[SyncThread]) -> None:
    hub = Hub()
    thread = SyncThread(hub.turn)
    threads.append(thread)
    thread.start()
    qtbot.waitUntil(lambda: hub.count == 1)
    thread.wake()
    qtbot.waitUntil(lambda: hub.count == 2)


def test_an_error_of_ours_does_not_end_the_conversation(qtbot: QtBot, threads: list[SyncThread]) -> None:
    hub = Hub(ValueError("a bug"), WAITING)
    thread = SyncThread(hub.turn)
    threads.append(thread)
    with qtbot.waitSignal(thread.failed):
        thread.start()
    thread.wake()
    qtbot.waitUntil(lambda: hub.count == 2)


def test_stop_while_waiting_takes_no_time(qtbot: QtBot) -> None:
    hub = Hub()
    thread = SyncThread(hub.turn)
    thread.start()
    qtbot.waitUntil(lambda: hub.count == 1)
    assert thread.stop(patience=30), "it waited for its next turn, an hour later"


def test_stop_gives_up_on_a_round_that_hangs(qtbot: QtBot) -> None:
    release, begun = threading.Event(), threading.Event()

    def hang() -> Turn:
        begun.set()
        release.wait(30)
        return WAITING

    thread = SyncThread(hang)
    thread.start()
    assert begun.wait(5)
    assert not thread.stop(patience=0.05)
    release.set()
    assert thread.stop()


def test_stop_before_start_is_harmless() -> None:
    assert SyncThread(Hub().turn).stop()
