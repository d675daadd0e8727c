"""A TOML table whose values are asked for by kind; what does not fit is refused with file and line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kiosk.catalogue.bad_content import BadContentError, read_toml, refuse

T = TypeVar("T")


class Table:
    """One table of one file. ``close`` at the end refuses keys that nobody asked for."""

    def __init__(self, path: Path, values: Mapping[str, Any], where: tuple[str | int, ...] = ()) -> None:
        self._path = path
        self._values = values
        self._where = where
        self._asked: set[str] = set()

    def text(self, key: str) -> str:
        """A text that must stand there."""
        value = self.text_or_none(key)
        if not value:
            raise self.refusal(key, "a text is needed here")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or ``None`` where the key is left out (not known)."""
        return self._value(key, str, "a text")

    def flag(self, key: str) -> bool | None:
        return self._value(key, bool, "true or false")

    def number(self, key: str) -> int | None:
        """A whole number from 0 up."""
        value = self._value(key, int, "a whole number")
        if value is not None and value < 0:
            raise self.refusal(key, "below zero")
        return value

    def day(self, key: str) -> date | None:
        return self._value(key, date, "a date such as 2026-11-21")

    def several(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where the key is left out."""
        values = self._value(key, list, "a list of texts") or []
        if not all(isinstance(value, str) and value for value in values):
            raise self.refusal(key, "a list of texts is needed here")
        return tuple(values)

    def table(self, key: str) -> "Table | None":
        values = self._value(key, dict, "a table")
        return None if values is None else Table(self._path, values, (*self._where, key))

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of ``[[key]]`` in order."""
        for number, values in enumerate(self._value(key, list, "a list of tables") or []):
            if not isinstance(values, Mapping):
                raise self.refusal(key, "a list of tables is needed here")
            yield Table(self._path, values, (*self._where, key, number))

    def one_or_several(self, key: str) -> Iterator["Table"]:
        """The table ``[key]``, or the tables of ``[[key]]`` in order; none where neither stands there."""
        if isinstance(self._values.get(key), Mapping):
            only = self.table(key)
            return iter(() if only is None else (only,))
        return self.tables(key)

    def pairs(self) -> dict[str, str]:
        """All keys of this table with their texts."""
        return {key: self.text(key) for key in self._values}

    def parsed(self, key: str, parse: Callable[[str], T]) -> T:
        """A text put through ``parse``, whose ``ValueError`` refuses it."""
        text = self.text(key)
        try:
            return parse(text)
        except ValueError as error:
            raise self.refusal(key, str(error)) from error

    def close(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not go unnoticed."""
        for key in self._values:
            if key not in self._asked:
                raise self.refusal(key, "an unknown key")

    def refusal(self, key: str, reason: str) -> BadContentError:
        return refuse(self._path, (*self._where, key), reason)

    def _value(self, key: str, kind: type[T], wanted: str) -> T | None:
        self._asked.add(key)
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refusal(key, f"{wanted} is needed here")
        return value


def load_table(path: Path) -> Table:
    """The root table of a file."""
    return Table(path, read_toml(path))
