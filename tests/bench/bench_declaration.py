"""The birth declaration beside a bare reportlab canvas that draws the same lines, interleaved in one run.

The floor gets every line ready broken and placed and only draws it: the same letters in the same
fonts, the same leaders and boxes, on the same pages. What we add is reading answers, breaking and placing.
"""

import io
import random
import statistics
import time
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from kiosk.catalogue.texts import Texts
from kiosk.documents.compose import compose
from kiosk.documents.declaration import declaration
from kiosk.documents.faces import load_faces
from kiosk.documents.filling import Answers
from kiosk.documents.marks import PAGE_HEIGHT, PAGE_WIDTH, Box, Page, Rule, Text
from kiosk.documents.slip import slip
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.renamed import renamed
from tests.bench.figure import Figure
from tests.documents.samples import FONTS, birth, birth_layout, slip_content, texts

ROUNDS = 40


def bare(pages: list[Page]) -> bytes:
    """The same content drawn line by line with nothing but the canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
    for page in pages:
        for top, block in page.placed:
            for mark in block.marks:
                if isinstance(mark, Text):
                    canvas.setFont(mark.font, mark.size)
                    canvas.drawString(mark.x, top + mark.y, mark.text)
                elif isinstance(mark, Rule):
                    canvas.setDash([0.75, 1.95] if mark.dotted else [])
                    canvas.line(mark.x1, top + mark.y1, mark.x2, top + mark.y2)
                elif isinstance(mark, Box):
                    canvas.rect(mark.x, top + mark.y, mark.side, mark.side)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bundle(say: Texts) -> bytes:
    """Three declarations of one interview, each under its own names, then the slip with its checklist."""
    layout, one = birth_layout(), birth(yc_ho_ten=f"Nguyễn Thị Bưởi {random.random()}")
    names: tuple[dict[str, str], ...] = (
        {},
        {"yc_ho_ten": "me_ho_ten", "me_giay_to": "cha_giay_to"},
        {"gcnkh_noi": "'tại {gcnkh_noi}'"},
    )
    papers = [declaration(layout, renamed(one, answers), FONTS) for answers in names]
    return b"".join([*papers, slip(slip_content(), FONTS, say)])


def run() -> list[Figure]:
    """Medians in milliseconds per document."""
    layout, say = birth_layout(), texts()
    pages = compose(layout, Answers(birth()), load_faces(FONTS))
    legs: dict[str, Callable[[], bytes]] = {
        "floor": lambda: bare(pages),
        "declaration": lambda: declaration(
            layout, birth(yc_ho_ten=f"Nguyễn Thị Bưởi {random.random()}"), FONTS
        ),
        "blank": lambda: declaration(layout, FilledForm("", "", ()), FONTS),
        "slip": lambda: slip(slip_content(), FONTS, say),
        "bundle": lambda: bundle(say),
    }
    taken: dict[str, list[float]] = {name: [] for name in legs}
    for leg in legs.values():
        leg()
    for _ in range(ROUNDS):
        for name in random.sample(list(legs), len(legs)):
            start = time.perf_counter()
            legs[name]()
            taken[name].append((time.perf_counter() - start) * 1000)
    middle = {name: statistics.median(times) for name, times in taken.items()}
    note = "same lines, letters, fonts and pages"
    return [
        Figure("birth declaration", middle["declaration"], middle["floor"], "ms", 1.5, note),
        Figure("blank birth declaration", middle["blank"], middle["floor"], "ms", 1.5, note),
        Figure("bundle: three papers, checklist, slip", middle["bundle"], middle["floor"], "ms", 8.0, note),
        Figure("slip", middle["slip"], middle["floor"], "ms", 2.0, "beside the same declaration page"),
    ]


if __name__ == "__main__":
    for figure in run():
        print(figure.line())
