"""Numbers as people write them."""

import pytest

from kiosk.domain.typed_number import plain_number


@pytest.mark.parametrize(
    "typed",
    [
        "0905123456",
        " 0905 123 456 ",
        "0905.123.456",
        "0905-123-456",
        "(0905) 123456",
        "+84905123456",
        "+84 (0) 905 123 456",
        "0084 905 123 456",
        "0905\u00a0123\u2013456",
    ],
)
def test_one_telephone_number_written_in_many_ways(typed: str) -> None:
    assert plain_number(typed) == "0905123456"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("0236 3 123 456", "02363123456"),
        ("79 1234 5678", "7912345678"),
        ("4711", "4711"),
        ("", ""),
        ("12.5", "12.5"),
        ("-5", "-5"),
        ("84905123456", "84905123456"),
        ("+1 202 555 0100", "+1 202 555 0100"),
        ("0905 123 45", "090512345"),
        ("gọi cô Ba 0905", "gọi cô Ba 0905"),
        ("４７１１", "４７１１"),
    ],
)
def test_other_numbers_only_lose_their_spaces_and_words_nothing(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain
