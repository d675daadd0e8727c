"""The information sheet (Bản thông tin chuẩn bị): every answer in order, where no official form is known."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Gap, HandBlank, Margins, Span, Style, Tick, Words
from kiosk.documents.lines import Frame
from kiosk.documents.marks import MILLIMETRE, PAGE_WIDTH, Block, Group, Page
from kiosk.documents.numbering import number_pages
from kiosk.documents.one_page import Say
from kiosk.documents.pages import paginate
from kiosk.documents.painting import paint
from kiosk.documents.sheet import Pen, framed, space
from kiosk.documents.tables import edges_of, inside, table_row
from kiosk.domain.information_sheet import InformationSheet, SheetLine, SheetPage, SheetRepeat

_MARGINS = Margins(left=25, right=15, top=14, bottom=16)
_SIZE = 12.5
_SMALL = 10.0
_LINE = 1.3
_BLANK = 20.0
"""Millimetres that a dotted answer is at least long."""
_INDENT = 12.0
_MOST_COLUMNS = 5
"""A list with more questions than this is printed row by row, not as a table."""
_MOST_KEPT = 12
"""A heading moves to the next page with up to so many lines."""
_GAP = 3.0
"""Millimetres between a choice and the next box."""
_LINE_BY_HAND = 1.65
_SIGN = 62.0
"""Points left empty for a signature."""


def information_sheet(sheet: InformationSheet, fonts: Path, say: Say, mark: str = "") -> bytes:
    """The sheet as PDF; ``mark`` stands across a sheet that nobody is to sign.

    Raises ``WorldError`` as a declaration does: ``document.glyph``, ``document.fonts``.
    """
    return paint(sheet_pages(sheet, fonts, say), sheet.title, load_faces(fonts), mark)


def sheet_pages(sheet: InformationSheet, fonts: Path, say: Say) -> list[Page]:
    """The composed pages, each with its number."""
    faces, left = load_faces(fonts), _MARGINS.left * MILLIMETRE
    line = _LINE_BY_HAND if sheet.by_hand else _LINE
    frame = Frame(left, PAGE_WIDTH - left - _MARGINS.right * MILLIMETRE, line)
    pages = paginate(_groups(sheet, Pen(faces, frame, _SIZE), say), _MARGINS)
    number_pages(pages, faces, say("document.sheet.page"))
    return pages


def _groups(sheet: InformationSheet, pen: Pen, say: Say) -> Iterator[Group]:
    yield Group((*_head(sheet, pen, say), space(6)), keep=True)
    for page in sheet.pages:
        yield from _section(page, pen)
    yield Group((*_sources(sheet, pen, say), *_signature(pen, say)), keep=True)


def _head(sheet: InformationSheet, pen: Pen, say: Say) -> list[Block]:
    """What it is for, and, in a frame, what it is not."""
    title = Style(align="C", size=16)
    band = [
        space(3),
        *pen.paragraph(Words(say("document.sheet.not_official"), bold=True), style=Style("C", 14)),
        *pen.within(6, pen.frame.width - 12).paragraph(Words(sheet.why), style=Style("C", _SIZE)),
        space(4),
    ]
    name = (
        say("document.sheet.procedure", name=sheet.procedure, code=sheet.code)
        if sheet.code
        else sheet.procedure
    )
    return [
        *pen.paragraph(Words(sheet.title, bold=True), style=title),
        space(4),
        framed(band, pen.frame),
        space(4),
        *pen.paragraph(Words(name, bold=True)),
    ]


def _section(page: SheetPage, pen: Pen) -> Iterator[Group]:
    """One page of the form; a heading stays with the first answer under it."""
    waiting = tuple(pen.heading(page.title)) if page.title else ()
    group = ""
    for item in page.items:
        if isinstance(item, SheetRepeat):
            group, blocks = "", _repeat(item, pen)
        else:
            if item.group not in ("", group):
                waiting += tuple(pen.text(item.group, italic=True))
            group, blocks = item.group, _line(item, pen)
        yield Group((*waiting, *blocks), keep=bool(waiting) and len(blocks) <= _MOST_KEPT)
        waiting = ()


def _line(line: SheetLine, pen: Pen) -> list[Block]:
    """Label and answer; dots where there is none, boxes where one of a few is to be ticked by hand."""
    inset = _INDENT if line.group else 0.0
    inner = pen.within(inset, pen.frame.width - inset)
    label = Words(line.label if line.label.endswith("?") else f"{line.label.rstrip(' :')}:")
    if line.text:
        return inner.paragraph(label, Words(f" {line.text}", bold=True))
    if line.choices:
        boxes = [span for choice in line.choices for span in (Words(" "), Tick(), Words(choice), Gap(_GAP))]
        return inner.spans((label, *boxes))
    return inner.spans((label, Words(" "), HandBlank(_BLANK)), leader=True)


def _repeat(repeat: SheetRepeat, pen: Pen) -> list[Block]:
    """A list: as a table if it is narrow enough, otherwise row by row."""
    head = pen.text(f"{repeat.label}:", italic=True)
    labels = {tuple(line.label for line in row) for row in repeat.rows}
    if len(labels) == 1 and 0 < len(next(iter(labels))) <= _MOST_COLUMNS:
        return [*head, *_table(repeat.rows, pen), space(4)]
    for number, row in enumerate(repeat.rows, start=1):
        head += pen.text(f"{number}.", bold=True)
        head += [block for line in row for block in _line(line, pen)]
    return head


def _table(rows: Sequence[Sequence[SheetLine]], pen: Pen) -> list[Block]:
    cells = [[Words(line.label, bold=True) for line in rows[0]]]
    cells += [[Words(line.text) for line in row] for row in rows]
    edges = edges_of([1.0] * len(rows[0]), pen.frame)
    height = pen.size * pen.frame.line
    found: list[Block] = []
    for row in cells:
        blocks = [
            Pen(pen.faces, inside(edge, pen.frame.line), pen.size).paragraph(words)
            for words, edge in zip(row, edges, strict=True)
        ]
        found += table_row(blocks, edges, height, grid=True)
    return found


def _sources(sheet: InformationSheet, pen: Pen, say: Say) -> list[Block]:
    sentence = say("document.sheet.source", source=sheet.source)
    return [space(6), *pen.text(sentence, italic=True, size=_SMALL)]


def _signature(pen: Pen, say: Say) -> list[Block]:
    """Place, day and name on the right half, all for the hand."""
    half = pen.within(pen.frame.width * 0.4, pen.frame.width * 0.6)
    dated: tuple[Span, ...] = (
        HandBlank(25),
        Words(f", {say('document.sheet.day')} "),
        HandBlank(8),
        Words(f" {say('document.sheet.month')} "),
        HandBlank(8),
        Words(f" {say('document.sheet.year')} "),
        HandBlank(12),
    )
    return [
        space(8),
        *half.spans(dated, align="C"),
        *half.paragraph(Words(say("document.sheet.who"), bold=True), style=Style("C", pen.size)),
        *half.paragraph(Words(say("document.sheet.sign"), italic=True), style=Style("C", _SMALL)),
        space(_SIGN),
    ]
