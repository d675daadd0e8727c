"""Which editor asks a question: by its kind, its appearance and the number of its choices."""

from dataclasses import dataclass

from ui.widgets.check_boxes import CheckBoxes
from ui.widgets.date_boxes import DateBoxes, PartialDateBoxes
from ui.widgets.editor import Editor
from ui.widgets.id_number import IdNumber
from ui.widgets.long_list import LongList
from ui.widgets.multi_line import MultiLine
from ui.widgets.question import Question, looks
from ui.widgets.question_words import QuestionWords
from ui.widgets.radios import MOST, Radios
from ui.widgets.text_line import TextLine
from ui.widgets.whole_number import WholeNumber
from ui.widgets.yes_no import YesNo, is_yes_no

_SHORT = 16
"""Letters of a number that is no amount: a telephone, a page."""


def make_editor(question: Question, words: QuestionWords) -> Editor | None:
    """The editor for a question; ``None`` for a note, which asks nothing."""
    if question.kind == "note":
        return None
    if question.kind in ("select1", "boolean", "rank"):
        return _one_of(question, words)
    if question.kind in ("select", "trigger"):
        return CheckBoxes(question.choices or _only_confirm(question, words))
    if question.kind == "date":
        return DateBoxes((words.day, words.month, words.year))
    if question.kind in ("int", "range"):
        return WholeNumber()
    return _text(question, words)


def _one_of(question: Question, words: QuestionWords) -> Editor:
    if is_yes_no(question.choices):
        return YesNo(question.choices)
    listed = looks(question, "minimal") or looks(question, "autocomplete")
    if listed or len(question.choices) > MOST:
        return LongList(question.choices, words.search, words.nothing)
    return Radios(question.choices)


def _text(question: Question, words: QuestionWords) -> Editor:
    if looks(question, "partial-date"):
        return PartialDateBoxes((words.day, words.month, words.year))
    if looks(question, "multiline"):
        return MultiLine()
    if looks(question, "id12"):
        return IdNumber()
    if looks(question, "numbers") or question.kind in ("decimal", "time", "dateTime", "barcode"):
        return TextLine(letters=_SHORT, digits=looks(question, "numbers"))
    return TextLine(upper=looks(question, "name-upper"))


def _only_confirm(question: Question, words: QuestionWords) -> tuple["_Confirm", ...]:
    return (_Confirm("OK", words.confirm),) if question.kind == "trigger" else ()


@dataclass(frozen=True)
class _Confirm:
    name: str
    label: str
