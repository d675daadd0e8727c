"""What stands in a blank: an answer of the filled form, cut or worded as the layout asks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.documents.faces import printable
from kiosk.documents.layout import ROW_NUMBER, Condition, PrintRule, Value
from kiosk.documents.number_words import LARGEST, date_words, number_words
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.partial_date import PartialDate, parse_partial_date
from kiosk.domain.place_words import in_sentence, without_kind

_DAY = re.compile(r"\d{4}(?:-\d{1,2}){0,2}")
_TIME = re.compile(r"(?:^|T)(\d{2}):(\d{2})")
_BARE = "ten"
"""A place without its kind, where the form has the kind printed before the dots."""
_OTHER = "khac"


@dataclass(frozen=True)
class PlaceAndDay:
    """Where and when a declaration is signed; without it both stay dotted for the hand."""

    place: str
    day: date


@dataclass(frozen=True)
class Answers:
    """The answers of a form, or of one row of a repeat, as the layout's blanks see them."""

    filled: FilledForm
    signed_at: PlaceAndDay | None = None
    prefix: str = ""
    """Name of the repeat whose row this is."""
    silent: frozenset[str] = field(default=frozenset())
    """Questions and groups whose blanks stay empty on this line (rules of the form)."""
    number: str = ""
    """Which row of a repeat this is, counted from 1."""

    @property
    def is_empty(self) -> bool:
        return not self.filled.entries

    def value(self, name: str) -> str:
        """The stored text of a question; empty if unanswered."""
        return self.filled.value(self._inner(name)) or self.filled.value(name)

    def shown(self, name: str, form: str = "") -> str:
        """What is printed for a placeholder; empty where nothing is known."""
        if name in self.silent or name.rpartition(".")[0] in self.silent:
            return ""
        if name == ROW_NUMBER:
            return self.number
        if name.startswith("lam_tai."):
            return self._signing(name, form)
        if form in _FORMS:
            return _FORMS[form](self.value(name).strip(), form)
        return self._text(name, bare=form == _BARE)

    def holds(self, condition: Condition) -> bool:
        """Whether a condition of the column "in khi" is met; a blank form prints everything."""
        if self.is_empty:
            return True
        value = self.value(condition.name)
        if not condition.values:
            return bool(value)
        return value in condition.values or not condition.values.isdisjoint(value.split())

    def quieted(self, rules: tuple[PrintRule, ...]) -> "Answers | None":
        """The answers that a line may show; ``None`` if the line is not printed at all."""
        broken = [rule for rule in rules if not self.holds(rule.condition)]
        if not broken:
            return self
        if any(not rule.names for rule in broken):
            return None
        silent = self.silent.union(*(rule.names for rule in broken))
        return replace(self, silent=silent)

    def rows(self, repeat: str, where: Condition | None = None) -> list["Answers"]:
        """The rows of a repeat, or those of them that meet a condition."""
        found = [Answers(row, self.signed_at, repeat) for row in self.filled.rows(repeat)]
        chosen = [row for row in found if where is None or row.holds(where)]
        return [replace(row, number=str(number)) for number, row in enumerate(chosen, start=1)]

    def is_ticked(self, name: str, choice: str) -> bool:
        return bool(name) and choice in self.value(name).split()

    def _inner(self, name: str) -> str:
        """A name inside a row of the repeat."""
        return name.removeprefix(f"{self.prefix}.") if self.prefix else name

    def _text(self, name: str, bare: bool = False) -> str:
        """A question's text; "Khác" gives way to what was written beside it."""
        name = self._inner(name) if self._inner(name) in self.filled else name
        if name not in self.filled and f"{name}.chon" in self.filled:
            return self._text(f"{name}.{_OTHER}") or self._text(f"{name}.chon")
        text = self.filled.text(name) or self.filled.value(name)
        if self.filled.kind(name) == "date" and text == self.filled.value(name):
            return _shown_day(text, "")
        if name.endswith((".xa", ".tinh")):
            text = without_kind(text) if bare else in_sentence(text)
        return printable(text)

    def _signing(self, name: str, form: str) -> str:
        if self.signed_at is None:
            return ""
        if name == "lam_tai.noi":
            return printable(self.signed_at.place)
        return _FORMS[form or "ngay"](self.signed_at.day.isoformat(), form or "ngay")


def value_text(value: Value, answers: Answers) -> str:
    """The words of a blank: its answered parts with what joins them; empty if none is answered."""
    pieces: list[str] = []
    for part in value.parts:
        text = answers.shown(part.name, part.form)
        if text:
            before = part.before if pieces else part.before.lstrip(" ,;")
            pieces.append(f"{before}{text}{part.after}")
    return "".join(pieces)


def _day(text: str) -> PartialDate | None:
    """The day in a stored date or date-time; ``None`` if it is neither."""
    day = text.partition("T")[0]
    try:
        return parse_partial_date(day) if _DAY.fullmatch(day) else None
    except ValueError:
        return None


def _slice(text: str, form: str) -> str:
    day = _day(text)
    if day is None:
        return ""
    if form == "yyyy":
        return f"{day.year:04}"
    number = day.day if form == "dd" else day.month
    return "" if number is None else f"{number:02}"


def _clock(text: str, form: str) -> str:
    match = _TIME.search(text)
    return match[1 if form == "hh" else 2] if match else ""


def _shown_day(text: str, _form: str) -> str:
    """A whole or partial date as papers write it; empty for what is no day of any calendar."""
    day = _day(text)
    return day.shown() if day else ""


def _day_in_words(text: str, _form: str) -> str:
    day = _day(text)
    return date_words(day) if day else ""


def _number_in_words(text: str, _form: str) -> str:
    return number_words(int(text)) if text.isdecimal() and int(text) <= LARGEST else ""


def _in_threes(text: str, _form: str) -> str:
    return f"{int(text):,}".replace(",", ".") if text.isdecimal() else printable(text)


_FORMS: Mapping[str, Callable[[str, str], str]] = {
    "dd": _slice,
    "mm": _slice,
    "yyyy": _slice,
    "hh": _clock,
    "mi": _clock,
    "ngay": _shown_day,
    "chu": _day_in_words,
    "so": _in_threes,
    "so_chu": _number_in_words,
}
