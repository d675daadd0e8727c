"""One question as it stands on a page: label, hint, what is wrong, the field, where the answer came from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.widgets.check_boxes import CheckBoxes
from ui.widgets.editor import Editor
from ui.widgets.editors import make_editor
from ui.widgets.file_field import FileField
from ui.widgets.question import Question
from ui.widgets.question_words import QuestionWords
from ui.widgets.radios import Radios
from ui.widgets.said import Said
from ui.widgets.words import words

_INDENT = 12
"""Pixels between the red line of a wrong question and its words."""


class QuestionBox(QFrame):
    """Shows the state it is given and emits ``answered`` after each change by a person."""

    answered = Signal(str)
    half_typed = Signal(str)
    """Words in the box of a long list that are no answer yet; empty ones once they are."""
    file_wanted = Signal()
    """A file is to be fetched for this question."""

    def __init__(self, question: Question, said: QuestionWords) -> None:
        super().__init__()
        self.setObjectName(f"q:{question.name}")
        self.setProperty("role", "question")
        self._said = said
        self.question = question
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(6)
        self.label = words(role="label", name="label")
        self._column.addWidget(self.label)
        self.editor: Editor | None = make_editor(question, said)
        self._row = QHBoxLayout()
        if self.editor is not None:
            _lay_row(self._row, self.editor)
            self._column.addLayout(self._row)
            self.editor.changed.connect(self.answered)
            self.editor.half_typed.connect(self.half_typed)
        if isinstance(self.editor, FileField):
            self.editor.wanted.connect(self.file_wanted)
        self.group = Said("heading", "group", lambda label: self._column.insertWidget(0, label))
        self.hint = Said("muted", "hint", lambda label: self._put_after(self.label, label))
        self.problem = Said("error", "problem", self._put_problem)
        self.warning = Said("warn", "warning", self._column.addWidget)
        self.source = Said("source", "source", self._put_source)
        self.show_state(question)

    def show_state(self, question: Question) -> None:
        """Show what the form says now; what a person is typing stays."""
        self.question = question
        optional = not question.required and not question.readonly and self.editor is not None
        self.label.setText(f"{question.label} {self._said.optional}" if optional else question.label)
        told = (question.hint,) if self.editor is not None else (question.hint, question.guidance)
        self.hint.say("\n".join(part for part in told if part))
        if self.editor is not None:
            self.editor.set_choices(question.choices or ())
            self.editor.set_value(question.value)
            self.editor.set_readonly(question.readonly)
            self._name_editor()

    def head_group(self, heads: bool) -> None:
        """Whether this is the first question of its group, under the group's name."""
        self.group.say(self.question.group if heads else "")

    def show_problem(self, sentence: str) -> None:
        """Mark the question with what to do; an empty sentence takes the mark away."""
        if sentence == self.problem.text():
            return
        self.problem.say(sentence)
        self.setProperty("problem", bool(sentence))
        self._column.setContentsMargins(_INDENT if sentence else 0, 4, 8, 4)
        self.style().unpolish(self)
        self.style().polish(self)
        if self.editor is not None:
            self.editor.set_wrong(bool(sentence))
            self._name_editor()

    def show_warning(self, sentence: str) -> None:
        """Say something to check; it never holds anybody up."""
        self.warning.say(sentence)

    def show_source(self, sentence: str) -> None:
        """Say where the answer came from (✓ từ thẻ); nothing for what was typed."""
        self.source.say(sentence)

    def bring_back(self, words: str) -> None:
        """Put half-typed words into the box of a long list again."""
        if words and self.editor is not None:
            self.editor.bring_back(words)

    def take_focus(self) -> None:
        if self.editor is not None:
            self.editor.take_focus()

    def _name_editor(self) -> None:
        if self.editor is not None:
            parts = (self.problem.text(), self.hint.text(), self.question.guidance)
            self.editor.set_named(self.question.label, " ".join(part for part in parts if part))

    def _put_after(self, before: QLabel, label: QLabel) -> None:
        self._column.insertWidget(self._column.indexOf(before) + 1, label)

    def _put_problem(self, label: QLabel) -> None:
        self._put_after(self.hint.label or self.label, label)

    def _put_source(self, label: QLabel) -> None:
        """Right of the field, in line with what is written in it."""
        label.setWordWrap(False)
        several = isinstance(self.editor, Radios | CheckBoxes)
        side = Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignBottom
        self._row.insertWidget(1, label, 0, side)


def _lay_row(row: QHBoxLayout, editor: Editor) -> None:
    """The field, and room for the mark beside it."""
    row.setSpacing(12)
    row.addWidget(editor, 1 if editor.wide else 0)
    if not editor.wide:
        row.addStretch(1)
