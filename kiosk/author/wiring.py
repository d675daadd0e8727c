"""A form while it is being compiled: its items, the rules between them, its texts."""

from dataclasses import dataclass, field
from typing import Any

from kiosk.author.texts import TextTable, itext_id, parts
from kiosk.author.trees import Trees
from kiosk.author.xform import Element
from kiosk.forms.graph import Rule
from kiosk.forms.outline import Outline

_CONSTANTS = {"true()": True, "false()": False, "": False}
Text = str | list[Any]


@dataclass
class Wiring:
    """Everything that is known so far."""

    items: list[dict[str, Any]]
    outline: Outline
    trees: Trees
    texts: TextTable
    rules: list[Rule] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def rule(self, kind: str, item: int, source: str, column: str = "") -> int | None:
        """Add an expression as a rule of an item; gives the number of its tree."""
        added = self.trees.add(source, item, column or kind)
        if added is None:
            return None
        tree, bound = added
        reads = bound.reads
        if kind == "constraint":
            # its own answer is looked at when it is given; the same question of other rows is not
            own = (item, len(self.outline.repeats[item]))
            reads = {one for one in reads if one != own}
            if not reads:
                return tree
        self.rules.append(Rule(kind, item, tree, frozenset(reads)))
        return tree

    def condition(self, kind: str, item: int, source: str) -> None:
        """A true-or-false rule; ``true()`` and ``false()`` are stored as such."""
        text = source.strip()
        if text in _CONSTANTS and kind != "relevant":
            if _CONSTANTS[text]:
                self.items[item][kind] = True
        elif text not in ("", "true()"):
            tree = self.rule(kind, item, text)
            if tree is not None:
                self.items[item][kind] = tree

    def text(self, element: Element | None, item: int, form: str = "") -> int | None:
        """A label or hint; ``None`` if there is none."""
        if element is None:
            return None
        reference = element.get("ref", "")
        if reference:
            key = itext_id(reference)
            return self.text_by_id(key, item, form) if key is not None else self._computed(reference, item)
        found = parts(element) if not form else []
        return self._add({"": found}, item) if found else None

    def message(self, text: str, item: int) -> int | None:
        """A message of a bind: plain, or by id."""
        if not text.strip():
            return None
        key = itext_id(text)
        return self.text_by_id(key, item) if key is not None else self.texts.add({"": text})

    def text_by_id(self, key: str, item: int, form: str = "") -> int | None:
        """A text of ``itext``, its quoted values bound at an item; ``long`` and ``short`` stand in."""
        forms = self.texts.ids.get(key, {})
        found = forms.get(form) or (None if form else forms.get("long") or forms.get("short"))
        return self._add(found, item) if found else None

    def _add(self, by_language: dict[str, list[Any]], item: int) -> int:
        return self.texts.add({language: self._bound(found, item) for language, found in by_language.items()})

    def _bound(self, found: list[Any], item: int) -> Text:
        bound: list[Any] = []
        for part in found:
            if isinstance(part, str):
                bound.append(part)
            else:
                tree = self.rule("text", item, part["value"], "label")
                bound.extend([] if tree is None else [tree])
        return "".join(bound).strip() if all(isinstance(part, str) for part in bound) else bound

    def _computed(self, reference: str, item: int) -> int | None:
        tree = self.rule("text", item, reference, "label")
        return None if tree is None else self.texts.add({"": [tree]})

    def body(self, controls: list[Any]) -> list[Any]:
        """Replace the label elements of groups in a body by their texts."""
        for control in controls:
            if isinstance(control, dict):
                label = control.pop("label", None)
                item = control.get("item", control.get("repeat")) or 0
                text = self.text(label, self.outline.parents[item] if control.get("repeat") else item)
                if text is not None:
                    control["label"] = text
                self.body(control["inside"])
        return controls
