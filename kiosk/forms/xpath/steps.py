"""Location paths: steps, node tests and predicates as closures over lists of nodes."""

from collections.abc import Callable
from typing import Any

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.axes import AXES, KEEPS_ORDER, REVERSE
from kiosk.forms.xpath.context import Closure, Context
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.function import Compile, Compiled
from kiosk.forms.xpath.node import (
    ATTRIBUTE,
    COMMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    TEXT,
    Node,
    in_order,
)
from kiosk.forms.xpath.values import to_boolean

Step = Callable[[list[Node], Context], list[Node]]
Test = Callable[[Node, Context], bool]
XHTML = "http://www.w3.org/1999/xhtml"
"""Elements of this namespace need a prefix in a path. Those of any other default namespace do not: the
instance of a form is of the namespace of XForms, and its paths name none."""
_TYPES = {"text": TEXT, "comment": COMMENT, "processing-instruction": INSTRUCTION}


def path(tree: Tree, compile_: Compile) -> Compiled:
    """A location path; nodes of irrelevant questions are left out of its result."""
    start = _start(tree[1], compile_)
    steps = _steps(tree[2], compile_, starts_single=not isinstance(tree[1], list))

    def run(context: Context) -> list[Node]:
        nodes = start(context)
        for step in steps:
            nodes = step(nodes, context)
        return [node for node in nodes if node.relevant]

    return Compiled("nodes", run)


def unfiltered(tree: Tree, compile_: Compile) -> Closure:
    """A path whose irrelevant nodes count too: what ``position(..)`` looks at."""
    if tree[0] != "path":
        return compile_(tree).run
    start = _start(tree[1], compile_)
    steps = _steps(tree[2], compile_, starts_single=True)

    def run(context: Context) -> list[Node]:
        nodes: list[Node] = start(context)
        for step in steps:
            nodes = step(nodes, context)
        return nodes

    return run


def filtered(tree: Tree, compile_: Compile) -> Compiled:
    """A node set in brackets with predicates after it: their positions follow document order."""
    inner = compile_(tree[1])
    if inner.kind not in ("nodes", "any"):
        raise XPathError("a predicate needs a node set")
    predicates = [predicate(one, compile_) for one in tree[2]]

    def run(context: Context) -> list[Node]:
        nodes: list[Node] = inner.run(context)
        for one in predicates:
            nodes = one(nodes, context)
        return nodes

    return Compiled("nodes", run)


def _start(start: Any, compile_: Compile) -> Closure:
    if start == "/":
        return _document
    if start == ".":
        return lambda context: [context.node]
    compiled = compile_(start)
    if compiled.kind not in ("nodes", "any"):
        raise XPathError("a path needs a node set to start from")
    return compiled.run


def _document(context: Context) -> list[Node]:
    return [context.world.document()]


def _steps(steps: list[Any], compile_: Compile, starts_single: bool) -> list[Step]:
    found: list[Step] = []
    single, nested = starts_single, not starts_single
    for step in steps:
        axis = _axis_of(step)
        found.append(_step(step, compile_, sort=not single and (nested or axis not in KEEPS_ORDER)))
        single = single and axis in ("self", "parent")
        nested = nested or axis not in KEEPS_ORDER | {"parent"}
    return found


def _axis_of(step: Any) -> str:
    if step == ".":
        return "self"
    if step == "..":
        return "parent"
    return "child" if isinstance(step, str) else str(step[0])


def _step(step: Any, compile_: Compile, sort: bool) -> Step:
    if step == ".":
        return lambda nodes, context: nodes
    if step == "..":
        return _parents
    if isinstance(step, str):
        plain = _children(step)
        return (lambda nodes, context: in_order(plain(nodes, context))) if sort else plain
    return _full_step(step, compile_, sort)


def _parents(nodes: list[Node], context: Context) -> list[Node]:
    if len(nodes) == 1:
        above = nodes[0].parent
        return [] if above is None else [above]
    return in_order([node.parent for node in nodes if node.parent is not None])


def _children(name: str) -> Step:
    if ":" in name:
        test = node_test(name, ELEMENT)
        return lambda nodes, context: [c for node in nodes for c in node.children if test(c, context)]

    def step(nodes: list[Node], context: Context) -> list[Node]:
        return [
            one
            for node in nodes
            for one in node.children
            if one.name == name and one.kind == ELEMENT and not one.prefix and one.uri != XHTML
        ]

    return step


def _full_step(step: list[Any], compile_: Compile, sort: bool) -> Step:
    name, test_text, trees = step
    axis = AXES[name]
    principal = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(name, ELEMENT)
    test = node_test(test_text, principal)
    predicates = [predicate(one, compile_) for one in trees]
    reverse = name in REVERSE

    def run(nodes: list[Node], context: Context) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            hits = [one for one in axis(node) if test(one, context)]
            for one in predicates:
                hits = one(hits, context)
            found.extend(reversed(hits) if reverse else hits)
        return in_order(found) if sort else found

    return run


def node_test(text: str, principal: int) -> Test:
    """Whether a node passes a test such as ``name``, ``p:*`` or ``text()``."""
    if text == "node()":
        return lambda node, context: True
    if text.endswith(")"):
        return _type_test(text)
    prefix, colon, local = text.rpartition(":")
    if not colon:
        if local == "*":
            return lambda node, context: node.kind == principal and _is_data(node)
        return lambda node, context: (
            node.name == local and node.kind == principal and not node.prefix and node.uri != XHTML
        )

    def test(node: Node, context: Context) -> bool:
        if node.kind != principal or local not in ("*", node.name):
            return False
        uri = context.world.prefix(prefix)
        return node.uri == uri if uri else node.prefix == prefix

    return test


def _is_data(node: Node) -> bool:
    return node.name != "" or node.kind != ELEMENT


def _type_test(text: str) -> Test:
    name, _, target = text[:-1].partition("(")
    kind = _TYPES[name]
    if target:
        return lambda node, context: node.kind == kind and node.name == target
    return lambda node, context: node.kind == kind


def predicate(tree: Tree, compile_: Compile) -> Step:
    """A predicate: a number is a position, everything else a condition (XPath 1.0 §2.4)."""
    if tree[0] == "num":
        return _at(tree[1])
    compiled = compile_(tree)
    run = compiled.run
    if compiled.kind == "bool":
        return _where(run)
    if compiled.kind in ("num", "any"):
        return _where_or_at(run)
    return _where(lambda context: to_boolean(run(context)))


def _at(number: float) -> Step:
    place = int(number) if number == number // 1 else 0
    return lambda nodes, context: nodes[place - 1 : place] if place > 0 else []


def _where(run: Closure) -> Step:
    def step(nodes: list[Node], context: Context) -> list[Node]:
        inner = context.inner()
        inner.size = len(nodes)
        found = []
        for place, node in enumerate(nodes, 1):
            inner.node = node
            inner.position = place
            if run(inner):
                found.append(node)
        return found

    return step


def _where_or_at(run: Closure) -> Step:
    def holds(context: Context) -> bool:
        value = run(context)
        if isinstance(value, float):
            return value == context.position
        return to_boolean(value)

    return _where(holds)
