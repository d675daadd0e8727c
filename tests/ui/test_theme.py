"""Everybody can read it: contrast, sizes, letters."""

import re

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from pytestqt.qtbot import QtBot

from tests.ui.conftest import ASSETS
from ui.theme import FAMILY, HIGH_CONTRAST, Palette, Size, Theme, base_font, load_fonts, style_sheet

TEXT_PAIRS = [
    ("text", "page"), ("text", "surface"), ("text", "primary_surface"), ("text", "warn_surface"),
    ("text", "ok_surface"), ("muted", "page"), ("muted", "surface"), ("muted", "primary_surface"),
    ("primary", "page"), ("primary", "surface"), ("primary", "primary_surface"), ("on_primary", "primary"),
    ("on_primary", "primary_pressed"), ("surface", "muted"), ("ok", "surface"), ("ok", "ok_surface"),
    ("ok", "page"), ("warn", "surface"), ("warn", "page"), ("warn", "warn_surface"), ("error", "surface"),
    ("error", "page"), ("error", "error_surface"), ("on_practice", "practice"),
]  # fmt: skip
EDGE_PAIRS = [
    ("edge", "surface"),
    ("edge", "page"),
    ("primary", "surface"),
    ("error", "surface"),
    ("focus", "focus_line"),
]
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [Palette(), HIGH_CONTRAST], ids=["normal", "high contrast"])
@pytest.mark.parametrize(("letters", "ground"), TEXT_PAIRS)
def test_letters_stand_out_from_their_ground(palette: Palette, letters: str, ground: str) -> None:
    assert contrast(getattr(palette, letters), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [Palette(), HIGH_CONTRAST], ids=["normal", "high contrast"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_of_controls_can_be_seen(palette: Palette, edge: str, ground: str) -> None:
    assert contrast(getattr(palette, edge), getattr(palette, ground)) >= 3.0


@pytest.mark.parametrize("palette", [Palette(), HIGH_CONTRAST], ids=["normal", "high contrast"])
def test_the_focus_mark_is_seen_on_every_ground(palette: Palette) -> None:
    for ground in (palette.page, palette.surface, palette.primary_surface):
        assert max(contrast(palette.focus, ground), contrast(palette.focus_line, ground)) >= 3.0


def test_the_style_sheet_names_only_colours_of_the_palette() -> None:
    for theme in (Theme(), Theme(Size.XL, high_contrast=True)):
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(theme, ASSETS / "icons")))
        assert used <= set(vars(theme.palette).values())


@pytest.mark.parametrize(("size", "pixels"), [(Size.M, 18), (Size.L, 24), (Size.XL, 30)])
def test_three_text_sizes(size: Size, pixels: int) -> None:
    assert f"font-size: {pixels}px" in style_sheet(Theme(size), ASSETS / "icons")
    assert base_font(Theme(size)).pixelSize() == pixels


def test_the_tick_of_a_check_box_is_there() -> None:
    for theme in (Theme(), Theme(high_contrast=True)):
        named = re.findall(r'url\("([^"]+)"\)', style_sheet(theme, ASSETS / "icons"))
        assert named
        assert all((ASSETS / "icons" / name.rpartition("/")[2]).is_file() for name in named)


def test_the_bundled_font_has_every_vietnamese_letter(qtbot: QtBot) -> None:
    load_fonts(ASSETS / "fonts")
    assert FAMILY in QFontDatabase.families(QFontDatabase.WritingSystem.Vietnamese)
    font = QRawFont.fromFont(base_font(Theme()))
    assert font.familyName() == FAMILY
    assert [letter for letter in LETTERS + LETTERS.upper() if not font.supportsCharacter(ord(letter))] == []
