"""Reads ODK XForm XML into plain records; nothing is interpreted yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

XFORMS = "http://www.w3.org/2002/xforms"
HTML = "{http://www.w3.org/1999/xhtml}"
_ROSA = "http://openrosa.org/javarosa"
JR = f"{{{_ROSA}}}"
Element = ElementTree.Element
ACTIONS = ("setvalue", "setgeopoint", "setlocation", "recordaudio")
"""What an event may do; only the first is within a point's reach."""
_DECLARES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[")
"""A document type with declarations of its own; a bare one (``<!DOCTYPE html>``) says nothing."""


class XFormError(Exception):
    """The file is no ODK XForm. ``code`` names what is missing."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: {params}")
        self.code = code
        self.params = params


@dataclass
class XForm:
    """The parts of an XForm document."""

    title: str
    instance: Element
    """The top element of the primary instance."""
    secondary: dict[str, Element]
    """``<instance>`` elements by id."""
    binds: list[Element]
    translations: list[Element]
    actions: list[Element]
    """``ACTIONS`` that stand in the model."""
    body: Element
    prefixes: dict[str, str] = field(default_factory=dict)


def local(element: Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(parent: Element, *names: str) -> Iterator[Element]:
    """Child elements of these local names (all if none are named)."""
    for child in parent:
        if isinstance(child.tag, str) and (not names or local(child) in names):
            yield child


def first(parent: Element, name: str) -> Element | None:
    """The first child element of a local name."""
    return next(elements(parent, name), None)


def parse_xml(raw: bytes) -> Element:
    """The top element of a document that declares nothing of its own; ``XFormError``."""
    if _DECLARES.search(raw.replace(b"\0", b"")):
        raise XFormError("doctype")
    try:
        return ElementTree.fromstring(raw)  # noqa: S314 -- documents that declare entities are refused above
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise XFormError("not_xml", detail=str(error)) from error


def read_xform(text: str | bytes) -> XForm:
    """Read an XForm; raises ``XFormError`` for anything that is not one."""
    top = parse_xml(text.encode() if isinstance(text, str) else text)
    head, body = first(top, "head"), first(top, "body")
    model = first(head, "model") if head is not None else None
    if head is None or body is None or model is None:
        raise XFormError("not_xform")
    return _parts(head, model, body)


def _parts(head: Element, model: Element, body: Element) -> XForm:
    instances = list(elements(model, "instance"))
    primary = next(iter(instances[0]), None) if instances else None
    if primary is None:
        raise XFormError("no_instance")
    title, itext = first(head, "title"), first(model, "itext")
    return XForm(
        title=(title.text or "").strip() if title is not None else "",
        instance=primary,
        secondary={one.get("id", ""): one for one in instances[1:]},
        binds=list(elements(model, "bind")),
        translations=list(elements(itext, "translation")) if itext is not None else [],
        actions=list(elements(model, *ACTIONS)),
        body=body,
    )
