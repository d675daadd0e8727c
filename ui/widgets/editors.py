"""Which editor asks a question: by its kind, its appearance and the number of its choices."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.widgets.check_boxes import CheckBoxes, Confirm
from ui.widgets.date_boxes import CoarseDateBoxes, DateBoxes, PartialDateBoxes
from ui.widgets.decimal_number import DecimalNumber
from ui.widgets.editor import Editor
from ui.widgets.file_field import FileField
from ui.widgets.id_number import IdNumber
from ui.widgets.long_list import LongList
from ui.widgets.many_of import MOST as MOST_TICKED
from ui.widgets.many_of import ManyOf
from ui.widgets.multi_line import MultiLine
from ui.widgets.number_line import NumberLine
from ui.widgets.question import Question, looks
from ui.widgets.question_words import QuestionWords
from ui.widgets.radios import MOST, Radios
from ui.widgets.range_steps import RangeSteps, span_of
from ui.widgets.rank_list import RankList
from ui.widgets.text_line import TextLine
from ui.widgets.time_boxes import MomentBoxes, TimeBoxes
from ui.widgets.whole_number import WholeNumber
from ui.widgets.yes_no import TrueFalse, YesNo, is_yes_no

_SHORT = 16
"""Letters of a number that is no amount: a telephone, a page."""
_CODE = 32
"""Letters of a code that a reader types in."""


def make_editor(question: Question, words: QuestionWords) -> Editor | None:
    """The editor for a question; ``None`` for a note, which asks nothing."""
    make = _MAKERS.get(question.kind, _text)
    return None if question.kind == "note" else make(question, words)


def _one_of(question: Question, words: QuestionWords) -> Editor:
    if is_yes_no(question.choices):
        return YesNo(question.choices)
    listed = looks(question, "minimal") or looks(question, "autocomplete")
    if listed or len(question.choices) > MOST:
        return LongList(question.choices, words.search, words.nothing)
    return Radios(question.choices)


def _several_of(question: Question, words: QuestionWords) -> Editor:
    listed = looks(question, "minimal") or looks(question, "autocomplete")
    if listed or len(question.choices) > MOST_TICKED:
        return ManyOf(question.choices, words.search, words.nothing)
    return CheckBoxes(question.choices)


def _text(question: Question, words: QuestionWords) -> Editor:
    if looks(question, "partial-date"):
        return PartialDateBoxes(_days(words))
    if looks(question, "multiline") or "rows" in question.parameters:
        return MultiLine()
    if looks(question, "id12"):
        return IdNumber()
    if looks(question, "numbers"):
        return NumberLine(letters=_SHORT)
    return TextLine(upper=looks(question, "name-upper"))


def _date(question: Question, words: QuestionWords) -> Editor:
    for token, asked in (("month-year", 2), ("year", 1)):
        if looks(question, token):
            return CoarseDateBoxes(_days(words), asked)
    return DateBoxes(_days(words))


def _days(words: QuestionWords) -> tuple[str, str, str]:
    return words.day, words.month, words.year


def _yes_no(words: QuestionWords) -> Editor:
    return TrueFalse((_Own("true", words.yes), _Own("false", words.no)))


def _file(words: QuestionWords) -> Editor:
    return FileField(words.fetch, words.remove, words.no_file, words.file)


@dataclass(frozen=True)
class _Own:
    """An answer that no form lists."""

    name: str
    label: str


_MAKERS: dict[str, Callable[[Question, QuestionWords], Editor]] = {
    "select1": _one_of,
    "select": _several_of,
    "rank": lambda question, words: RankList(question.choices, words.rank),
    "trigger": lambda _question, words: Confirm((_Own("OK", words.confirm),)),
    "boolean": lambda _question, words: _yes_no(words),
    "date": _date,
    "time": lambda _question, words: TimeBoxes((words.hour, words.minute)),
    "dateTime": lambda _question, words: MomentBoxes(_days(words), (words.hour, words.minute)),
    "int": lambda _question, _words: WholeNumber(),
    "decimal": lambda _question, _words: DecimalNumber(),
    "range": lambda question, words: RangeSteps(
        span_of(question.parameters), words.between, words.less, words.more
    ),
    "barcode": lambda _question, _words: TextLine(letters=_CODE),
    "file": lambda _question, words: _file(words),
}
"""Kinds that are not written as plain text."""
