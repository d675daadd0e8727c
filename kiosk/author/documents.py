"""Any XML as nodes that expressions run over, and the world around them: instances, prefixes, time."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from kiosk.author.xform import XFormError
from kiosk.domain.clock import VIETNAM, Clock
from kiosk.forms.xpath.ast import Tree, walk
from kiosk.forms.xpath.node import (
    ATTRIBUTE,
    COMMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    ROOT,
    TEXT,
    Node,
    text_of,
)

_XMLNS = "http://www.w3.org/2000/xmlns/"
_KNOWN_PREFIXES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "xf": "http://www.w3.org/2002/xforms",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""Prefixes that mean the same wherever forms are written, for a document that does not declare them."""
_KINDS = {
    minidom.Node.TEXT_NODE: TEXT,
    minidom.Node.CDATA_SECTION_NODE: TEXT,
    minidom.Node.COMMENT_NODE: COMMENT,
    minidom.Node.PROCESSING_INSTRUCTION_NODE: INSTRUCTION,
}


class DocumentWorld:
    """An XML document as expressions see it. Of an XForm it is the primary instance that they run over,
    unless an expression names the way to it from the very top (``/model/instance[1]/data``)."""

    def __init__(self, xml: str, clock: Clock) -> None:
        whole = read_document(xml)
        self._whole = whole
        self._clock = clock
        self.zone = clock.now().tzinfo or VIETNAM
        self._random = random.Random()  # noqa: S311 -- shuffles, guards nothing
        self._prefixes = {one.name: one.value for node in _all(whole) for one in node.attributes or []
                          if one.kind == NAMESPACE}  # fmt: skip
        self._instances = {name: _alone(node) for node in _all(whole) if (name := _instance_id(node))}
        self._texts = _texts(whole)
        self._document = _primary(whole)

    def now(self) -> datetime:
        return self._clock.now()

    def document(self) -> Node:
        return self._document

    def instance(self, name: str) -> Node | None:
        return self._instances.get(name)

    def item_node(self, item: int) -> Node:
        raise LookupError(item)

    def choice_label(self, node: Node | None, path: str, value: str) -> str:  # noqa: ARG002 -- knows no choices
        return value

    def from_the_top(self, trees: Sequence[Tree]) -> None:
        """Let absolute paths start at the top of the XForm if one of them begins with its first element."""
        tops = {name for node in self._whole.children if node.kind == ELEMENT for name in _both_names(node)}
        if tops & {name for tree in trees for name in _first_names(tree)}:
            self._document = self._whole

    def text(self, key: str) -> str:
        return self._texts.get(key, key)

    def version(self) -> str:
        root = next((node for node in self._document.children if node.kind == ELEMENT), None)
        return _attribute_of(root, "version") if root is not None else ""

    def random(self) -> float:
        return self._random.random()

    def prefix(self, name: str) -> str:
        return self._prefixes.get(name) or _KNOWN_PREFIXES.get(name, "")


def read_document(xml: str) -> Node:
    """The document node of a text; ``XFormError`` not_xml, or doctype where it declares entities (a few of
    them unfold to gigabytes). Nothing outside the text is ever read."""
    if "<!ENTITY" in xml:
        raise XFormError("doctype")
    try:
        parsed = minidom.parseString(xml.strip())  # noqa: S318 -- entities are refused above
    except (ExpatError, ValueError) as error:
        raise XFormError("not_xml", detail=str(error)) from error
    document = Node("", kind=ROOT)
    _grow(document, parsed)
    return document


def _grow(parent: Node, source: minidom.Node) -> None:
    for child in source.childNodes:
        if isinstance(child, minidom.Element):
            node = parent.append(_named(child, ELEMENT))
            node.attributes = [_attribute(one, node) for one in child.attributes.values()] or None
            _grow(node, child)
        elif child.nodeType in _KINDS:
            parent.append(Node(_target(child), child.nodeValue or "", _KINDS[child.nodeType]))
    if parent.kind == ELEMENT and parent.children and all(one.kind == TEXT for one in parent.children):
        parent.value = "".join(one.value for one in parent.children)


def _target(child: minidom.Node) -> str:
    return child.nodeName or "" if child.nodeType == minidom.Node.PROCESSING_INSTRUCTION_NODE else ""


def _named(source: minidom.Element | minidom.Attr, kind: int) -> Node:
    node = Node(source.localName or source.nodeName, kind=kind)
    node.prefix, node.uri = source.prefix or "", source.namespaceURI or ""
    return node


def _attribute(source: minidom.Attr, parent: Node) -> Node:
    node = _named(source, NAMESPACE if source.namespaceURI == _XMLNS else ATTRIBUTE)
    if node.kind == NAMESPACE and not node.prefix:
        node.name = ""
    node.value, node.parent = source.value, parent
    return node


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _both_names(node: Node) -> tuple[str, str]:
    return node.name, f"{node.prefix}:{node.name}"


def _first_names(tree: Tree) -> Iterator[str]:
    """The first step of each absolute path in a tree, where it is a plain child."""
    for part in walk(tree):
        if part[0] == "path" and part[1] == "/" and part[2]:
            step = part[2][0]
            yield step if isinstance(step, str) else step[1]


def _texts(whole: Node) -> dict[str, str]:
    """The texts of the default language, or of the first one, by id."""
    languages = [node for node in _all(whole) if node.name == "translation"]
    chosen = next((one for one in languages for each in one.attributes or [] if each.name == "default"), None)
    entries = [one for language in [chosen or next(iter(languages), None)] if language
               for one in language.children if one.name == "text"]  # fmt: skip
    return {
        _attribute_of(one, "id"): text_of(value)
        for one in entries
        if (value := one.child("value")) is not None
    }


def _attribute_of(node: Node, name: str) -> str:
    return next((one.value for one in node.attributes or [] if one.name == name), "")


def _instance_id(node: Node) -> str:
    if node.name != "instance":
        return ""
    return _attribute_of(node, "id")


def _alone(element: Node) -> Node:
    """A document of what stands inside an element."""
    document = Node("", kind=ROOT)
    for child in element.children:
        if child.kind == ELEMENT:
            document.append(child)
    return document


def _primary(whole: Node) -> Node:
    """Of an XForm (or a model) the first instance, else the document itself."""
    model = next((node for node in _all(whole) if node.name == "model" and node.kind == ELEMENT), None)
    first = model.child("instance") if model is not None else None
    return whole if first is None else _alone(first)
