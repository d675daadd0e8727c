"""A sheet for the hand: one A4 page in the largest letters that fit, read with weak eyes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Margins
from kiosk.documents.lines import Frame
from kiosk.documents.marks import MILLIMETRE, PAGE_WIDTH, Group, Page
from kiosk.documents.pages import paginate
from kiosk.documents.sheet import Pen

_LINE = 1.2


class Say(Protocol):
    """The sentences of ``assets/texts``: ``say("document.slip.title")``."""

    def __call__(self, key: str, **params: object) -> str: ...


def on_one_page(
    draw: Callable[[Pen], Iterator[Group]], fonts: Path, margins: Margins, sizes: Sequence[float]
) -> list[Page]:
    """The composed pages in the first of the letter ``sizes`` (points, the largest first) in which
    everything stands on one page; in the last of them on several if even that is too large."""
    left = margins.left * MILLIMETRE
    frame = Frame(left, PAGE_WIDTH - left - margins.right * MILLIMETRE, _LINE)
    faces = load_faces(fonts)
    pages: list[Page] = []
    for size in sizes:
        pages = paginate(draw(Pen(faces, frame, size)), margins)
        if len(pages) == 1:
            break
    return pages
