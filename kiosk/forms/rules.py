"""What each kind of rule does when it runs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.forms import repeats
from kiosk.forms.form import FormRule
from kiosk.forms.kinds import stored
from kiosk.forms.place import Place

if TYPE_CHECKING:
    from kiosk.forms.engine import Engine


def _calculate(engine: "Engine", place: Place, rule: FormRule) -> None:
    value = engine.result(rule.tree, "any", "")
    engine.set_value(place, stored(value, engine.form.items[place.item]["type"]))


def _relevant(engine: "Engine", place: Place, rule: FormRule) -> None:
    own = engine.result(rule.tree, "boolean", True)
    if own != place.own:
        place.own = own
        spread(engine, place)


def spread(engine: "Engine", place: Place) -> None:
    """Carry a changed relevance into a place and everything inside it."""
    parent = place.parent
    relevant = place.own and (parent is None or parent.relevant)
    if relevant == place.relevant:
        return
    place.relevant = relevant
    engine.changed.add(place)
    seen = engine.form.seen
    if place.value or seen is None or place.item in seen:
        engine.mark(place)
    for child in place.children:
        if isinstance(child, Place):
            spread(engine, child)


def _required(engine: "Engine", place: Place, rule: FormRule) -> None:
    required = engine.result(rule.tree, "boolean", False)
    if required != place.required:
        place.required = required
        engine.changed.add(place)


def _readonly(engine: "Engine", place: Place, rule: FormRule) -> None:
    readonly = engine.result(rule.tree, "boolean", False)
    if readonly != place.readonly:
        place.readonly = readonly
        engine.changed.add(place)


def _constraint(engine: "Engine", place: Place, _rule: FormRule) -> None:
    engine.check(place)


def _shown(engine: "Engine", place: Place, _rule: FormRule) -> None:
    engine.choices.pop(place, None)
    engine.changed.add(place)


def _count(engine: "Engine", place: Place, rule: FormRule) -> None:
    stand_in = Place(rule.repeat, engine.form.items[rule.repeat]["name"], "", place)
    engine.context.node = engine.context.current = stand_in
    number = engine.result(rule.tree, "number", 0.0)
    repeats.set_count(engine, place, rule.repeat, number)


RULES: dict[str, Callable[["Engine", Place, FormRule], None]] = {
    "calculate": _calculate,
    "relevant": _relevant,
    "required": _required,
    "readonly": _readonly,
    "constraint": _constraint,
    "choices": _shown,
    "text": _shown,
    "count": _count,
}
