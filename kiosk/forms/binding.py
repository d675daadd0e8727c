"""Binds the paths of an expression to the items of a form, and notes what the expression reads.

Paths that can mean one node only become ``ref`` (outside repeats) or ``row`` (in the same row);
absolute paths from inside a repeat are read relative to the row, as ODK's specification says.
"""

from dataclasses import dataclass, field
from typing import Any

from kiosk.forms.outline import Outline
from kiosk.forms.xpath.ast import Tree

Items = frozenset[int] | None
"""The items that a node set may hold; ``None`` is another document."""
_DOCUMENT = -1
_UNBOUND_PLACES = {"indexed-repeat": (0, 1, 3, 5), "position": (0,)}


@dataclass
class Bound:
    """A bound tree; what it reads as (item, number of repeats whose rows it shares); unknown paths."""

    tree: Tree
    reads: set[tuple[int, int]] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def bind(tree: Tree, item: int, outline: Outline) -> Bound:
    """Bind an expression that is evaluated at an item."""
    binder = _Binder(outline, item)
    bound = binder.tree(tree, frozenset({item}), True)
    return Bound(bound, binder.reads, binder.unknown)


class _Binder:
    def __init__(self, outline: Outline, item: int) -> None:
        self._outline = outline
        self._item = item
        self.reads: set[tuple[int, int]] = set()
        self.unknown: list[str] = []

    def tree(self, tree: Tree, here: Items, top: bool) -> Tree:
        """Bind any tree; ``here`` is what ``.`` may be, ``top`` says that it is the question itself."""
        kind = tree[0]
        if kind == "path":
            return self._path(tree, here, top)
        if kind == "call":
            return self._call(tree, here, top)
        if kind == "op":
            return ["op", tree[1], self.tree(tree[2], here, top), self.tree(tree[3], here, top)]
        if kind == "neg":
            return ["neg", self.tree(tree[1], here, top)]
        if kind == "filter":
            items = self._items_of(tree[1], here)
            return [
                "filter",
                self.tree(tree[1], here, top),
                [self.tree(one, items, False) for one in tree[2]],
            ]
        return tree

    def _call(self, tree: Tree, here: Items, top: bool) -> Tree:
        name = tree[1]
        arguments = []
        for place, argument in enumerate(tree[2:]):
            loose = place in _UNBOUND_PLACES.get(name, ())
            if loose and argument[0] == "path":
                arguments.append(self.walked(argument, here, 0)[0])
            else:
                arguments.append(self.tree(argument, here, top))
        if name == "jr:choice-name" and len(arguments) == 2 and arguments[1][0] == "str":
            arguments[1] = self._choice_path(arguments[1])
        return ["call", name, *arguments]

    def _choice_path(self, argument: Tree) -> Tree:
        target = self._outline.find(argument[1], self._item)
        if target is None:
            self.unknown.append(argument[1].strip())
            return argument
        self.reads.add((target, 0))
        return ["str", f"@{target}"]

    def _path(self, tree: Tree, here: Items, top: bool) -> Tree:
        _, start, steps = tree
        if start == ["call", "current"] or (start == "." and top):
            return self._relative(steps, start)
        if start == "/":
            return self._absolute(steps)
        return self.walked(tree, here, 0)[0]

    def _absolute(self, steps: list[Any]) -> Tree:
        shared = self._shared_prefix(steps)
        if shared is None:
            bound, items, plain = self._walk_from("/", steps, frozenset({_DOCUMENT}), 0)
            single = self._single(items) if plain else None
            if single is not None and not self._outline.repeats[single]:
                return ["ref", single]
            return bound
        length, row = shared
        depth = len(self._outline.repeats[row])
        ups = len(self._outline.lineage(self._item)) - length
        bound, items, plain = self._walk_from(["row", ups, []], steps[length:], frozenset({row}), depth)
        single = self._single(items) if plain else None
        if (
            single is not None
            and len(self._outline.repeats[single]) == depth
            and not self._repeat_at_end(single, row)
        ):
            return ["row", ups, [self._outline.names[one] for one in self._outline.lineage(single)[length:]]]
        return bound

    def _repeat_at_end(self, single: int, row: int) -> bool:
        return self._outline.is_repeat[single] and single != row

    def _shared_prefix(self, steps: list[Any]) -> tuple[int, int] | None:
        """How many plain steps lead to the innermost repeat row that the question shares with the path."""
        lineage = self._outline.lineage(self._item)
        found = None
        for place, (step, item) in enumerate(zip(steps, lineage, strict=False)):
            if not isinstance(step, str) or step.rpartition(":")[2] != self._outline.names[item]:
                break
            if self._outline.is_repeat[item] and place + 1 < len(steps):
                found = (place + 1, item)
        return found

    def _relative(self, steps: list[Any], start: Any) -> Tree:
        ups = 0
        rest = [step for step in steps if step != "."]
        apex = self._item
        while rest and rest[0] == ".." and apex:
            apex = self._outline.parents[apex]
            ups += 1
            rest = rest[1:]
        if not rest and ups == 0:
            self.reads.add((self._item, len(self._outline.repeats[self._item])))
            return ["self"] if start == "." else ["row", 0, []]
        depth = len(self._outline.repeats[apex])
        bound, items, plain = self._walk_from(["row", ups, []], rest, frozenset({apex}), depth)
        single = self._single(items) if plain else None
        if single is None or len(self._outline.repeats[single]) != depth:
            return bound
        if depth == 0:
            return ["ref", single]
        return [
            "row",
            ups,
            [self._outline.names[one] for one in self._outline.lineage(single)][
                len(self._outline.lineage(apex)) :
            ],
        ]

    def _single(self, items: Items) -> int | None:
        if items is None or len(items) != 1:
            return None
        (item,) = items
        return item if item != _DOCUMENT else None

    def walked(self, tree: Tree, here: Items, depth: int) -> tuple[Tree, Items]:
        """Bind a path as it stands, and tell which items it may reach."""
        _, start, steps = tree
        if start == ".":
            bound, items, _ = self._walk_from(".", steps, here, depth)
        elif start == "/":
            bound, items, _ = self._walk_from("/", steps, frozenset({_DOCUMENT}), depth)
        else:
            inner = self.tree(start, here, False)
            bound, items, _ = self._walk_from(inner, steps, self._items_of(start, here), depth)
        return bound, items

    def _items_of(self, tree: Tree, here: Items) -> Items:
        if tree[0] == "path":
            return _Binder(self._outline, self._item).walked(tree, here, 0)[1]
        if tree == ["call", "current"]:
            return frozenset({self._item})
        return None

    def _walk_from(self, start: Any, steps: list[Any], items: Items, depth: int) -> tuple[Tree, Items, bool]:
        """Walk steps over items, binding predicates and noting what is read on the way."""
        plain, bound = True, []
        for step in steps:
            before = items
            items = _moved(step, items, self._outline)
            if items is not None and not items and before:
                self.unknown.append(_step_text(step))
            self._note(items, depth)
            plain = plain and isinstance(step, str)
            bound.append(step if isinstance(step, str) else self._with_predicates(step, items))
        self._note(items, depth, ends=True)
        return ["path", start, bound], items, plain

    def _with_predicates(self, step: list[Any], items: Items) -> list[Any]:
        return [step[0], step[1], [self.tree(one, items, False) for one in step[2]]]

    def _note(self, items: Items, depth: int, ends: bool = False) -> None:
        for item in items or ():
            if item != _DOCUMENT and (ends or self._outline.is_repeat[item]):
                shared = min(
                    depth, len(self._outline.outer_repeats(item)) if self._outline.is_repeat[item] else depth
                )
                self.reads.add((item, shared))


def _step_text(step: Any) -> str:
    return step if isinstance(step, str) else str(step[1])


def _moved(step: Any, items: Items, outline: Outline) -> Items:
    if items is None:
        return None
    if isinstance(step, str):
        axis, test = {".": ("self", "node()"), "..": ("parent", "node()")}.get(step, ("child", step))
    else:
        axis, test = step[0], step[1]
    found: set[int] = set()
    for item in items:
        if axis == "child" and not test.endswith(("*", ")")) and item != _DOCUMENT:
            one = outline.child(item, test)
            found.update(() if one is None else (one,))
        else:
            found.update(one for one in _reach(axis, item, outline) if _passes(test, one, outline))
    return frozenset(found)


def _passes(test: str, item: int, outline: Outline) -> bool:
    if test.endswith(("*", ")")):
        return True
    return item != _DOCUMENT and outline.names[item] == test.rpartition(":")[2]


def _reach(axis: str, item: int, outline: Outline) -> list[int]:
    """All items that an axis may lead to; sideways axes may lead anywhere."""
    if axis == "self":
        return [item]
    if axis == "child":
        return [0] if item == _DOCUMENT else outline.children[item]
    if axis == "parent":
        return [] if item == _DOCUMENT else [outline.parents[item] if item else _DOCUMENT]
    if axis in ("descendant", "descendant-or-self"):
        inside = outline.below(max(item, 0))
        return [_DOCUMENT, *inside] if item == _DOCUMENT else inside
    if axis in ("ancestor", "ancestor-or-self"):
        return [_DOCUMENT, *outline.lineage(max(item, 0))]
    if axis in ("attribute", "namespace"):
        return [item]
    return list(range(len(outline.names)))
