"""One question as it stands on a page: label, hint, what is wrong, the field, where the answer came from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.widgets.check_boxes import CheckBoxes
from ui.widgets.editor import Editor
from ui.widgets.editors import make_editor
from ui.widgets.long_list import LongList
from ui.widgets.question import Question
from ui.widgets.question_words import QuestionWords
from ui.widgets.radios import Radios
from ui.widgets.words import words

_INDENT = 12
"""Pixels between the red line of a wrong question and its words."""


class QuestionBox(QFrame):
    """Shows the state it is given and emits ``answered`` after each change by a person."""

    answered = Signal(str)

    def __init__(self, question: Question, said: QuestionWords) -> None:
        super().__init__()
        self.setObjectName(f"q:{question.name}")
        self.setProperty("role", "question")
        self._said = said
        self.question = question
        self.group = words("", "heading", name="group")
        self.label = words("", "label", name="label")
        self.hint = words("", "muted", name="hint")
        self.problem = words("", "error", name="problem")
        self.warning = words("", "warn", name="warning")
        self.source = QLabel()
        self.source.setObjectName("source")
        self.source.setProperty("role", "source")
        self.editor: Editor | None = make_editor(question, said)
        self._lay()
        if self.editor is not None:
            self.editor.changed.connect(self.answered)
        for label in (self.group, self.problem, self.warning, self.source):
            label.hide()
        self.show_state(question)

    def _lay(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(6)
        for part in (self.group, self.label, self.hint, self.problem):
            self._column.addWidget(part)
        if self.editor is not None:
            self._column.addLayout(_beside(self.editor, self.source))
        self._column.addWidget(self.warning)

    def show_state(self, question: Question) -> None:
        """Show what the form says now; what a person is typing stays."""
        self.question = question
        optional = not question.required and not question.readonly and self.editor is not None
        self.label.setText(f"{question.label} {self._said.optional}" if optional else question.label)
        self.hint.setText(question.hint)
        self.hint.setVisible(bool(question.hint))
        if self.editor is not None:
            self.editor.set_choices(question.choices or ())
            self.editor.set_value(question.value)
            self.editor.set_readonly(question.readonly)
            self._name_editor()

    def head_group(self, heads: bool) -> None:
        """Whether this is the first question of its group, under the group's name."""
        self.group.setText(self.question.group)
        self.group.setVisible(heads and bool(self.question.group))

    def show_problem(self, sentence: str) -> None:
        """Mark the question with what to do; an empty sentence takes the mark away."""
        if self.half_typed() and sentence:
            sentence = self._said.pick
        if sentence == self.problem.text():
            return
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.setProperty("problem", bool(sentence))
        self._column.setContentsMargins(_INDENT if sentence else 0, 4, 8, 4)
        self.style().unpolish(self)
        self.style().polish(self)
        if self.editor is not None:
            self.editor.set_wrong(bool(sentence))
            self._name_editor()

    def show_warning(self, sentence: str) -> None:
        """Say something to check; it never holds anybody up."""
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def show_source(self, sentence: str) -> None:
        """Say where the answer came from (✓ từ thẻ); nothing for what was typed."""
        self.source.setText(sentence)
        self.source.setVisible(bool(sentence))

    def half_typed(self) -> bool:
        """Whether words stand in a search box that match nothing in the list."""
        return isinstance(self.editor, LongList) and self.editor.half_typed()

    def take_focus(self) -> None:
        if self.editor is not None:
            self.editor.take_focus()

    def _name_editor(self) -> None:
        if self.editor is not None:
            parts = (self.problem.text(), self.hint.text(), self.question.guidance)
            self.editor.set_named(self.question.label, " ".join(part for part in parts if part))


def _beside(editor: Editor, source: QLabel) -> QHBoxLayout:
    """The mark of the source stands right of the field, in line with what is written in it."""
    several = isinstance(editor, Radios | CheckBoxes) or not editor.fields()
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(editor, 1 if editor.wide else 0)
    row.addWidget(source, 0, Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignBottom)
    if not editor.wide:
        row.addStretch(1)
    return row
