"""Time as the program sees it; injected, so that a test or a tour can choose the day."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam has had one zone without summer time since 1975."""


class Clock(Protocol):
    """What the program may know of time. Wall time is for showing and for dates, never for order."""

    def now(self) -> datetime:
        """The wall time in Vietnam, with its zone."""

    def monotonic(self) -> float:
        """Seconds that never go backwards, for waiting."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(VIETNAM)

    def monotonic(self) -> float:
        return time.monotonic()


class ShiftedClock:
    """A clock that shows 09:00 of a chosen day when it is made and then runs at real speed."""

    def __init__(self, day: date) -> None:
        self._start = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
        self._made = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic() - self._made)

    def monotonic(self) -> float:
        return time.monotonic()


def shown_day(day: date) -> str:
    """A day as people here write it: ``05/08/2026``."""
    return f"{day:%d/%m/%Y}"
