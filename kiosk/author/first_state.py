"""Runs the rules of an empty form when it is built, so that opening it need not run them again."""

from typing import Any

from kiosk.domain.clock import SystemClock
from kiosk.forms.engine import Engine
from kiosk.forms.form import Form, load_form
from kiosk.forms.place import Place
from kiosk.forms.xpath.ast import Tree, calls, walk
from kiosk.forms.xpath.registry import function_named

_CHANGING = frozenset(
    {
        "today",
        "now",
        "random",
        "randomize",
        "uuid",
        "once",
        "instance",
        "pulldata",
        "jr:choice-name",
        "jr:itext",
    }
)
"""Functions that may give something else on the day and in the language in which a form is opened."""


def with_first_state(data: dict[str, Any]) -> dict[str, Any]:
    """The compiled form with ``first`` (what its rules give while nothing is answered) and ``seen``."""
    form = load_form(data, lambda _name: ())
    engine = Engine(form, SystemClock(), "")
    engine.evaluate(engine.top)
    engine.settle()
    places = [place for place in engine.world.places if isinstance(place, Place)]
    defaults = [item.get("default", "") for item in form.items]
    first = {
        "off": [place.item for place in places if not place.own],
        "values": [[place.item, place.value] for place in places if place.value != defaults[place.item]],
        "required": [place.item for place in places if place.required],
        "readonly": [place.item for place in places if place.readonly],
        "run": [number for number in range(len(form.rules)) if _runs_again(form, data, number)],
    }
    return data | {"first": first, "seen": _seen(data)}


def _seen(data: dict[str, Any]) -> list[int]:
    """Items of which some rule asks more than their text: whether they are there, or which nodes they are.

    All others may appear or vanish unnoticed while they are empty.
    """
    found: set[int] = set()
    for kind, _item, tree, _level, reads, *_repeat in data["rules"]:
        if kind in ("choices", "text", "count") or not _reads_texts_only(data["trees"][tree]):
            found.update(item for item, _shared in reads)
    return sorted(found)


def _reads_texts_only(tree: Tree) -> bool:
    for part in walk(tree):
        if part[0] in ("path", "filter"):
            return False
        function = function_named(part[1]) if part[0] == "call" else None
        if part[0] == "call" and (function is None or not set(function.params) <= set("snb")):
            return False
    return True


def _runs_again(form: Form, data: dict[str, Any], number: int) -> bool:
    """Whether a rule runs at every opening: it asks for the day or a list, or rows have a part in it."""
    rule, repeats = form.rules[number], form.outline.repeats
    if rule.kind in ("constraint", "choices", "text"):
        return False
    if rule.kind == "count" or repeats[rule.item]:
        return True
    reads = data["rules"][number][4]
    return any(repeats[item] for item, _ in reads) or not _CHANGING.isdisjoint(
        calls(data["trees"][rule.tree])
    )
