"""Rows of repeats: adding, removing, and keeping as many as a count says."""

from typing import TYPE_CHECKING

from kiosk.forms.place import Place, build, inside, rows

if TYPE_CHECKING:
    from kiosk.forms.engine import Engine

MOST_ROWS = 1_000
"""More rows than any paper has; a count beyond it is a typing mistake."""


def set_count(engine: "Engine", parent: Place, item: int, number: float) -> None:
    """Make a repeat with ``jr:count`` that many rows long; rows taken away come back as they were."""
    wanted = int(max(0, min(number, MOST_ROWS))) if number == number else 0
    name = engine.form.items[item]["name"]
    have = len(rows(parent, name))
    for _ in range(have, wanted):
        add(engine, parent, item)
    for _ in range(wanted, have):
        last = rows(parent, name)[-1]
        remove(engine, parent, last)
        engine.removed.setdefault((parent, item), []).append(last)


def add(engine: "Engine", parent: Place, item: int) -> Place:
    """A new row behind the others: a removed one if there is any, else from the template."""
    kept = engine.removed.get((parent, item))
    fresh = not kept
    row = kept.pop() if kept else build(engine.form, item, parent)
    row.parent = parent
    parent.children.insert(_place_after(parent, item), row)
    if fresh:
        _first_values(engine, row)
    engine.evaluate(row)
    engine.changed.update(inside(row))
    engine.mark(row)
    return row


def insert(engine: "Engine", parent: Place, item: int) -> Place:
    """A new row from the template, without evaluating anything yet."""
    row = build(engine.form, item, parent)
    parent.children.insert(_place_after(parent, item), row)
    return row


def remove(engine: "Engine", parent: Place, row: Place) -> None:
    """Take a row away."""
    engine.mark(row)
    engine.changed.update(rows(parent, row.name))
    for later in rows(parent, row.name):
        engine.changed.update(inside(later))
    parent.children = [child for child in parent.children if child is not row]


def _place_after(parent: Place, item: int) -> int:
    """Behind the last row; before everything that the form puts later."""
    place = 0
    for number, child in enumerate(parent.children, 1):
        if isinstance(child, Place) and child.item <= item:
            place = number
    return place


def _first_values(engine: "Engine", row: Place) -> None:
    """What ``odk-new-repeat`` sets in a new row."""
    for event in engine.form.events:
        if "odk-new-repeat" not in event["on"] or event.get("row") != row.item:
            continue
        for place in inside(row):
            if place.item == event["target"]:
                engine.set_by_action(place, event.get("tree"), event.get("text", ""))
