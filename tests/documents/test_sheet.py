"""The building blocks of our own papers."""

import pytest

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Words
from kiosk.documents.lines import Frame
from kiosk.documents.marks import PAGE_HEIGHT, Block, Box, Rule, Text
from kiosk.documents.sheet import Pen, beside, pair, space
from tests.documents.samples import FONTS

PEN = Pen(load_faces(FONTS), Frame(50, 300, 1.2), 14)


def texts(blocks: list[Block]) -> list[Text]:
    return [mark for block in blocks for mark in block.marks if isinstance(mark, Text)]


def test_text_wraps_inside_its_frame() -> None:
    blocks = PEN.text("Ủy ban nhân dân xã Hòa Vang " * 6)
    assert len(blocks) > 2
    assert all(mark.x >= 50 and mark.x + mark.width <= 350 for mark in texts(blocks))
    assert {mark.size for mark in texts(blocks)} == {14}


def test_words_of_two_weights_keep_the_space_between_them() -> None:
    bold, plain = texts(PEN.paragraph(Words("Giấy chứng sinh", bold=True), Words(" – bản chính")))
    assert bold.font != plain.font
    assert plain.x - (bold.x + bold.width) == pytest.approx(14 * 0.25, abs=0.1)


def test_a_heading_has_a_line_under_it() -> None:
    blocks = PEN.heading("Lệ phí", "ghi chú")
    (rule,) = (mark for block in blocks for mark in block.marks if isinstance(mark, Rule))
    assert (rule.x1, rule.x2) == (50, 350)
    assert [mark.text for mark in texts(blocks)] == ["Lệ phí", "ghi chú"]


def test_an_item_hangs_behind_its_number() -> None:
    marks = texts(
        PEN.item("1.", Words("Khi xã mời thì mang tờ khai đã ký và giấy tờ bản chính đến xã. " * 2))
    )
    number = next(mark for mark in marks if mark.text == "1.")
    others = [mark for mark in marks if mark is not number]
    assert number.x == 50
    assert {mark.x for mark in others} == {74}
    assert number.y == others[0].y


@pytest.mark.parametrize("ticked", [True, False])
def test_a_check_has_one_box_beside_its_first_line(ticked: bool) -> None:
    blocks = PEN.check(Words("Giấy chứng sinh " * 8), ticked=ticked)
    found = [
        (index, mark) for index, block in enumerate(blocks) for mark in block.marks if isinstance(mark, Box)
    ]
    assert [(index, mark.ticked) for index, mark in found] == [(0, ticked)]
    assert found[0][1].x + found[0][1].side < min(mark.x for mark in texts(blocks))


def test_stacks_stand_beside_each_other() -> None:
    left, right = PEN.within(0, 100).text("trái"), PEN.within(150, 100).text("phải " * 12)
    block = beside(left, right)
    assert block.height == sum(part.height for part in right)
    assert texts([block])[0].y == texts([block])[1].y


def test_a_pair_too_tall_for_the_page_goes_one_under_the_other() -> None:
    short = pair([space(10)], [space(20)])
    tall = pair([space(PAGE_HEIGHT)], [space(20), space(5)])
    assert (len(short.blocks), short.keep) == (1, True)
    assert (len(tall.blocks), tall.keep) == (3, False)
