"""The few words that question widgets show on their own; the screen brings them from the texts."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.widgets.rank_list import RankWords


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
    hour: str
    minute: str
    yes: str
    no: str
    between: Callable[[str, str, str], str]
    """First, last and step of a range in words."""
    less: str
    more: str
    rank: RankWords
    fetch: str
    remove: str
    no_file: str
    file: Callable[[str], str]
    """A file of this ending is there."""


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
        hour=texts("question.hour"),
        minute=texts("question.minute"),
        yes=texts("question.yes"),
        no=texts("question.no"),
        between=lambda first, last, step: texts("question.between", first=first, last=last, step=step),
        less=texts("question.less"),
        more=texts("question.more"),
        rank=RankWords(
            up=texts("question.up"),
            down=texts("question.down"),
            move=lambda move, label: texts("question.move", move=move, label=label),
            keep=texts("question.keep"),
        ),
        fetch=texts("question.fetch"),
        remove=texts("question.remove"),
        no_file=texts("question.no_file"),
        file=lambda ending: texts("question.file", ending=ending),
    )
