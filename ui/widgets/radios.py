"""One answer of a few: all of them seen at once, as radio buttons."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ui.widgets.choice_row import ChoiceRow
from ui.widgets.editor import Editor
from ui.widgets.question import Choice

MOST = 6
"""More answers than this are searched, not scanned."""


class Radios(Editor):
    """Radio buttons named ``choice:<name>``; ``side_by_side`` for two or three short words (Có, Không)."""

    def __init__(self, choices: Sequence[Choice], side_by_side: bool = False) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda _button: self.changed.emit(self.value()))
        self._rows: list[ChoiceRow] = []
        self._box = QHBoxLayout(self) if side_by_side else QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(24 if side_by_side else 0)
        self.wide = not side_by_side
        self._described = ("", "")
        self.set_choices(choices)

    def value(self) -> str:
        button = self._group.checkedButton()
        return button.objectName().removeprefix("choice:") if button else ""

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        self._group.setExclusive(False)
        for row in self._rows:
            row.button.setChecked(row.button.objectName() == f"choice:{value}")
        self._group.setExclusive(True)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) == self._choices:
            return
        value = self.value()
        self._clear()
        self._choices = tuple(choices)
        for choice in self._choices:
            self._add(choice)
        self.set_value(value)

    def set_named(self, name: str, description: str) -> None:
        self._described = (name, description)
        for row, choice in zip(self._rows, self._choices, strict=True):
            row.button.setAccessibleName(f"{name}: {choice.label}")
            row.button.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return [row.button for row in self._rows]

    def take_focus(self) -> None:
        chosen = self._group.checkedButton()
        if chosen:
            chosen.setFocus()
        elif self._rows:
            self._rows[0].button.setFocus()

    def _add(self, choice: Choice) -> None:
        button = QRadioButton()
        row = ChoiceRow(button, f"choice:{choice.name}", choice.label)
        self._group.addButton(button)
        self._rows.append(row)
        self._box.insertWidget(len(self._rows) - 1, row)
        row.show()

    def _clear(self) -> None:
        for row in self._rows:
            self._group.removeButton(row.button)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
