"""A number of a range: a box between a button for less and one for more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.editor import Editor
from ui.widgets.text_line import SizedLine
from ui.widgets.words import words

_LETTERS = 8


@dataclass(frozen=True)
class Span:
    """From where to where a range goes, and how far apart its numbers are."""

    start: Decimal
    end: Decimal
    step: Decimal

    def next(self, value: Decimal | None, steps: int) -> Decimal:
        """The number so many steps further; the first of the range where none was chosen yet."""
        if value is None:
            return self.start
        low, high = min(self.start, self.end), max(self.start, self.end)
        return min(high, max(low, value + steps * self.step))


def span_of(parameters: Mapping[str, str]) -> Span:
    """The range of a question; what ODK takes where nothing is said: 1 to 10 by 1."""
    return Span(
        _decimal(parameters.get("start", ""), Decimal(1)),
        _decimal(parameters.get("end", ""), Decimal(10)),
        abs(_decimal(parameters.get("step", ""), Decimal(1))) or Decimal(1),
    )


class _StepLine(SizedLine):
    """The arrow keys count."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(steps)


class RangeSteps(Editor):
    """Nothing is chosen until a person presses or types; what is no number stays for the form to refuse."""

    wide = False

    def __init__(self, span: Span, between: Callable[[str, str, str], str], less: str, more: str) -> None:
        """``between`` tells first, last and step in words."""
        super().__init__()
        self._span = span
        self.edit = _StepLine(_LETTERS)
        self.edit.setObjectName("edit")
        self.edit.textEdited.connect(lambda _text: self.changed.emit(self.value()))
        self.edit.stepped.connect(self._step)
        self.less = button("less", less, lambda: self._step(-1))
        self.more = button("more", more, lambda: self._step(1))
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.less, self.edit, self.more):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(words(between(*map(_shown, (span.start, span.end, span.step))), "muted", "between"))
        column.addLayout(row)

    def value(self) -> str:
        return "".join(self.edit.text().split()).replace(",", ".")

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.edit.setText(value.replace(".", ","))

    def set_named(self, name: str, description: str) -> None:
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)
        for made in (self.less, self.more):
            made.setAccessibleName(f"{name}: {made.text()}")

    def fields(self) -> Sequence[QWidget]:
        return (self.edit, self.less, self.more)

    def _step(self, steps: int) -> None:
        stood = _number(self.value())
        self.edit.setText(_shown(self._span.next(stood, steps)))
        self.changed.emit(self.value())


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _decimal(text: str, otherwise: Decimal) -> Decimal:
    found = _number(text)
    return otherwise if found is None else found


def _shown(number: Decimal) -> str:
    """As people here write it, without needless noughts."""
    return f"{number.normalize():f}".replace(".", ",")
