"""Lines inside a drawn frame, and lines that stand in columns beside each other."""

from collections.abc import Sequence

from kiosk.documents.lines import Frame
from kiosk.documents.marks import Area, Block, Rule
from kiosk.documents.pages import stacked
from kiosk.documents.tables import Edges

_PADDING = 5.0
"""Points between a frame and what stands in it."""
_THIN = 0.6


def within(frame: Frame) -> Frame:
    """Where the lines of a framed part stand."""
    return Frame(frame.left + _PADDING, frame.width - 2 * _PADDING, frame.line)


def framed(blocks: Sequence[Block], frame: Frame) -> list[Block]:
    """The blocks with a frame around them; where a page ends inside, its sides go on over there."""
    left, right = frame.left, frame.left + frame.width
    inner = [Block(_PADDING, ()), *blocks, Block(_PADDING, ())]
    found = []
    for index, block in enumerate(inner):
        down = -block.height
        sides = [Rule(x, 0, x, down, _THIN) for x in (left, right)]
        if index == 0:
            sides.append(Rule(left, 0, right, 0, _THIN))
        if index == len(inner) - 1:
            sides.append(Rule(left, down, right, down, _THIN))
        found.append(block._replace(marks=(*block.marks, *sides)))
    return found


def beside(stacks: Sequence[Sequence[Block]], edges: Edges, framed_columns: frozenset[int]) -> Block:
    """Stacks next to each other as one block; the columns counted in ``framed_columns`` (from 0) get a frame
    as high as the highest."""
    stacks = [
        [Block(_PADDING, ()), *stack] if column in framed_columns else stack
        for column, stack in enumerate(stacks)
    ]
    height = max(sum(block.height for block in stack) for stack in stacks)
    marks = [mark for stack in stacks for mark in stacked(stack)]
    for column in sorted(framed_columns):
        left, right = edges[column]
        marks.append(Area(left + 1, -height, right - left - 2, height, _THIN))
    notes = tuple(name for stack in stacks for block in stack for name in block.notes)
    return Block(height, tuple(marks), notes)
