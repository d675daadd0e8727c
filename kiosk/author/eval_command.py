"""``hamlet-forms eval --batch FILE.jsonl``: expressions over documents, for conformance runs.

Each line ``{"instance": XML, "context": path, "expression": E}`` gives one line with ``type``, ``value`` and
``string``; a line that cannot be evaluated gives ``{"type": "error"}`` with the reason.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.author.documents import DocumentWorld
from kiosk.author.try_session import clock_of
from kiosk.author.words import Words
from kiosk.author.xform import XFormError
from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.forms.xpath.compile import compile_nodes, compile_tree
from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.errors import XPathError, XPathSyntaxError
from kiosk.forms.xpath.node import Node, text_of
from kiosk.forms.xpath.parser import parse
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
        text = options.batch.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(words.vietnamese("forms.cli.unreadable", file=options.batch, why=error), file=sys.stderr)
        return 1
    for result in evaluate_lines(text.split("\n"), clock_of(options.today)):
        print(json.dumps(result, ensure_ascii=False))
    return 0


def evaluate_lines(lines: Iterable[str], clock: Clock) -> Iterable[Result]:
    """One result for each line that is not empty."""
    for line in lines:
        if line.strip():
            yield _line(line, clock)


def _line(line: str, clock: Clock) -> Result:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return _error(error)
    if not isinstance(asked, dict) or not isinstance(asked.get("expression"), str):
        return _error(ValueError("a line is an object with instance, context and expression"))
    return evaluate(asked, clock)


def evaluate(asked: Mapping[str, Any], clock: Clock) -> Result:
    """The result of one expression at the first node of a context path (the document by default)."""
    try:
        world = DocumentWorld(str(asked.get("instance") or "<root/>"), clock)
        context = Context(_context(str(asked.get("context") or "/"), world), world)
        compiled = compile_tree(parse(asked["expression"]).tree)
        return told(compiled.run(context))
    except _WRONG as error:
        return _error(error)


def _context(path: str, world: DocumentWorld) -> Node:
    run = compile_nodes(parse(path).tree)
    nodes: list[Node] = run(Context(world.document(), world))
    if not nodes:
        raise XPathError(f"the context {path} is not there")
    return nodes[0]


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
