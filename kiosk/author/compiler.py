"""Compiles an XForm to the JSON that a point loads: items, trees, texts, rules in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.author import body as bodies
from kiosk.author.addresses import settle_addresses
from kiosk.author.attached import BadFileError
from kiosk.author.elsewhere import settle_lists
from kiosk.author.findings import Finding, FormError
from kiosk.author.first_state import with_first_state
from kiosk.author.instances import name_items, read_items, read_secondary
from kiosk.author.questions import read_bind, read_control, read_values
from kiosk.author.texts import TextTable, read_texts
from kiosk.author.trees import Trees
from kiosk.author.wiring import Wiring
from kiosk.author.xform import XForm, local, read_xform
from kiosk.forms.form import FORMAT
from kiosk.forms.graph import FEEDING, CycleError, Rule, levels
from kiosk.forms.outline import outline_of


@dataclass
class Compiled:
    """A compiled form, what its author should know, and which functions it calls how often."""

    form: dict[str, Any]
    findings: list[Finding]
    functions: dict[str, int]


def compile_xform(xml: str | bytes, folders: Sequence[Path] = ()) -> dict[str, Any]:
    """The compiled form of an XForm; ``FormError`` or ``XFormError`` if it has mistakes."""
    return compile_checked(xml, folders=folders).form


def compile_checked(xml: str | bytes, lenient: bool = False, folders: Sequence[Path] = ()) -> Compiled:
    """Compile and keep the warnings; ``lenient`` also gives the form of one with errors in it.

    ``folders`` are looked through for the XML and GeoJSON files that the form refers to.
    """
    xform = read_xform(xml)
    settle_addresses(xform)
    unread = settle_lists(xform)
    items = read_items(xform.instance, bodies.repeat_paths(xform.body))
    outline = outline_of(items)
    trees = Trees(outline)
    wiring = Wiring(items, outline, trees, read_texts(xform))
    for path in unread:
        trees.note("search_unread", outline.find(path) or 0, "appearance", path, name=path)
    _read_all(xform, wiring)
    rules = _ordered(wiring)
    errors = [one for one in trees.findings if one.error]
    if errors and not lenient:
        raise FormError(errors)
    form = _form(xform, wiring, rules, _secondary(xform, wiring, folders))
    return Compiled(form if errors else with_first_state(form), trees.findings, trees.functions)


def _read_all(xform: XForm, wiring: Wiring) -> None:
    for item in wiring.items:
        item.setdefault("kind", "string")
        item.setdefault("type", "string")
    for number, children in enumerate(wiring.outline.children):
        if children:
            wiring.items[number]["kind"] = "repeat" if wiring.outline.is_repeat[number] else "group"
    for bind in xform.binds:
        read_bind(bind, wiring)
    for control in bodies.controls(xform.body):
        read_control(control, wiring)
    for action in xform.actions:
        read_values(action, wiring, None)
    _hidden(wiring)
    name_items(wiring.items, wiring.outline)


def _hidden(wiring: Wiring) -> None:
    """Questions that nobody asks: calculations, metadata, and those that only other rules set."""
    for item in wiring.items:
        if item["kind"] == "string" and not item.get("asked"):
            item["kind"] = "calculate" if "calculate" in item else "hidden"


def _ordered(wiring: Wiring) -> list[tuple[int, Rule]]:
    _reading_themselves(wiring)
    try:
        found = levels(wiring.rules, wiring.outline)
    except CycleError as error:
        for around in error.cycles:
            names = " → ".join(wiring.outline.path(item) for item in around)
            feeding = (rule for rule in wiring.rules if rule.item == around[0] and rule.kind in FEEDING)
            code = "cycle" if len(around) > 1 else "cycle_inside"
            wiring.trees.note(code, around[0], next(feeding).kind, names, names=names)
        return [(0, rule) for rule in wiring.rules]
    return sorted(zip(found, wiring.rules, strict=True), key=lambda one: one[0])


def _reading_themselves(wiring: Wiring) -> None:
    """Rules that read their own question: ODK Validate calls that a cycle, Enketo runs it."""
    for rule in wiring.rules:
        alone = rule.kind == "calculate" and not wiring.outline.repeats[rule.item]
        mild = alone or rule.kind in ("required", "readonly")
        if mild and any(item == rule.item for item, _ in rule.reads):
            wiring.trees.note("reads_itself", rule.item, rule.kind, name=wiring.items[rule.item]["name"])


def _secondary(xform: XForm, wiring: Wiring, folders: Sequence[Path]) -> dict[str, Any]:
    try:
        return read_secondary(xform, folders)
    except BadFileError as error:
        wiring.trees.note("bad_file", 0, "", detail=str(error))
        return read_secondary(xform)


def _form(
    xform: XForm, wiring: Wiring, rules: list[tuple[int, Rule]], secondary: dict[str, Any]
) -> dict[str, Any]:
    texts = wiring.texts
    _keep_used_ids(secondary, wiring)
    return {
        "format": FORMAT,
        "id": xform.instance.get("id") or local(xform.instance),
        "version": xform.instance.get("version") or _version(xform),
        "title": xform.title,
        "languages": texts.languages,
        "language": texts.default,
        "items": wiring.items,
        "trees": wiring.trees.entries,
        "rules": [_rule(level, rule, wiring) for level, rule in rules],
        "body": wiring.body(bodies.read_body(xform.body, wiring.outline)),
        "instances": secondary,
        "events": wiring.events,
        "text_ids": texts.used_ids,
        "texts": texts.entries,
    }


def _version(xform: XForm) -> str:
    return next((value for name, value in xform.instance.attrib.items() if name.endswith("}version")), "")


def _rule(level: int, rule: Rule, wiring: Wiring) -> list[Any]:
    reads = sorted(list(one) for one in rule.reads)
    if rule.kind == "count":
        return [rule.kind, wiring.outline.parents[rule.item], rule.tree, level, reads, rule.item]
    return [rule.kind, rule.item, rule.tree, level, reads]


def _keep_used_ids(secondary: dict[str, Any], wiring: Wiring) -> None:
    """Texts that choices name by id (``itextId``) and texts that expressions name must stay reachable."""
    texts: TextTable = wiring.texts
    for instance in secondary.values():
        for row in instance.get("rows", ()):
            key = row.get("itextId")
            if key and (number := wiring.text_by_id(key, 0)) is not None:
                texts.used_ids[key] = number
    if "jr:itext" in wiring.trees.functions:
        for key in list(texts.ids):
            if (number := wiring.text_by_id(key, 0)) is not None:
                texts.used_ids[key] = number
