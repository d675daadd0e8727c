"""A limit on guessing: so many failures in so many seconds for one key, then silence for a while."""

import threading
from collections import deque

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError

_MAX_KEYS = 10_000


class Limiter:
    """Counts failures in memory; one process serves one hub."""

    def __init__(self, clock: Clock, failures: int, seconds: float) -> None:
        self._clock = clock
        self._failures = failures
        self._seconds = seconds
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Raises WorldError ``request.too_many`` while ``key`` has used up its failures."""
        with self._lock:
            if len(self._recent(key)) >= self._failures:
                raise WorldError("request.too_many")

    def failed(self, key: str) -> None:
        """Remember one failure of ``key``."""
        with self._lock:
            if len(self._seen) >= _MAX_KEYS:
                self._forget_old()
            self._seen.setdefault(key, deque()).append(self._clock.monotonic())

    def succeeded(self, key: str) -> None:
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
