"""The form as a sheet of paper: its pages with what was answered, or every question for handwriting."""

from collections.abc import Collection, Iterator
from typing import Any

from kiosk.domain.information_sheet import SheetLine, SheetPage, SheetRepeat
from kiosk.forms.engine import Engine
from kiosk.forms.names import find
from kiosk.forms.place import Place
from kiosk.forms.questions import QuestionState, choices_of, say, state_of
from kiosk.forms.screens import Screen, screens_of

MOST_BOXES = 12
"""Longer lists than this are written on a dotted line, not ticked."""
_HAND_ROWS = 3
"""Empty rows of a list for handwriting."""


def answered_pages(engine: Engine, without: Collection[str] = ()) -> tuple[SheetPage, ...]:
    """The pages that count, with their answers; those of ``without`` (wrong ones) stay empty."""
    pages = (_page(engine, screen, without) for screen in screens_of(engine))
    return tuple(page for page in pages if page.items)


def _page(engine: Engine, screen: Screen, without: Collection[str]) -> SheetPage:
    states = {name: state_of(engine, find(engine.form, engine.top, name)) for name in screen.questions}
    lines = {
        name: _line(state, without)
        for name, state in states.items()
        if state.kind != "note" and not (state.readonly and not state.label)
    }
    views = {view.name: view for view in screen.repeats if "[" not in view.name}
    within = {name for view in views.values() for row in view.rows for name in row}
    items: dict[str, SheetLine | SheetRepeat] = {}
    for part in screen.parts:
        kind, name = part.split(":")[:2]
        if kind == "q" and name in lines and name not in within:
            items[name] = lines[name]
        elif kind != "q" and name in views and name not in items:
            view = views[name]
            rows = tuple(tuple(lines[one] for one in row if one in lines) for row in view.rows if row)
            if rows or not view.rows:  # rows without a question are those of a list that does not count
                items[name] = SheetRepeat(name, view.label, rows)
    return SheetPage(screen.name, screen.label, tuple(items.values()))


def _line(state: QuestionState, without: Collection[str]) -> SheetLine:
    text = "" if state.name in without else state.text
    return SheetLine(state.name, state.label, text, state.group)


def blank_pages(engine: Engine) -> tuple[SheetPage, ...]:
    """Every page with every question, whether or not it counts today; short lists of choices as boxes."""
    return tuple(page for page in _blank_pages(engine, engine.form.body) if page.items)


def _blank_pages(engine: Engine, body: list[Any]) -> Iterator[SheetPage]:
    for control in body:
        if isinstance(control, int) or "repeat" in control:
            items = tuple(_blank_items(engine, [control], ""))
            yield SheetPage(items[0].name if items else "", "", items)
        elif control.get("page"):
            item = control.get("item")
            name = control.get("name") or (engine.form.items[item]["name"] if item is not None else "")
            inside = tuple(_blank_items(engine, control["inside"], ""))
            yield SheetPage(name, _say(engine, control.get("label")), inside)
        else:
            yield from _blank_pages(engine, control["inside"])


def _blank_items(engine: Engine, body: list[Any], group: str) -> Iterator[SheetLine | SheetRepeat]:
    for control in body:
        if isinstance(control, int):
            if engine.form.items[control]["kind"] != "note":
                yield _blank_line(engine, control, group)
        elif "repeat" in control:
            row = tuple(_flat(_blank_items(engine, control["inside"], "")))
            name = engine.form.items[control["repeat"]]["as"]
            yield SheetRepeat(name, _say(engine, control.get("label")), (row,) * _HAND_ROWS)
        else:
            yield from _blank_items(engine, control["inside"], _say(engine, control.get("label")) or group)


def _flat(items: Iterator[SheetLine | SheetRepeat]) -> Iterator[SheetLine]:
    """A list inside a list is asked once in each row."""
    for item in items:
        if isinstance(item, SheetLine):
            yield item
        else:
            yield from item.rows[0]


def _blank_line(engine: Engine, item: int, group: str) -> SheetLine:
    facts = engine.form.items[item]
    place = engine.world.places[item]
    offered = choices_of(engine, place) if isinstance(place, Place) and "choices" in facts else ()
    labels = tuple(choice.label for choice in offered) if len(offered) <= MOST_BOXES else ()
    return SheetLine(facts["as"], _say(engine, facts.get("label")), "", group, labels)


def _say(engine: Engine, text: int | None) -> str:
    return say(engine, engine.top, text)
