"""The shape of syntax trees: plain lists, so that they are stored as JSON.

======================================  ==================================================
``["num", 1.5]``                        a number
``["str", "co"]``                       a text
``["var", "name"]``                     a variable (ODK has none; reading one is an error)
``["neg", a]``                          minus
``["op", "=", a, b]``                   ``or and = != < <= > >= + - * div mod |``
``["call", "if", a, b, c]``             a function
``["path", start, [step, …]]``          start: ``"/"`` document, ``"."`` context node, or a tree
``["filter", a, [predicate, …]]``       a node set and predicates
``["ref", item]``                       the only node of a model item (made by ``graph``)
``["row", ups, [name, …]]``             the node reached by so many parents and then child names
``["fail", words]``                     an error when it is reached (made by ``eval``)
======================================  ==================================================

A step is ``"name"`` for a child without predicates, ``".."``, ``"."``, or ``[axis, test, [predicate, …]]``.
"""

from collections.abc import Iterator
from typing import Any

Tree = list[Any]


def children(tree: Tree) -> Iterator[Tree]:
    """The trees directly inside a tree (arguments, starts, predicates)."""
    kind = tree[0]
    if kind in ("neg", "op", "call"):
        yield from (part for part in tree[1:] if isinstance(part, list))
    elif kind == "filter":
        yield tree[1]
        yield from tree[2]
    elif kind == "path":
        if isinstance(tree[1], list):
            yield tree[1]
        for step in tree[2]:
            if isinstance(step, list):
                yield from step[2]


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and everything inside it, outer first."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def calls(tree: Tree) -> set[str]:
    """The names of all functions called in a tree."""
    return {part[1] for part in walk(tree) if part[0] == "call"}
