"""Slow work stays off the screen's thread, in order, and its errors come home."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.background import Immediate, ThreadBackground


@pytest.fixture
def errors() -> list[Exception]:
    return []


@pytest.fixture
def background(qtbot: QtBot, errors: list[Exception]) -> Iterator[ThreadBackground]:
    background = ThreadBackground(errors.append)
    yield background
    background.finish()


def fail() -> None:
    raise ValueError("broken")


def test_work_runs_elsewhere_and_its_result_comes_back_here(
    background: ThreadBackground, qtbot: QtBot
) -> None:
    here, seen = threading.current_thread(), []

    def then(worker: threading.Thread) -> None:
        seen.append((worker is not here, threading.current_thread() is here))

    background.run(threading.current_thread, then)
    qtbot.waitUntil(lambda: seen == [(True, True)])


def test_later_work_never_overtakes(background: ThreadBackground, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        background.run(lambda number=number: number, done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50))


def test_an_error_goes_to_the_one_who_asked(
    background: ThreadBackground, errors: list[Exception], qtbot: QtBot
) -> None:
    mine: list[Exception] = []
    background.run(fail, lambda _none: pytest.fail("it failed"), mine.append)
    qtbot.waitUntil(lambda: len(mine) == 1)
    assert errors == []


def test_an_error_nobody_asked_for_goes_to_the_screen(
    background: ThreadBackground, errors: list[Exception], qtbot: QtBot
) -> None:
    background.run(fail, lambda _none: pytest.fail("it failed"))
    qtbot.waitUntil(lambda: len(errors) == 1)


def test_work_goes_on_after_an_error(background: ThreadBackground, qtbot: QtBot) -> None:
    done: list[str] = []
    background.run(fail, lambda _none: None)
    background.run(lambda: "next", done.append)
    qtbot.waitUntil(lambda: done == ["next"])


def test_finish_waits_for_what_was_begun(qtbot: QtBot) -> None:
    worked: list[str] = []
    background = ThreadBackground(pytest.fail)
    background.run(lambda: worked.append("saved"), lambda _none: None)
    background.finish()
    assert worked == ["saved"]


@pytest.mark.parametrize("begun", [True, False])
def test_after_the_end_nothing_more_is_accepted(qtbot: QtBot, begun: bool) -> None:
    worked: list[str] = []
    background = ThreadBackground(pytest.fail)
    if begun:
        background.run(lambda: worked.append("saved"), lambda _none: None)
    background.finish()
    background.run(lambda: worked.append("late"), lambda _none: None)
    background.finish()
    assert worked == ["saved"] * begun


def test_the_twin_for_tests_runs_at_once() -> None:
    done: list[int] = []
    Immediate().run(lambda: 7, done.append)
    assert done == [7]
    with pytest.raises(ValueError, match="broken"):
        Immediate().run(fail, lambda _none: None)
