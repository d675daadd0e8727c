"""Blocks fill pages from top to bottom: table heads come again, notes stand at the foot of their page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.documents.layout import Margins
from kiosk.documents.marks import MILLIMETRE, PAGE_HEIGHT, Block, Group, Mark, Page, Rule

_NOTE_GAP = 6.0
"""Points between the text and the notes, with the short line in them."""
_NOTE_RULE = 50 * MILLIMETRE
_MOST_NOTES = 0.5
"""Part of a page that notes may take; what does not fit follows the text of the last page."""


@dataclass
class _Filling:
    """The page being filled: ``y`` is where the next block begins, ``floor`` where the notes do."""

    top: float
    bottom: float
    left: float
    notes: Mapping[str, Sequence[Block]]
    pages: list[Page] = field(default_factory=lambda: [Page()])
    seen: set[str] = field(default_factory=set)
    here: list[Block] = field(default_factory=list)
    y: float = 0.0
    floor: float = 0.0

    def room(self, blocks: Sequence[Block]) -> bool:
        """Whether the blocks and the notes that they bring fit on the rest of this page."""
        height = sum(block.height for block in blocks)
        return self.y - height >= self.floor + self._needed(self._fresh(blocks))

    def put(self, block: Block) -> None:
        for name in self._fresh([block]):
            wanted = self._needed([name])
            if self.y - block.height >= self.floor + wanted and not self._crowded(wanted):
                self.floor += wanted
                self.here += self.notes[name]
                self.seen.add(name)
        if block.marks or self.y < self.top or len(self.pages) == 1:
            self.pages[-1].placed.append((self.y, block))
            self.y -= block.height

    def turn(self, heads: Sequence[Block]) -> None:
        """Begin a new page, with the head of the table that goes on there."""
        self.close()
        self.pages.append(Page())
        self.y, self.floor = self.top, self.bottom
        for head in heads:
            self.put(head)

    def close(self) -> None:
        """Put the notes of this page at its foot."""
        if not self.here:
            return
        rule = Rule(self.left, -_NOTE_GAP / 2, self.left + _NOTE_RULE, -_NOTE_GAP / 2, 0.6)
        y = self.floor
        for block in (Block(_NOTE_GAP, (rule,)), *self.here):
            self.pages[-1].placed.append((y, block))
            y -= block.height
        self.here = []

    def left_over(self) -> list[Block]:
        """Notes for which no page had room beside their mark."""
        return [block for name, blocks in self.notes.items() if name not in self.seen for block in blocks]

    def _fresh(self, blocks: Sequence[Block]) -> list[str]:
        names = dict.fromkeys(name for block in blocks for name in block.notes)
        return [name for name in names if name not in self.seen]

    def _needed(self, names: Sequence[str]) -> float:
        height = sum(block.height for name in names for block in self.notes[name])
        return height + (_NOTE_GAP if names and not self.here else 0.0)

    def _crowded(self, wanted: float) -> bool:
        return self.floor + wanted - self.bottom > _MOST_NOTES * (self.top - self.bottom)


def paginate(
    groups: Iterator[Group], margins: Margins, notes: Mapping[str, Sequence[Block]] | None = None
) -> list[Page]:
    """Fill pages; a group that must stay together moves to the next page.

    ``notes`` are the blocks of each mark that blocks name in ``notes``: they stand at the foot of the page
    where the mark comes first.
    """
    top, bottom = PAGE_HEIGHT - margins.top * MILLIMETRE, margins.bottom * MILLIMETRE
    filling = _Filling(top, bottom, margins.left * MILLIMETRE, notes or {}, y=top, floor=bottom)
    for group in groups:
        _place(filling, group)
    for block in filling.left_over():
        if filling.y - block.height < filling.floor:
            filling.turn(())
        filling.put(block)
    filling.close()
    return filling.pages


def _place(filling: _Filling, group: Group) -> None:
    full = filling.top - filling.bottom
    height = sum(block.height for block in group.blocks)
    moves = group.new_page or (group.keep and not filling.room(group.blocks) and height <= full)
    for number, block in enumerate(group.blocks):
        if filling.y < filling.top and (moves or not filling.room([block])):
            filling.turn(_heads_again(group, number))
        moves = False
        filling.put(block)


def _heads_again(group: Group, number: int) -> Sequence[Block]:
    """The head of the table for the page that begins with a block; none if the head itself comes there."""
    coming = {id(block) for block in group.blocks[number:]}
    return () if any(id(head) in coming for head in group.heads) else group.heads


def stacked(stack: Sequence[Block]) -> Iterator[Mark]:
    """The marks of blocks one under the other, measured from the top of the first."""
    y = 0.0
    for block in stack:
        for mark in block.marks:
            yield lowered(mark, y)
        y -= block.height


def lowered(mark: Mark, y: float) -> Mark:
    """The mark moved by ``y`` points."""
    if isinstance(mark, Rule):
        return mark._replace(y1=mark.y1 + y, y2=mark.y2 + y)
    return mark._replace(y=mark.y + y)
