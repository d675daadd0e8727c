"""What a screen needs to know of one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kiosk.forms.engine import Engine
from kiosk.forms.kinds import fits, shown
from kiosk.forms.names import name_of
from kiosk.forms.place import Place
from kiosk.forms.world import spoken
from kiosk.forms.xpath.node import Node, text_of


@dataclass(frozen=True)
class Choice:
    """One choice: the stored name and what a person reads."""

    name: str
    label: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer: ``missing``, ``constraint`` or ``type``.

    ``message`` is the form's own sentence; empty where the form has none.
    """

    name: str
    code: str
    message: str


@dataclass(frozen=True)
class QuestionState:
    """A question as it is now."""

    name: str
    kind: str
    appearance: str
    label: str
    hint: str
    guidance: str
    value: str
    text: str
    """What a person reads: labels of the choices, dates as dd/mm/yyyy."""
    relevant: bool
    required: bool
    readonly: bool
    choices: tuple[Choice, ...]
    problem: Problem | None
    parameters: Mapping[str, str]
    group: str = ""
    """Label of the composite field that the question is a part of; empty for a page's own questions."""
    portal_key: str = ""
    """How the national portal's own form names this field; empty where nobody has seen it."""


def state_of(engine: Engine, place: Place) -> QuestionState:
    """Everything that a screen shows of a question."""
    facts = engine.form.items[place.item]
    return QuestionState(
        name=name_of(engine.form, place),
        kind=facts["kind"],
        appearance=facts.get("look", ""),
        label=say(engine, place, facts.get("label")),
        hint=say(engine, place, facts.get("hint")),
        guidance=say(engine, place, facts.get("guidance")),
        value=place.value,
        text=text_shown(engine, place),
        relevant=place.relevant,
        required=place.required,
        readonly=place.readonly,
        choices=choices_of(engine, place),
        problem=problem_of(engine, place),
        parameters=facts.get("parameters", {}),
        group=_group(engine, place),
        portal_key=facts.get("portal_key", ""),
    )


def _group(engine: Engine, place: Place) -> str:
    parent = place.parent
    if not isinstance(parent, Place):
        return ""
    facts = engine.form.items[parent.item]
    return "" if facts.get("page") or facts["kind"] != "group" else say(engine, parent, facts.get("label"))


def say(engine: Engine, place: Node, text: int | None) -> str:
    """A text of the form in the session's language, with the values that it quotes."""
    if text is None:
        return ""
    said = []
    for part in spoken(engine.form, text, engine.world.language):
        if isinstance(part, str):
            said.append(part)
        else:
            engine.context.node = engine.context.current = place
            said.append(engine.result(part, "text", ""))
    return "".join(said).strip()


def choices_of(engine: Engine, place: Place) -> tuple[Choice, ...]:
    """The choices that are offered now, in order."""
    source = engine.form.items[place.item].get("choices")
    if source is None:
        return ()
    known = engine.choices.get(place)
    if known is None:
        known = tuple(_choices(engine, place, source))
        engine.choices[place] = known
    return known  # type: ignore[return-value]


def _choices(engine: Engine, place: Place, source: Mapping[str, Any]) -> list[Choice]:
    fixed = [Choice(name, say(engine, place, label)) for name, label in source.get("items", ())]
    if "nodes" not in source:
        return fixed
    engine.context.node = engine.context.current = place
    rows = engine.result(source["nodes"], "nodes", [])
    found = [Choice(_cell(row, source["value"]), _label(engine, place, row, source)) for row in rows]
    return [*fixed, *found]


def _label(engine: Engine, place: Place, row: Node, source: Mapping[str, Any]) -> str:
    if "itext" not in source:
        return _cell(row, source["label"])
    number = engine.form.data["text_ids"].get(_cell(row, source["itext"]))
    return say(engine, place, number)


def _cell(row: Node, path: str) -> str:
    node: Node | None = row
    for name in path.split("/"):
        node = node.child(name) if node is not None and name != "." else node
    return text_of(node) if node is not None else ""


def label_of(engine: Engine, place: Place, value: str) -> str:
    """The label of a choice; the value itself if no choice has it, or only a picture for a label."""
    for choice in choices_of(engine, place):
        if choice.name == value:
            return choice.label or value
    return value


def text_shown(engine: Engine, place: Place) -> str:
    """The answer as a person reads it."""
    facts = engine.form.items[place.item]
    if place.value and "choices" in facts:
        names = [place.value] if facts["kind"] == "select1" else place.value.split()
        return ", ".join(label_of(engine, place, name) for name in names)
    return shown(place.value, facts["type"], facts.get("look", ""))


def problem_of(engine: Engine, place: Place) -> Problem | None:
    """What is wrong with the answer of a relevant question, or ``None``."""
    facts = engine.form.items[place.item]
    if not place.relevant or not facts.get("asked"):
        return None
    if not place.value.strip():
        return _problem(engine, place, "missing", facts.get("required_message")) if place.required else None
    if not fits(place.value, facts["type"], facts.get("look", "")) or not _offered(engine, place, facts):
        return _problem(engine, place, "type", None)
    if not place.valid:
        return _problem(engine, place, "constraint", facts.get("constraint_message"))
    return None


def _offered(engine: Engine, place: Place, facts: Mapping[str, Any]) -> bool:
    if facts["kind"] == "range":
        return _in_range(place.value, facts.get("parameters", {}))
    if "choices" not in facts:
        return True
    names = {choice.name for choice in choices_of(engine, place)}
    given = [place.value] if facts["kind"] == "select1" else place.value.split()
    return all(name in names for name in given)


def _in_range(value: str, parameters: Mapping[str, str]) -> bool:
    """Whether a number is one of a range's: between its ends, a whole number of steps from its start."""
    try:
        start, end, step = (Decimal(parameters.get(name, own)) for name, own in _RANGE)
        number = Decimal(value)
        return min(start, end) <= number <= max(start, end) and (not step or (number - start) % step == 0)
    except InvalidOperation:
        return False


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))
"""What ODK takes where a range says nothing."""


def _problem(engine: Engine, place: Place, code: str, message: int | None) -> Problem:
    return Problem(name_of(engine.form, place), code, say(engine, place, message))
