"""The thirteen axes of XPath 1.0 §2.2; reverse axes give the nearest node first."""

from collections.abc import Callable, Iterator

from kiosk.forms.xpath.node import ATTRIBUTE, ELEMENT, NAMESPACE, ROOT, TEXT, Node

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
Axis = Callable[[Node], list[Node]]


def child(node: Node) -> list[Node]:
    """The children, the text of a leaf among them."""
    if node.children or not node.value or node.kind != ELEMENT:
        return node.children
    return [Node("", node.value, TEXT, node)]


def parent(node: Node) -> list[Node]:
    return [] if node.parent is None else [node.parent]


def itself(node: Node) -> list[Node]:
    return [node]


def attribute(node: Node) -> list[Node]:
    """Attributes; declarations of namespaces are none (§5.3)."""
    return [one for one in node.attributes or () if one.kind == ATTRIBUTE]


def descendant(node: Node) -> list[Node]:
    return list(_below(node))


def descendant_or_self(node: Node) -> list[Node]:
    return [node, *_below(node)]


def ancestor(node: Node) -> list[Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def ancestor_or_self(node: Node) -> list[Node]:
    return [node, *ancestor(node)]


def following_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[place + 1 :]


def preceding_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[:place][::-1] if place > 0 else []


def following(node: Node) -> list[Node]:
    found: list[Node] = []
    if node.kind in (ATTRIBUTE, NAMESPACE) and node.parent is not None:
        node = node.parent
        found.extend(_below(node))
    for level in ancestor_or_self(node):
        for sibling in following_sibling(level):
            found.append(sibling)
            found.extend(_below(sibling))
    return found


def preceding(node: Node) -> list[Node]:
    if node.kind in (ATTRIBUTE, NAMESPACE) and node.parent is not None:
        node = node.parent
    found: list[Node] = []
    for level in ancestor_or_self(node):
        for sibling in preceding_sibling(level):
            found.extend(reversed([sibling, *_below(sibling)]))
    return found


def namespace(node: Node) -> list[Node]:
    """The prefixes in force at an element; each is a node of its own."""
    if node.kind != ELEMENT:
        return []
    found = {"xml": XML_NAMESPACE}
    for level in reversed(ancestor_or_self(node)):
        for declared in level.attributes or []:
            if declared.kind == NAMESPACE:
                found[declared.name] = declared.value
    names = sorted(found, key=bool)  # the default namespace first, the others as they were declared
    return [Node(name, found[name], NAMESPACE, node) for name in names if found[name]]


def _below(node: Node) -> Iterator[Node]:
    for one in child(node):
        yield one
        if one.kind == ELEMENT:
            yield from _below(one)


def _siblings(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind in (ATTRIBUTE, NAMESPACE, ROOT):
        return [], 0
    siblings = node.parent.children
    for place, sibling in enumerate(siblings):
        if sibling is node:
            return siblings, place
    return [], 0


AXES: dict[str, Axis] = {
    "ancestor": ancestor,
    "ancestor-or-self": ancestor_or_self,
    "attribute": attribute,
    "child": child,
    "descendant": descendant,
    "descendant-or-self": descendant_or_self,
    "following": following,
    "following-sibling": following_sibling,
    "namespace": namespace,
    "parent": parent,
    "preceding": preceding,
    "preceding-sibling": preceding_sibling,
    "self": itself,
}
REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
KEEPS_ORDER = frozenset({"self", "attribute", "child", "namespace"})
"""Axes whose results from nodes side by side are in document order already."""
