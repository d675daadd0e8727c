"""A picture, a recording or another file as the answer: fetched from the scanner or the folder beside it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import set_role
from ui.widgets.buttons import button
from ui.widgets.editor import Editor
from ui.widgets.words import words


class FileField(Editor):
    """Holds the name of a file. Who shows it fetches the file when ``wanted`` is emitted."""

    wanted = Signal()

    def __init__(self, fetch: str, remove: str, nothing: str, there: Callable[[str], str]) -> None:
        """``there`` says that a file of that ending is kept."""
        super().__init__()
        self._value = ""
        self._nothing, self._there = nothing, there
        self.state = words(nothing, "muted", "state")
        self.fetch = button("fetch", fetch, self.wanted.emit)
        self.remove = button("remove", remove, self._forget, "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.fetch)
        row.addWidget(self.state, 1)
        row.addWidget(self.remove)
        self.remove.hide()

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        if value == self._value:
            return
        self._value = value
        ending = value.rpartition(".")[2].upper()
        self.state.setText(self._there(ending) if value else self._nothing)
        set_role(self.state, "ok" if value else "muted")
        self.remove.setVisible(bool(value))

    def set_named(self, name: str, description: str) -> None:
        for made in (self.fetch, self.remove):
            made.setAccessibleName(f"{made.text()}: {name}")
            made.setAccessibleDescription(description)

    def set_wrong(self, wrong: bool) -> None:
        """A button has no border to mark; the words stand above it."""

    def fields(self) -> Sequence[QWidget]:
        return (self.fetch, self.remove)

    def _forget(self) -> None:
        self.set_value("")
        self.fetch.setFocus()
        self.changed.emit("")
