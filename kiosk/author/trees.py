"""The expressions of a form: parsed, bound, checked, stored once each."""

import json
from dataclasses import dataclass, field

from kiosk.author.findings import Finding
from kiosk.forms.binding import Bound, bind
from kiosk.forms.outline import Outline
from kiosk.forms.xpath.ast import Tree, walk
from kiosk.forms.xpath.compile import compile_tree
from kiosk.forms.xpath.errors import XPathError, XPathSyntaxError
from kiosk.forms.xpath.parser import Parsed, parse
from kiosk.forms.xpath.registry import EXCLUDED, function_named


@dataclass
class Trees:
    """All trees of a form by number; equal ones are stored once."""

    outline: Outline
    entries: list[Tree] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    functions: dict[str, int] = field(default_factory=dict)
    """How often each function is called."""
    _known: dict[str, int] = field(default_factory=dict)
    _parsed: dict[str, Parsed | None] = field(default_factory=dict)

    def add(self, source: str, item: int, column: str) -> tuple[int, Bound] | None:
        """Parse, bind and check an expression at an item; ``None`` (with a finding) if it is wrong."""
        parsed = self._parse(source, item, column)
        if parsed is None:
            return None
        bound = bind(parsed.tree, item, self.outline)
        if not self._check(parsed, bound, source, item, column):
            return None
        key = json.dumps(bound.tree)
        if key not in self._known:
            self._known[key] = len(self.entries)
            self.entries.append(bound.tree)
        return self._known[key], bound

    def note(
        self, code: str, item: int, column: str, source: str = "", position: int = 0, **params: str
    ) -> None:
        """Keep a mistake."""
        error = params.pop("warning", "") == ""
        self.findings.append(Finding(code, self.outline.path(item), column, source, position, params, error))

    def _parse(self, source: str, item: int, column: str) -> Parsed | None:
        try:
            return parse(source)
        except XPathSyntaxError as error:
            self.note(error.code, item, column, source, error.position, **error.params)
            return None

    def _check(self, parsed: Parsed, bound: Bound, source: str, item: int, column: str) -> bool:
        before = len(self.findings)
        for kind, name, position in parsed.marks:
            if kind == "call":
                self._check_name(name, source, item, column, position)
        for name in bound.unknown:
            self.note(
                "unknown_path", item, column, source, max(source.find(name), 0), name=name, warning="yes"
            )
        if len(self.findings) == before or all(not one.error for one in self.findings[before:]):
            self._check_kinds(bound, source, item, column)
        return all(not one.error for one in self.findings[before:])

    def _check_name(self, name: str, source: str, item: int, column: str, position: int) -> None:
        self.functions[name] = self.functions.get(name, 0) + 1
        if name in EXCLUDED:
            self.note("excluded_function", item, column, source, position, name=name)
        elif function_named(name) is None:
            self.note("unknown_function", item, column, source, position, name=name)

    def _check_kinds(self, bound: Bound, source: str, item: int, column: str) -> None:
        for part in walk(bound.tree):
            if part[0] == "call" and not self._check_arity(part, source, item, column):
                return
        try:
            compile_tree(bound.tree)
        except XPathError as error:
            self.note("wrong_kind", item, column, source, 0, detail=str(error))

    def _check_arity(self, call: Tree, source: str, item: int, column: str) -> bool:
        function = function_named(call[1])
        given = len(call) - 2
        if function is None or (
            given >= function.least and (function.most is None or given <= function.most)
        ):
            return True
        self.note("wrong_arity", item, column, source, max(source.find(call[1]), 0), name=call[1],
                  given=str(given), takes=_span(function.least, function.most))  # fmt: skip
        return False


def _span(least: int, most: int | None) -> str:
    """How many arguments a function takes: ``2``, ``1–3``, ``≥ 1``."""
    if most is None:
        return f"≥ {least}"
    return str(least) if least == most else f"{least}–{most}"
