"""Which questions stand together on a screen.

A group with appearance ``field-list`` is a screen; a question outside such groups is a screen of
its own, as in ODK; a repeat outside them is one screen with all its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kiosk.forms.engine import Engine
from kiosk.forms.names import name_of, name_of_repeat
from kiosk.forms.place import Place, rows
from kiosk.forms.questions import say
from kiosk.forms.xpath.node import Node


@dataclass(frozen=True)
class RepeatView:
    """A repeat on a screen: ``name`` is what rows are added to, ``rows`` the questions of each row."""

    name: str
    label: str
    rows: tuple[tuple[str, ...], ...]
    fixed: bool
    """Whether the form itself says how many rows there are."""


@dataclass(frozen=True)
class Screen:
    """One screen: its questions in order, those in repeats included."""

    name: str
    label: str
    questions: tuple[str, ...]
    repeats: tuple[RepeatView, ...] = ()
    parts: tuple[str, ...] = ()
    """All that stands on it, top to bottom: ``q:<question>``, ``row:<repeat>:<n>`` where a row begins,
    ``add:<repeat>`` where one more can be had."""


def screens_of(engine: Engine) -> tuple[Screen, ...]:
    """The screens that have something to show now, in the order of the form."""
    return tuple(_screens(engine, engine.form.body, engine.top))


def _screens(engine: Engine, body: list[Any], holder: Node) -> Iterator[Screen]:
    for control in body:
        if isinstance(control, int):
            place = _inside(holder, engine, control)
            if place is not None and place.relevant:
                name = name_of(engine.form, place)
                label = say(engine, place, engine.form.items[control].get("label"))
                yield Screen(name, label, (name,), (), (f"q:{name}",))
        elif "repeat" in control or control.get("page"):
            yield from _together(engine, control, holder)
        else:
            inner = _group_place(engine, control, holder)
            if inner is not None:
                yield from _screens(engine, control["inside"], inner)


def _together(engine: Engine, control: dict[str, Any], holder: Node) -> Iterator[Screen]:
    page = _Page()
    _collect(engine, [control], holder, page)
    if page.questions or page.repeats:
        item = control.get("item", control.get("repeat"))
        place = _inside(holder, engine, item) if item is not None else None
        inside = [*page.questions, *(one.name for one in page.repeats)]
        name = control.get("name") or (engine.form.items[item]["name"] if item is not None else inside[0])
        label = say(engine, place or engine.top, control.get("label"))
        yield Screen(name, label, tuple(page.questions), tuple(page.repeats), tuple(page.parts))


@dataclass
class _Page:
    """What is gathered for one screen."""

    questions: list[str] = field(default_factory=list)
    repeats: list[RepeatView] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def _collect(engine: Engine, body: list[Any], holder: Node, page: _Page) -> None:
    for control in body:
        if isinstance(control, int):
            place = _inside(holder, engine, control)
            if place is not None and place.relevant:
                name = name_of(engine.form, place)
                page.questions.append(name)
                page.parts.append(f"q:{name}")
        elif "repeat" in control:
            _collect_rows(engine, control, holder, page)
        else:
            inner = _group_place(engine, control, holder)
            if inner is not None:
                _collect(engine, control["inside"], inner, page)


def _collect_rows(engine: Engine, control: dict[str, Any], holder: Node, page: _Page) -> None:
    facts = engine.form.items[control["repeat"]]
    parent = _parent_place(engine, holder, control["repeat"])
    if parent is None or not parent.relevant:
        return
    name = name_of_repeat(engine.form, parent, control["repeat"])
    fixed = bool(facts.get("fixed"))
    found: list[tuple[str, ...]] = []
    place_in_list = len(page.repeats)
    for number, row in enumerate(rows(parent, facts["name"]), 1):
        before = len(page.questions)
        if row.relevant:
            page.parts.append(f"row:{name}:{number}")
            _collect(engine, control["inside"], row, page)
        found.append(tuple(page.questions[before:]))
    if not fixed:
        page.parts.append(f"add:{name}")
    view = RepeatView(name, say(engine, parent, control.get("label")), tuple(found), fixed)
    page.repeats.insert(place_in_list, view)


def _group_place(engine: Engine, control: dict[str, Any], holder: Node) -> Node | None:
    """Where the questions of a group stand; ``None`` if the group is not relevant."""
    if control.get("item") is None:
        return holder
    place = _inside(holder, engine, control["item"])
    return place if place is not None and place.relevant else None


def _parent_place(engine: Engine, holder: Node, item: int) -> Place | None:
    parent = engine.form.outline.parents[item]
    if isinstance(holder, Place) and holder.item == parent:
        return holder
    return _inside(holder, engine, parent)


def _inside(holder: Node, engine: Engine, item: int) -> Place | None:
    """The place of an item in the row (or form) where the screen is."""
    outline = engine.form.outline
    if not outline.repeats[item]:
        place = engine.world.places[item]
        return place if isinstance(place, Place) else None
    lineage = outline.lineage(item)
    node: Node | None = holder
    if not isinstance(node, Place) or node.item not in lineage:
        return None
    for one in lineage[lineage.index(node.item) + 1 :]:
        node = node.child(engine.form.items[one]["name"]) if node is not None else None
    return node if isinstance(node, Place) else None
