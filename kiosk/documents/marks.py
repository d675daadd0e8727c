"""What lies on a page: text, lines, boxes. Lengths in points; ``y`` grows upwards."""

from dataclasses import dataclass, field
from typing import NamedTuple

MILLIMETRE = 72 / 25.4
PAGE_WIDTH = 210 * MILLIMETRE
PAGE_HEIGHT = 297 * MILLIMETRE


class Text(NamedTuple):
    """A run of letters in one face; ``word_space`` widens every space in it."""

    x: float
    y: float
    width: float
    text: str
    font: str
    size: float
    word_space: float = 0.0


class Rule(NamedTuple):
    """A straight line, drawn or dotted."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    dotted: bool = False


class Box(NamedTuple):
    """A box to tick, with its cross where it is ticked."""

    x: float
    y: float
    side: float
    ticked: bool


class Area(NamedTuple):
    """A rectangle: filled with a shade of grey (0 black … 1 white), framed, or both."""

    x: float
    y: float
    width: float
    height: float
    thickness: float = 0.0
    grey: float | None = None


Mark = Text | Rule | Box | Area


class Block(NamedTuple):
    """Marks that stay together. Their ``y`` is measured from the block's top edge, so it is negative."""

    height: float
    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()
    """Marks of notes that are to stand at the foot of the page where this block is."""


class Group(NamedTuple):
    """Blocks one under the other; ``keep``: on one page, if a page can hold them."""

    blocks: tuple[Block, ...]
    keep: bool = False
    new_page: bool = False
    heads: tuple[Block, ...] = ()
    """The head of the table that these blocks belong to; it comes again on every further page."""


@dataclass
class Page:
    """Blocks with the height at which their top edge lies."""

    placed: list[tuple[float, Block]] = field(default_factory=list)
