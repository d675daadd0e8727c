"""A form with its answers, ready to be printed or shown: what forms build and documents print."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class FilledEntry:
    """One question that counts (relevant ones only), in the order of the form.

    ``value`` is the stored text (a choice's name, an ISO date); ``text`` what a person reads
    (the choice's label, a date as dd/mm/yyyy). ``rows`` holds the instances of a repeat.
    """

    name: str
    kind: str
    label: str
    value: str
    text: str
    rows: tuple["FilledForm", ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """The relevant answers of one form (or of one row of a repeat), by name and in order."""

    form: str
    version: str
    entries: tuple[FilledEntry, ...]
    _by_name: Mapping[str, FilledEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {entry.name: entry for entry in self.entries})

    def __iter__(self) -> Iterator[FilledEntry]:
        return iter(self.entries)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def value(self, name: str) -> str:
        """The stored value, or an empty text if the question is unanswered or does not apply."""
        entry = self._by_name.get(name)
        return entry.value if entry else ""

    def text(self, name: str) -> str:
        """What a person reads, or an empty text if the question is unanswered or does not apply."""
        entry = self._by_name.get(name)
        return entry.text if entry else ""

    def kind(self, name: str) -> str:
        """The kind of a question, or an empty text if it does not apply."""
        entry = self._by_name.get(name)
        return entry.kind if entry else ""

    def rows(self, name: str) -> tuple["FilledForm", ...]:
        """The rows of a repeat, in order; none if the repeat does not apply."""
        entry = self._by_name.get(name)
        return entry.rows if entry else ()


def without_answers(filled: FilledForm, names: Collection[str]) -> FilledForm:
    """The same form with these questions unanswered; in repeats they are named ``con[2].ho_ten``."""
    return replace(filled, entries=tuple(_emptied(entry, names, entry.name) for entry in filled))


def _emptied(entry: FilledEntry, names: Collection[str], name: str) -> FilledEntry:
    if name in names:
        return replace(entry, value="", text="", rows=())
    rows = tuple(
        replace(row, entries=tuple(_emptied(inner, names, _in_row(entry, n, name, inner)) for inner in row))
        for n, row in enumerate(entry.rows, start=1)
    )
    return replace(entry, rows=rows) if rows else entry


def _in_row(repeat: FilledEntry, number: int, name: str, inner: FilledEntry) -> str:
    return f"{name}[{number}].{inner.name.removeprefix(f'{repeat.name}.')}"
