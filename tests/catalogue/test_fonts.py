"""The bundled fonts have every letter that Vietnamese needs."""

import unicodedata
from pathlib import Path

import pytest
from PIL import ImageFont

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
FILES = sorted(FONTS.glob("*.ttf"))


def test_the_fonts_that_papers_and_screens_name_are_there() -> None:
    assert [path.stem for path in FILES] == [
        "BeVietnamPro-Bold",
        "BeVietnamPro-Medium",
        "BeVietnamPro-Regular",
        "BeVietnamPro-SemiBold",
        "Tinos-Bold",
        "Tinos-BoldItalic",
        "Tinos-Italic",
        "Tinos-Regular",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_vietnamese_letter_is_drawn(path: Path) -> None:
    font = ImageFont.truetype(path, 40)
    missing = bytes(font.getmask("\ue123"))
    letters = [*LETTERS, *(letter.upper() for letter in LETTERS), "“", "”", "–", "…"]
    assert [letter for letter in letters if bytes(font.getmask(letter)) == missing] == []


@pytest.mark.parametrize("family", ["Tinos", "BeVietnamPro"])
def test_the_licence_goes_with_the_font(family: str) -> None:
    assert "SIL Open Font License" in (FONTS / f"{family}-LICENSE.txt").read_text("utf-8")
