"""The 12-digit number."""

import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.identity import check_id_number, grouped, read_id_number
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Sex


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("048045000001", Sex.MALE, 1945),
        ("048145000001", Sex.FEMALE, 1945),
        ("048200000001", Sex.MALE, 2000),
        ("048326000001", Sex.FEMALE, 2026),
        ("048426000001", Sex.MALE, 2126),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(number: str, sex: Sex, year: int) -> None:
    read = read_id_number(number)
    assert (read.province, read.sex, read.birth_year) == ("048", sex, year)


@pytest.mark.parametrize("typed", ["048 145 000 001", "048.145.000.001", " 048145000001 ", "048-145-000-001"])
def test_spaces_and_dots_do_not_count(typed: str) -> None:
    assert read_id_number(typed).digits == "048145000001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "identity.empty"),
        ("  ", "identity.empty"),
        ("04814500000A", "identity.letters"),
        ("٠٤٨١٤٥٠٠٠٠٠١", "identity.letters"),
        ("201234567", "identity.nine_digits"),
        ("201 234 567", "identity.nine_digits"),
        ("0481450000", "identity.length"),
        ("0481450000011", "identity.length"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        read_id_number(typed)
    assert caught.value.code == code


def test_the_length_is_told_and_the_number_is_not() -> None:
    with pytest.raises(WorldError) as caught:
        read_id_number("0481450000")
    assert caught.value.params == {"n": 10}


@pytest.mark.parametrize(
    ("birth", "sex", "odd"),
    [
        (PartialDate(1945), Sex.FEMALE, ()),
        (PartialDate(1945, 3, 12), None, ()),
        (PartialDate(1946), Sex.FEMALE, ("year",)),
        (PartialDate(1945), Sex.MALE, ("sex",)),
        (PartialDate(2045), Sex.MALE, ("year", "sex")),
        (None, None, ()),
    ],
)
def test_what_disagrees_is_a_warning(
    birth: PartialDate | None, sex: Sex | None, odd: tuple[str, ...]
) -> None:
    assert check_id_number("048145000001", birth, sex) == odd


def test_an_unknown_place_of_registration_is_a_warning() -> None:
    assert check_id_number("999145000001", provinces={"048", "049"}) == ("province",)
    assert check_id_number("048145000001", provinces={"048", "049"}) == ()


def test_a_number_is_spaced_as_on_the_card() -> None:
    assert grouped("048145000001") == "048 145 000 001"
