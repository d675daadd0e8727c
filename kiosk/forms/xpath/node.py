"""Nodes of an XML tree as XPath sees them: the form's instance, choice lists, any document."""

from collections.abc import Iterator

ROOT, ELEMENT, ATTRIBUTE, TEXT, COMMENT, INSTRUCTION, NAMESPACE = range(7)


class Node:
    """One node. A leaf element keeps its text in ``value``; other elements have ``children``.

    ``relevant`` already counts the relevance of all ancestors. ``attributes`` is ``None`` for most.
    """

    __slots__ = ("attributes", "children", "kind", "name", "parent", "prefix", "relevant", "uri", "value")

    def __init__(self, name: str, value: str = "", kind: int = ELEMENT, parent: "Node | None" = None) -> None:
        self.name = name
        self.value = value
        self.kind = kind
        self.parent = parent
        self.children: list[Node] = []
        self.attributes: list[Node] | None = None
        self.relevant = True
        self.prefix = ""
        self.uri = ""

    def append(self, child: "Node") -> "Node":
        """Put a child at the end and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def child(self, name: str) -> "Node | None":
        """The first child element with this local name."""
        for node in self.children:
            if node.name == name and node.kind == ELEMENT:
                return node
        return None


def text_of(node: Node) -> str:
    """The string-value of a node (XPath 1.0 §5)."""
    if not node.children or node.kind > ELEMENT:
        return node.value
    return "".join(_texts(node))


def _texts(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.kind == TEXT:
            yield child.value
        elif child.kind == ELEMENT:
            if child.children:
                yield from _texts(child)
            else:
                yield child.value


def root_of(node: Node) -> Node:
    """The document (or topmost element) that a node belongs to."""
    while node.parent is not None:
        node = node.parent
    return node


def order_key(node: Node) -> tuple[int, ...]:
    """Sorts nodes of one document into document order."""
    steps: list[int] = []
    while node.parent is not None:
        steps.append(_place(node, node.parent))
        node = node.parent
    steps.append(id(node))
    return tuple(reversed(steps))


def _place(node: Node, parent: Node) -> int:
    if node.kind in (ATTRIBUTE, NAMESPACE):
        return -10_000 + (parent.attributes or []).index(node) if node.kind == ATTRIBUTE else -20_000
    for place, child in enumerate(parent.children):
        if child is node:
            return place
    return 0


def in_order(nodes: list[Node]) -> list[Node]:
    """Each node once, in document order."""
    unique = list({_identity(node): node for node in nodes}.values())
    if len(unique) < 2:
        return unique
    places: dict[int, dict[int, int]] = {}
    return sorted(unique, key=lambda node: _fast_key(node, places))


def _identity(node: Node) -> int:
    """The text of a leaf is made anew whenever it is asked for, and yet it is one node."""
    parent = node.parent
    return -id(parent) if node.kind == TEXT and parent is not None and not parent.children else id(node)


def _fast_key(node: Node, places: dict[int, dict[int, int]]) -> tuple[int, ...]:
    steps: list[int] = []
    while node.parent is not None:
        parent = node.parent
        if node.kind in (ATTRIBUTE, NAMESPACE):
            steps.append(_place(node, parent))
        else:
            index = places.get(id(parent))
            if index is None:
                index = {id(child): place for place, child in enumerate(parent.children)}
                places[id(parent)] = index
            steps.append(index.get(id(node), -1))
        node = parent
    steps.append(id(node))
    steps.reverse()
    return tuple(steps)
