"""The lists that a form's choices and expressions read: its own rows, and those of files beside it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, str]
Lists = Callable[[str], Sequence[Row] | None]
"""Gives the rows of an external list; ``None`` if there is no such file, ``ValueError`` if it is no list."""


class KnownLists:
    """The secondary instances of one form, by their ids."""

    def __init__(self, instances: Mapping[str, Mapping[str, Any]], lists: Lists) -> None:
        self._instances, self._lists = instances, lists
        self.unread: set[str] = set()
        """Files that are there and cannot be read."""
        self.columns = {name: self._columns(name) for name in instances}
        """The columns of each list, of a file those of its first row; none where they are not known."""

    def rows(self, instance: str) -> Sequence[Row] | None:
        """The rows of a list; ``None`` where they are not known."""
        file = self.file(instance)
        if not file:
            rows: Sequence[Row] | None = self._instances.get(instance, {}).get("rows")
            return rows
        try:
            return self._lists(file)
        except ValueError:
            self.unread.add(file)
            return None

    def file(self, instance: str) -> str:
        """The file in which a list stands; empty for the form's own."""
        return str(self._instances.get(instance, {}).get("file", ""))

    def _columns(self, instance: str) -> frozenset[str]:
        rows = self.rows(instance) or ()
        return frozenset(name for row in (rows[:1] if self.file(instance) else rows) for name in row)
