"""Cells side by side, cut into slices of one line each, so that a page may break inside a tall row."""

from collections.abc import Sequence

from kiosk.documents.lines import Frame
from kiosk.documents.marks import Block, Mark, Rule

CELL_PADDING = 3.0
_GRID = 0.6

Edges = list[tuple[float, float]]
"""Left and right edge of every column."""


def edges_of(widths: Sequence[float], frame: Frame) -> Edges:
    """Columns as wide as ``widths`` are to each other, together as wide as the frame."""
    edges = []
    left = frame.left
    for width in widths:
        right = left + frame.width * width / sum(widths)
        edges.append((left, right))
        left = right
    return edges


def inside(edge: tuple[float, float], line: float) -> Frame:
    """Where the words of a cell stand."""
    left, right = edge
    return Frame(left + CELL_PADDING, right - left - 2 * CELL_PADDING, line)


def table_row(
    cells: Sequence[Sequence[Block]], edges: Edges, height: float, *, grid: bool, least: int = 0
) -> list[Block]:
    """The slices of one row whose cells hold lines ``height`` points high, ``least`` lines at least;
    ``grid`` draws their borders."""
    count = max(least, *(len(cell) for cell in cells))
    slices = []
    for index in range(count):
        marks = [mark for cell in cells if index < len(cell) for mark in cell[index].marks]
        rules = _grid(edges, height, first=index == 0, last=index == count - 1) if grid else []
        slices.append(Block(height, tuple(marks + rules)))
    return slices


def _grid(edges: Edges, height: float, *, first: bool, last: bool) -> list[Mark]:
    left, right = edges[0][0], edges[-1][1]
    marks: list[Mark] = [Rule(x, 0, x, -height, _GRID) for x in [left, *(edge[1] for edge in edges)]]
    if first:
        marks.append(Rule(left, 0, right, 0, _GRID))
    if last:
        marks.append(Rule(left, -height, right, -height, _GRID))
    return marks
