"""Several lines of text, for what happened and why."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.editor import Editor

_LINES = 4
_BORDERS = 32


class MultiLine(Editor):
    """A text area of four lines; Tab leaves it, Enter makes a new line."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("edit")
        self.edit.setTabChangesFocus(True)
        self._size()
        self.edit.textChanged.connect(self._edited)
        self._value = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)

    def value(self) -> str:
        return self.edit.toPlainText().strip()

    def set_value(self, value: str) -> None:
        if value != self.value():
            self._value = value
            self.edit.setPlainText(value)

    def set_named(self, name: str, description: str) -> None:
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._size()
        super().changeEvent(event)

    def _size(self) -> None:
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _LINES + _BORDERS)

    def _edited(self) -> None:
        if self.value() != self._value:
            self._value = self.value()
            self.changed.emit(self._value)
