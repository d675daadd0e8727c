"""Measures composed pages with the font's own widths: nothing outside its box, nothing over another."""

from reportlab.pdfbase.pdfmetrics import stringWidth

from kiosk.documents.layout import Margins
from kiosk.documents.marks import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH, Box, Page, Rule, Text

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_SLACK = 0.3


def boxes(page: Page) -> list[tuple[Edges, str]]:
    """What every run of text, every box and every leader covers."""
    found: list[tuple[Edges, str]] = []
    for top, block in page.placed:
        for mark in block.marks:
            if isinstance(mark, Text):
                width = stringWidth(mark.text, mark.font, mark.size) + mark.word_space * mark.text.count(" ")
                y = top + mark.y
                edges = (mark.x, y - 0.2 * mark.size, mark.x + width, y + 0.68 * mark.size)
                found.append((edges, mark.text))
            elif isinstance(mark, Rule) and mark.dotted:
                found.append(((mark.x1, top + mark.y1, mark.x2, top + mark.y1 + 0.5), "…"))
            elif isinstance(mark, Box):
                y = top + mark.y
                found.append(((mark.x, y, mark.x + mark.side, y + mark.side), "☐"))
    return found


def faults(pages: list[Page], margins: Margins) -> list[str]:
    """Everything that lies outside the margins or on something else; empty when all is well."""
    left, right = margins.left * MILLIMETRE, PAGE_WIDTH - margins.right * MILLIMETRE
    bottom, top = margins.bottom * MILLIMETRE, PAGE_HEIGHT - margins.top * MILLIMETRE
    wrong = []
    for page in pages:
        placed = boxes(page)
        for (x1, y1, x2, y2), text in placed:
            if x1 < left - _SLACK or x2 > right + _SLACK or y1 < bottom - _SLACK or y2 > top + _SLACK:
                wrong.append(f"outside: {text}")
        for index, one in enumerate(placed):
            wrong += [
                f"overlap: {one[1]} / {other[1]}"
                for other in placed[index + 1 :]
                if _meet(one[0], other[0]) and not _in_box(one, other)
            ]
    return wrong


def _in_box(box: tuple[Edges, str], figure: tuple[Edges, str]) -> bool:
    """Whether it is one figure of a number between the sides of its own box."""
    inside = box[0][0] <= figure[0][0] and figure[0][2] <= box[0][2]
    return box[1] == "☐" and len(figure[1]) == 1 and inside


def _meet(one: Edges, other: Edges) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across > _SLACK and along > _SLACK


def all_text(pages: list[Page]) -> str:
    """Every letter on the pages, without spaces, in drawing order."""
    marks = (mark for page in pages for _, block in page.placed for mark in block.marks)
    return "".join("".join(mark.text.split()) for mark in marks if isinstance(mark, Text))
