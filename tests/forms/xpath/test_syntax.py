"""What is an expression and what is none, where the grammar of XPath 1.0 is easily misread."""

import pytest

from kiosk.forms.xpath.ast import walk
from kiosk.forms.xpath.compile import compile_tree
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


@pytest.mark.parametrize("sign", ["or", "and"])
def test_a_long_condition_is_a_shallow_tree_tried_from_the_left(sign: str) -> None:
    tree = parse(f" {sign} ".join(f"a = {number}" for number in range(1000))).tree
    assert [part[3][1] for part in walk(tree) if part[:2] == ["op", "="]] == list(range(1000))
    assert compile_tree(tree).kind == "bool"


@pytest.mark.parametrize(
    ("plain", "spelled"),
    [
        ("1 or 2 and 3 = 4 < 5 + 6 * 7", "1 or (2 and (3 = (4 < (5 + (6 * 7)))))"),
        ("8 - 4 + 2 - 1", "((8 - 4) + 2) - 1"),
        ("1 and 2 or 3 and 4", "(1 and 2) or (3 and 4)"),
    ],
)
def test_how_tightly_operators_bind(plain: str, spelled: str) -> None:
    assert parse(plain).tree == parse(spelled).tree


@pytest.mark.parametrize(
    "text", ["(" * 101 + "1" + ")" * 101, " + ".join("1" * 300), "-" * 300 + "1", "if(1, 2, " * 200]
)
def test_what_cannot_be_run_by_calls_in_calls_is_refused_by_name(text: str) -> None:
    with pytest.raises(XPathSyntaxError) as refused:
        parse(text)
    assert refused.value.code == "too_deep"


def test_a_ladder_of_questions_is_read_and_run() -> None:
    text = "".join(f"if({number} = 3, {number}, " for number in range(95)) + "0" + ")" * 95
    assert compile_tree(parse(text).tree).kind == "num"
