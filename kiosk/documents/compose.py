"""From a layout and its answers to pages: rows become blocks, blocks fill pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from math import ceil

from kiosk.documents.boxed import beside, framed, within
from kiosk.documents.faces import Faces
from kiosk.documents.filling import Answers
from kiosk.documents.layout import Layout, Row, Style
from kiosk.documents.lines import Frame, dotted_line, set_paragraph
from kiosk.documents.marks import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH, Block, Group, Page, Rule
from kiosk.documents.pages import paginate
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
    notes = {
        mark: [block for row in rows for block in _row_blocks(row, frame, faces, answers)]
        for mark, rows in layout.notes.items()
    }
    return paginate(_kept(_groups(layout.rows, frame, faces, answers)), margins, notes)


def _kept(groups: Iterator[tuple[Style, Group]]) -> Iterator[Group]:
    """Join every line that is to stay with the next one to it; put the head of a table to its rows."""
    waiting: tuple[Block, ...] = ()
    heads: tuple[Block, ...] = ()
    new_page = begun = False
    for style, group in groups:
        new_page = new_page or group.new_page
        if style.head:
            heads, begun = (heads if begun else ()) + group.blocks, True
        elif not (style.widths and style.grid):
            heads = ()
        if style.keep or style.head:
            waiting += group.blocks
            continue
        begun = False
        yield Group(waiting + group.blocks, bool(waiting) or group.keep, new_page, heads)
        waiting, new_page = (), False
    if waiting:
        yield Group(waiting, keep=True, new_page=new_page)


def _groups(
    rows: tuple[Row, ...], frame: Frame, faces: Faces, answers: Answers
) -> Iterator[tuple[Style, Group]]:
    motto = frame.width
    for _, members in groupby(rows, key=_together):
        together = list(members)
        row = together[0]
        if row.style.column:
            yield row.style, _columns(together, frame, faces, answers)
        elif row.style.frame:
            yield row.style, _framed(together, frame, faces, answers)
        elif row.style.drawn:
            yield row.style, Group((_motto_rule(frame, motto),))
        else:
            for number, blocks in enumerate(_members(row, frame, faces, answers)):
                motto = _text_width(blocks) or motto
                new_page = row.style.new_page and number == 0
                yield row.style, Group(tuple(blocks), _is_short_row(row, blocks), new_page)


def _together(row: Row) -> object:
    """The same for lines that are set as one: columns beside each other, a frame around several."""
    if row.style.column:
        return row.style.widths
    return "frame" if row.style.frame else id(row)


def _is_short_row(row: Row, blocks: Sequence[Block]) -> bool:
    """A row of a table is not torn unless it is very high."""
    return row.style.grid and sum(block.height for block in blocks) < PAGE_HEIGHT / 3


def _row_blocks(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    return [block for blocks in _members(row, frame, faces, answers) for block in blocks]


def _members(row: Row, frame: Frame, faces: Faces, answers: Answers) -> Iterator[list[Block]]:
    """The blocks of one row, as often as it is printed; from the cache where it is the same for everybody."""
    if row.is_static and not row.style.repeat:
        yield list(_static_blocks(row, frame, faces))
        return
    seen = answers.quieted(row.rules)
    if seen is None:
        return
    members = [seen]
    if row.style.repeat:
        members = seen.rows(row.style.repeat, row.style.where)
        members += [_NOBODY] * (row.style.least - len(members))
    for member in members:
        yield _one_row(row, frame, faces, member)


@lru_cache(maxsize=4096)
def _static_blocks(row: Row, frame: Frame, faces: Faces) -> tuple[Block, ...]:
    return tuple(_one_row(row, frame, faces, _NOBODY))


def _one_row(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    style = row.style
    if style.widths and not style.column:
        blocks = _table_row(row, frame, faces, answers)
    else:
        blocks = set_paragraph(cut_line(row.cells[0], style, faces, answers), style, frame)
        lacking = style.high * MILLIMETRE - sum(block.height for block in blocks)
        blocks += [Block(lacking, ())] if lacking > 0 else []
    height = style.size * frame.line
    missing = row.continuation + 1 - len(blocks)
    blocks += [dotted_line(frame, height)] * missing
    blocks[0] = blocks[0]._replace(notes=row.notes)
    space = style.before + style.empty_lines * height
    return [Block(space, ()), *blocks] if space else blocks


def _table_row(row: Row, frame: Frame, faces: Faces, answers: Answers) -> list[Block]:
    """Cells side by side; a page may break inside a very high one."""
    edges = edges_of(row.style.widths, frame)
    aligns = row.style.aligns or (row.style.align,) * len(edges)
    cells = []
    for cell, edge, align in zip(row.cells, edges, aligns, strict=True):
        style = replace(row.style, leader=False, align=align)
        cells.append(set_paragraph(cut_line(cell, style, faces, answers), style, inside(edge, frame.line)))
    height = row.style.size * frame.line
    least = ceil(row.style.high * MILLIMETRE / height)
    return table_row(cells, edges, height, grid=row.style.grid, least=least)


def _framed(rows: list[Row], frame: Frame, faces: Faces, answers: Answers) -> Group:
    """Lines in a drawn frame, on one page unless they are many."""
    inner = within(frame)
    blocks = [block for row in rows for block in _row_blocks(row, inner, faces, answers)]
    around = tuple(framed(blocks, frame))
    return Group(around, sum(block.height for block in around) < PAGE_HEIGHT / 2, rows[0].style.new_page)


def _columns(rows: list[Row], frame: Frame, faces: Faces, answers: Answers) -> Group:
    """Columns of lines beside each other, kept on one page; one under the other if no page can hold them."""
    edges = edges_of(rows[0].style.widths, frame)
    boxed = frozenset(row.style.column - 1 for row in rows if row.style.frame)
    stacks: list[list[Block]] = [[] for _ in edges]
    mottos = [right - left for left, right in edges]
    for row in rows:
        number = row.style.column - 1
        left, right = edges[number]
        inner = Frame(left, right - left, frame.line)
        if row.style.drawn:
            stacks[number].append(_motto_rule(inner, mottos[number]))
            continue
        inner = within(inner) if number in boxed else inner
        blocks = _row_blocks(row, inner, faces, answers)
        mottos[number] = _text_width(blocks) or mottos[number]
        stacks[number] += blocks
    if max(sum(block.height for block in stack) for stack in stacks) > PAGE_HEIGHT / 2:
        return Group(tuple(block for stack in stacks for block in stack))
    return Group((beside(stacks, edges, boxed),), keep=True, new_page=rows[0].style.new_page)


def _motto_rule(frame: Frame, motto: float) -> Block:
    middle, half = frame.left + frame.width / 2, motto * _MOTTO_WIDTH / 2
    return Block(6, (Rule(middle - half, -2.5, middle + half, -2.5, 0.6),))


def _text_width(blocks: Sequence[Block]) -> float:
    widths = [getattr(mark, "width", 0.0) for block in blocks for mark in block.marks]
    return max(widths, default=0.0)
