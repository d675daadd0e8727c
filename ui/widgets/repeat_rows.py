"""Rows that repeat (children, household members): a head above each row, a button under the last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.words import words


class Repeat(Protocol):
    """A repeat on a page; ``fixed`` ones cannot grow."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def fixed(self) -> bool: ...


@dataclass(frozen=True)
class RowWords:
    head: Callable[[str, int], str]
    """Label of the repeat and number of the row."""
    add: Callable[[str], str]
    remove: Callable[[int], str]


@dataclass(frozen=True)
class RowActions:
    add: Callable[[str], object]
    remove: Callable[[str, int], object]


def make_part(key: str, repeats: Sequence[Repeat], said: RowWords, actions: RowActions) -> QWidget:
    """The head of a row with its remove button, or the button that adds a row."""
    kind, _, rest = key.partition(":")
    if kind == "add":
        repeat = _named(rest, repeats)
        return _left(button(f"do:add_row:{rest}", said.add(repeat.label), lambda: actions.add(rest)))
    name, _, number = rest.rpartition(":")
    return _head(_named(name, repeats), int(number), said, actions)


def _head(repeat: Repeat, number: int, said: RowWords, actions: RowActions) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 8, 0, 0)
    row.addWidget(words(said.head(repeat.label, number), "heading"), 1)
    if not repeat.fixed:
        name = f"do:remove_row:{repeat.name}:{number}"
        row.addWidget(button(name, said.remove(number), lambda: actions.remove(repeat.name, number), "plain"))
    return head


def _left(widget: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    holder.setFocusProxy(widget)
    return holder


def _named(name: str, repeats: Sequence[Repeat]) -> Repeat:
    return next(repeat for repeat in repeats if repeat.name == name)
