"""Numbers and dates in Vietnamese words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.number_words import LARGEST, date_words, number_words
from kiosk.domain.partial_date import parse_partial_date


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (12, "mười hai"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (31, "ba mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1945, "một nghìn chín trăm bốn mươi lăm"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2020, "hai nghìn không trăm hai mươi"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_000_000, "một triệu"),
        (1_000_008, "một triệu không trăm linh tám"),
        (50_000_000, "năm mươi triệu"),
        (
            12_345_678_901,
            "mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một",
        ),
    ],
)
def test_number(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_a_number_outside_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="range"):
        number_words(number)


_UNITS = {
    word: value
    for value, names in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy", "tám", "chín")
    )
    for word in names.split()
}
_SCALES = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 1000}


def _number_of(words: str) -> int:
    """Read the words back, as a listener does."""
    total = group = digit = 0
    for word in words.split():
        if word in _SCALES:
            total += (group + digit) * _SCALES[word]
            group = digit = 0
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            digit = _UNITS[word]
    return total + group + digit


@given(st.integers(0, LARGEST))
def test_the_words_can_be_read_back(number: int) -> None:
    assert _number_of(number_words(number)) == number


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("2026-08-12", "ngày mười hai tháng tám năm hai nghìn không trăm hai mươi sáu"),
        ("2026-04-01", "ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("2024-12-31", "ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi tư"),
        ("1945-03", "tháng ba năm một nghìn chín trăm bốn mươi lăm"),
        ("1945", "năm một nghìn chín trăm bốn mươi lăm"),
    ],
)
def test_only_the_known_part_of_a_date_is_said(stored: str, words: str) -> None:
    assert date_words(parse_partial_date(stored)) == words
