"""A compiled form, loaded: its questions in order, with their rules as closures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.forms.evaluate import Rule, compile_filter, compile_rule

Row = Mapping[str, str]
Lists = Callable[[str], Sequence[Row]]


@dataclass(frozen=True)
class Choice:
    """One answer of a list."""

    name: str
    label: str


@dataclass(frozen=True)
class Item:
    """A node of the form: a question, a calculation or a group."""

    path: str
    name: str
    kind: str
    appearance: str
    label: str
    hint: str
    guidance: str
    default: str
    readonly: bool
    required_message: str
    constraint_message: str
    rules: Mapping[str, Rule]
    """relevant, required, constraint, calculate, filter."""
    choices: tuple[Choice, ...]
    rows: Sequence[Row]
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form ready to be filled."""

    id: str
    version: str
    title: str
    items: tuple[Item, ...]
    by_name: Mapping[str, Item]
    by_path: Mapping[str, Item]
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → paths whose rules read it."""


def load_form(data: Mapping[str, Any], lists: Lists = lambda _name: ()) -> Form:
    """A form from its compiled JSON; ``lists`` gives the rows of an external list by file name."""
    items = tuple(_item(node, data, lists) for node in data["nodes"])
    readers: dict[str, list[str]] = {}
    for item in items:
        for path in {path for rule in item.rules.values() for path in rule.reads}:
            readers.setdefault(path, []).append(item.path)
    return Form(
        data["id"],
        data["version"],
        data["title"],
        items,
        {item.name: item for item in items if item.name},
        {item.path: item for item in items},
        {path: tuple(found) for path, found in readers.items()},
    )


def _item(node: Mapping[str, Any], data: Mapping[str, Any], lists: Lists) -> Item:
    rules = {
        key: (compile_filter if key == "filter" else compile_rule)(tree, node["path"])
        for key, tree in node["rules"].items()
    }
    rows = _rows(node.get("list"), data, lists)
    return Item(
        path=node["path"],
        name=node["name"],
        kind=node["kind"],
        appearance=node.get("appearance", ""),
        label=node.get("label", ""),
        hint=node.get("hint", ""),
        guidance=node.get("guidance", ""),
        default=node.get("default", ""),
        readonly=node.get("readonly", False),
        required_message=node.get("required_message", ""),
        constraint_message=node.get("constraint_message", ""),
        rules=rules,
        choices=tuple(Choice(row["name"], row["label"]) for row in rows) if "filter" not in rules else (),
        rows=rows,
        parents=tuple(node["parents"]),
    )


def _rows(name: str | None, data: Mapping[str, Any], lists: Lists) -> Sequence[Row]:
    if not name:
        return ()
    return data["lists"].get(name) or lists(name)
