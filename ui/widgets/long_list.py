"""One answer of a long list (3,321 wards): typed with or without accents, picked from what remains."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.editor import Editor
from ui.widgets.finder import Finder, SearchBox
from ui.widgets.question import Choice


class LongList(Editor):
    """Stores the chosen name. Words that match no choice stay in the box, and the answer stays empty."""

    def __init__(self, choices: Sequence[Choice], search: str = "", nothing: str = "") -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._value = ""
        self.edit = SearchBox()
        self._hints = (nothing, search)
        self.edit.setPlaceholderText(self._hints[bool(self._choices)])
        self._finder = Finder(self.edit, self._choices)
        self._finder.typed.connect(self._typed)
        self._finder.picked.connect(self._picked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._write(self._label_of(value))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._finder.offer(self._choices)
            self.edit.setPlaceholderText(self._hints[bool(self._choices)])
            if self._value:
                self._write(self._label_of(self._value))

    def set_named(self, name: str, description: str) -> None:
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def bring_back(self, words: str) -> None:
        """Show words that were half typed before; they are no answer."""
        if not self._value:
            self._write(words)

    def _write(self, label: str) -> None:
        self.edit.setText(label)
        self.edit.setCursorPosition(0)

    def _label_of(self, name: str) -> str:
        return next((choice.label for choice in self._choices if choice.name == name), name)

    def _typed(self, text: str) -> None:
        same = self._finder.found.exactly(text)
        self._take(same.name if same else "")

    def _picked(self, choice: Choice) -> None:
        self._write(choice.label)
        self._take(choice.name)

    def _take(self, value: str) -> None:
        self.half_typed.emit("" if value else self.edit.text().strip())
        if value != self._value:
            self._value = value
            self.changed.emit(value)
