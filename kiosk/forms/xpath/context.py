"""What an expression may ask for while it runs."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol

from kiosk.forms.xpath.node import Node
from kiosk.forms.xpath.values import Value


class World(Protocol):
    """The surroundings of an evaluation: the form's documents, the clock, choices and texts."""

    zone: tzinfo

    def now(self) -> datetime:
        """The wall time, with its zone."""

    def document(self) -> Node:
        """The root above the primary instance's element (for absolute paths)."""

    def instance(self, name: str) -> Node | None:
        """The root element's parent of a secondary instance; ``None`` if there is none of that name."""

    def item_node(self, item: int) -> Node:
        """The only node of a model item outside repeats."""

    def choice_label(self, node: Node | None, path: str, value: str) -> str:
        """The label of a choice of the question at a node."""

    def text(self, key: str) -> str:
        """A translated text (jr:itext)."""

    def random(self) -> float:
        """A number from 0 to below 1."""

    def version(self) -> str:
        """The version of the form, or an empty text."""

    def prefix(self, name: str) -> str:
        """The namespace that a prefix stands for, or an empty text."""


class Context:
    """Where an expression is evaluated. Reused between evaluations: closures never keep it."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(self, node: Node, world: World, position: int = 1, size: int = 1) -> None:
        self.node = node
        self.world = world
        self.position = position
        self.size = size
        self.current = node

    def inner(self) -> "Context":
        """A context for predicates, in which ``current()`` stays what it was."""
        context = Context(self.node, self.world)
        context.current = self.current
        return context


Closure = Callable[[Context], Value]
"""A compiled expression."""
