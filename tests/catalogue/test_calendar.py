"""Working days: weekends, holidays by rule, what was announced, the 15:00 rule; laws that always hold."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.calendar import WorkingCalendar, due, load_calendar, public_holidays
from kiosk.catalogue.deadlines import Deadline
from kiosk.packs.content import assets_folder

CALENDAR = load_calendar(assets_folder() / "parameters" / "working_days.toml")
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
YEAR = """\
[[years]]
year = 2026
source = "nguồn"
checked = 2026-11-21
confidence = "high"
days_off = ["2026-08-31"]
days_worked = ["2026-08-22"]
"""


def limit(unit: str, amount: int, *, after_15h: bool = False) -> Deadline:
    return Deadline(unit, amount, after_15h, "nguồn", "high")


def calendar(folder: Path, text: str) -> WorkingCalendar:
    path = folder / "working_days.toml"
    path.write_text(text, encoding="utf-8")
    return load_calendar(path)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("2026-02-17", False),  # Tết
        ("2026-08-22", True),  # a Saturday that was made up
        ("2026-08-31", False),  # and the Monday for which it was
        ("2027-09-02", False),
    ],
)
def test_a_day_is_worked_or_not(day: str, works: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is works


def test_a_year_that_nobody_announced_is_said_to_be_one() -> None:
    assert CALENDAR.is_official(date(2026, 1, 1), date(2026, 12, 31))
    assert not CALENDAR.is_official(date(2026, 12, 30), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("deadline", "accepted", "late", "result"),
    [
        (limit("working_days", 0, after_15h=True), "2026-11-20", False, "2026-11-20"),
        (limit("working_days", 0, after_15h=True), "2026-11-20", True, "2026-11-23"),
        (limit("working_days", 0), "2026-11-20", True, "2026-11-20"),
        (limit("working_days", 0, after_15h=True), "2026-11-21", True, "2026-11-23"),
        (limit("working_days", 3), "2026-11-20", False, "2026-11-26"),  # the 24th is a holiday
        (limit("working_days", 3, after_15h=True), "2026-11-20", True, "2026-11-27"),
        (limit("working_days", 1), "2026-08-21", False, "2026-08-22"),  # a Saturday made up
        (limit("days", 7), "2026-11-20", False, "2026-11-27"),
        (limit("days", 1), "2026-11-20", False, "2026-11-23"),
        (limit("hours", 24), "2026-11-19", False, "2026-11-20"),
        (limit("hours", 25), "2026-11-18", False, "2026-11-20"),
    ],
)
def test_a_result_is_due_on(deadline: Deadline, accepted: str, late: bool, result: str) -> None:
    found = due(CALENDAR, deadline, date.fromisoformat(accepted), after_15h=late)
    assert found == date.fromisoformat(result)


@given(DAYS, st.integers(0, 30))
def test_counting_there_and_back_agrees(day: date, days: int) -> None:
    later = CALENDAR.after(day, days)
    assert CALENDAR.count(day, later) == days
    assert days == 0 or CALENDAR.is_working(later)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    parts = CALENDAR.count(first, middle) + CALENDAR.count(middle, last)
    assert parts == CALENDAR.count(first, last)
    assert CALENDAR.count(last, first) == 0


@given(DAYS, st.sampled_from(["working_days", "days", "hours"]), st.integers(0, 40), st.booleans())
def test_a_result_is_due_on_a_working_day_and_never_earlier_for_coming_late(
    day: date, unit: str, amount: int, rule: bool
) -> None:
    deadline = limit(unit, amount, after_15h=rule)
    early, late = (due(CALENDAR, deadline, day, after_15h=after) for after in (False, True))
    assert CALENDAR.is_working(early)
    assert CALENDAR.is_working(late)
    assert day <= early <= late
    assert due(CALENDAR, deadline, day + timedelta(days=1)) >= early


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("year = 2026", "year = 1926", 2),
        ("year = 2026\n", "", 1),
        ('["2026-08-31"]', '["2027-08-31"]', 6),
        ('["2026-08-31"]', '["31/08/2026"]', 6),
        ('["2026-08-22"]', '["2026-08-31"]', 7),
        ('confidence = "high"', 'confidence = "sure"', 5),
        ("days_off", "day_off", 6),
    ],
)
def test_a_calendar_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        calendar(tmp_path, YEAR.replace(old, new))
    assert caught.value.line == line


def test_a_year_stands_once(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="once"):
        calendar(tmp_path, YEAR + YEAR)


@pytest.mark.parametrize(
    ("rule", "line"),
    [('2027 = "01-01 13-01"', 11), ('2027 = "01-01, 02-05"', 11), ("2027 = 1", 11), ('nam = "01-01"', 11)],
)
def test_days_by_rule_that_are_none_are_refused(tmp_path: Path, rule: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        calendar(tmp_path, f"{YEAR}\n\n[by_rule]\n{rule}\n")
    assert caught.value.line == line


def test_days_by_rule_are_taken_as_they_stand(tmp_path: Path) -> None:
    kept = calendar(tmp_path, f'{YEAR}\n[by_rule]\n2027 = "03-03"\n')
    worked = {day for day in ("2027-03-03", "2027-09-02") if kept.is_working(date.fromisoformat(day))}
    assert worked == {"2027-09-02"}
    assert not kept.is_working(date(2028, 9, 1)), "a year that is not there is asked of the package"


def test_the_days_by_rule_are_those_of_the_package() -> None:
    """Of the years for which it had no announcement when they were written down."""
    years = [year for year in CALENDAR.by_rule if year >= 2028]
    assert len(years) >= 10
    assert {year: CALENDAR.by_rule[year] for year in years} == {year: public_holidays(year) for year in years}


def test_the_package_of_holidays_is_not_loaded_for_the_years_that_are_kept() -> None:
    """It would take 6 MB."""
    code = """
import sys
from datetime import date
from kiosk.catalogue.calendar import load_calendar
from kiosk.packs.content import assets_folder

calendar = load_calendar(assets_folder() / "parameters" / "working_days.toml")
assert calendar.after(date(2025, 8, 29), 500) > date(2027, 8, 1)
assert "holidays" not in sys.modules
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_holidays_of_other_countries_are_not_loaded() -> None:
    """They would take 8 MB and an eighth of a second; whoever wants them afterwards still gets them."""
    code = """
import sys
from datetime import date
from kiosk.catalogue.calendar import WorkingCalendar

assert not WorkingCalendar({}).is_working(date(2025, 9, 2))
assert {name for name in sys.modules if "holidays.countries" in name} == {"holidays.countries.vietnam"}
from holidays.countries import France, Vietnam
assert Vietnam is sys.modules["holidays.countries.vietnam"].Vietnam
assert date(2025, 7, 14) in France(years=2025)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
