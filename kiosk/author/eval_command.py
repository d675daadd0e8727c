"""``hamlet-forms eval --batch FILE.jsonl``: expressions over documents, for conformance runs.

Each line ``{"instance": XML, "context": path, "expression": E}`` gives one line with ``type``, ``value`` and
``string``; a line that cannot be evaluated gives ``{"type": "error"}`` with the reason.
"""

import argparse
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.author.documents import DocumentWorld
from kiosk.author.try_session import clock_of
from kiosk.author.words import Words
from kiosk.author.xform import XFormError
from kiosk.domain.clock import VIETNAM, Clock
from kiosk.domain.errors import WorldError
from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.compile import compile_nodes, compile_tree
from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.errors import XPathError, XPathSyntaxError
from kiosk.forms.xpath.node import Node, text_of
from kiosk.forms.xpath.parser import parse
from kiosk.forms.xpath.registry import EXCLUDED, function_named
from kiosk.forms.xpath.values import Value, kind_of, number_to_text, to_text

Result = dict[str, Any]
_WRONG = (XPathError, XPathSyntaxError, XFormError, WorldError, ArithmeticError, LookupError, TypeError,
          ValueError, AttributeError, RecursionError, re.error)  # fmt: skip
"""What an expression may end in: its own mistakes, and a document that does not carry it."""


def add_commands(subparsers: Any, words: Words) -> None:
    """Register ``eval``; it sets ``run``."""
    parser = subparsers.add_parser("eval", help=words.vietnamese("forms.cli.eval"))
    parser.add_argument("--batch", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--today", default="")
    parser.set_defaults(run=lambda options: _run(options, words))


def _run(options: argparse.Namespace, words: Words) -> int:
    try:
        text = options.batch.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        print(words.vietnamese("forms.cli.unreadable", file=options.batch, why=error), file=sys.stderr)
        return 1
    clock = _Zoned(clock_of(options.today), os.environ.get("TZ", ""))
    for result in evaluate_lines(text.split("\n"), clock):
        print(_written(result))
    return 0


def _written(result: Result) -> str:
    """One line of JSON; half a letter (a lone surrogate) cannot be written but by its number."""
    text = json.dumps(result, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(result)
    return text


class _Zoned:
    """A clock in the zone that the environment names; in Vietnam where it names none that is known. Runs of
    other engines' assertions choose the zone in this way."""

    def __init__(self, clock: Clock, zone: str) -> None:
        self._clock = clock
        self._zone: tzinfo = VIETNAM
        if zone:
            with suppress(ZoneInfoNotFoundError, ValueError):
                self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)

    def monotonic(self) -> float:
        return self._clock.monotonic()


def evaluate_lines(lines: Iterable[str], clock: Clock) -> Iterable[Result]:
    """One result for each line that is not empty."""
    for line in lines:
        if line.strip():
            yield _line(line, clock)


def _line(line: str, clock: Clock) -> Result:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _error(error)
    if not isinstance(asked, dict) or not isinstance(asked.get("expression"), str):
        return _error(ValueError("a line is an object with instance, context and expression"))
    return evaluate(asked, clock)


def evaluate(asked: Mapping[str, Any], clock: Clock) -> Result:
    """The result of one expression at the first node of a context path (the document by default)."""
    try:
        world = DocumentWorld(str(asked.get("instance") or "<root/>"), clock)
        place, tree = parse(str(asked.get("context") or "/")).tree, parse(asked["expression"]).tree
        world.from_the_top([place, tree])
        context = Context(_context(place, world), world)
        return told(compile_tree(_when_reached(tree)).run(context))
    except _WRONG as error:
        return _error(error)


def _context(path: Tree, world: DocumentWorld) -> Node:
    nodes: list[Node] = compile_nodes(path)(Context(world.document(), world))
    if not nodes:
        raise XPathError("the context is not there")
    return nodes[0]


def _when_reached(tree: Any) -> Any:
    """The same tree, where a call that can never run fails only when it is reached: what ``and``, ``or`` and
    ``if`` leave out never runs, as in the other engines. Naming an excluded function fails at once."""
    if not isinstance(tree, list):
        return tree
    inner = [_when_reached(part) for part in tree]
    if inner[:1] != ["call"] or inner[1] in EXCLUDED:
        return inner
    function, count = function_named(inner[1]), len(inner) - 2
    if function is None:
        return ["fail", f"unknown function {inner[1]}()"]
    if count < function.least or (function.most is not None and count > function.most):
        return ["fail", f"{inner[1]}() does not take {count} arguments"]
    return inner


def told(value: Value) -> Result:
    """A value as JSON: whole numbers without a fraction, NaN and infinities as texts."""
    kind = kind_of(value)
    return {"type": kind, "value": _plain(value, kind), "string": str(to_text(value))}


def _plain(value: Value, kind: str) -> Any:
    if kind == "nodes":
        return [text_of(node) for node in value]
    if kind != "number":
        return bool(value) if kind == "boolean" else str(value)
    if not math.isfinite(value):
        return number_to_text(value)
    return int(value) if value == int(value) and abs(value) < 2**53 else float(value)


def _error(error: Exception) -> Result:
    return {"type": "error", "value": f"{type(error).__name__}: {error}", "string": ""}
