"""Page numbers in the lower margin of our own papers of several pages."""

from kiosk.documents.faces import Faces
from kiosk.documents.marks import PAGE_WIDTH, Block, Page, Text

_SIZE = 10.0
_UP = 26.0
"""Points above the paper's lower edge."""


def number_pages(pages: list[Page], faces: Faces, words: str) -> None:
    """Write ``words`` and ``1/3`` under each page."""
    face = faces.regular
    for number, page in enumerate(pages, start=1):
        text = f"{words} {number}/{len(pages)}"
        width = face.width(text) * _SIZE
        mark = Text((PAGE_WIDTH - width) / 2, 0, width, text, face.name, _SIZE)
        page.placed.append((_UP, Block(0, (mark,))))
