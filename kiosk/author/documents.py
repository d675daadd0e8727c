"""Any XML as nodes that expressions run over, and the world around them: instances, prefixes, time."""

import random
from collections.abc import Iterator
from datetime import datetime
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from kiosk.author.xform import XFormError
from kiosk.domain.clock import VIETNAM, Clock
from kiosk.forms.xpath.node import ATTRIBUTE, COMMENT, ELEMENT, INSTRUCTION, NAMESPACE, ROOT, TEXT, Node

_XMLNS = "http://www.w3.org/2000/xmlns/"
_KINDS = {
    minidom.Node.TEXT_NODE: TEXT,
    minidom.Node.CDATA_SECTION_NODE: TEXT,
    minidom.Node.COMMENT_NODE: COMMENT,
    minidom.Node.PROCESSING_INSTRUCTION_NODE: INSTRUCTION,
}


class DocumentWorld:
    """An XML document as expressions see it. Of an XForm it is the primary instance that they run over."""

    def __init__(self, xml: str, clock: Clock) -> None:
        whole = read_document(xml)
        self._clock = clock
        self.zone = clock.now().tzinfo or VIETNAM
        self._random = random.Random()  # noqa: S311 -- shuffles, guards nothing
        self._prefixes = {one.name: one.value for node in _all(whole) for one in node.attributes or []
                          if one.kind == NAMESPACE}  # fmt: skip
        self._instances = {name: _alone(node) for node in _all(whole) if (name := _instance_id(node))}
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

    def text(self, key: str) -> str:
        return key

    def random(self) -> float:
        return self._random.random()

    def prefix(self, name: str) -> str:
        return self._prefixes.get(name, "")


def read_document(xml: str) -> Node:
    """The document node of a text; ``XFormError`` not_xml or doctype."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise XFormError("doctype")
    try:
        parsed = minidom.parseString(xml.strip().encode())  # noqa: S318 -- document types are refused above
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


def _instance_id(node: Node) -> str:
    if node.name != "instance":
        return ""
    ids = [one.value for one in node.attributes or [] if one.name == "id"]
    return ids[0] if ids else ""


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
