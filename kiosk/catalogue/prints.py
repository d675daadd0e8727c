"""What a procedure prints: official declarations from layouts, and information sheets where none is known."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.conditions import Condition, read_condition
from kiosk.catalogue.tables import Table

_LAYOUT = re.compile(r"(?:[a-z][a-z0-9_]*/)?[a-z][a-z0-9_]*")
_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_SOURCE = re.compile(rf"{_NAME}(?:_\*)?|'[^']*'")
_BLANK = re.compile(rf"\{{({_NAME})\}}")


@dataclass(frozen=True)
class Print:
    """One paper that leaves the printer."""

    layout: str
    """Folder and name of a layout (``khai_sinh/to_khai``); empty for an information sheet."""
    title: str
    """Empty where the layout's own title is good enough."""
    why: str
    """One honest sentence of an information sheet: why it is no official form."""
    pages: tuple[str, ...]
    """The pages of the form that an information sheet shows; none named = all."""
    answers: Mapping[str, str]
    """Question of the layout → question of this form, a group of either (``me_giay_to``), all that begin so
    (``me_*``), or words in single quotes with ``{question}`` blanks."""
    when: Condition | None
    effective_from: date | None
    effective_to: date | None
    """The last day on which it is printed."""

    def holds_on(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    def applies(self, value_of: Callable[[str], str]) -> bool:
        """Whether these answers ask for it; ``value_of`` gives the stored value of a question."""
        return self.when is None or self.when.holds(value_of)

    def questions(self) -> Iterator[tuple[str, str]]:
        """The questions of this form that it names, each with the key where it stands."""
        if self.when is not None:
            yield "when", self.when.question
        for key, source in self.answers.items():
            for name in _BLANK.findall(source) if source.startswith("'") else (source,):
                yield key, name


def read_prints(table: Table, folder: str) -> tuple[Print, ...]:
    """The tables of ``[[prints]]`` in a procedure whose own layouts lie in ``folder``."""
    return tuple(_print(each, folder) for each in table.tables("prints"))


def _print(table: Table, folder: str) -> Print:
    sheet = table.flag("information_sheet") is True
    answers = table.table("answers")
    found = Print(
        layout="" if sheet else table.parsed("layout", lambda text: _layout(text, folder)),
        title=table.text("title") if sheet else table.text_or_none("title") or "",
        why=table.text("why") if sheet else "",
        pages=table.several("pages") if sheet else (),
        answers=_answers(answers) if answers and not sheet else {},
        when=read_condition(table),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    if sheet and answers:
        raise table.refusal("answers", "an information sheet shows the form's own questions")
    table.close()
    return found


def _answers(table: Table) -> dict[str, str]:
    pairs = table.pairs()
    for key, source in pairs.items():
        if not _SOURCE.fullmatch(source) or key.endswith("*") is not source.endswith("*"):
            raise table.refusal(key, "a question of this form, or words between single quotes")
    return pairs


def _layout(text: str, folder: str) -> str:
    if not _LAYOUT.fullmatch(text):
        raise ValueError("a layout is named to_khai, or khai_sinh/to_khai if it is another procedure's")
    return text if "/" in text else f"{folder}/{text}"
