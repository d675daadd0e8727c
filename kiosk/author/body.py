"""The body of an XForm: which questions are asked, how, and in which order."""

from collections.abc import Iterator
from typing import Any

from kiosk.author.xform import HTML, JR, Element, elements, first, local
from kiosk.forms.outline import Outline

CONTROLS = frozenset(
    {"input", "select1", "select", "rank", "range", "trigger", "upload", "secret", "textarea"}
)
_PARAMETERS = ("start", "end", "step", "rows", "mediatype", "accept")


def controls(body: Element) -> Iterator[Element]:
    """All controls, groups and repeats, outer ones first."""
    for element in elements(body):
        if local(element) in CONTROLS or local(element) in ("group", "repeat"):
            yield element
        if is_open(element):
            yield from controls(element)


def is_open(element: Element) -> bool:
    """Whether questions may stand in an element: a group, a repeat, or HTML that only lays them out."""
    return local(element) in ("group", "repeat") or element.tag.startswith(HTML)


def target(element: Element) -> str:
    """The path that a control stands for; empty for a group that only groups."""
    return (element.get("ref") or element.get("nodeset") or "").strip()


def repeat_paths(body: Element) -> set[str]:
    """The absolute paths of all repeats."""
    return {_without_prefixes(target(one)) for one in controls(body) if local(one) == "repeat"}


def _without_prefixes(path: str) -> str:
    return "/".join(part.rpartition(":")[2] for part in path.split("/"))


def read_body(body: Element, outline: Outline, context: int = 0) -> list[Any]:
    """Numbers of questions, and groups and repeats as ``{item, page, label, inside}``."""
    found: list[Any] = []
    for element in elements(body):
        kind = local(element)
        if kind in CONTROLS:
            item = outline.find(target(element), context)
            if item is not None:
                found.append(item)
        elif kind == "group":
            found.append(_group(element, outline, context))
        elif kind == "repeat":
            found.extend(_repeat(element, outline, context))
        elif is_open(element):
            found.extend(read_body(element, outline, context))
    return found


def _group(element: Element, outline: Outline, context: int) -> dict[str, Any]:
    item = outline.find(target(element), context) if target(element) else None
    inner = context if item is None else item
    group: dict[str, Any] = {"inside": read_body(element, outline, inner)}
    if item is not None:
        group["item"] = item
    if "field-list" in element.get("appearance", "").split():
        group["page"] = True
    label = first(element, "label")
    if label is not None:
        group["label"] = label
    if item is not None and outline.is_repeat[item]:
        return _around_repeat(group)
    return group


def _around_repeat(group: dict[str, Any]) -> dict[str, Any]:
    """pyxform puts a group with the same ref around a repeat, only to give it a label."""
    del group["item"]
    only = group["inside"]
    if len(only) == 1 and isinstance(only[0], dict) and "repeat" in only[0]:
        if "label" in group:
            only[0].setdefault("label", group["label"])
        inner: dict[str, Any] = only[0]
        return inner
    return group


def _repeat(element: Element, outline: Outline, context: int) -> list[dict[str, Any]]:
    """Nothing for a repeat of a node that the form does not have, or that cannot be repeated."""
    item = outline.find(target(element), context)
    if item is None or not outline.is_repeat[item]:
        return []
    return [{"repeat": item, "inside": read_body(element, outline, item)}]


def parameters(element: Element) -> dict[str, str]:
    """Attributes of a control that its widget needs."""
    return {name: element.get(name, "") for name in _PARAMETERS if element.get(name)}


def is_fixed(element: Element) -> bool:
    """Whether only the form decides how many rows a repeat has."""
    return bool(element.get(f"{JR}count")) or element.get(f"{JR}noAddRemove", "").strip() == "true()"
