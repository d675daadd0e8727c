"""From a layout and its answers to pages: rows become blocks, blocks fill pages."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from kiosk.documents.faces import Faces
from kiosk.documents.filling import Answers
from kiosk.documents.layout import Layout, Margins, Row, Style
from kiosk.documents.lines import Frame, dotted_line, set_paragraph
from kiosk.documents.marks import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH, Block, Group, Mark, Page, Rule
from kiosk.documents.pieces import cut_line
from kiosk.documents.tables import edges_of, inside, table_row
from kiosk.domain.filled_form import FilledForm

_MOTTO_WIDTH = 0.94
"""The line under the motto, as a part of the motto's own width."""
_NOBODY = Answers(FilledForm("", "", ()))


def compose(layout: Layout, answers: Answers, faces: Faces) -> list[Page]:
    """The pages of a declaration: every line in order, nothing cut, nothing over another."""
    margins = layout.front.margins
    left = margins.left * MILLIMETRE
    frame = Frame(left, PAGE_WIDTH - left - margins.right * MILLIMETRE, layout.front.line)
    return paginate(_kept(_groups(layout.rows, frame, faces, answers)), margins)


def paginate(groups: Iterator[Group], margins: Margins) -> list[Page]:
    """Fill pages from top to bottom; a group that must stay together moves to the next page."""
    top = PAGE_HEIGHT - margins.top * MILLIMETRE
    bottom = margins.bottom * MILLIMETRE
    pages = [Page()]
    y = top
    for group in groups:
        height = sum(block.height for block in group.blocks)
        moves = group.new_page or (group.keep and y - height < bottom and height <= top - bottom)
        for block in group.blocks:
            if y < top and (moves or y - block.height < bottom):
                pages.append(Page())
                y = top
            moves = False
            if block.marks or y < top or len(pages) == 1:
                pages[-1].placed.append((y, block))
                y -= block.height
    return pages


def _kept(groups: Iterator[tuple[Style, Group]]) -> Iterator[Group]:
    """Join every line that is to stay with the next one to it."""
    waiting: tuple[Block, ...] = ()
    new_page = False
    for style, group in groups:
        new_page = new_page or group.new_page
        if style.keep:
            waiting += group.blocks
            continue
        yield Group(waiting + group.blocks, bool(waiting) or group.keep, new_page)
        waiting, new_page = (), False
    if waiting:
        yield Group(waiting, keep=True, new_page=new_page)


def _groups(
    rows: tuple[Row, ...], frame: Frame, faces: Faces, answers: Answers
) -> Iterator[tuple[Style, Group]]:
    motto = frame.width
    stacks = groupby(rows, key=lambda row: row.style.widths if row.style.column else id(row))
    for _, members in stacks:
        together = list(members)
        row = together[0]
        if row.style.column:
            yield row.style, _columns(together, frame, faces, answers)
        elif row.kind == "rule":
            yield row.style, Group((_motto_rule(frame, motto),))
        else:
            blocks = tuple(_row_blocks(row, frame, faces, answers))
            motto = _text_width(blocks) or motto
            if blocks:
                yield row.style, Group(blocks, new_page=row.style.new_page)


def _row_blocks(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    """The blocks of one row, from the cache where it looks the same for everybody."""
    if row.is_static:
        return list(_static_blocks(row, frame, faces))
    seen = answers.quieted(row.rules)
    if seen is None:
        return []
    if row.style.repeat:
        members = answers.rows(row.style.repeat)
        members += [_NOBODY] * (row.style.least - len(members))
        return [block for member in members for block in _one_row(row, frame, faces, member)]
    return _one_row(row, frame, faces, seen)


@lru_cache(maxsize=4096)
def _static_blocks(row: Row, frame: Frame, faces: Faces) -> tuple[Block, ...]:
    return tuple(_one_row(row, frame, faces, _NOBODY))


def _one_row(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    style = row.style
    if style.widths and not style.column:
        blocks = _table_row(row, frame, faces, answers)
    else:
        blocks = set_paragraph(cut_line(row.cells[0], style, faces, answers), style, frame)
    height = style.size * frame.line
    missing = row.continuation + 1 - len(blocks)
    blocks += [dotted_line(frame, height)] * missing
    space = style.before + style.empty_lines * height
    return [Block(space, ()), *blocks] if space else blocks


def _table_row(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    """Cells side by side; a page may break inside a tall row."""
    style = replace(row.style, leader=False)
    edges = edges_of(style.widths, frame)
    cells = [
        set_paragraph(cut_line(cell, style, faces, answers), style, inside(edge, frame.line))
        for cell, edge in zip(row.cells, edges, strict=True)
    ]
    return table_row(cells, edges, style.size * frame.line, grid=style.grid)


def _columns(rows: list[Row], frame: Frame, faces: Faces, answers: Answers) -> Group:
    """Columns of lines beside each other, kept on one page; one under the other if no page can hold them."""
    edges = edges_of(rows[0].style.widths, frame)
    stacks: list[list[Block]] = [[] for _ in edges]
    for row in rows:
        left, right = edges[row.style.column - 1]
        inner = Frame(left, right - left, frame.line)
        stacks[row.style.column - 1] += _row_blocks(row, inner, faces, answers)
    heights = [sum(block.height for block in stack) for stack in stacks]
    if max(heights) > PAGE_HEIGHT / 2:
        return Group(tuple(block for stack in stacks for block in stack))
    marks = [mark for stack in stacks for mark in _stacked(stack)]
    return Group((Block(max(heights), tuple(marks)),), keep=True)


def _stacked(stack: list[Block]) -> Iterator[Mark]:
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


def _motto_rule(frame: Frame, motto: float) -> Block:
    middle, half = frame.left + frame.width / 2, motto * _MOTTO_WIDTH / 2
    return Block(6, (Rule(middle - half, -2.5, middle + half, -2.5, 0.6),))


def _text_width(blocks: tuple[Block, ...]) -> float:
    widths = [getattr(mark, "width", 0.0) for block in blocks for mark in block.marks]
    return max(widths, default=0.0)
