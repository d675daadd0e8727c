"""What the printer gets, looked at as a picture: dots, boxes, crosses and frames are really there."""

import io
import subprocess

import pytest
from PIL import Image

from kiosk.documents.faces import load_faces
from kiosk.documents.marks import PAGE_HEIGHT, Area, Block, Box, Mark, Page, Rule, Text
from kiosk.documents.painting import paint
from tests.documents.samples import FONTS, flat, pdf_text

FACES = load_faces(FONTS)
TOP = PAGE_HEIGHT - 100
"""Where the block under test begins, from the foot of the page."""


def page_of(*marks: Mark) -> list[Page]:
    return [Page([(TOP, Block(50, marks))])]


def picture(*marks: Mark) -> Image.Image:
    """The page at 72 dots per inch: one pixel is one point."""
    pdf = paint(page_of(*marks), "Thử", FACES)
    command = ["pdftoppm", "-r", "72", "-gray", "-aa", "no", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout))


def dark(image: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    """How many pixels are dark in a part of the block (points from its upper left corner)."""
    part = image.crop((int(left), int(100 + top), int(right), int(100 + bottom)))
    return sum(count for shade, count in enumerate(part.histogram()) if shade < 128)


def test_a_dotted_line_has_gaps_and_a_drawn_one_has_none() -> None:
    image = picture(Rule(50, -10, 250, -10, 1.0, dotted=True), Rule(50, -30, 250, -30, 1.0))
    dots, line = dark(image, 50, 7, 250, 13), dark(image, 50, 27, 250, 33)
    assert 40 < dots < line
    assert line >= 200


@pytest.mark.parametrize(("ticked", "inside"), [(False, False), (True, True)])
def test_a_box_is_crossed_only_when_ticked(ticked: bool, inside: bool) -> None:
    image = picture(Box(100, -40, 30, ticked))
    assert dark(image, 98, 8, 132, 42) > 60
    assert (dark(image, 104, 14, 126, 36) > 0) is inside


def test_text_after_a_dotted_line_is_solid_black() -> None:
    text = Text(60, -30, 100, "Họ và tên", FACES.regular.name, 13)
    pdf = paint(page_of(Rule(50, -10, 90, -10, 1.0, dotted=True), text), "Thử", FACES)
    assert flat(pdf_text(pdf)) == "Họ và tên"
    assert dark(picture(text), 55, 15, 120, 36) > 60


def test_areas_are_filled_or_framed() -> None:
    image = picture(Area(50, -40, 40, 30, grey=0.0), Area(150, -40, 40, 30, thickness=1.0))
    assert dark(image, 55, 15, 85, 35) == 30 * 20
    assert dark(image, 155, 15, 185, 35) == 0
    assert dark(image, 148, 8, 192, 42) > 100


def test_word_spaces_do_not_leak_into_the_next_line() -> None:
    wide = Text(50, -10, 200, "a b", FACES.regular.name, 13, 100.0)
    plain = Text(50, -30, 40, "a b", FACES.regular.name, 13)
    image = picture(wide, plain)
    assert dark(image, 155, 0, 180, 14) > 0
    assert dark(image, 80, 18, 250, 34) == 0


def test_every_page_is_printed_and_named() -> None:
    text = Text(60, -30, 100, "Trang", FACES.regular.name, 13)
    pdf = paint([*page_of(text), *page_of(text), Page()], "Thử", FACES)
    assert pdf_text(pdf).count("Trang") == 2
    assert pdf_text(pdf).count("\f") == 3
