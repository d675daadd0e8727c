"""How words are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.folding import fold, fold_loosely, tidy


@pytest.mark.parametrize(
    "spelling", ["Hoà Vang", "Hòa Vang", "HÒA VANG", "hoa vang", " hoa  vang ", "Hòa\u00a0Vang"]
)
def test_spellings_of_one_name_agree(spelling: str) -> None:
    assert fold(spelling) == "hoa vang"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đà Nẵng", "da nang"),
        ("ĐẮK LẮK", "dak lak"),
        ("Nguyễn Thị Bưởi", "nguyen thi buoi"),
        ("", ""),
        ("H'Mông", "h'mong"),
    ],
)
def test_marks_and_case_go(text: str, key: str) -> None:
    assert fold(text) == key


def test_every_vietnamese_letter_becomes_plain() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    assert all(fold(letter).isascii() and fold(letter.upper()).isascii() for letter in letters)
    assert len(set(letters)) == 73


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_tidying_keeps_what_was_typed() -> None:
    assert tidy("  Hoà   Vang \n") == "Hoà Vang"
    assert tidy(unicodedata.normalize("NFD", "Bưởi")) == "Bưởi"


@pytest.mark.parametrize("spelling", ["H'Mông", "H’Mông", "Hʼmong", "H`Mông", "hmong", "HMÔNG", "H‘mông "])
def test_apostrophes_of_any_kind_and_none_agree(spelling: str) -> None:
    assert fold_loosely(spelling) == "hmong"


def test_other_punctuation_is_a_space() -> None:
    assert fold_loosely("Xơ-đăng (Xê đăng)") == "xo dang xe dang"
    assert fold_loosely("' - ’") == ""
