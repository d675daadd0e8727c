"""Rules as closures: each expression is compiled once and knows which nodes it reads."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.errors import XPathError

Value = str | float | bool


@dataclass(frozen=True)
class World:
    """What a rule may look at."""

    values: Mapping[str, str]
    """Path → text; irrelevant nodes are left out."""
    now: datetime
    row: Mapping[str, str]


Run = Callable[[World], Value]


@dataclass(frozen=True)
class Rule:
    """A compiled expression."""

    run: Run
    reads: frozenset[str]


def compile_rule(tree: Tree, context: str) -> Rule:
    """Compile a syntax tree for the node at ``context``; raises ``XPathError`` for what is not known."""
    reads: set[str] = set()
    return Rule(_compile(tree, context, reads, False), frozenset(reads))


def text(value: Value) -> str:
    """XPath ``string()``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        return str(int(value)) if value.is_integer() else str(value)
    return value


def number(value: Value) -> float:
    """XPath ``number()``; a date is its days since 1970, as ODK has it."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    try:
        return float(value)
    except ValueError:
        return _days(value)


def truth(value: Value) -> bool:
    """XPath ``boolean()``."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _days(value: str) -> float:
    try:
        return float((date.fromisoformat(value[:10]) - date(1970, 1, 1)).days)
    except ValueError:
        return math.nan


def _compile(tree: Tree, context: str, reads: set[str], inside: bool) -> Run:
    kind = tree[0]
    if kind in ("num", "str"):
        constant: Value = tree[1]
        return lambda _world: constant
    if kind == "neg":
        operand = _compile(tree[1], context, reads, inside)
        return lambda world: -number(operand(world))
    if kind == "op":
        left, right = (_compile(part, context, reads, inside) for part in tree[2:])
        return _OPERATORS[tree[1]](left, right)
    if kind == "call":
        if tree[1] not in _FUNCTIONS:
            raise XPathError(tree[1])
        return _FUNCTIONS[tree[1]]([_compile(part, context, reads, inside) for part in tree[2:]])
    if kind == "path":
        return _path(tree, context, reads, inside)
    raise XPathError(str(kind))


def _path(tree: Tree, context: str, reads: set[str], inside: bool) -> Run:
    start, steps = tree[1], tree[2]
    current = isinstance(start, list) and start[:2] == ["call", "current"]
    if inside and not current and start == "." and len(steps) == 1:
        column = steps[0]
        return lambda world: world.row.get(column, "")
    parts = [] if start == "/" else context.strip("/").split("/")
    for step in steps:
        if step == "..":
            parts.pop()
        elif isinstance(step, str) and step != ".":
            parts.append(step)
    path = "/" + "/".join(parts)
    reads.add(path)
    return lambda world: world.values.get(path, "")


def compile_filter(tree: Tree, context: str) -> Rule:
    """A choice filter: plain names are columns of the row, ``current()`` is the question."""
    reads: set[str] = set()
    return Rule(_compile(tree, context, reads, True), frozenset(reads))


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


_OPERATORS: dict[str, Callable[[Run, Run], Run]] = {
    "or": lambda a, b: lambda w: truth(a(w)) or truth(b(w)),
    "and": lambda a, b: lambda w: truth(a(w)) and truth(b(w)),
    "=": lambda a, b: lambda w: _equal(a(w), b(w)),
    "!=": lambda a, b: lambda w: not _equal(a(w), b(w)),
    "<": lambda a, b: lambda w: number(a(w)) < number(b(w)),
    "<=": lambda a, b: lambda w: number(a(w)) <= number(b(w)),
    ">": lambda a, b: lambda w: number(a(w)) > number(b(w)),
    ">=": lambda a, b: lambda w: number(a(w)) >= number(b(w)),
    "+": lambda a, b: lambda w: number(a(w)) + number(b(w)),
    "-": lambda a, b: lambda w: number(a(w)) - number(b(w)),
    "*": lambda a, b: lambda w: number(a(w)) * number(b(w)),
}


def _regex(args: list[Run]) -> Run:
    subject, pattern = args
    return lambda w: re.fullmatch(text(pattern(w)), text(subject(w)), re.DOTALL) is not None


def _translate(args: list[Run]) -> Run:
    def run(world: World) -> str:
        subject, old, new = (text(arg(world)) for arg in args)
        table = {ord(c): (new[i] if i < len(new) else None) for i, c in reversed(list(enumerate(old)))}
        return subject.translate(table)

    return run


def _format_date(args: list[Run]) -> Run:
    return lambda w: datetime.fromisoformat(text(args[0](w))).strftime(text(args[1](w)))


def _substr(args: list[Run]) -> Run:
    return lambda w: text(args[0](w))[
        int(number(args[1](w))) : int(number(args[2](w))) if len(args) > 2 else None
    ]


_FUNCTIONS: dict[str, Callable[[list[Run]], Any]] = {
    "true": lambda _a: lambda _w: True,
    "false": lambda _a: lambda _w: False,
    "not": lambda a: lambda w: not truth(a[0](w)),
    "if": lambda a: lambda w: a[1](w) if truth(a[0](w)) else a[2](w),
    "number": lambda a: lambda w: number(a[0](w)),
    "string-length": lambda a: lambda w: float(len(text(a[0](w)))),
    "concat": lambda a: lambda w: "".join(text(part(w)) for part in a),
    "contains": lambda a: lambda w: text(a[1](w)) in text(a[0](w)),
    "selected": lambda a: lambda w: text(a[1](w)) in text(a[0](w)).split(),
    "today": lambda _a: lambda w: w.now.date().isoformat(),
    "regex": _regex,
    "translate": _translate,
    "substr": _substr,
    "format-date": _format_date,
}
