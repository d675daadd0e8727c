"""The few words that question widgets show on their own; the screen brings them from the texts."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionWords:
    optional: str
    """Said after the label of a question that may stay empty."""
    day: str
    month: str
    year: str
    search: str
    """Stands in an empty search box."""
    nothing: str
    """Stands in a search box whose list is empty, because an earlier answer decides what is in it."""
    confirm: str
    """Beside the box of a question that only asks to confirm."""


def question_words(texts: Callable[..., str]) -> QuestionWords:
    """The words from the texts under ``question.…``."""
    return QuestionWords(
        optional=texts("question.optional"),
        day=texts("question.day"),
        month=texts("question.month"),
        year=texts("question.year"),
        search=texts("question.search"),
        nothing=texts("question.nothing"),
        confirm=texts("question.confirm"),
    )
