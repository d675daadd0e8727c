"""The machine-readable zone, with check digits after ICAO 9303."""

import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.mrz import check_digit, mrz_lines, parse_mrz

LINES = ("IDVNM1450000015048145000001<<5", "4501011F9901018VNM<<<<<<<<<<<8", "NGUYEN<<THI<BUOI<<<<<<<<<<<<<<")


def sealed(birth: str = "450101", sex: str = "F", expiry: str = "990101") -> tuple[str, str, str]:
    """The same card with other dates and right check digits."""
    first = LINES[0]
    second = f"{birth}{check_digit(birth)}{sex}{expiry}{check_digit(expiry)}VNM" + "<" * 11
    whole = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return first, second + check_digit(whole), LINES[2]


@pytest.mark.parametrize(
    ("field", "digit"),
    [
        ("450101", "1"),
        ("990101", "8"),
        ("145000001", "5"),
        ("048145000001<<", "5"),
        ("<<<<<<", "0"),
        ("AB2134<<<", "5"),
    ],
)
def test_check_digits(field: str, digit: str) -> None:
    assert check_digit(field) == digit


def test_the_helper_of_these_tests_agrees_with_the_example() -> None:
    assert sealed() == LINES


def test_fields_of_the_zone() -> None:
    zone = parse_mrz(LINES)
    assert (zone.number, zone.name, zone.birth, zone.sex) == (
        "048145000001",
        "NGUYEN THI BUOI",
        (45, 1, 1),
        "F",
    )


@pytest.mark.parametrize("position", [5, 14, 16, 29])
def test_every_wrong_digit_of_the_first_line_is_noticed(position: int) -> None:
    line = LINES[0]
    wrong = line[:position] + str((int(line[position]) + 1) % 10) + line[position + 1 :]
    with pytest.raises(WorldError, match=r"card\.mrz_check"):
        parse_mrz((wrong, *LINES[1:]))


def test_a_wrong_composite_digit_is_noticed() -> None:
    with pytest.raises(WorldError, match=r"card\.mrz_check"):
        parse_mrz((LINES[0], LINES[1][:-1] + "7", LINES[2]))


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:2],
        (LINES[0][:-1], LINES[1], LINES[2]),
        ("P<VNM" + LINES[0][5:], LINES[1], LINES[2]),
        (LINES[0], LINES[1].replace("VNM", "FRA"), LINES[2]),
        (LINES[0], LINES[1].replace("F", "X"), LINES[2]),
        ("", "", ""),
    ],
)
def test_other_lines_are_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(WorldError, match=r"card\.mrz$"):
        parse_mrz(lines)


def test_an_expiry_that_is_no_date_is_unknown() -> None:
    assert parse_mrz(sealed(expiry="999999")).expires is None


def test_an_unstated_sex_is_kept_as_such() -> None:
    assert parse_mrz(sealed(sex="<")).sex == "<"


def test_an_impossible_birth_date_is_an_error_of_the_card() -> None:
    from kiosk.domain.card import parse_card

    with pytest.raises(WorldError, match=r"card\.date"):
        parse_card("\n".join(sealed(birth="451301")))


def test_a_qr_payload_is_no_zone() -> None:
    assert mrz_lines("048145000001||Nguyễn Thị Bưởi|01011945|Nữ|Đà Nẵng|15062021") is None
