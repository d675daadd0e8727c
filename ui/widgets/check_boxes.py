"""Several answers of a few: check boxes, none ticked beforehand."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.widgets.choice_row import ChoiceRow
from ui.widgets.editor import Editor
from ui.widgets.question import Choice


class CheckBoxes(Editor):
    """Emits the chosen names, separated by spaces, in the order of the list."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._rows: list[ChoiceRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_choices(choices)

    def value(self) -> str:
        pairs = zip(self._choices, self._rows, strict=True)
        return " ".join(choice.name for choice, row in pairs if row.button.isChecked())

    def set_value(self, value: str) -> None:
        chosen = set(value.split())
        for choice, row in zip(self._choices, self._rows, strict=True):
            row.button.setChecked(choice.name in chosen)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) == self._choices:
            return
        value = self.value()
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._choices = tuple(choices)
        self._rows = [self._row(choice) for choice in self._choices]
        self.set_value(value)

    def set_named(self, name: str, description: str) -> None:
        for row, choice in zip(self._rows, self._choices, strict=True):
            row.button.setAccessibleName(f"{name}: {choice.label}")
            row.button.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return [row.button for row in self._rows]

    def _row(self, choice: Choice) -> ChoiceRow:
        button = QCheckBox()
        button.clicked.connect(lambda _on: self.changed.emit(self.value()))
        row = ChoiceRow(button, f"choice:{choice.name}", choice.label)
        self._column.addWidget(row)
        row.show()
        return row


class Confirm(CheckBoxes):
    """The one box of a question that only asks to confirm; a form has no list for it."""

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if choices:
            super().set_choices(choices)
