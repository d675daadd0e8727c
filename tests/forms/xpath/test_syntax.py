"""What is an expression and what is none, where the grammar of XPath 1.0 is easily misread."""

import pytest

from kiosk.forms.xpath.errors import XPathSyntaxError
from kiosk.forms.xpath.parser import parse


@pytest.mark.parametrize(
    ("glued", "spaced"),
    [
        ("7andcon", "7 and con"),
        ("2*(1+1)or(3div1)", "2 * (1 + 1) or (3 div 1)"),
        ("6 divnha-o", "6 div nha-o"),
        ("con and1", "con and 1"),
        ("9mod4", "9 mod 4"),
        ("***", "* * *"),
        ("div div mod", "(div) div (mod)"),
        ("3--2", "3 - (-2)"),
    ],
)
def test_words_and_signs_that_touch(glued: str, spaced: str) -> None:
    assert parse(glued).tree == parse(spaced).tree


@pytest.mark.parametrize(
    "text",
    ["$", "$$a", "$a:*", "text('a')", "comment(a)", "node(1)", "a:b:c", "..[1]", "self::.", "child::f()",
     "3|-4", "[1]", "5%2", "a/(b)", ".a", "a andb"],
)  # fmt: skip
def test_what_is_no_expression(text: str) -> None:
    with pytest.raises(XPathSyntaxError):
        parse(text)
