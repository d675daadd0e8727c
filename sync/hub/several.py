"""Several processes that answer on one socket: more than one core takes what points send."""

import ctypes
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from kiosk.domain.errors import WorldError

Ready = Callable[[], None]
_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl`` (linux/prctl.h)."""


def check_count(count: int, database: str) -> None:
    """Raises WorldError ``hub.one_process``: SQLite has one writer, and only Unix hands a socket on."""
    if count > 1 and (sys.platform == "win32" or not database.startswith("postgresql")):
        raise WorldError("hub.one_process")


def answer_together(count: int, answer: Callable[[Ready], None], ready: Ready) -> None:
    """Run ``answer`` in ``count`` processes until this one is told to end (SIGTERM, SIGINT).

    Each calls what it is given once it answers; ``ready`` runs when the last of them has. If one ends, all
    end, so that whoever watches over the service starts them together again. Call it before there are threads
    or connections. Raises WorldError ``hub.process_ended`` where one did not end in order.
    """
    if sys.platform == "win32":
        raise WorldError("hub.one_process")
    family = multiprocessing.get_context("fork")
    missing = family.Value("i", count)

    def one_more() -> None:
        with missing.get_lock():
            missing.value -= 1
            if missing.value == 0:
                ready()

    def work() -> None:
        _end_with_first()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        answer(one_more)

    workers = [family.Process(target=work) for _ in range(count)]
    with _told_to_end(workers) as told:
        for worker in workers:
            worker.start()
        ended = [] if told.is_set() else _first_ended(workers)
        failed = not told.is_set() and any(worker.exitcode for worker in ended)
        _end(workers)
    if failed:
        raise WorldError("hub.process_ended")


def _first_ended(workers: Sequence[BaseProcess]) -> list[BaseProcess]:
    """Wait until at least one has ended. A sentinel speaks a moment before the exit code is known."""
    spoken = wait([worker.sentinel for worker in workers])
    ended = [worker for worker in workers if worker.sentinel in spoken]
    for worker in ended:
        worker.join()
    return ended


@contextmanager
def _told_to_end(workers: Sequence[BaseProcess]) -> Iterator[threading.Event]:
    """Set by SIGTERM or SIGINT, which then go on to the workers."""
    told = threading.Event()

    def end(*_: object) -> None:
        told.set()
        _ask(workers)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(workers: Sequence[BaseProcess]) -> None:
    _ask(workers)
    for worker in workers:
        worker.join()


def _ask(workers: Sequence[BaseProcess]) -> None:
    for worker in workers:
        if worker.pid is not None:
            worker.terminate()


def _end_with_first() -> None:
    """Let the system kill this process with the first one: a hub whose first process was killed has given up
    its lock, so that nobody of it may go on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
