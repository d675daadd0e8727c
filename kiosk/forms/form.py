"""A compiled form: read from JSON, its expressions turned into closures when first needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kiosk.domain.errors import WorldError
from kiosk.forms.outline import Outline, outline_of
from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.compile import (
    compile_boolean,
    compile_nodes,
    compile_number,
    compile_text,
    compile_tree,
)
from kiosk.forms.xpath.context import Closure
from kiosk.forms.xpath.node import ROOT, Node

FORMAT = 1
"""Version of the compiled form's JSON."""
Row = Mapping[str, str]
Lists = Callable[[str], Sequence[Row]]
"""Gives the rows of an external list by its file name, such as ``tinh.csv``."""
Item = Mapping[str, Any]
_COMPILERS: dict[str, Callable[[Tree], Closure]] = {
    "boolean": compile_boolean,
    "text": compile_text,
    "number": compile_number,
    "nodes": compile_nodes,
    "any": lambda tree: compile_tree(tree).run,
}


class FormRule(NamedTuple):
    """One expression of one item; rules are sorted by level."""

    kind: str
    item: int
    tree: int
    level: int
    repeat: int = -1
    """The repeat whose rows a ``count`` decides; ``item`` is then what holds them."""


@dataclass
class Form:
    """A compiled form. Shared by all sessions that fill it; nothing in it changes but its caches."""

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    language: str
    """The language that is used when the wanted one is missing."""
    items: list[Item]
    rules: list[FormRule]
    readers: dict[int, list[tuple[int, int]]]
    """For each item the rules that read it, and how many repeat rows they share with it."""
    body: list[Any]
    texts: list[Mapping[str, Any]]
    events: list[Mapping[str, Any]]
    data: Mapping[str, Any]
    lists: Lists
    outline: Outline
    by_name: dict[str, int]
    seen: frozenset[int] | None = None
    """Items whose appearing matters even while they are empty; ``None``: any may."""
    _closures: dict[tuple[int, str], Closure] = field(default_factory=dict)
    _instances: dict[str, Node] = field(default_factory=dict)

    def closure(self, tree: int, kind: str) -> Closure:
        """The expression of that number, for a result of kind boolean, text, number, nodes or any."""
        known = self._closures.get((tree, kind))
        if known is None:
            known = _COMPILERS[kind](self.data["trees"][tree])
            self._closures[tree, kind] = known
        return known

    def instance(self, name: str) -> Node | None:
        """The document of a secondary instance; ``None`` if the form declares none of that name."""
        if name not in self._instances:
            declared = self.data["instances"].get(name)
            if declared is None:
                return None
            self._instances[name] = _document(declared, self.lists)
        return self._instances[name]

    def read_lists(self) -> None:
        """Read its lists now, where nobody waits: 3,321 communes take as long as a page."""
        for name, declared in self.data["instances"].items():
            if "file" in declared:
                self.instance(name)


def no_lists(name: str) -> Sequence[Row]:
    """For forms without external lists."""
    raise WorldError("form.list_missing", list=name)


def load_form(data: Mapping[str, Any], lists: Lists = no_lists) -> Form:
    """A form from its compiled JSON; ``ValueError`` if it is damaged or made by another program version."""
    if data.get("format") != FORMAT:
        raise ValueError(f"format {data.get('format')!r} instead of {FORMAT}")
    try:
        return _form(data, lists)
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("damaged form") from error


def _form(data: Mapping[str, Any], lists: Lists) -> Form:
    items = data["items"]
    readers: dict[int, list[tuple[int, int]]] = {}
    rules = []
    for number, (kind, item, tree, level, reads, *repeat) in enumerate(data["rules"]):
        rules.append(FormRule(kind, item, tree, level, *repeat))
        for one, shared in reads:
            known = readers.get(one)
            if known is None:
                readers[one] = [(number, shared)]
            else:
                known.append((number, shared))
    return Form(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        languages=tuple(data["languages"]),
        language=data["language"],
        items=items,
        rules=rules,
        readers=readers,
        body=data["body"],
        texts=data["texts"],
        events=data["events"],
        data=data,
        lists=lists,
        outline=outline_of(items),
        seen=frozenset(data["seen"]) if "seen" in data else None,
        by_name={item["as"]: number for number, item in enumerate(items) if "as" in item},
    )


def _document(declared: Mapping[str, Any], lists: Lists) -> Node:
    document = Node("", kind=ROOT)
    if "tree" in declared:
        _grow(document, declared["tree"])
        return document
    root = document.append(Node(declared.get("root", "root")))
    rows = lists(declared["file"]) if "file" in declared else declared["rows"]
    name = declared.get("item", "item")
    nothing: list[Node] = []
    for row in rows:
        item = root.append(Node(name))
        for column, value in row.items():
            item.append(Node(column, value)).children = nothing  # ten thousand lists would take a MB
    return document


def _grow(parent: Node, tree: Sequence[Any]) -> None:
    """``[name, text or list of trees, attributes]`` as nodes."""
    name, inside = tree[0], tree[1]
    node = parent.append(Node(name))
    if len(tree) > 2:
        node.attributes = [Node(key, value, 2, node) for key, value in tree[2].items()]
    if isinstance(inside, str):
        node.value = inside
        return
    for one in inside:
        _grow(node, one)
