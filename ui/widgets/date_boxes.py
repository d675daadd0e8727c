"""A date in three boxes: day, month, year. In a partial date day and month may stay empty."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.domain.partial_date import parse_partial_date
from ui.widgets.editor import Editor
from ui.widgets.text_line import SizedLine

_SEPARATORS = "/.-"
_BOXES = (("day", 2), ("month", 2), ("year", 4))


class DateBox(SizedLine):
    """One box. A separator typed after a number moves on, as on paper."""

    move_on = Signal()

    def __init__(self, letters: int, separators: str = _SEPARATORS) -> None:
        super().__init__(letters)
        self._separators = separators

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in self._separators and self.text():
            self.move_on.emit()
        else:
            super().keyPressEvent(event)


class DateBoxes(Editor):
    """Emits ``2026-03-09``; an incomplete or impossible date is emitted as typed, and the form objects."""

    wide = False

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are the words above the boxes: Ngày, Tháng, Năm."""
        super().__init__()
        self._names = tuple(names)
        self.boxes = tuple(self._box(name, letters) for name, letters in _BOXES)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.columns = [under(word, box) for box, word in zip(self.boxes, names, strict=True)]
        for column in self.columns:
            row.addWidget(column)
        for box, following in zip(self.boxes, self.boxes[1:], strict=False):
            box.move_on.connect(following.setFocus)

    def _box(self, name: str, letters: int) -> DateBox:
        box = DateBox(letters + 1)
        box.setObjectName(name)
        box.setMaxLength(10)
        box.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        box.textEdited.connect(self._edited)
        return box

    def value(self) -> str:
        day, month, year = (number(box.text()) for box in self.boxes)
        return self.joined(year, month, day)

    def joined(self, year: str, month: str, day: str) -> str:
        """The stored text of what stands in the boxes."""
        return f"{year}-{month}-{day}" if year or month or day else ""

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        parts = (*value.split("-"), "", "")[:3]
        for box, part in zip(self.boxes, reversed(parts), strict=True):
            box.setText(part)

    def set_named(self, name: str, description: str) -> None:
        for box, word in zip(self.boxes, self._names, strict=True):
            box.setAccessibleName(f"{name}: {word}")
            box.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return self.boxes

    def _edited(self, text: str) -> None:
        if any(mark in text for mark in _SEPARATORS):
            self._share_out(text)
        self.changed.emit(self.value())

    def _share_out(self, text: str) -> None:
        """Somebody pasted a whole date into one box."""
        try:
            date = parse_partial_date(text)
        except ValueError:
            return
        self.set_value(str(date))
        self.boxes[-1].setFocus()


class PartialDateBoxes(DateBoxes):
    """Also emits ``1945`` and ``1945-03``: knowing only the year is normal."""

    def joined(self, year: str, month: str, day: str) -> str:
        if day:
            return f"{year}-{month}-{day}"
        return f"{year}-{month}" if month else year


class CoarseDateBoxes(DateBoxes):
    """Asks only month and year, or only the year, and stores the first day, as ODK does with a date of
    appearance ``month-year`` or ``year``."""

    def __init__(self, names: Sequence[str], asked: int) -> None:
        """``asked`` is the number of boxes: 2 for month and year, 1 for the year."""
        self._asked = asked
        super().__init__(names)
        for column in range(len(self.boxes) - asked):
            self.columns[column].hide()

    def joined(self, year: str, month: str, day: str) -> str:
        typed = (month, year)[2 - self._asked :]
        if not any(typed):
            return ""
        return (
            f"{year}-{month or '01'}-{day or '01'}" if self._asked == 1 else f"{year}-{month}-{day or '01'}"
        )

    def fields(self) -> Sequence[QWidget]:
        return self.boxes[len(self.boxes) - self._asked :]


def number(text: str) -> str:
    """Digits to two places, so that 3 and 03 are one day; other signs stay for the form to refuse."""
    bare = unicodedata.normalize("NFKC", text).strip()
    return f"{int(bare):02}" if bare.isascii() and bare.isdigit() else bare


def under(word: str, box: QWidget) -> QWidget:
    """A box with its word above it."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    label = QLabel(word)
    label.setProperty("role", "boxword")
    label.setBuddy(box)
    column.addWidget(label)
    column.addWidget(box)
    return part
