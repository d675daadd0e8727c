"""Answers to be put in order: each has a button to move it up and one to move it down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.editor import Editor
from ui.widgets.question import Choice
from ui.widgets.words import words


@dataclass(frozen=True)
class RankWords:
    up: str
    down: str
    """On the buttons."""
    move: Callable[[str, str], str]
    """For a screen reader: the words of a button and what it moves."""
    keep: str
    """Takes the order as it stands."""


class RankList(Editor):
    """Emits all names in their order, separated by spaces. No order is taken before a person says so."""

    def __init__(self, choices: Sequence[Choice], said: RankWords) -> None:
        super().__init__()
        self._said = said
        self._order: list[Choice] = []
        self._answered = False
        self._rows: list[_Row] = []
        self._name = ("", "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.keep = button("keep", said.keep, self._take)
        self._column.addWidget(self.keep)
        self.set_choices(choices)

    def value(self) -> str:
        return " ".join(choice.name for choice in self._order) if self._answered else ""

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        names = value.split()
        known = {choice.name: choice for choice in self._order}
        self._answered = bool(names)
        first = [known.pop(name) for name in names if name in known]
        self._order = [*first, *known.values()]
        self._show()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if {choice.name: choice.label for choice in self._order} == {c.name: c.label for c in choices}:
            return
        left = {choice.name: choice for choice in choices}
        kept = [left.pop(choice.name) for choice in self._order if choice.name in left]
        self._order = [*kept, *left.values()]
        self._make_rows(len(self._order))
        self._show()

    def set_named(self, name: str, description: str) -> None:
        self._name = (name, description)
        self._show()

    def fields(self) -> Sequence[QWidget]:
        return [*(made for row in self._rows for made in (row.up, row.down)), self.keep]

    def _make_rows(self, count: int) -> None:
        for row in self._rows[count:]:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self._rows[count:]
        while len(self._rows) < count:
            row = _Row(len(self._rows), self._said, self._move)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)

    def _move(self, place: int, by: int) -> None:
        """Move what stands at a place; the keyboard goes along with it."""
        target = place + by
        if not 0 <= target < len(self._order):
            return
        self._order[place], self._order[target] = self._order[target], self._order[place]
        self._take()
        row = self._rows[target]
        wanted, other = (row.up, row.down) if by < 0 else (row.down, row.up)
        (wanted if wanted.isEnabled() else other).setFocus()

    def _take(self) -> None:
        self._answered = True
        self._show()
        self.changed.emit(self.value())

    def _show(self) -> None:
        last = len(self._order) - 1
        for place, (row, choice) in enumerate(zip(self._rows, self._order, strict=True)):
            row.show_choice(f"{place + 1}. {choice.label}", place > 0, place < last)
            for made in (row.up, row.down):
                made.setAccessibleName(self._said.move(made.text(), choice.label))
                made.setAccessibleDescription(" ".join(part for part in self._name if part))
        self.keep.setVisible(not self._answered and bool(self._order))
        self.keep.setAccessibleName(f"{self._name[0]}: {self.keep.text()}" if self._name[0] else "")


class _Row(QWidget):
    """One place of the order."""

    def __init__(self, place: int, said: RankWords, move: Callable[[int, int], None]) -> None:
        super().__init__()
        self.label = words(name=f"rank:{place + 1}")
        self.up: QPushButton = button(f"up:{place + 1}", said.up, lambda: move(place, -1))
        self.down: QPushButton = button(f"down:{place + 1}", said.down, lambda: move(place, 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.up)
        row.addWidget(self.down)

    def show_choice(self, text: str, may_rise: bool, may_fall: bool) -> None:
        self.label.setText(text)
        self.up.setEnabled(may_rise)
        self.down.setEnabled(may_fall)
