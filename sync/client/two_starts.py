"""Begin twice and keep what is ready first: on a long line one lost packet of a handshake costs seconds."""

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TypeVar

SECOND_AFTER = 0.25
"""Seconds before the second start (RFC 8305 section 5 advises as much): a quick line never sees one."""
_Made = TypeVar("_Made")


def first_ready(start: Callable[[], _Made], drop: Callable[[_Made], None]) -> _Made:
    """What ``start`` makes; if that takes long, what a second ``start`` beside it makes, whichever is first.

    The other one's is dropped, also when it comes late. Raises what ``start`` raised, when neither made it.
    """
    first = _begin(start)
    if wait([first], SECOND_AFTER).done:
        return first.result()
    second = _begin(start)
    wait([first, second], return_when=FIRST_COMPLETED)
    best, other = (first, second) if first.done() else (second, first)
    if best.exception() is not None:
        return other.result()
    other.add_done_callback(lambda late: None if late.exception() else drop(late.result()))
    return best.result()


def _begin(start: Callable[[], _Made]) -> "Future[_Made]":
    future: Future[_Made] = Future()
    threading.Thread(target=_finish, args=(future, start), name="start", daemon=True).start()
    return future


def _finish(future: "Future[_Made]", start: Callable[[], _Made]) -> None:
    try:
        made = start()
    except Exception as error:  # noqa: BLE001 - the edge of the thread: raised again where it is waited for
        future.set_exception(error)
    else:
        future.set_result(made)
