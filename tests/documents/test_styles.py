"""The style column."""

import pytest

from kiosk.documents.layout import Style
from kiosk.documents.styles import parse_style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("", Style()),
        ("C B CAPS 14", Style(align="C", bold=True, caps=True, size=14)),
        ("J 13 LDR; label B; value CAPS", Style(align="J", leader=True, label_bold=True, value_caps=True)),
        ("C 13 LDR 131", Style(align="C", leader=True, leader_end=131)),
        ("J 13.5 ind 12.7; bracket I", Style(align="J", size=13.5, indent=12.7, bracket_italic=True)),
        ("L 12 B I; before 6; keep", Style(size=12, bold=True, italic=True, before=6, keep=True)),
        (
            "col 2 of 90:80; C 10 I; empty 3",
            Style("C", 10, italic=True, empty_lines=3, column=2, widths=(90, 80)),
        ),
        ("cells 22:39:39 grid; C B", Style("C", bold=True, widths=(22, 39, 39), grid=True)),
        ("cells 1:2 grid; repeat con; least 4", Style(widths=(1, 2), grid=True, repeat="con", least=4)),
        ("C B 14; new page", Style("C", 14, bold=True, new_page=True)),
        ("C B 14 U", Style("C", 14, bold=True, underlined=True)),
    ],
)
def test_style(text: str, style: Style) -> None:
    assert parse_style(text, 13) == style


def test_the_size_of_the_form_holds_where_the_line_says_none() -> None:
    assert parse_style("C B", 12.5).size == 12.5


@pytest.mark.parametrize(
    "text",
    ["X", "C BB", "J 13 LRD", "ind", "col 3 of 90:80", "least 3", "R 3", "label", "C13", "13pt", "J 13 dots"],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_style(text, 13)
