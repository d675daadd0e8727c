"""The questions of one page, one under the other; boxes are kept while their question stays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets.question import Question
from ui.widgets.question_box import QuestionBox
from ui.widgets.question_words import QuestionWords


@dataclass(frozen=True)
class Sight:
    """How a page looks at its form, without knowing what a dossier is."""

    question: Callable[[str], Question]
    source: Callable[[str], str]
    """What stands beside an answer that a person did not type."""
    warning: Callable[[str], str]
    """Something to check about an answer, or an empty text."""


class QuestionPage(QWidget):
    """Emits ``answered`` with name and raw value. Questions come and go without losing the focus."""

    answered = Signal(str, str)

    def __init__(self, sight: Sight, said: QuestionWords) -> None:
        super().__init__()
        self._sight = sight
        self._said = said
        self.boxes: dict[str, QuestionBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_questions(self, names: Sequence[str]) -> None:
        """Show exactly these, in this order; what stood there already is not built again."""
        self.setUpdatesEnabled(False)
        for name in [name for name in self.boxes if name not in names]:
            self._remove(name)
        for place, name in enumerate(names):
            if name not in self.boxes:
                self._insert(place, name)
        before = ""
        for name in names:
            box = self.boxes[name]
            box.head_group(box.question.group != before)
            before = box.question.group
        self.setUpdatesEnabled(True)

    def refresh(self, names: Iterable[str]) -> None:
        """Show the new state of the questions that changed."""
        for name in names:
            box = self.boxes.get(name)
            if box is not None:
                box.show_state(self._sight.question(name))
                self._mark(name, box)

    def show_problems(self, sentences: Mapping[str, str]) -> None:
        """Mark these questions and no others."""
        for name, box in self.boxes.items():
            box.show_problem(sentences.get(name, ""))

    def go_to(self, name: str) -> bool:
        """Put the keyboard into a question; false if it is not on this page."""
        box = self.boxes.get(name)
        if box is not None:
            box.take_focus()
        return box is not None

    def can_answer(self, name: str) -> bool:
        """Whether the keyboard can go into this question: it is no note and not only to be read."""
        box = self.boxes.get(name)
        return box is not None and box.editor is not None and not box.question.readonly

    def asked_now(self) -> str:
        """The name of the question that has the keyboard, or an empty text."""
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, QuestionBox):
                return widget.question.name
            widget = widget.parentWidget()
        return ""

    def _insert(self, place: int, name: str) -> None:
        box = QuestionBox(self._sight.question(name), self._said)
        box.answered.connect(lambda value: self.answered.emit(name, value))
        self.boxes[name] = box
        self._mark(name, box)
        self._column.insertWidget(place, box)
        box.show()
        before = self._column.itemAt(place - 1) if place else None
        if before is not None:
            _tab_after(before.widget(), box)

    def _remove(self, name: str) -> None:
        box = self.boxes.pop(name)
        self._column.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _mark(self, name: str, box: QuestionBox) -> None:
        box.show_source(self._sight.source(name))
        box.show_warning(self._sight.warning(name))


def _tab_after(before: QWidget | None, box: QuestionBox) -> None:
    """The Tab key follows the page from top to bottom, also into questions that came later."""
    if not isinstance(before, QuestionBox) or before.editor is None or box.editor is None:
        return
    last = before.editor.fields()[-1:]
    for previous, following in zip([*last, *box.editor.fields()], box.editor.fields(), strict=False):
        QWidget.setTabOrder(previous, following)
