"""Functions of XPath 1.0, XForms and ODK, with the values that the specifications give."""

import re

import pytest

from tests.forms.xpath.assertions import DATA, DATE_NUMBERS, DATE_TEXTS, NUMBERS, TEXTS, TRUTHS
from tests.forms.xpath.lone import fails, result, value


@pytest.mark.parametrize(
    ("expression", "expected"),
    TEXTS,
)
def test_texts(expression: str, expected: str) -> None:
    context = "/data/empty" if "once" in expression else "/data/i"
    assert result(expression, DATA, context)["string"] == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    NUMBERS,
)
def test_numbers(expression: str, expected: object) -> None:
    assert value(expression, DATA, "/data/i") == expected


@pytest.mark.parametrize(
    "expression",
    TRUTHS,
)
def test_truths(expression: str) -> None:
    assert value(expression, DATA, "/data/i") is True


@pytest.mark.parametrize(
    ("expression", "expected"),
    DATE_TEXTS,
)
def test_dates_as_texts(expression: str, expected: str) -> None:
    assert result(expression, DATA, "/data/i")["string"] == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    DATE_NUMBERS,
)
def test_dates_as_numbers(expression: str, expected: object) -> None:
    assert value(expression, DATA, "/data/i") == expected


def test_now_tells_its_zone() -> None:
    assert re.fullmatch(r"2026-11-21T\d\d:\d\d:\d\d\.\d{3}\+07:00", value("now()"))


@pytest.mark.parametrize(
    "expression",
    [
        "selecte('a', 'b')", "concat('a'", "1 +", "'a", "a ==  b", "“a” = 'a'", "foo::bar", "regex('a')",
        "substr('a')", "area(/a)", "distance(/a)", "$x", "sum('a')", "regex('a', '[')", "a && b", ")",
        "digest('a', 'MD0')", "count(1)",
    ],
)  # fmt: skip
def test_what_cannot_run_is_an_error_and_no_crash(expression: str) -> None:
    assert fails(expression)


def test_a_context_that_is_not_there_is_an_error() -> None:
    assert result("1", "<a/>", "/b")["type"] == "error"


def test_xml_that_is_none_is_an_error() -> None:
    assert fails("1", "<a>")
    assert fails("1", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
