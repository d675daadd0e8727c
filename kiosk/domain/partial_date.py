"""A date of which only the year, or the year and month, may be known.

Many elders know only their year of birth. 01/01 is never invented: a partial date is an
interval, and a comparison that the known part does not decide answers "unclear".
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/. -])?(\d{1,2})[/. -])?(\d{4})")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, month or day; raises ``ValueError`` for a day that does not exist."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day without its month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_full(self) -> bool:
        return self.day is not None

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    def __str__(self) -> str:
        """As it is stored: ``1945``, ``1945-03`` or ``1945-03-12``."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def shown(self) -> str:
        """As Vietnamese papers write it: ``1945``, ``03/1945`` or ``12/03/1945``."""
        return "/".join(reversed(str(self).split("-")))


def parse_partial_date(text: str) -> PartialDate:
    """Read ``1945``, ``03/1945``, ``12/03/1945`` or the stored form; ``ValueError`` if it is no date."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _TYPED.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValueError("not a date")
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None)


def surely_before(one: PartialDate, other: PartialDate) -> bool | None:
    """Whether ``one`` lies before ``other``: true, false, or ``None`` where the known parts do not tell."""
    if one.latest < other.earliest:
        return True
    if one.earliest >= other.latest:
        return False
    return None
