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

from kiosk.documents import papers
from kiosk.documents.compose import compose
from kiosk.documents.declaration import declaration
from kiosk.documents.faces import load_faces
from kiosk.documents.filling import Answers
from kiosk.documents.marks import PAGE_HEIGHT, PAGE_WIDTH, Box, Page, Rule, Text
from kiosk.documents.slip import slip
from kiosk.domain.clock import ShiftedClock
from kiosk.domain.filled_form import FilledForm
from kiosk.forms import Session, load_form
from tests.bench.figure import Figure
from tests.documents.samples import FONTS, birth, birth_layout, slip_content, texts
from tests.support.content import real_content

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


def bundle() -> Callable[[], bytes]:
    """The papers of birth, residence and health card in one, answered as far as the birth declaration is;
    then the slip with its checklist. Reading and filling the form are not counted."""
    content, say = real_content(), texts()
    procedure = content.catalogue.by_slug("lien_thong_khai_sinh")
    form = load_form(content.form(procedure.form_id, content.newest_version(procedure.form_id)), content.rows)
    known = {item["as"] for item in form.items if "as" in item}
    answers = [(entry.name, entry.value) for entry in birth() if entry.name in known]
    session = Session(form, ShiftedClock(content.day), answers)
    filled = session.filled()

    def printed() -> bytes:
        numbers = papers.titles(content, procedure, filled.value, content.day)
        drawn = [papers.draw(content, procedure, each, filled, session.sheet).pdf for each in numbers]
        return b"".join([*drawn, slip(slip_content(), FONTS, say)])

    return printed


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
        "bundle": bundle(),
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
