"""One form being filled: answers in, the visible state of every question out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.clock import Clock
from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.domain.partial_date import parse_partial_date
from kiosk.forms.evaluate import World, text, truth
from kiosk.forms.form import Choice, Form, Item


@dataclass(frozen=True)
class Problem:
    """What keeps an answer from being accepted; ``code`` is missing, constraint or type."""

    name: str
    code: str
    message: str


@dataclass(frozen=True)
class QuestionState:
    """What a screen shows of one question."""

    name: str
    kind: str
    appearance: str
    label: str
    hint: str
    guidance: str
    value: str
    text: str
    relevant: bool
    required: bool
    readonly: bool
    choices: tuple[Choice, ...]
    problem: Problem | None
    parameters: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    """Label of the composite field that the question is a part of."""


@dataclass(frozen=True)
class Screen:
    """One page of the form and the questions that are on it now."""

    name: str
    label: str
    questions: tuple[str, ...]


class Session:
    """Answers of one form. Values of irrelevant questions are kept but do not count."""

    def __init__(self, form: Form, clock: Clock, answers: Iterable[tuple[str, str]] = ()) -> None:
        self.form = form
        self._clock = clock
        self._values = {item.path: item.default for item in form.items if item.kind != "group"}
        for name, value in answers:
            if name in form.by_name:
                self._values[form.by_name[name].path] = value
        self._relevant: dict[str, bool] = {}
        self._visible: dict[str, str] = {}
        self._settle()

    def answer(self, name: str, value: str) -> frozenset[str]:
        """Answer a question; returns the names whose visible state changed."""
        item = self.form.by_name[name]
        before = self._looks()
        self._values[item.path] = value
        self._settle()
        after = self._looks()
        return frozenset(key for key in after if after[key] != before[key]) | {name}

    def question(self, name: str) -> QuestionState:
        item = self.form.by_name[name]
        return QuestionState(
            name, item.kind, item.appearance, item.label, item.hint, item.guidance, self._values[item.path],
            self._text(item), self._relevant[item.path], self._required(item), item.readonly, self._choices(item),
            self._problem(item), {}, self._group(item),
        )  # fmt: skip

    def screens(self) -> tuple[Screen, ...]:
        """The relevant pages, in order."""
        pages: dict[str, list[str]] = {}
        for item in self.form.items:
            page = next((p for p in item.parents if "field-list" in self.form.by_path[p].appearance), "")
            if page and item.kind not in ("group", "calculate") and self._relevant[item.path]:
                pages.setdefault(page, []).append(item.name)
        return tuple(
            Screen(path.rpartition("/")[2], self.form.by_path[path].label, tuple(names))
            for path, names in pages.items()
        )

    def problems(self) -> tuple[Problem, ...]:
        """Everything that stands against this form being complete, in the order of the form."""
        found = (self._problem(item) for item in self.form.items if item.name)
        return tuple(problem for problem in found if problem)

    def values(self) -> dict[str, str]:
        """All values by name, also of irrelevant questions."""
        return {name: self._values[item.path] for name, item in self.form.by_name.items()}

    def filled(self) -> FilledForm:
        """The relevant answers, ready for paper."""
        entries = tuple(
            FilledEntry(item.name, item.kind, item.label, self._values[item.path], self._text(item))
            for item in self.form.items
            if item.name and item.kind != "note" and self._relevant[item.path]
        )
        return FilledForm(self.form.id, self.form.version, entries)

    def _settle(self) -> None:
        """Relevance and calculations, in the order of the form."""
        self._visible = dict(self._values)
        for _ in range(3):
            for item in self.form.items:
                self._settle_one(item)

    def _settle_one(self, item: Item) -> None:
        shown = all(self._relevant[parent] for parent in item.parents)
        if shown and "relevant" in item.rules:
            shown = truth(item.rules["relevant"].run(self._world()))
        self._relevant[item.path] = shown
        if "calculate" in item.rules:
            self._values[item.path] = text(item.rules["calculate"].run(self._world()))
        if item.path in self._values:
            self._visible[item.path] = self._values[item.path] if shown else ""

    def _world(self, row: Mapping[str, str] | None = None) -> World:
        return World(self._visible, self._clock.now(), row or {})

    def _looks(self) -> dict[str, QuestionState]:
        return {name: self.question(name) for name in self.form.by_name}

    def _required(self, item: Item) -> bool:
        return "required" in item.rules and truth(item.rules["required"].run(self._world()))

    def _choices(self, item: Item) -> tuple[Choice, ...]:
        if "filter" not in item.rules:
            return item.choices
        run = item.rules["filter"].run
        return tuple(Choice(row["name"], row["label"]) for row in item.rows if truth(run(self._world(row))))

    def _problem(self, item: Item) -> Problem | None:
        value = self._values.get(item.path, "")
        if not self._relevant[item.path] or item.kind in ("group", "note", "calculate"):
            return None
        if not value.strip():
            return Problem(item.name, "missing", item.required_message) if self._required(item) else None
        if not _well_formed(item, value) or (
            item.rows and value not in {c.name for c in self._choices(item)}
        ):
            return Problem(item.name, "type", "")
        if "constraint" in item.rules and not truth(item.rules["constraint"].run(self._world())):
            return Problem(item.name, "constraint", item.constraint_message)
        return None

    def _text(self, item: Item) -> str:
        value = self._values.get(item.path, "")
        if item.rows:
            return next((row["label"] for row in item.rows if row["name"] == value), value)
        if item.kind == "date" or "partial-date" in item.appearance:
            try:
                return parse_partial_date(value).shown()
            except ValueError:
                return value
        return value

    def _group(self, item: Item) -> str:
        parent = self.form.by_path[item.parents[-1]] if item.parents else None
        return parent.label if parent and "field-list" not in parent.appearance else ""


def _well_formed(item: Item, value: str) -> bool:
    try:
        if "partial-date" in item.appearance:
            parse_partial_date(value)
        elif item.kind == "date":
            date.fromisoformat(value)
        elif item.kind == "int":
            int(value)
    except ValueError:
        return False
    return True
