"""Re-evaluates what an edit touches, and nothing else, in the order of the dependency graph."""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import Any

from kiosk.domain.clock import Clock
from kiosk.forms.form import Form
from kiosk.forms.kinds import stored
from kiosk.forms.place import Place, build, inside, row_above
from kiosk.forms.rules import RULES
from kiosk.forms.world import FormWorld, nearest
from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.node import Node

_Key = int | tuple[int, int]
_PATIENCE = 50
"""How often every rule may run in one settling; ODK's forms have no cycles, so this is never reached."""


class Engine:
    """The nodes of one form being filled, and the rules that keep them right."""

    def __init__(self, form: Form, clock: Clock, language: str) -> None:
        self.form = form
        self.world = FormWorld(form, clock, language)
        self.changed: set[Place] = set()
        self.choices: dict[Place, object] = {}
        """Cached choice lists; a rule that reads something else drops them."""
        self.removed: dict[tuple[Place, int], list[Place]] = {}
        """Rows that a smaller count took away; they come back with a larger one."""
        self._queue: dict[int, dict[_Key, tuple[int, Place]]] = {}
        self._levels: list[int] = []
        self.top = build(form, 0, self.world.top_document)
        self.world.top_document.children.append(self.top)
        self.context = Context(self.top, self.world)
        self.world.places = _directory(form, self.top)

    def set_value(self, place: Place, value: str) -> None:
        """Give a place a value and queue what reads it."""
        if place.value == value:
            return
        place.value = value
        self.changed.add(place)
        self.check(place)
        self.mark(place)
        for target_item, tree, text, *some in self.form.items[place.item].get("on_change", ()):
            target = nearest(self.form, place, target_item, self.world.places)
            for each in self.chosen(place, some[0]) if some else filter(None, [target]):
                self.set_by_action(each, tree, text)

    def chosen(self, place: Place, tree: int) -> list[Place]:
        """The places that an address with predicates means, as seen from a place."""
        self.context.node = self.context.current = place
        return [one for one in self.result(tree, "nodes", []) if isinstance(one, Place)]

    def set_by_action(self, target: Place, tree: int | None, text: str) -> None:
        """A ``setvalue`` action: an expression evaluated at its target, or a fixed text."""
        if tree is not None:
            self.context.node = self.context.current = target
            value = self.result(tree, "any", "")
            text = stored(value, self.form.items[target.item]["type"])
        self.set_value(target, text)

    def settle(self) -> None:
        """Run queued rules level by level until nothing is left to do."""
        left = _PATIENCE * (len(self.form.rules) + 1_000)
        while self._levels and left > 0:
            batch = self._queue.pop(heappop(self._levels), {})
            for number, place in batch.values():
                self.run(number, place)
            left -= len(batch)

    def mark(self, place: Place) -> None:
        """Queue the rules that read a place."""
        readers = self.form.readers.get(place.item)
        if readers is None:
            return
        repeats, rules, unique = self.form.outline.repeats, self.form.rules, self.world.places
        for number, shared in readers:
            item = rules[number].item
            if repeats[item]:
                self._mark_rows(number, place, shared)
            else:
                self._push(rules[number].level, number, number, unique[item])

    def _mark_rows(self, number: int, place: Place, shared: int) -> None:
        """Queue a rule in the row that it shares with the place, or in all rows."""
        rule = self.form.rules[number]
        start = row_above(self.form, place, shared) or self.top
        for target in _instances(self.form, start, rule.item):
            if target is not place or rule.kind != "calculate":
                self._push(rule.level, (number, id(target)), number, target)

    def _push(self, level: int, key: _Key, number: int, place: Node) -> None:
        batch = self._queue.get(level)
        if batch is None:
            batch = self._queue[level] = {}
            heappush(self._levels, level)
        batch[key] = (number, place)  # type: ignore[assignment]

    def run(self, number: int, place: Place) -> None:
        """Evaluate one rule of one place now."""
        rule = self.form.rules[number]
        self.context.node = self.context.current = place
        RULES[rule.kind](self, place, rule)

    def result(self, tree: int, kind: str, otherwise: Any) -> Any:
        """What an expression gives now; ``otherwise`` where it cannot run on the answers of this moment (a
        pattern that an answer makes unreadable, say): a mistake of the form never stops a volunteer."""
        try:
            return self.form.closure(tree, kind)(self.context)
        except XPathError:
            return otherwise

    def check(self, place: Place) -> None:
        """See again whether a place's constraint holds; an empty answer is never checked."""
        tree = self.form.items[place.item].get("constraint")
        if tree is None:
            return
        valid = True
        if place.value:
            self.context.node = self.context.current = place
            valid = self.result(tree, "boolean", True)
        if valid != place.valid:
            place.valid = valid
            self.changed.add(place)

    def evaluate(self, top: Place, numbers: Iterable[int] | None = None) -> None:
        """Run the rules of a place and of everything inside it, in order (all, or those of these numbers);
        used when they are new."""
        found: dict[int, list[Place]] = {}
        for place in inside(top):
            found.setdefault(place.item, []).append(place)
        rules = self.form.rules
        for number in range(len(rules)) if numbers is None else numbers:
            for place in found.get(rules[number].item, ()):
                if place.parent is not None:
                    self.run(number, place)
        for place in inside(top):
            if place.value:
                self.check(place)


def _directory(form: Form, top: Place) -> list[Node]:
    """The only node of each item outside repeats; items inside repeats have a detached stand-in."""
    nowhere = Node("")
    found: list[Node] = [nowhere] * len(form.items)
    for place in inside(top):
        if not form.outline.repeats[place.item]:
            found[place.item] = place
    return found


def _instances(form: Form, start: Place, item: int) -> Iterator[Place]:
    """All places of an item inside another place."""
    lineage = form.outline.lineage(item)
    if start.item not in lineage:
        return
    level = [start]
    for one in lineage[lineage.index(start.item) + 1 :]:
        level = [
            child
            for place in level
            for child in place.children
            if isinstance(child, Place) and child.item == one
        ]
    yield from level
