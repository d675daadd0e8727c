"""One line of text: names, numbers of papers, places."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.folding import tidy
from ui.widgets.editor import Editor
from ui.widgets.said import Said

WIDE = 60
"""Letters: names and addresses take the whole column."""
_BORDERS = 32
"""Pixels left and right of what is written in a box."""


class TextLine(Editor):
    """A line edit whose width says how long the answer is; ``upper`` shows names as the forms print them."""

    def __init__(self, letters: int = WIDE, upper: bool = False, digits: bool = False) -> None:
        super().__init__()
        self._upper = upper
        self.wide = letters >= WIDE
        self.edit = QLineEdit() if self.wide else SizedLine(letters)
        self.edit.setObjectName("edit")
        self.edit.textEdited.connect(self._edited)
        if digits:
            self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.edit.textChanged.connect(self._show_whole)
        self.edit.editingFinished.connect(lambda: self.edit.setCursorPosition(0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        self.whole = Said("muted", "whole", column.addWidget)

    def value(self) -> str:
        return tidy(self.edit.text())

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.edit.setText(value)
            self.edit.setCursorPosition(0)

    def set_named(self, name: str, description: str) -> None:
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def _edited(self, text: str) -> None:
        shown = self.shown(text)
        if shown != text:
            replace_text(self.edit, shown)
        self.changed.emit(self.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whole(self.edit.text())

    def _show_whole(self, text: str) -> None:
        """What is longer than the box stands under it, whole: nothing is ever cut."""
        room = self.edit.width() - _BORDERS
        too_long = self.wide and self.edit.fontMetrics().horizontalAdvance(text) > room
        self.whole.say(text if too_long else "")

    def shown(self, text: str) -> str:
        """How the typed text is written in the box."""
        whole = unicodedata.normalize("NFC", text)
        return whole.upper() if self._upper else whole


def replace_text(edit: QLineEdit, text: str) -> None:
    """Write another spelling of the same text; the cursor stays behind the same letter."""
    place, old = edit.cursorPosition(), edit.text()
    if [letter.isspace() for letter in text] != [letter.isspace() for letter in old]:
        place = _place_before(text, sum(not letter.isspace() for letter in old[place:]))
    edit.setText(text)
    edit.setCursorPosition(place)


def _place_before(text: str, letters: int) -> int:
    """The place in a text that has so many letters after it, spaces not counted."""
    place = len(text)
    while letters and place:
        place -= 1
        letters -= not text[place].isspace()
    return place


class SizedLine(QLineEdit):
    """A box as wide as its answer is long, at every text size."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self._letters = letters
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        digits = self.fontMetrics().horizontalAdvance("0") * (self._letters + 1)
        return QSize(digits + _BORDERS, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
