"""How long a card is valid: the ages of renewal, and what a year alone can tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.card_validity import (
    Reckoned,
    Validity,
    ValidityRule,
    age_on,
    ages_on,
    last_valid_day,
    reckon,
)
from kiosk.domain.partial_date import PartialDate

RULE = ValidityRule((14, 25, 40, 60), 2)
TODAY = date(2026, 11, 21)
days = st.dates(date(1930, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("birth", "issued", "until"),
    [
        (date(2001, 5, 6), date(2021, 6, 15), date(2026, 5, 6)),
        (date(2001, 5, 6), date(2024, 5, 5), date(2026, 5, 6)),
        (date(2001, 5, 6), date(2024, 5, 6), date(2041, 5, 6)),
        (date(1986, 5, 6), date(2021, 6, 15), date(2026, 5, 6)),
        (date(1966, 5, 6), date(2021, 6, 15), date(2026, 5, 6)),
        (date(1966, 5, 6), date(2024, 5, 5), date(2026, 5, 6)),
        (date(1966, 5, 6), date(2024, 5, 6), None),
        (date(1945, 1, 1), date(2021, 6, 15), None),
        (date(2015, 3, 2), date(2025, 1, 1), date(2029, 3, 2)),
        (date(2015, 3, 2), date(2027, 3, 2), date(2040, 3, 2)),
        (date(2000, 2, 29), date(2021, 6, 15), date(2025, 2, 28)),
    ],
)
def test_the_last_day_is_the_birthday_at_the_next_age(birth: date, issued: date, until: date | None) -> None:
    assert last_valid_day(RULE, birth, issued) == until


def test_those_born_in_2001_1986_and_1966_renew_in_2026() -> None:
    for year in (2001, 1986, 1966):
        end = last_valid_day(RULE, date(year, 7, 1), date(2021, 7, 2))
        assert end is not None
        assert end.year == 2026


def test_the_birthday_itself_is_still_valid() -> None:
    issued = date(2021, 6, 15)
    birthday = PartialDate(1986, 11, 21)
    assert reckon(RULE, birthday, issued, TODAY) == Reckoned(Validity.VALID, TODAY)
    assert reckon(RULE, birthday, issued, date(2026, 11, 22)).validity is Validity.EXPIRED


def test_no_limit_is_said() -> None:
    assert reckon(RULE, PartialDate(1945), date(2021, 6, 15), TODAY) == Reckoned(Validity.VALID, None, True)


def test_a_year_alone_may_not_tell() -> None:
    assert reckon(RULE, PartialDate(1986), date(2021, 6, 15), TODAY) == Reckoned(Validity.UNCLEAR)
    assert reckon(RULE, PartialDate(1985), date(2021, 6, 15), TODAY).validity is Validity.EXPIRED
    assert reckon(RULE, PartialDate(1987), date(2021, 6, 15), TODAY).validity is Validity.VALID


@pytest.mark.parametrize("issued", [date(2026, 11, 22), date(1985, 12, 31)])
def test_a_card_is_issued_between_birth_and_today(issued: date) -> None:
    with pytest.raises(ValueError, match="between birth and today"):
        reckon(RULE, PartialDate(1986), issued, TODAY)


@given(days, days, st.dates(date(2025, 1, 1), date(2070, 1, 1)))
def test_what_a_year_tells_for_sure_holds_for_each_of_its_days(
    birth: date, issued: date, today: date
) -> None:
    if issued < birth:
        birth, issued = issued, birth
    sure = reckon(RULE, PartialDate(birth.year), issued, today).validity
    known = reckon(RULE, PartialDate(birth.year, birth.month, birth.day), issued, today).validity
    assert known is not Validity.UNCLEAR
    assert sure in (known, Validity.UNCLEAR)


@given(days, days)
def test_a_card_is_valid_for_at_least_two_years(birth: date, issued: date) -> None:
    if issued < birth:
        birth, issued = issued, birth
    end = last_valid_day(RULE, birth, issued)
    assert end is None or (end - issued).days >= 2 * 365


def test_ages() -> None:
    assert age_on(date(2012, 11, 21), TODAY) == 14
    assert age_on(date(2012, 11, 22), TODAY) == 13
    assert ages_on(PartialDate(2012), TODAY) == (13, 14)
