"""The conversation with the hub, on a thread of its own; the screens only hear what came of it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_AFTER_A_BUG = 60.0
"""Seconds to wait after an error of ours; the next round may well succeed."""


@dataclass(frozen=True)
class Turn:
    """What one round with the hub came to."""

    wait_seconds: float
    """How long to wait before the next one, unless somebody asks."""
    line: bool
    """Whether the hub answered properly."""
    news: bool = False
    """Whether news of the commune were written down."""
    queue: bool = False
    """Whether the queue is another than before."""


class SyncThread(QObject):
    """Runs rounds until it is stopped. ``wake`` begins the next one at once."""

    news_arrived = Signal()
    queue_changed = Signal()
    line_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, turn: Callable[[], Turn]) -> None:
        super().__init__()
        self._turn = turn
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Somebody handed something over, or pressed "Gửi ngay"."""
        self._wanted.set()

    def stop(self, patience: float = 1.8) -> bool:
        """End after the running round; whether it ended within ``patience`` seconds."""
        self._stopping.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wanted.clear()
            wait = self._one_turn()
            if not self._stopping.is_set():
                self._wanted.wait(wait)

    def _one_turn(self) -> float:
        try:
            turn = self._turn()
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the conversation goes on
            self.failed.emit(error)
            return _AFTER_A_BUG
        self.line_changed.emit(turn.line)
        if turn.queue:
            self.queue_changed.emit()
        if turn.news:
            self.news_arrived.emit()
        return turn.wait_seconds
