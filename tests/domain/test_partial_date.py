"""Dates of which only a part is known."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.partial_date import PartialDate, parse_partial_date, surely_before

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
partials = st.one_of(
    days.map(lambda d: PartialDate(d.year)),
    days.map(lambda d: PartialDate(d.year, d.month)),
    days.map(lambda d: PartialDate(d.year, d.month, d.day)),
)


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1945", "1945", "1945"),
        ("03/1945", "1945-03", "03/1945"),
        ("3/1945", "1945-03", "03/1945"),
        ("12/03/1945", "1945-03-12", "12/03/1945"),
        ("1-3-1945", "1945-03-01", "01/03/1945"),
        ("1.3.1945", "1945-03-01", "01/03/1945"),
        ("1945-03-12", "1945-03-12", "12/03/1945"),
        (" 1945-03 ", "1945-03", "03/1945"),
    ],
)
def test_dates_as_people_write_them(typed: str, stored: str, shown: str) -> None:
    parsed = parse_partial_date(typed)
    assert (str(parsed), parsed.shown()) == (stored, shown)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "31/02/1945",
        "00/03/1945",
        "13/1945",
        "45",
        "1/1/45",
        "1945-13",
        "12/03/1945x",
        "29/02/2023",
    ],
)
def test_what_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_partial_date(typed)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="without its month"):
        PartialDate(1945, None, 3)


def test_only_the_year_means_the_whole_year() -> None:
    year = PartialDate(1945)
    assert (year.earliest, year.latest, year.is_full) == (date(1945, 1, 1), date(1945, 12, 31), False)


def test_a_month_ends_on_its_last_day() -> None:
    assert PartialDate(2024, 2).latest == date(2024, 2, 29)
    assert PartialDate(2023, 2).latest == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("1945", "1946", True),
        ("1946", "1945", False),
        ("1945", "1945", None),
        ("1945", "1945-06", None),
        ("1945-05", "1945-06", True),
        ("1945-06", "1945-06", None),
        ("1945-06-01", "1945-06-01", False),
        ("1945-06-02", "1945-06-01", False),
        ("1945", "1945-01-01", False),
        ("1945-01-01", "1945", None),
    ],
)
def test_what_the_known_parts_do_not_tell_stays_open(one: str, other: str, answer: bool | None) -> None:
    assert surely_before(parse_partial_date(one), parse_partial_date(other)) is answer


@given(partials)
def test_what_is_stored_is_read_again(value: PartialDate) -> None:
    assert parse_partial_date(str(value)) == value
    assert parse_partial_date(value.shown()) == value


@given(partials, partials)
def test_surely_before_agrees_with_every_day_that_is_meant(one: PartialDate, other: PartialDate) -> None:
    some = [(a, b) for a in (one.earliest, one.latest) for b in (other.earliest, other.latest)]
    answers = {a < b for a, b in some}
    assert surely_before(one, other) == (answers.pop() if len(answers) == 1 else None)


@given(st.lists(partials, max_size=6))
def test_dates_can_be_put_in_order(values: list[PartialDate]) -> None:
    ordered = sorted(values)
    assert all(one.earliest <= other.earliest for one, other in pairwise(ordered))
