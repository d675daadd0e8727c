"""Working days of the administration: public holidays by rule, swapped and made-up days as dated data."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType

from kiosk.catalogue.deadlines import Deadline
from kiosk.catalogue.facts import confidence, needed_day
from kiosk.catalogue.tables import Table, load_table

_SATURDAY = 5


@dataclass(frozen=True)
class AnnouncedYear:
    """What was announced for one year: it stands above every rule."""

    days_off: frozenset[date]
    days_worked: frozenset[date]
    source: str
    checked: date
    confidence: str


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. Years that nobody announced yet go by rule only."""

    years: Mapping[int, AnnouncedYear]
    by_rule: Mapping[int, frozenset[date]] = field(default_factory=dict)
    """Public holidays of a year; a year that is not here is asked of the package, which takes 6 MB."""

    def is_working(self, day: date) -> bool:
        """Whether the commune's office is open on a day."""
        if announced := self.years.get(day.year):
            if day in announced.days_worked:
                return True
            if day in announced.days_off:
                return False
        return day.weekday() < _SATURDAY and day not in self._public_holidays(day.year)

    def is_official(self, first: date, last: date) -> bool:
        """Whether the calendar of every year from one day to another was announced."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def first_working(self, day: date) -> date:
        """The day itself, or the next one that is worked."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, working_days: int) -> date:
        """The day that many working days later, the first one not counted."""
        for _ in range(working_days):
            day = self.first_working(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """How many working days follow one day until another, that one included; 0 if it lies before."""
        days = range(1, (until - after).days + 1)
        return sum(1 for n in days if self.is_working(after + timedelta(days=n)))

    def _public_holidays(self, year: int) -> frozenset[date]:
        return self.by_rule[year] if year in self.by_rule else public_holidays(year)


def due(calendar: WorkingCalendar, deadline: Deadline, accepted: date, after_15h: bool = False) -> date:
    """The day on which the result of a dossier is due that the commune accepts on a day.

    Counting begins on the first working day. Work of the day itself that comes after 15:00 moves to the next
    working day where the procedure says so. A limit that ends on a day off ends on the next working day.
    """
    start = calendar.first_working(accepted)
    if after_15h and start == accepted and deadline.after_15h_next_day:
        start = calendar.after(start, 1)
    if deadline.unit == "working_days":
        return calendar.after(start, deadline.amount)
    days = deadline.amount if deadline.unit == "days" else -(-deadline.amount // 24)
    return calendar.first_working(start + timedelta(days=days))


def load_calendar(path: Path) -> WorkingCalendar:
    """Read ``working_days.toml``; ``BadContentError`` with file and line."""
    table = load_table(path)
    years: dict[int, AnnouncedYear] = {}
    for each in table.tables("years"):
        number = each.number("year")
        if number is None or number in years or not 2000 <= number <= 2100:
            raise each.refusal("year", "a year that stands here once")
        years[number] = _year(each, number)
    rules = table.table("by_rule")
    table.close()
    return WorkingCalendar(years, _by_rule(rules) if rules else {})


def _year(table: Table, number: int) -> AnnouncedYear:
    off, worked = (_days(table, key, number) for key in ("days_off", "days_worked"))
    if both := off & worked:
        raise table.refusal("days_worked", f"{min(both)} is also a day off")
    year = AnnouncedYear(
        days_off=off,
        days_worked=worked,
        source=table.text("source"),
        checked=needed_day(table, "checked"),
        confidence=table.parsed("confidence", confidence),
    )
    table.close()
    return year


def _days(table: Table, key: str, year: int) -> frozenset[date]:
    days = [_day(table, key, text) for text in table.several(key)]
    if wrong := [day for day in days if day.year != year]:
        raise table.refusal(key, f"{wrong[0]} is not in {year}")
    return frozenset(days)


def _day(table: Table, key: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise table.refusal(key, f"{text} is no date such as 2026-08-22") from error


def _by_rule(table: Table) -> dict[int, frozenset[date]]:
    found: dict[int, frozenset[date]] = {}
    for year, days in table.pairs().items():
        if not year.isdecimal():
            raise table.refusal(year, "a year is needed here")
        found[int(year)] = frozenset(_day(table, year, f"{year}-{day}") for day in days.split())
    return found


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Public holidays of a year by the rules of the labour code, those made up on a Monday included; asked of
    the package ``holidays``."""
    return frozenset(_vietnam()(years=year))


def _vietnam() -> Callable[..., Iterable[date]]:
    """The rules of Vietnam alone: their parent package would import those of the whole world, 8 MB."""
    # Only a deadline needs this package; importing it must not delay the first frame.
    import holidays

    name = "holidays.countries"
    bare = ModuleType(name)
    bare.__path__ = [str(Path(place) / "countries") for place in holidays.__path__]
    stands_in = sys.modules.setdefault(name, bare) is bare
    try:
        from holidays.countries.vietnam import Vietnam
    finally:
        if stands_in:
            del sys.modules[name]
    return Vietnam
