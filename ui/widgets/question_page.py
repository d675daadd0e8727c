"""The questions of one page, one under the other; boxes are kept while their question stays."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets.question import Question
from ui.widgets.question_box import QuestionBox
from ui.widgets.question_words import QuestionWords
from ui.widgets.repeat_rows import Repeat, RowActions, RowWords, make_part


@dataclass(frozen=True)
class Sight:
    """How a page looks at its form, without knowing what a dossier is."""

    question: Callable[[str], Question]
    source: Callable[[str], str]
    """What stands beside an answer that a person did not type."""
    warning: Callable[[str], str]
    """Something to check about an answer, or an empty text."""
    half_typed: Callable[[str], str]
    """Words that were typed into a long list and are no answer yet."""
    rows: RowActions
    row_words: RowWords


class QuestionPage(QWidget):
    """Emits ``answered`` with name and raw value. Questions come and go without losing the focus."""

    answered = Signal(str, str)
    half_typed = Signal(str, str)
    """Name and words that are no answer yet; empty words once they are."""

    file_wanted = Signal(str)
    """The question for which a file is to be fetched."""

    def __init__(self, sight: Sight, said: QuestionWords) -> None:
        super().__init__()
        self._sight = sight
        self._said = said
        self.boxes: dict[str, QuestionBox] = {}
        self._parts: dict[str, QWidget] = {}
        self._marked = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_parts(self, keys: Sequence[str], repeats: Sequence[Repeat] = ()) -> None:
        """Show exactly these, in this order; what stood there already is not built again.

        Keys are ``q:<question>``, ``row:<repeat>:<n>`` (the head of a row) and ``add:<repeat>``.
        """
        if list(self._parts) == list(keys):
            return
        self.setUpdatesEnabled(False)
        for key in [key for key in self._parts if key not in keys]:
            self._remove(key)
        for place, key in enumerate(keys):
            if key not in self._parts:
                self._insert(place, key, repeats)
        self._parts = {key: self._parts[key] for key in keys}
        self._head_groups(keys)
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
        if sentences or self._marked:
            for name, box in self.boxes.items():
                box.show_problem(sentences.get(name, ""))
        self._marked = bool(sentences)

    def go_to(self, name: str) -> bool:
        """Put the keyboard into a question; false if it is not on this page."""
        box = self.boxes.get(name)
        if box is not None:
            box.take_focus()
        return box is not None

    def take_focus_in(self, keys: Sequence[str]) -> None:
        """Put the keyboard into the first of these parts that takes it."""
        for part in (self._parts[key] for key in keys if key in self._parts):
            if isinstance(part, QuestionBox):
                part.take_focus()
            elif part.focusProxy() is not None:
                part.setFocus()
            if part.isAncestorOf(QApplication.focusWidget() or self):
                return

    def can_answer(self, name: str) -> bool:
        """Whether the keyboard can go into this question: it is no note and not only to be read."""
        box = self.boxes.get(name)
        return box is not None and box.editor is not None and not box.question.readonly

    def asked_now(self) -> str:
        """The name of the question that has the keyboard, or an empty text."""
        widget = QApplication.focusWidget()
        box = self.box_of(widget) if widget is not None else None
        return box.question.name if isinstance(box, QuestionBox) else ""

    def box_of(self, widget: QWidget) -> QWidget:
        """The question in which a widget stands, else the widget itself."""
        above: QWidget | None = widget
        while above is not None and above is not self:
            if isinstance(above, QuestionBox):
                return above
            above = above.parentWidget()
        return widget

    def _insert(self, place: int, key: str, repeats: Sequence[Repeat]) -> None:
        kind, _, name = key.partition(":")
        if kind == "q":
            part: QWidget = self._box(name)
        else:
            part = make_part(key, repeats, self._sight.row_words, self._sight.rows)
        self._parts[key] = part
        self._column.insertWidget(place, part)
        if self.isVisible():  # otherwise it is shown with the page, and styled once
            part.show()
        before = self._column.itemAt(place - 1) if place else None
        if before is not None:
            _tab_after(before.widget(), part)

    def _box(self, name: str) -> QuestionBox:
        box = QuestionBox(self._sight.question(name), self._said)
        box.bring_back(self._sight.half_typed(name))
        box.half_typed.connect(lambda words: self.half_typed.emit(name, words))
        box.file_wanted.connect(lambda: self.file_wanted.emit(name))
        box.answered.connect(lambda value: self.answered.emit(name, value))
        self.boxes[name] = box
        self._mark(name, box)
        return box

    def _remove(self, key: str) -> None:
        part = self._parts.pop(key)
        self.boxes.pop(key.partition(":")[2], None)
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _mark(self, name: str, box: QuestionBox) -> None:
        box.show_source(self._sight.source(name))
        box.show_warning(self._sight.warning(name))

    def _head_groups(self, keys: Sequence[str]) -> None:
        """A group is named above its first question, in every row again."""
        before = ""
        for key in keys:
            box = self.boxes.get(key.removeprefix("q:")) if key.startswith("q:") else None
            if box is not None:
                box.head_group(box.question.group != before)
            before = box.question.group if box is not None else ""


def _tab_after(before: QWidget | None, part: QWidget) -> None:
    """The Tab key follows the page from top to bottom, also into questions that came later."""
    if not (isinstance(before, QuestionBox) and before.editor and isinstance(part, QuestionBox)):
        return
    fields = part.editor.fields() if part.editor is not None else ()
    for previous, following in zip([*before.editor.fields()[-1:], *fields], fields, strict=False):
        QWidget.setTabOrder(previous, following)
