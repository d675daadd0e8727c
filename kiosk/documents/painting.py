"""Put composed pages into a PDF; nothing is decided here any more."""

import io
from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from kiosk.documents.faces import Faces
from kiosk.documents.marks import PAGE_HEIGHT, PAGE_WIDTH, Area, Block, Box, Page, Rule, Text

_DOTS = [0.75, 1.95]
_MARK_GREY = 0.8
_MARK_ANGLE = 52
_MARK_LARGEST = 60.0
_MARK_LENGTH = 840.0
"""Points that a mark may take across the page."""
_MARK_LINE = (13.0, 22.0)
"""Size of the same words in the upper margin, and how far below the paper's edge they stand."""


def paint(pages: Iterable[Page], title: str, faces: Faces, mark: str = "") -> bytes:
    """The pages as PDF, the fonts in it; the same pages give the same bytes.

    ``mark``: words in grey across every page, under its text, and in black in the upper margin.
    """
    buffer = io.BytesIO()
    first = faces.regular.name  # otherwise reportlab names Helvetica, which is not in the file
    size = (PAGE_WIDTH, PAGE_HEIGHT)
    canvas = Canvas(buffer, pagesize=size, invariant=1, lang="vi", initialFontName=first)
    canvas.setTitle(title)
    canvas.setAuthor("")
    for page in pages:
        _paint_mark(canvas, mark, faces)
        _paint_shapes(canvas, page)
        _paint_text(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _paint_mark(canvas: Canvas, mark: str, faces: Faces) -> None:
    if not mark:
        return
    face, (small, down) = faces.bold, _MARK_LINE
    canvas.setFont(face.name, small)
    canvas.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - down, mark)
    size = min(_MARK_LARGEST, _MARK_LENGTH / face.width(mark))
    canvas.saveState()
    canvas.setFillGray(_MARK_GREY)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(_MARK_ANGLE)
    canvas.setFont(face.name, size)
    canvas.drawCentredString(0, -size / 3, mark)
    canvas.restoreState()


def _paint_text(canvas: Canvas, page: Page) -> None:
    """All text of a page in one text object: fonts and word spaces are set only where they change."""
    text = canvas.beginText()
    font, space = ("", 0.0), 0.0
    for top, block in page.placed:
        for mark in block.marks:
            if not isinstance(mark, Text):
                continue
            if font != (mark.font, mark.size):
                font = (mark.font, mark.size)
                text.setFont(mark.font, mark.size)
            if space != mark.word_space:
                space = mark.word_space
                text.setWordSpace(space)
            text.setTextOrigin(mark.x, top + mark.y)
            text.textOut(mark.text)
    canvas.drawText(text)


def _paint_shapes(canvas: Canvas, page: Page) -> None:
    for top, block in page.placed:
        for mark in block.marks:
            if isinstance(mark, Area):
                _paint_area(canvas, top, mark)
            elif isinstance(mark, Box):
                _paint_box(canvas, top, mark)
    rules = [(top, mark) for top, block in page.placed for mark in _rules(block)]
    for dotted in (False, True):
        _paint_rules(canvas, [(top, rule) for top, rule in rules if rule.dotted is dotted], dotted=dotted)


def _rules(block: Block) -> list[Rule]:
    return [mark for mark in block.marks if isinstance(mark, Rule)]


def _paint_rules(canvas: Canvas, rules: list[tuple[float, Rule]], *, dotted: bool) -> None:
    if not rules:
        return
    canvas.setDash(_DOTS if dotted else [])
    for thickness in sorted({rule.thickness for _, rule in rules}):
        canvas.setLineWidth(thickness)
        path = canvas.beginPath()
        for top, rule in rules:
            if rule.thickness == thickness:
                path.moveTo(rule.x1, top + rule.y1)
                path.lineTo(rule.x2, top + rule.y2)
        canvas.drawPath(path)


def _paint_box(canvas: Canvas, top: float, box: Box) -> None:
    x, y, side = box.x, top + box.y, box.side
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, side, side)
    if box.ticked:
        inset = side * 0.18
        canvas.setLineWidth(1.2)
        canvas.line(x + inset, y + inset, x + side - inset, y + side - inset)
        canvas.line(x + inset, y + side - inset, x + side - inset, y + inset)


def _paint_area(canvas: Canvas, top: float, area: Area) -> None:
    canvas.setLineWidth(area.thickness)
    filled = area.grey is not None
    if filled:
        canvas.setFillGray(area.grey)
    canvas.rect(
        area.x, top + area.y, area.width, area.height, stroke=int(area.thickness > 0), fill=int(filled)
    )
    if filled:
        canvas.setFillGray(0)
