"""Choice lists are long and filtered by one column: such paths use an index instead of a walk.

``instance('xa')/root/item[tinh = current()/../tinh]`` with 3,321 items is one dictionary look-up.
"""

from typing import Any

from kiosk.forms.xpath import steps
from kiosk.forms.xpath.ast import Tree, walk
from kiosk.forms.xpath.context import Closure, Context
from kiosk.forms.xpath.function import Compile, Compiled, as_text
from kiosk.forms.xpath.node import Node, text_of

_POSITIONAL = frozenset({"position", "last"})


def lookup_path(tree: Tree, compile_: Compile) -> Compiled | None:
    """A closure over an index where the path has that shape, else ``None``."""
    found = _shape(tree)
    if found is None:
        return None
    name, above, item, column, wanted_tree, rest = found
    wanted = compile_(wanted_tree)
    if wanted.kind not in ("str", "nodes") or (wanted.kind == "nodes" and wanted.text is None):
        return None
    hits = _hits(name, above, item, column, as_text(wanted))
    if not rest:
        return Compiled("nodes", hits)
    tail = steps.path(["path", ["closure", hits], rest], lambda inner: Compiled("nodes", inner[1]))
    return tail if not _has_predicates(rest) else None


def _shape(tree: Tree) -> tuple[str, list[str], str, str, Tree, list[Any]] | None:
    _, start, parts = tree
    if not (
        isinstance(start, list)
        and start[:2] == ["call", "instance"]
        and len(start) == 3
        and start[2][0] == "str"
    ):
        return None
    for place, part in enumerate(parts):
        if isinstance(part, str):
            continue
        if (
            part[0] != "child"
            or len(part[2]) != 1
            or place == 0
            or ":" in part[1]
            or part[1].endswith(("*", ")"))
        ):
            return None
        condition = _condition(part[2][0])
        if condition is None:
            return None
        column, wanted = condition
        return start[2][1], parts[:place], part[1], column, wanted, parts[place + 1 :]
    return None


def _condition(tree: Tree) -> tuple[str, Tree] | None:
    if tree[:2] != ["op", "="]:
        return None
    for column, wanted in ((tree[2], tree[3]), (tree[3], tree[2])):
        if column[0] == "path" and column[1] == "." and len(column[2]) == 1 and _plain(column[2][0]):
            if not _reads_row(wanted):
                return column[2][0], wanted
            return None
    return None


def _plain(step: Any) -> bool:
    return isinstance(step, str) and step not in (".", "..") and ":" not in step


def _reads_row(tree: Tree) -> bool:
    """Whether a tree depends on the item that is being tested."""
    return any(
        (part[0] == "path" and part[1] == ".")
        or part[0] == "self"
        or (part[0] == "call" and part[1] in _POSITIONAL)
        for part in walk(tree)
    )


def _has_predicates(parts: list[Any]) -> bool:
    return any(not isinstance(part, str) for part in parts)


def _hits(name: str, above: list[str], item: str, column: str, wanted: Closure) -> Closure:
    indexes: dict[int, tuple[Node, dict[str, list[Node]]]] = {}

    def run(context: Context) -> list[Node]:
        document = context.world.instance(name)
        if document is None:
            return []
        known = indexes.get(id(document))
        if known is None or known[0] is not document:
            known = (document, _index(document, above, item, column))
            indexes[id(document)] = known
        return known[1].get(str(wanted(context)), [])

    return run


def _index(document: Node, above: list[str], item: str, column: str) -> dict[str, list[Node]]:
    parents = [document]
    for name in above:
        parents = [one for node in parents for one in node.children if one.name == name]
    found: dict[str, list[Node]] = {}
    for parent in parents:
        for row in parent.children:
            cell = row.child(column) if row.name == item else None
            if cell is not None:
                found.setdefault(text_of(cell), []).append(row)
    return found
