"""Values that a compiled form can never use: beginnings that do not fit their question, lists and columns
that do not exist, patterns that nothing reads, times compared as text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kiosk.author.cells import meant
from kiosk.author.findings import Finding
from kiosk.forms.kinds import fits
from kiosk.forms.xpath.ast import Tree, walk
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.functions_date import DATE_SIGNS
from kiosk.forms.xpath.functions_text import pattern

Choices = Callable[[int], Sequence[str] | None]
"""Gives the names of the choices of a question; ``None`` if only the filled form can tell."""
_TYPED = frozenset({"int", "decimal", "date", "time", "dateTime"})
_SEVERAL = frozenset({"select", "rank"})
_ALWAYS = frozenset({"name", "label", "itextId"})
"""Columns that any list may be asked for: ``label`` is empty where a form has several languages."""
_BOUNDS = frozenset({"=", "<", "<=", ">", ">="})
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_FORMATS = frozenset({"format-date", "format-date-time"})
_DATE_SIGN = re.compile(r"%(.?)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*")


def wrong_default(facts: Mapping[str, Any], choices: Sequence[str] | None) -> Finding | None:
    """What is wrong with the beginning of a question; a computed one is no literal and never wrong here."""
    value, params = str(facts.get("default", "")), {"name": str(facts["name"])}
    if not value or not facts.get("asked"):
        return None
    if choices is not None:
        words = value.split() if facts["kind"] in _SEVERAL else [value]
        wrong = next((one for one in words if one not in choices), None)
        near = meant(wrong or "", frozenset(choices))["nearest"]
        given = params | {"value": wrong or "", "nearest": near}
        return None if wrong is None else Finding("wrong_default", params=given)
    if facts["type"] in _TYPED and not fits(value, facts["type"], ""):
        return Finding("wrong_default", params=params | {"value": value})
    return None


def foreign_lists(tree: Tree, lists: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Lists that an expression names and the form has not, and columns that no list of the form has;
    ``lists`` are the columns of each, none where they are not known."""
    for part in walk(tree):
        if part[0] == "call" and part[1] == "instance" and len(part) > 2 and part[2][0] == "str":
            if part[2][1] not in lists:
                yield Finding("unknown_instance", params=meant(str(part[2][1]), frozenset(lists)))
        elif part[0] == "call" and part[1] == "pulldata" and part[2:] and part[2][0] == "str":
            asked = (str(one[1]) for one in part[3:5] if one[0] == "str")
            yield from _unknown(asked, str(part[2][1]), lists)
        elif part[0] == "path":
            yield from _columns(part, lists)


def _columns(path: Tree, lists: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    start = path[1]
    if not isinstance(start, list) or start[:2] != ["call", "instance"] or start[2][0] != "str":
        return
    if len(path[2]) >= 2:
        yield from _unknown(_asked(path[2][1:]), str(start[2][1]), lists)


def _unknown(names: Iterable[str], listed: str, lists: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Columns that a list has not; lists of one sheet share their columns, which may be empty in one."""
    if lists.get(listed):
        known = frozenset[str]().union(*lists.values()) | _ALWAYS
        for name in names:
            if name not in known:
                yield Finding("unknown_column", params=meant(name, known) | {"list": listed})


def _asked(steps: Sequence[Any]) -> Iterator[str]:
    """The columns that the steps of a path below the top of a list ask for."""
    if isinstance(steps[0], list):
        for predicate in steps[0][2]:
            yield from (_first(one) for one in walk(predicate) if _first(one))
    if len(steps) == 2 and isinstance(steps[1], str) and _PLAIN.fullmatch(steps[1]):
        yield steps[1]


def _first(tree: Tree) -> str:
    """The child of the row that a relative path begins with."""
    if tree[0] != "path" or tree[1] != "." or not tree[2] or not isinstance(tree[2][0], str):
        return ""
    return tree[2][0] if _PLAIN.fullmatch(tree[2][0]) else ""


def bad_patterns(tree: Tree) -> Iterator[Finding]:
    """Patterns of ``regex()`` that are none."""
    for part in walk(tree):
        if part[0] == "call" and part[1] == "regex" and len(part) == 4 and part[3][0] == "str":
            try:
                pattern(part[3][1])
            except XPathError:
                yield Finding("bad_pattern", params={"value": str(part[3][1])})


def bad_date_signs(tree: Tree) -> Iterator[Finding]:
    """Signs in patterns of ``format-date()`` that ODK does not know; its other clients stop at them."""
    for part in walk(tree):
        if part[0] == "call" and part[1] in _FORMATS and len(part) == 4 and part[3][0] == "str":
            for sign in _DATE_SIGN.findall(part[3][1]):
                if sign not in DATE_SIGNS:
                    yield Finding("bad_date_sign", params={"sign": f"%{sign}", "function": part[1]})


def range_order(facts: Mapping[str, Any]) -> Finding | None:
    """A range that begins above its end: nobody could choose anything."""
    given = facts.get("parameters", {})
    begin, end = given.get("start", "1"), given.get("end", "10")
    if facts["kind"] != "range" or not (fits(begin, "decimal", "") and fits(end, "decimal", "")):
        return None
    if float(begin) <= float(end):
        return None
    params = {"name": str(facts["name"]), "start": begin, "end": end}
    return Finding("range_order", column="parameters", params=params)


def bound(sign: str, literal: Tree, turned: bool) -> tuple[str, float] | None:
    """What a comparison with a number says of the other side: ``("<", 5.0)``; ``None`` if it is none."""
    if sign not in _BOUNDS or literal[0] != "num":
        return None
    return (_TURNED[sign] if turned else sign), float(literal[1])


def impossible(bounds: Sequence[tuple[str, float]]) -> bool:
    """Whether no number keeps all these bounds."""
    low = max((value for sign, value in bounds if sign in (">", ">=", "=")), default=float("-inf"))
    high = min((value for sign, value in bounds if sign in ("<", "<=", "=")), default=float("inf"))
    open_end = any(sign in ("<", ">") and value == low for sign, value in bounds)
    return low > high or (low == high and open_end)


def equal_literals(tree: Tree) -> bool | None:
    """What ``=`` or ``!=`` between two literals gives; ``None`` for anything else."""
    if tree[0] != "op" or tree[1] not in ("=", "!="):
        return None
    one, other = tree[2], tree[3]
    if one[0] != other[0] or one[0] not in ("num", "str"):
        return None
    return bool((one[1] == other[1]) == (tree[1] == "="))
