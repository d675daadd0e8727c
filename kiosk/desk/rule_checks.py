"""Runs a procedure's checks over a form being filled: which are broken, and which nobody can decide yet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.calendar import WorkingCalendar
from kiosk.catalogue.checks import Check
from kiosk.domain import checks as rules
from kiosk.domain.partial_date import PartialDate, parse_partial_date
from kiosk.forms import Session

_ROW = re.compile(r"\[(\d+)\]")
_INNERMOST = re.compile(r".*\[\d+\]")


@dataclass(frozen=True)
class Broken:
    """A check that is not kept, or that what is known does not decide."""

    check: Check
    at: str
    """The question where it is shown, with its row."""
    unclear: bool
    values: tuple[str, ...]
    """The answers that were looked at: others make it another finding."""


@dataclass(frozen=True)
class Hurry:
    """A limit of days that is still kept but could be missed on the way."""

    check: Check
    left: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """What checks look at: the answers, the working days, the day on which the dossier would be filed."""

    session: Session
    calendar: WorkingCalendar
    day: date

    def value(self, name: str) -> str:
        """The stored answer of a question that counts; empty for any other."""
        question = self.session.question(name)
        return question.value.strip() if question.relevant else ""

    def date_of(self, name: str) -> PartialDate | None:
        """The answer as a date; ``None`` if there is none (the form itself complains of a wrong one)."""
        try:
            return parse_partial_date(self.value(name)[:10])
        except ValueError:
            return None


def broken(looked: Looked, checks: Iterable[Check]) -> Iterator[Broken]:
    """Every check that is not surely kept, once for each row of a repeat."""
    for check in checks:
        for row in _rows(looked.session, check):
            if check.applies(lambda name, row=row: _value(looked, name, row)):  # type: ignore[misc]
                verdict = _verdict(looked, check, row)
                if verdict is not True:
                    yield Broken(check, _at(looked, check, row), verdict is None, _seen(looked, check, row))


def hurries(looked: Looked, checks: Iterable[Check], without_line: int) -> Iterator[Hurry]:
    """Limits with no more days left than the check wants to warn of, or than the line was away."""
    for check in checks:
        since = looked.date_of(check.question) if check.warn_before else None
        if since is None or not check.applies(lambda name: _value(looked, name, "")):
            continue
        passed = _passed(looked, check, since)
        left = check.days - passed[1]
        if 0 <= left <= max(check.warn_before, without_line):
            yield Hurry(check, left, (str(since), looked.day.isoformat()))


def _verdict(looked: Looked, check: Check, row: str) -> bool | None:
    """Whether a check is kept; an unanswered question keeps every check."""
    if check.kind in ("same", "different"):
        return _likeness(looked, check, row)
    if check.kind == "known_place":
        return not _with_district(looked, check, row)
    since = looked.date_of(_in_row(check.question, row))
    if since is None:
        return True
    if check.kind in ("within_days", "over_days"):
        kept = rules.at_most(*_passed(looked, check, since), check.days)
        return kept if check.kind == "within_days" or kept is None else not kept
    other = _other_date(looked, check, row)
    if other is None:
        return True
    if check.kind == "not_before":
        return rules.not_before(since, other)
    reached = rules.age_at_least(since, check.years, other)
    return reached if check.kind == "age_at_least" or reached is None else not reached


def _other_date(looked: Looked, check: Check, row: str) -> PartialDate | None:
    """The second date of a check: another question, or the day of filing."""
    if name := check.other or check.on:
        return looked.date_of(_in_row(name, row))
    return PartialDate(looked.day.year, looked.day.month, looked.day.day)


def _passed(looked: Looked, check: Check, since: PartialDate) -> tuple[int, int]:
    """The fewest and the most days that passed since a date, the first not counted."""
    if check.working:
        return looked.calendar.count(since.latest, looked.day), looked.calendar.count(
            since.earliest, looked.day
        )
    return (looked.day - since.latest).days, (looked.day - since.earliest).days


def _likeness(looked: Looked, check: Check, row: str) -> bool | None:
    one, other = _value(looked, check.question, row), _value(looked, check.other, row)
    if not one or not other:
        return True
    same = rules.same_text(one, other)
    return same if check.kind == "same" or same is None else not same


def _with_district(looked: Looked, check: Check, row: str) -> list[str]:
    """The text questions, of those that a check looks at, in which a district is named."""
    return [name for name in _texts(looked, check, row) if rules.names_a_district(looked.value(name))]


def _texts(looked: Looked, check: Check, row: str) -> list[str]:
    """The question of a check, or the text questions of the group that it names."""
    values, name = looked.session.values(), _in_row(check.question, row)
    parts = [name] if name in values else [each for each in values if each.startswith(f"{name}.")]
    return [each for each in parts if looked.session.question(each).kind == "string"]


def _at(looked: Looked, check: Check, row: str) -> str:
    """Where a finding is shown; for a group the first question of it that is wrong."""
    at = _in_row(check.at, row)
    if check.kind == "known_place" and check.at == check.question:
        return next(iter(_with_district(looked, check, row)), at)
    return at


def _seen(looked: Looked, check: Check, row: str) -> tuple[str, ...]:
    if check.kind == "known_place":
        return tuple(looked.value(name) for name in _texts(looked, check, row))
    names = [name for name in (check.question, check.other, check.on) if name]
    return tuple(_value(looked, name, row) for name in names)


def _rows(session: Session, check: Check) -> list[str]:
    """``[""]`` for a question that stands once; ``con[1]``, ``con[2]`` … for one in a repeat."""
    values = session.values()
    if check.question in values or any(name.startswith(f"{check.question}.") for name in values):
        return [""]
    inside = [name for name in values if f"{_ROW.sub('', name)}.".startswith(f"{check.question}.")]
    found = {match[0] for name in inside if (match := _INNERMOST.match(name))}
    return sorted(found, key=lambda row: [int(number) for number in _ROW.findall(row)])


def _in_row(name: str, row: str) -> str:
    """A question as a row, or one around it, names it: ``con.ten`` in ``con[2]`` is ``con[2].ten``."""
    while row:
        repeat = _ROW.sub("", row)
        if name.startswith(f"{repeat}."):
            return row + name.removeprefix(repeat)
        around = _INNERMOST.match(row[: row.rindex("[")])
        row = around[0] if around else ""
    return name


def _value(looked: Looked, name: str, row: str) -> str:
    return looked.value(_in_row(name, row))
