"""A limit on guessing: so many failures in so many seconds for one key, then silence for a while."""

import threading
from collections import deque

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError

_MAX_KEYS = 10_000


class Limiter:
    """Counts failures in the memory of one process; several share the number that is allowed."""

    def __init__(self, clock: Clock, failures: int, seconds: float) -> None:
        self._clock = clock
        self._failures = failures
        self._seconds = seconds
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, *keys: str) -> None:
        """Count an attempt of each of ``keys`` before it is tried: what comes side by side counts, too.

        Raises WorldError ``request.too_many``, and counts nothing, while one has used up its failures.
        """
        with self._lock:
            if any(len(self._recent(key)) >= self._failures for key in keys):
                raise WorldError("request.too_many")
            if len(self._seen) >= _MAX_KEYS:
                self._forget_old()
            for key in keys:
                self._seen.setdefault(key, deque()).append(self._clock.monotonic())

    def give_back(self, key: str) -> None:
        """The newest attempt of ``key`` was no failure."""
        with self._lock:
            if times := self._recent(key):
                times.pop()

    def succeeded(self, key: str) -> None:
        """Forget all failures of ``key``."""
        with self._lock:
            self._seen.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        times = self._seen.get(key, deque())
        while times and times[0] <= self._clock.monotonic() - self._seconds:
            times.popleft()
        return times

    def _forget_old(self) -> None:
        for key in [key for key in self._seen if not self._recent(key)]:
            del self._seen[key]
