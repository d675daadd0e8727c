"""Number functions: XPath 1.0 §4.4 and those of ODK; undefined results are NaN, never an exception."""

import math
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.function import Compile, Compiled, Function, as_number
from kiosk.forms.xpath.node import Node, text_of
from kiosk.forms.xpath.values import NAN, Value, named_number, text_to_number, to_boolean, to_number, to_text


def _number(compile_: Compile, arguments: list[Tree]) -> Compiled:
    if not arguments:
        return Compiled("num", lambda context: named_number(text_of(context.node), context.world.zone))
    argument = compile_(arguments[0])
    if argument.kind in ("num", "bool"):
        return Compiled("num", as_number(argument))
    read = argument.text or argument.run
    return Compiled("num", lambda context: named_number(read(context), context.world.zone))


def _safe(run: Callable[..., float]) -> Callable[..., float]:
    """Out of its range a function gives NaN, beyond the largest number infinity."""

    def guarded(*numbers: float) -> float:
        try:
            found = run(*numbers)
        except (ValueError, ZeroDivisionError):
            return NAN
        except OverflowError:
            return math.inf
        return float(found) if isinstance(found, int | float) else NAN

    return guarded


def _int(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


_MOST_PLACES = 400
"""No number has more decimals, nor more digits before them."""


def _round(number: float, places: float = 0.0) -> float:
    """The nearest number with so many decimals; a half goes towards positive infinity."""
    if not math.isfinite(number):
        return number
    scale = Decimal(1).scaleb(int(max(-_MOST_PLACES, min(_MOST_PLACES, places))) if places == places else 0)
    shifted = Decimal(repr(number)) * scale + Decimal("0.5")
    return float(shifted.to_integral_value(ROUND_FLOOR) / scale)


def _round_value(context: Context, value: Value, places: float = 0.0) -> float:
    """round(); a text may have a comma for its point, as JavaRosa reads it."""
    if isinstance(value, float):
        return _round(value, places)
    number = to_number(value, context.world.zone)
    if number != number:
        number = text_to_number(to_text(value).replace(",", ".", 1), context.world.zone)
    return _round(number, places)


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


def _pi() -> float:
    return math.pi


def _numbers(context: Context, values: tuple[Value, ...]) -> list[float]:
    zone = context.world.zone
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(text_to_number(text_of(node), zone) for node in value)
        else:
            found.append(to_number(value, zone))
    return found


def _sum(context: Context, nodes: list[Node]) -> float:
    zone = context.world.zone
    return float(sum(text_to_number(text_of(node), zone) for node in nodes))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def run(context: Context, *values: Value) -> float:
        numbers = _numbers(context, values)
        if not numbers or any(number != number for number in numbers):
            return NAN
        return choose(numbers)

    return run


def _random(context: Context) -> float:
    return context.world.random()


def _answers(values: tuple[Value, ...]) -> list[bool]:
    """Which answers count, node by node: those that boolean() takes for true, as in every client of ODK."""
    found: list[bool] = []
    for value in values:
        found.extend(
            [text_of(node) != "" for node in value] if isinstance(value, list) else [to_boolean(value)]
        )
    return found


def _checklist(least: float, most: float, *values: Value) -> bool:
    return _between(least, most, sum(_answers(values)))


def _weighted(context: Context, least: float, most: float, *values: Value) -> bool:
    weights = _numbers(context, values[1::2])
    total = sum(weight for answer, weight in zip(_answers(values[::2]), weights, strict=False) if answer)
    return _between(least, most, total)


def _between(least: float, most: float, total: float) -> bool:
    return (least < 0 or total >= least) and (most < 0 or total <= most)


_PLAIN: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("int", _int), ("floor", _floor), ("ceiling", _ceiling), ("abs", abs), ("sqrt", math.sqrt),
    ("exp", math.exp), ("exp10", lambda number: math.pow(10.0, number)),
    ("log", _log), ("log10", _log10), ("sin", math.sin),
    ("cos", math.cos), ("tan", math.tan), ("asin", math.asin), ("acos", math.acos), ("atan", math.atan),
)  # fmt: skip

FUNCTIONS = (
    *(Function(name, 1, 1, "n", "num", _safe(run)) for name, run in _PLAIN),
    Function("number", 0, 1, "a", "num", build=_number),
    Function("round", 1, 2, "an", "num", _round_value, context=True),
    Function("pow", 2, 2, "nn", "num", _safe(_power)),
    Function("atan2", 2, 2, "nn", "num", _safe(math.atan2)),
    Function("pi", 0, 0, "n", "num", _pi),
    Function("sum", 1, 1, "N", "num", _sum, context=True),
    Function("max", 0, None, "a", "num", _extreme(max), context=True),
    Function("min", 0, None, "a", "num", _extreme(min), context=True),
    Function("random", 0, 0, "n", "num", _random, context=True),
    Function("checklist", 2, None, "nna", "bool", _checklist),
    Function("weighted-checklist", 2, None, "nna", "bool", _weighted, context=True),
)
