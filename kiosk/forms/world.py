"""What the expressions of a form see around them while it is being filled."""

import random
from collections.abc import Callable
from datetime import datetime

from kiosk.domain.clock import VIETNAM, Clock
from kiosk.forms.form import Form
from kiosk.forms.place import Place
from kiosk.forms.xpath.node import ROOT, Node

Labels = Callable[[Place, str], str]


class FormWorld:
    """One form being filled, as expressions see it."""

    def __init__(self, form: Form, clock: Clock, language: str) -> None:
        self.form = form
        self.language = language_of(form, language)
        self.top_document = Node("", kind=ROOT)
        self.places: list[Node] = []
        """The only node of each item outside repeats (a detached one for items inside)."""
        self.label_of: Labels = _unknown_label
        self._clock = clock
        self.zone = clock.now().tzinfo or VIETNAM
        self._random = random.Random()  # noqa: S311 -- shuffles choices, guards nothing

    def now(self) -> datetime:
        return self._clock.now()

    def document(self) -> Node:
        return self.top_document

    def instance(self, name: str) -> Node | None:
        return self.form.instance(name)

    def item_node(self, item: int) -> Node:
        return self.places[item]

    def choice_label(self, node: Node | None, path: str, value: str) -> str:
        if not path.startswith("@") or not isinstance(node, Place):
            return value
        target = nearest(self.form, node, int(path[1:]), self.places)
        if target is None:
            return value
        return " ".join(self.label_of(target, one) for one in value.split()) if value else ""

    def text(self, key: str) -> str:
        numbers = self.form.data.get("text_ids", {})
        if key not in numbers:
            return key
        content = spoken(self.form, numbers[key], self.language)
        return "".join(part for part in content if isinstance(part, str))

    def random(self) -> float:
        return self._random.random()

    def version(self) -> str:
        return self.form.version

    def prefix(self, name: str) -> str:  # noqa: ARG002 -- instances of a form carry no prefixes
        return ""


def language_of(form: Form, wanted: str) -> str:
    """The form's own name of a language: authors write ``Tiếng Việt (vi)`` for ``vi``."""
    named = (name for name in form.languages if name.strip().lower().endswith(f"({wanted.lower()})"))
    return wanted if wanted in form.languages else next(named, wanted)


def _unknown_label(_place: Place, value: str) -> str:
    return value


def spoken(form: Form, text: int, language: str) -> list[str | int]:
    """The parts of a text in the wanted language, else in the form's own, else in any."""
    forms = form.texts[text]
    for key in (language, form.language, ""):
        if key in forms:
            return _parts(forms[key])
    return _parts(next(iter(forms.values()), ""))


def _parts(content: str | list[str | int]) -> list[str | int]:
    return [content] if isinstance(content, str) else content


def nearest(form: Form, place: Place, item: int, places: list[Node]) -> Place | None:
    """The place of an item in the rows that another place stands in."""
    if not form.outline.repeats[item]:
        found = places[item]
        return found if isinstance(found, Place) else None
    chain = {}
    node: Node | None = place
    while isinstance(node, Place):
        chain[node.item] = node
        node = node.parent
    lineage = form.outline.lineage(item)
    start = next((one for one in reversed(lineage) if one in chain), None)
    if start is None:
        return None
    node = chain[start]
    for one in lineage[lineage.index(start) + 1 :]:
        node = node.child(form.items[one]["name"]) if node is not None else None
    return node if isinstance(node, Place) else None
