"""Slow work off the screen's thread: one worker, in order, answers on the screen's thread."""

import queue
import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Otherwise = Callable[[Exception], None]


class Background(Protocol):
    """Runs work; ``then`` gets its result, ``otherwise`` its exception, both on the screen's thread."""

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None: ...

    def finish(self) -> None:
        """Finish what was begun and stop; nothing more is accepted."""


class Immediate:
    """Runs everything at once, on the thread that asks: for tests, and before there is a worker."""

    def __init__(self, on_error: Otherwise | None = None) -> None:
        self._on_error = on_error or _raise

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None:
        _outcome(work, then, otherwise, self._on_error)()

    def finish(self) -> None:
        """There is nothing to finish."""


def _raise(error: Exception) -> None:
    raise error


Job = tuple[Callable[[], Any], Callable[[Any], None], Otherwise | None]


class _Deliverer(QObject):
    """Carries a call over to the thread that made it."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, call: Callable[[], None]) -> None:
        call()


class ThreadBackground:
    """The real one: a single worker thread, so that work done later never overtakes earlier work.

    The thread begins with its first work, which comes after the first frame.
    """

    def __init__(self, on_error: Otherwise) -> None:
        self._on_error = on_error
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._deliverer = _Deliverer()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._finished = False

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None:
        if self._finished:
            return
        self._jobs.put((work, then, otherwise))
        if self._thread.ident is None:
            self._thread.start()

    def finish(self) -> None:
        self._finished = True
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._deliverer.call.emit(_outcome(*job, self._on_error))


def _outcome(
    work: Callable[[], Any], then: Callable[[Any], None], otherwise: Otherwise | None, on_error: Otherwise
) -> Callable[[], None]:
    """Do the work and say what is to be called with what came of it."""
    try:
        result = work()
    except Exception as error:  # noqa: BLE001 - the edge of the worker: every error goes to the screen
        failure = error
        return lambda: (otherwise or on_error)(failure)
    return lambda: then(result)
