"""The letters: every Vietnamese one is there, widths agree with the font."""

import itertools
import unicodedata

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from kiosk.documents.faces import Face, load_faces, printable
from kiosk.domain.errors import WorldError
from tests.documents.samples import FONTS

FACES = load_faces(FONTS)
ALL = [FACES.regular, FACES.bold, FACES.italic, FACES.bold_italic]
_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = "".join(
    unicodedata.normalize("NFC", vowel + mark)
    for vowel, mark in itertools.product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", _MARKS)
)


@pytest.mark.parametrize("face", ALL, ids=lambda face: face.name[-16:])
def test_every_vietnamese_letter_is_in_every_cut(face: Face) -> None:
    assert all(face.width(letter) > 0 for letter in VIETNAMESE + "đĐ“”–…0123456789")


@pytest.mark.parametrize("face", ALL, ids=lambda face: face.name[-16:])
def test_widths_agree_with_the_font(face: Face) -> None:
    text = "Độc lập – Tự do “Hạnh phúc” 0123"
    assert face.width(text) * 13 == pytest.approx(stringWidth(text, face.name, 13))


def test_a_missing_letter_is_said_by_its_number() -> None:
    with pytest.raises(WorldError) as caught:
        FACES.regular.width("漢")
    assert caught.value.params == {"sign": "U+6F22"}


def test_cuts_are_picked_by_weight_and_slope() -> None:
    assert FACES.pick(bold=True, italic=True) is FACES.bold_italic
    assert FACES.pick(bold=False, italic=False) is FACES.regular


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [("a\u0301", "á"), (" a \n b ", "a b"), ("a\u200bb\x07", "ab"), ("a\u00a0b", "a b"), ("", "")],
)
def test_printable(typed: str, tidy: str) -> None:
    assert printable(typed) == tidy


def test_fonts_are_registered_once() -> None:
    assert load_faces(FONTS) is FACES
