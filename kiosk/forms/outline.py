"""The shape of a form's primary instance, for analysis: items, their parents, children and repeats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Outline:
    """Items by number, 0 being the top element; numbers of parents are smaller than their children's."""

    names: list[str]
    parents: list[int]
    is_repeat: list[bool]
    children: list[list[int]] = field(init=False)
    repeats: list[tuple[int, ...]] = field(init=False)
    """For each item the repeats it stands in, outermost first, itself included."""

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.names]
        self.repeats = []
        for item, parent in enumerate(self.parents):
            outer = self.repeats[parent] if item else ()
            if item:
                self.children[parent].append(item)
            self.repeats.append((*outer, item) if self.is_repeat[item] else outer)

    def child(self, parent: int, name: str) -> int | None:
        """The child of that local name; a prefix before it does not count."""
        local = name.rpartition(":")[2]
        for item in self._by_name(parent).get(local, ()):
            return item
        return None

    def _by_name(self, parent: int) -> dict[str, list[int]]:
        known = self._names.get(parent)
        if known is None:
            known = {}
            for item in self.children[parent]:
                known.setdefault(self.names[item], []).append(item)
            self._names[parent] = known
        return known

    _names: dict[int, dict[str, list[int]]] = field(default_factory=dict, repr=False)

    def lineage(self, item: int) -> list[int]:
        """The item and everything above it, topmost first."""
        found = [item]
        while item:
            item = self.parents[item]
            found.append(item)
        return found[::-1]

    def path(self, item: int) -> str:
        """The absolute path, such as ``/data/con/ten``."""
        return "/" + "/".join(self.names[one] for one in self.lineage(item))

    def below(self, item: int) -> list[int]:
        """The item and everything inside it."""
        found = [item]
        for child in self.children[item]:
            found.extend(self.below(child))
        return found

    def outer_repeats(self, item: int) -> tuple[int, ...]:
        """The repeats that an item stands in, without itself."""
        return self.repeats[item][:-1] if self.is_repeat[item] else self.repeats[item]

    def find(self, path: str, context: int = 0) -> int | None:
        """The item of a plain absolute or relative path; ``None`` if there is none."""
        parts = [part for part in path.strip().split("/") if part not in ("", ".")]
        item: int | None = context
        if path.strip().startswith("/"):
            if not parts or parts[0].rpartition(":")[2] != self.names[0]:
                return None
            item, parts = 0, parts[1:]
        for part in parts:
            if item is None or (part == ".." and item == 0):
                return None
            item = self.parents[item] if part == ".." else self.child(item, part)
        return item


def outline_of(items: Sequence[dict[str, Any]]) -> Outline:
    """The outline of compiled items."""
    return Outline(
        [item["name"] for item in items],
        [item.get("in", 0) for item in items],
        [bool(item.get("repeat")) for item in items],
    )
