"""Checks over what is known of a date: sure, sure not, or left to ask. Laws that always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import checks
from kiosk.domain.partial_date import PartialDate, parse_partial_date

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
KNOWN = st.sampled_from(["year", "month", "day"])


def coarse(day: date, known: str) -> PartialDate:
    return PartialDate(day.year, day.month if known != "year" else None, day.day if known == "day" else None)


PARTIAL = st.builds(coarse, DAYS, KNOWN)


def full(day: date) -> PartialDate:
    return coarse(day, "day")


def exact(text: str) -> PartialDate:
    return parse_partial_date(text)


@pytest.mark.parametrize(
    ("born", "on", "reached"),
    [
        ("2006-11-21", "2026-11-21", True),
        ("2006-11-22", "2026-11-21", False),
        ("2006-11", "2026-11-21", None),
        ("2006-10", "2026-11-21", True),
        ("2006-12", "2026-11-21", False),
        ("2006", "2026-11-21", None),
        ("2005", "2026-11-21", True),
        ("2007", "2026-11-21", False),
        ("2008-02-29", "2028-02-28", False),
        ("2008-02-29", "2028-02-29", True),
        ("2004-02-29", "2024-02-29", True),
        ("2006", "2026", None),
        ("2005", "2026", True),
    ],
)
def test_who_is_twenty(born: str, on: str, reached: bool | None) -> None:
    assert checks.age_at_least(exact(born), 20, exact(on)) is reached


def test_born_on_the_29th_of_february_comes_of_age_on_the_first_of_march() -> None:
    born = exact("2008-02-29")
    assert checks.age_at_least(born, 18, exact("2026-02-28")) is False
    assert checks.age_at_least(born, 18, exact("2026-03-01")) is True


@given(DAYS, KNOWN, DAYS, KNOWN, st.integers(0, 110))
def test_what_is_sure_of_less_is_true_of_more(
    born: date, known: str, on: date, on_known: str, years: int
) -> None:
    """A verdict from a part of the date is the verdict of the whole date: nothing is decided by guessing."""
    vague = checks.age_at_least(coarse(born, known), years, coarse(on, on_known))
    sharp = checks.age_at_least(full(born), years, full(on))
    assert sharp is not None
    assert vague in (sharp, None)


@given(DAYS, KNOWN, DAYS, KNOWN)
def test_order_is_never_guessed(one: date, known: str, other: date, other_known: str) -> None:
    vague = checks.not_before(coarse(one, known), coarse(other, other_known))
    assert vague in (one >= other, None)
    assert checks.not_before(full(one), full(other)) is (one >= other)


@given(PARTIAL)
def test_a_day_is_not_before_itself(day: PartialDate) -> None:
    assert checks.not_before(day, day) in ((True,) if day.is_full else (True, None))


@given(st.integers(-50, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_count_between_two_numbers(fewest: int, width: int, limit: int) -> None:
    verdict = checks.at_most(fewest, fewest + width, limit)
    possible = {fewest <= limit, fewest + width <= limit}
    assert verdict is (possible.pop() if len(possible) == 1 else None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nguyễn Thị Bưởi", "NGUYỄN  THỊ BƯỞI ", True),
        ("Hoà", "Hoa\u0300", True),
        ("Hoà", "Hòa", None),
        ("Nguyễn Thị Bưởi", "NGUYEN THI BUOI", None),
        ("Nguyễn Thị Bưởi", "Nguyễn Thị Bướm", False),
        ("Đào", "Dao", None),
        ("Hòa", "Ho\u0300a", True),
    ],
)
def test_texts_that_say_the_same(one: str, other: str, same: bool | None) -> None:
    assert checks.same_text(one, other) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trạm y tế xã A, huyện B", True),
        ("Thị xã Hương Thủy", True),
        ("H. Hòa Vang", True),
        ("Q.1", True),
        ("quận\u0020Hải Châu".replace("ậ", "a\u0323\u0302"), True),
        ("Thôn Phò Nam, phường Hải Vân", False),
        ("thôn Quận", True),
        ("Đường Huyện Khê".replace("Huyện ", "Huyền "), False),
        ("Xóm Huyệnh", False),
        ("", False),
    ],
)
def test_words_of_the_level_that_is_gone(text: str, found: bool) -> None:
    assert checks.names_a_district(text) is found


def test_one_day_more_can_only_make_older() -> None:
    born, day = exact("2008-02-29"), date(2026, 2, 1)
    ages = [checks.age_at_least(born, 18, full(day + timedelta(days=n))) for n in range(60)]
    assert ages == sorted(ages, key=bool)
