"""Binds and controls of an XForm: what is known of each question."""

import re
from typing import Any

from kiosk.author.body import is_fixed, parameters, target
from kiosk.author.wiring import Wiring
from kiosk.author.xform import ACTIONS, JR, Element, elements, first, local

_RELATIVE = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_PREDICATE = re.compile(r"\[[^\]]*\]")
_TYPES = {
    "int": "int", "integer": "int", "long": "int",
    "decimal": "decimal", "double": "decimal", "float": "decimal",
    "date": "date", "time": "time", "datetime": "dateTime", "boolean": "boolean", "barcode": "barcode",
    "binary": "binary", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "intent": "intent", "odk:rank": "rank", "rank": "rank", "select": "select", "select1": "select1",
}  # fmt: skip
_KINDS = {
    "select": "select",
    "select1": "select1",
    "rank": "rank",
    "range": "range",
    "trigger": "trigger",
    "upload": "file",
}
_MESSAGES = (("constraintMsg", "constraint_message"), ("requiredMsg", "required_message"))


def read_bind(bind: Element, wiring: Wiring) -> None:
    """What a bind says of its item."""
    path = bind.get("nodeset", "")
    number = wiring.outline.find(path)
    if number is None:
        wiring.trees.note("bind_without_node", 0, "name", path, name=path, warning="yes")
        return
    item = wiring.items[number]
    item["type"] = _TYPES.get(bind.get("type", "string").removeprefix("xsd:").lower(), "string")
    for kind in ("relevant", "required", "readonly"):
        wiring.condition(kind, number, bind.get(kind, ""))
    _drop_constant(item)
    for kind in ("constraint", "calculate"):
        source = bind.get(kind, "").strip()
        if source and (tree := wiring.rule(kind, number, source)) is not None:
            item[kind] = tree
    for attribute, key in _MESSAGES:
        message = wiring.message(bind.get(f"{JR}{attribute}", ""), number)
        if message is not None:
            item[key] = message
    if portal_key := bind.get("portal_key", "").strip():
        item["portal_key"] = portal_key
    preload = bind.get(f"{JR}preload")
    if preload:
        item["preload"] = [preload, bind.get(f"{JR}preloadParams", "")]


def _drop_constant(item: dict[str, Any]) -> None:
    """Relevance lives in the rules only; required and readonly keep ``True`` where they are constant."""
    item.pop("relevant", None)
    for kind in ("required", "readonly"):
        if item.get(kind) is not True:
            item.pop(kind, None)


def read_control(element: Element, wiring: Wiring) -> None:
    """What a control of the body says of its item."""
    number = wiring.outline.find(target(element)) if target(element) else None
    if number is None:
        if target(element):
            wiring.trees.note(
                "control_without_node", 0, "name", target(element), name=target(element), warning="yes"
            )
        return
    kind = local(element)
    if kind == "repeat" and not wiring.outline.is_repeat[number]:
        wiring.trees.note("repeat_there", number, "type", name=wiring.outline.path(number))
    elif kind == "repeat":
        _repeat(element, number, wiring)
    elif kind == "group":
        _group(element, number, wiring)
    else:
        _question(element, number, kind, wiring)
    for action in elements(element, *ACTIONS):
        read_values(action, wiring, number)


def _repeat(element: Element, number: int, wiring: Wiring) -> None:
    item = wiring.items[number]
    item["kind"] = "repeat"
    if is_fixed(element):
        item["fixed"] = True
    count = element.get(f"{JR}count", "").strip()
    if count:
        wiring.rule("count", number, _from_group(count, number, wiring), "repeat_count")


def _from_group(count: str, number: int, wiring: Wiring) -> str:
    """The path of a count; JavaRosa reads a relative one from the group around the repeat, where nothing
    stands at it as seen from the repeat."""
    outline = wiring.outline
    if not _RELATIVE.fullmatch(count) or outline.find(count, number) is not None:
        return count
    found = outline.find(count, outline.parents[number])
    return count if found is None else outline.path(found)


def _group(element: Element, number: int, wiring: Wiring) -> None:
    item = wiring.items[number]
    if wiring.outline.is_repeat[number]:
        _label(element, number, wiring)
        return
    item["kind"] = "group"
    if "field-list" in element.get("appearance", "").split():
        item["page"] = True
    _label(element, number, wiring)


def _label(element: Element, number: int, wiring: Wiring) -> None:
    context = wiring.outline.parents[number] if wiring.outline.is_repeat[number] else number
    label = wiring.text(first(element, "label"), context)
    if label is not None:
        wiring.items[number]["label"] = label


def _question(element: Element, number: int, kind: str, wiring: Wiring) -> None:
    item = wiring.items[number]
    item["asked"] = True
    item["kind"] = _KINDS.get(kind) or _input_kind(item, element)
    if element.get("appearance"):
        item["look"] = element.get("appearance")
    _label(element, number, wiring)
    hint = first(element, "hint")
    for key, form in (("hint", ""), ("guidance", "guidance")):
        text = wiring.text(hint, number, form)
        if text is not None:
            item[key] = text
    found = parameters(element)
    if found:
        item["parameters"] = found
    if kind in ("select", "select1", "rank"):
        item["choices"] = _choices(element, number, wiring)


def _input_kind(item: dict[str, Any], element: Element) -> str:
    kind = str(item["type"])
    if kind in ("binary", "intent", "select", "select1", "rank"):
        return "file" if kind == "binary" else "string"
    if (
        kind == "string"
        and item.get("readonly") is True
        and "calculate" not in item
        and "default" not in item
    ):
        return "note" if first(element, "label") is not None else "string"
    return kind


def _choices(element: Element, number: int, wiring: Wiring) -> dict[str, Any]:
    itemset = first(element, "itemset")
    fixed = [_item(one, number, wiring) for one in elements(element, "item")]
    if itemset is None:
        return {"items": fixed}
    tree = wiring.rule("choices", number, itemset.get("nodeset", ""), "choice_filter")
    value, label = first(itemset, "value"), first(itemset, "label")
    choices: dict[str, Any] = {
        "nodes": tree,
        "value": value.get("ref", "name") if value is not None else "name",
    } | ({"items": fixed} if fixed else {})
    said = label.get("ref", "label").strip() if label is not None else choices["value"]
    if said.startswith("jr:itext("):
        choices["itext"] = said[len("jr:itext(") : -1].strip()
    else:
        choices["label"] = said
    return choices if tree is not None else {"items": fixed}


def _item(element: Element, number: int, wiring: Wiring) -> list[Any]:
    value = first(element, "value")
    name = (value.text or "").strip() if value is not None else ""
    return [name, wiring.text(first(element, "label"), number)]


def read_values(action: Element, wiring: Wiring, holder: int | None) -> None:
    """A ``setvalue`` action; inside a control it belongs to that control.

    Actions that record a position or a sound are optional captures: where no device does it, ODK leaves
    their question empty. They are named and left out.
    """
    if local(action) != "setvalue":
        target = wiring.outline.find(action.get("ref") or "", 0)
        wiring.trees.note("no_capture", target or holder or 0, "type", name=local(action), warning="yes")
        return
    address = action.get("ref") or action.get("bind") or ""
    number = wiring.outline.find(_PREDICATE.sub("", address), holder or 0)
    if number is None:
        return
    some = wiring.trees.add(address, holder or 0, "default") if "[" in address else None
    events = (
        action.get("event", "").split() or action.get("{http://www.w3.org/2001/xml-events}event", "").split()
    )
    source = action.get("value", "").strip()
    added = wiring.trees.add(source, number, "default") if source else None
    tree = added[0] if added is not None else None
    text = (action.text or "").strip()
    events = ["odk-instance-first-load" if one == "xforms-ready" else one for one in events]
    if "xforms-value-changed" in events and holder is not None:
        chosen = [] if some is None else [some[0]]
        wiring.items[holder].setdefault("on_change", []).append([number, tree, text, *chosen])
    first_events = [one for one in events if one != "xforms-value-changed"]
    if first_events:
        event: dict[str, Any] = {"on": first_events, "target": number, "text": text}
        if tree is not None:
            event["tree"] = tree
        if some is not None:
            event["some"] = some[0]
        if holder is not None and wiring.outline.is_repeat[holder]:
            event["row"] = holder
        wiring.events.append(event)
