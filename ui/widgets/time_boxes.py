"""A time of day in two boxes, and a moment: a date with its time."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.clock import VIETNAM
from ui.widgets.date_boxes import DateBox, DateBoxes, number, under
from ui.widgets.editor import Editor

_BOXES = (("hour", 2), ("minute", 2))
_STORED = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_WHOLE = re.compile(r"\d{2}:\d{2}")


class TimeBoxes(Editor):
    """Emits ``14:05:00.000+07:00``, as ODK stores a time; an incomplete one is emitted as typed."""

    wide = False

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are the words above the boxes: Giờ, Phút."""
        super().__init__()
        self._names = tuple(names)
        self.boxes = tuple(self._box(name, letters) for name, letters in _BOXES)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for box, word in zip(self.boxes, names, strict=True):
            row.addWidget(under(word, box))
        self.boxes[0].move_on.connect(self.boxes[1].setFocus)

    def value(self) -> str:
        hour, minute = (number(box.text()) for box in self.boxes)
        typed = f"{hour}:{minute}" if hour or minute else ""
        return f"{typed}:00.000{_offset()}" if _WHOLE.fullmatch(typed) else typed

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        stored = _STORED.fullmatch(value)
        parts = stored.groups() if stored else (*value.split(":"), "")[:2]
        for box, part in zip(self.boxes, parts, strict=True):
            box.setText(part)

    def set_named(self, name: str, description: str) -> None:
        for box, word in zip(self.boxes, self._names, strict=True):
            box.setAccessibleName(f"{name}: {word}")
            box.setAccessibleDescription(description)

    def fields(self) -> Sequence[QWidget]:
        return self.boxes

    def _box(self, name: str, letters: int) -> DateBox:
        box = DateBox(letters + 1, separators=":.hg ")
        box.setObjectName(name)
        box.setMaxLength(5)
        box.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        box.textEdited.connect(self._edited)
        return box

    def _edited(self, text: str) -> None:
        whole = _STORED.fullmatch(text.strip())
        if whole is not None:
            for box, part in zip(self.boxes, whole.groups(), strict=True):
                box.setText(part)
            self.boxes[1].setFocus()
        self.changed.emit(self.value())


class MomentBoxes(Editor):
    """A date and its time, stored as ``2026-03-09T14:05:00.000+07:00``."""

    wide = False

    def __init__(self, days: Sequence[str], clock: Sequence[str]) -> None:
        super().__init__()
        self.day = DateBoxes(days)
        self.time = TimeBoxes(clock)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        for part in (self.day, self.time):
            row.addWidget(part)
            part.changed.connect(lambda _value: self.changed.emit(self.value()))

    def value(self) -> str:
        day, time = self.day.value(), self.time.value()
        return f"{day}T{time}" if day or time else ""

    def set_value(self, value: str) -> None:
        if value != self.value():
            day, _, time = value.partition("T")
            self.day.set_value(day)
            self.time.set_value(time)

    def set_named(self, name: str, description: str) -> None:
        for part in (self.day, self.time):
            part.set_named(name, description)

    def fields(self) -> Sequence[QWidget]:
        return (*self.day.fields(), *self.time.fields())


def _offset() -> str:
    """How far the hamlet's clock is from UTC, as ODK writes it: ``+07:00``."""
    minutes = int(VIETNAM.utcoffset(None).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
