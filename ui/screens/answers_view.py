"""The answers of one page of the form, to be read once more before anything is printed or sent."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from ui.widgets.buttons import button
from ui.widgets.words import words


@dataclass(frozen=True)
class ShownAnswer:
    """A label and what a person reads under it."""

    label: str
    text: str
    group: str = ""
    """Heading of the composite field that it is a part of."""


class AnswersView(QFrame):
    """A heading with its "Sửa", then label and answer side by side."""

    def __init__(self, title: str, answers: tuple[ShownAnswer, ...], empty: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(12)
        self._top = QHBoxLayout()
        self._top.addWidget(words(title, "heading"), 1)
        self._column.addLayout(self._top)
        self._column.addLayout(_grid(answers, empty))

    def offer_edit(self, name: str, text: str, said: str, edit: Callable[[], object]) -> None:
        """Lead to the place where these answers are changed; ``said`` is for screen readers."""
        made = button(name, text, edit, "plain")
        made.setAccessibleName(said)
        self._top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)


def _grid(answers: tuple[ShownAnswer, ...], empty: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    group = ""
    for answer in answers:
        row = grid.rowCount()
        if answer.group and answer.group != group:
            grid.addWidget(words(answer.group), row, 0, 1, 2)
            row += 1
        group = answer.group
        grid.addWidget(words(answer.label, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        shown = words(answer.text or empty, "label" if answer.text else "muted")
        grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid
