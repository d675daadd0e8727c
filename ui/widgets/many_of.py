"""Several answers of a long list: found by typing, shown under the box, unticked to be taken away."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets.check_boxes import CheckBoxes
from ui.widgets.editor import Editor
from ui.widgets.finder import Finder, SearchBox
from ui.widgets.question import Choice

MOST = 10
"""More answers than this are searched, not scanned."""


class ManyOf(Editor):
    """Emits the chosen names, separated by spaces, in the order of the list."""

    def __init__(self, choices: Sequence[Choice], search: str = "", nothing: str = "") -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._value = ""
        self._hints = (nothing, search)
        self._described = ("", "")
        self.edit = SearchBox()
        self.edit.setPlaceholderText(self._hints[bool(self._choices)])
        self._finder = Finder(self.edit, self._choices)
        self._finder.typed.connect(self._typed)
        self._finder.picked.connect(self._picked)
        self.chosen = CheckBoxes(())
        self.chosen.changed.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.chosen)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._show()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._finder.offer(self._choices)
            self.edit.setPlaceholderText(self._hints[bool(self._choices)])
            self._show()

    def set_named(self, name: str, description: str) -> None:
        self._described = (name, description)
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)
        self.chosen.set_named(name, description)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit, *self.chosen.fields())

    def bring_back(self, words: str) -> None:
        self.edit.setText(words)

    def _typed(self, text: str) -> None:
        self.half_typed.emit(text.strip())

    def _picked(self, choice: Choice) -> None:
        self.edit.clear()
        self.half_typed.emit("")
        names = {*self._value.split(), choice.name}
        self._take(" ".join(each.name for each in self._choices if each.name in names))

    def _take(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._show()
            self.changed.emit(value)

    def _show(self) -> None:
        """The chosen ones only, all ticked; a name that is not offered any more is left to the form."""
        names = self._value.split()
        offered = [choice for choice in self._choices if choice.name in names]
        now = QApplication.focusWidget()
        if now is not None and self.chosen.isAncestorOf(now):
            self.edit.setFocus()
        self.chosen.set_choices(offered)
        self.chosen.set_value(self._value)
        self.chosen.set_named(*self._described)
