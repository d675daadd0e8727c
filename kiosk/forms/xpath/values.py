"""The four types of XPath and how one becomes another (XPath 1.0 §3.2–3.5, §4; ODK's number())."""

import math
import re
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from kiosk.forms.xpath.moments import clock_of, days_of, exact_pair, named_days_of, whole_days_of
from kiosk.forms.xpath.node import Node, text_of

Value = Any
"""A float, a text, a bool, or a list of nodes."""
NAN = math.nan
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)


def text_to_number(text: str, zone: tzinfo) -> float:
    """A text as a number; ISO dates count as days since 1970 (ODK), anything else is NaN."""
    if _NUMBER.fullmatch(text):
        return float(text)
    days = whole_days_of(text.strip(), zone)
    return NAN if days is None else days


def instant_number(text: str, zone: tzinfo) -> float:
    """The same for comparing two texts: a date is its first instant, so that today is never after now."""
    if _NUMBER.fullmatch(text):
        return float(text)
    days = days_of(text.strip(), zone)
    return NAN if days is None else days


def in_order(one: str, other: str, zone: tzinfo) -> tuple[float, float]:
    """Two texts as numbers to be ordered: dates as instants, and two times of day as such (JavaRosa keeps the
    data type of an answer, so that 09:00 is after 08:00)."""
    first, second = exact_pair(one, other, zone) or (instant_number(one, zone), instant_number(other, zone))
    if first != first and second != second:
        clock, later = clock_of(one, zone), clock_of(other, zone)
        if clock is not None and later is not None:
            return clock, later
    return first, second


def number_to_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no ``.0``, no minus before zero."""
    if number == number // 1 and abs(number) < 1e16:
        return str(int(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(number)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text.removesuffix(".0")


def to_text(value: Value) -> str:
    """XPath's string()."""
    if isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, float):
        return number_to_text(value)
    return text_of(value[0]) if value else ""


def to_number(value: Value, zone: tzinfo) -> float:
    """XPath's number(), with ODK's dates."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return text_to_number(to_text(value), zone)


def named_number(value: Value, zone: tzinfo) -> float:
    """The function number(): the same, but a date-time counts as the whole days of the day that it names."""
    text = "" if isinstance(value, float | bool) else to_text(value)
    if not text or _NUMBER.fullmatch(text):
        return to_number(value, zone)
    days = named_days_of(text, zone)
    return NAN if days is None else days


def to_boolean(value: Value) -> bool:
    """XPath's boolean(): a number that is neither 0 nor NaN, a text with letters, a set with nodes."""
    if isinstance(value, float):
        return value == value and value != 0
    return bool(value)


def kind_of(value: Value) -> str:
    """The name of a value's type: number, string, boolean or nodes."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "nodes"


def texts_of(nodes: list[Node]) -> list[str]:
    """The string-values of nodes."""
    return [text_of(node) for node in nodes]
