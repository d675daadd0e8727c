"""Turns syntax trees into closures, once; an evaluation is then a plain Python call."""

import math
from collections.abc import Callable
from typing import Any

from kiosk.forms.xpath import steps
from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.compare import comparison
from kiosk.forms.xpath.context import Closure, Context
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.function import Compiled, as_boolean, as_number, as_text, call
from kiosk.forms.xpath.lookup import lookup_path
from kiosk.forms.xpath.node import Node, in_order
from kiosk.forms.xpath.registry import function_named
from kiosk.forms.xpath.values import Value

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


def compile_tree(tree: Tree) -> Compiled:
    """Compile any tree; ``XPathError`` where it can never run (unknown function, wrong kind)."""
    return _BY_KIND[tree[0]](tree)


def compile_text(tree: Tree) -> Closure:
    """Compile a tree whose result is wanted as a text."""
    return as_text(compile_tree(tree))


def compile_boolean(tree: Tree) -> Closure:
    """Compile a tree whose result is wanted as true or false."""
    return as_boolean(compile_tree(tree))


def compile_number(tree: Tree) -> Closure:
    """Compile a tree whose result is wanted as a number."""
    return as_number(compile_tree(tree))


def compile_nodes(tree: Tree) -> Closure:
    """Compile a tree whose result must be a node set."""
    compiled = compile_tree(tree)
    if compiled.kind not in ("nodes", "any"):
        raise XPathError("a node set is needed")
    return compiled.run


def _constant(tree: Tree) -> Compiled:
    value = tree[1]
    return Compiled("num" if tree[0] == "num" else "str", lambda context: value)


def _number(tree: Tree) -> Compiled:
    return _constant(["num", float(tree[1])])


def _variable(tree: Tree) -> Compiled:
    raise XPathError(f"variable ${tree[1]}")


def _failure(tree: Tree) -> Compiled:
    words = tree[1]

    def run(context: Context) -> Value:
        raise XPathError(words)

    return Compiled("any", run)


def _negative(tree: Tree) -> Compiled:
    number = compile_number(tree[1])
    return Compiled("num", lambda context: -number(context))


def _operation(tree: Tree) -> Compiled:
    _, sign, left_tree, right_tree = tree
    left, right = compile_tree(left_tree), compile_tree(right_tree)
    if sign in _COMPARISONS:
        return Compiled("bool", comparison(sign, left, right))
    if sign in ("and", "or"):
        return Compiled("bool", _logic(sign, as_boolean(left), as_boolean(right)))
    if sign == "|":
        return _union(left, right)
    return Compiled("num", _ARITHMETIC[sign](as_number(left), as_number(right)))


def _logic(sign: str, one: Closure, other: Closure) -> Closure:
    if sign == "and":
        return lambda context: one(context) and other(context)
    return lambda context: one(context) or other(context)


def _union(left: Compiled, right: Compiled) -> Compiled:
    for side in (left, right):
        if side.kind not in ("nodes", "any"):
            raise XPathError("| joins node sets only")
    one, other = left.run, right.run
    return Compiled("nodes", lambda context: in_order([*one(context), *other(context)]))


def _add(one: Closure, other: Closure) -> Closure:
    return lambda context: one(context) + other(context)


def _subtract(one: Closure, other: Closure) -> Closure:
    return lambda context: one(context) - other(context)


def _multiply(one: Closure, other: Closure) -> Closure:
    return lambda context: one(context) * other(context)


def _divide(one: Closure, other: Closure) -> Closure:
    return lambda context: divided(one(context), other(context))


def _modulo(one: Closure, other: Closure) -> Closure:
    return lambda context: remainder(one(context), other(context))


def divided(one: float, other: float) -> float:
    """IEEE 754 division: by zero gives an infinity or NaN."""
    if other != 0:
        return one / other
    if one == 0 or one != one:
        return math.nan
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def remainder(one: float, other: float) -> float:
    """The remainder with the sign of the dividend (XPath 1.0 §3.5)."""
    if other == 0 or math.isinf(one) or one != one or other != other:
        return math.nan
    return math.fmod(one, other)


_ARITHMETIC: dict[str, Callable[[Closure, Closure], Closure]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "div": _divide,
    "mod": _modulo,
}


def _call(tree: Tree) -> Compiled:
    function = function_named(tree[1])
    arguments = tree[2:]
    if function is None:
        raise XPathError(f"unknown function {tree[1]}()")
    if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
        raise XPathError(f"{tree[1]}() does not take {len(arguments)} arguments")
    if function.build is not None:
        return function.build(compile_tree, arguments)
    compiled = [compile_tree(argument) for argument in arguments]
    for place, argument in enumerate(compiled):
        letter = function.params[min(place, len(function.params) - 1)]
        if letter == "N" and argument.kind not in ("nodes", "any"):
            raise XPathError(f"{tree[1]}() needs a node set")
    return Compiled(function.result, call(function, compiled))


def _path(tree: Tree) -> Compiled:
    return lookup_path(tree, compile_tree) or steps.path(tree, compile_tree)


def _filter(tree: Tree) -> Compiled:
    return steps.filtered(tree, compile_tree)


def _self(tree: Tree) -> Compiled:
    def nodes(context: Context) -> list[Node]:
        return [context.node]

    return Compiled("nodes", nodes, lambda context: context.node.value)


def _reference(tree: Tree) -> Compiled:
    item = tree[1]

    def nodes(context: Context) -> list[Node]:
        node = context.world.item_node(item)
        return [node] if node.relevant else []

    def text(context: Context) -> str:
        node = context.world.item_node(item)
        return node.value if node.relevant else ""

    return Compiled("nodes", nodes, text)


def _row(tree: Tree) -> Compiled:
    ups, names = tree[1], tree[2]

    def reach(context: Context) -> Node | None:
        node: Node | None = context.current
        for _ in range(ups):
            node = node.parent if node is not None else None
        for name in names:
            node = node.child(name) if node is not None else None
        return node

    def nodes(context: Context) -> list[Node]:
        node = reach(context)
        return [node] if node is not None and node.relevant else []

    def text(context: Context) -> str:
        node = reach(context)
        return node.value if node is not None and node.relevant else ""

    return Compiled("nodes", nodes, text)


_BY_KIND: dict[str, Callable[[Any], Compiled]] = {
    "num": _number,
    "str": _constant,
    "var": _variable,
    "neg": _negative,
    "op": _operation,
    "call": _call,
    "path": _path,
    "filter": _filter,
    "ref": _reference,
    "row": _row,
    "self": _self,
    "fail": _failure,
}
