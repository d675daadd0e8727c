"""The six comparisons of XPath 1.0 §3.4, with ODK's dates."""

import operator
from collections.abc import Callable
from datetime import tzinfo

from kiosk.forms.xpath.context import Closure
from kiosk.forms.xpath.function import Compiled, as_boolean, as_number, as_text
from kiosk.forms.xpath.moments import Moment, exact_pair
from kiosk.forms.xpath.node import text_of
from kiosk.forms.xpath.values import Value, in_order, instant_number, to_boolean, to_number, to_text

_NUMERIC: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TEXTUAL = frozenset({"str"})


def comparison(sign: str, left: Compiled, right: Compiled) -> Closure:
    """A closure for one comparison, chosen by the static kinds of both sides."""
    if sign in ("=", "!="):
        return _equality(sign, left, right)
    if _single(left) and _single(right) and {"num", "bool"} & {left.kind, right.kind}:
        return _numbers(sign, left, right)
    if _single(left) and _single(right):
        return _instants(sign, as_text(left), as_text(right))
    return _by_values(sign, left, right)


def _single(side: Compiled) -> bool:
    return side.text is not None or side.kind in ("num", "str", "date", "bool")


def _numbers(sign: str, left: Compiled, right: Compiled) -> Closure:
    one, other, compare = as_number(left), as_number(right), _NUMERIC[sign]
    return lambda context: compare(one(context), other(context))


def _instants(sign: str, one: Closure, other: Closure) -> Closure:
    compare = _NUMERIC[sign]
    return lambda context: compare(*in_order(one(context), other(context), context.world.zone))


def _equality(sign: str, left: Compiled, right: Compiled) -> Closure:
    kinds = (left.kind, right.kind)
    if not (_single(left) and _single(right)) or "date" in kinds:
        return _by_values(sign, left, right)
    if "bool" in kinds:
        return _booleans(sign, left, right)
    if "num" in kinds:
        return _numbers(sign, left, right)
    return _texts(sign, left.text or left.run, right.text or right.run)


def _booleans(sign: str, left: Compiled, right: Compiled) -> Closure:
    yes, no = as_boolean(left), as_boolean(right)
    if sign == "=":
        return lambda context: yes(context) == no(context)
    return lambda context: yes(context) != no(context)


def _texts(sign: str, one: Closure, other: Closure) -> Closure:
    if sign == "=":
        return lambda context: str(one(context)) == str(other(context))
    return lambda context: str(one(context)) != str(other(context))


def _by_values(sign: str, left: Compiled, right: Compiled) -> Closure:
    one = left.text or left.run
    other = right.text or right.run
    return lambda context: compare(sign, one(context), other(context), context.world.zone)


def compare(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Compare two values of any type; a node set compares if any of its nodes does. Equal to true or false is
    the set as a whole; smaller and greater look at its nodes there too, as in every client of ODK."""
    if isinstance(left, list):
        if isinstance(right, bool) and sign in ("=", "!="):
            return _scalars(sign, bool(left), right, zone)
        return any(compare(sign, text_of(node), right, zone) for node in left)
    if isinstance(right, list):
        if isinstance(left, bool) and sign in ("=", "!="):
            return _scalars(sign, left, bool(right), zone)
        return any(_scalars(sign, left, text_of(node), zone) for node in right)
    return _scalars(sign, left, right, zone)


def _scalars(sign: str, left: Value, right: Value, zone: tzinfo) -> bool:
    if sign not in ("=", "!="):
        if isinstance(left, str) and isinstance(right, str):
            return _NUMERIC[sign](*in_order(left, right, zone))
        return _NUMERIC[sign](to_number(left, zone), to_number(right, zone))
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) == (sign == "=")
    if isinstance(left, float) or isinstance(right, float):
        return _NUMERIC[sign](to_number(left, zone), to_number(right, zone))
    return _same_text(left, right, zone) == (sign == "=")


def _same_text(left: str, right: str, zone: tzinfo) -> bool:
    if isinstance(left, Moment) or isinstance(right, Moment):
        exact = exact_pair(left, right, zone)
        one, other = exact or (instant_number(left, zone), instant_number(right, zone))
        if one == one and other == other:
            return one == other
    return str(to_text(left)) == str(to_text(right))
