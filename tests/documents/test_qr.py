"""The QR code of the slip."""

import zxingcpp
from PIL import Image, ImageDraw

from kiosk.documents.qr import qr_marks


def test_the_squares_can_be_read_and_keep_to_their_field() -> None:
    marks = qr_marks("THON:1:NHAP-7K3M-9Q2PX", left=40, top=-20, side=200)
    picture = Image.new("L", (280, 260), 255)
    draw = ImageDraw.Draw(picture)
    for mark in marks:
        assert mark.x > 40
        assert mark.x + mark.width < 240
        assert mark.y > -220
        assert mark.y + mark.height < -20
        draw.rectangle((mark.x, -mark.y - mark.height, mark.x + mark.width - 1, -mark.y - 1), fill=0)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["THON:1:NHAP-7K3M-9Q2PX"]


def test_neighbours_in_a_row_are_one_bar() -> None:
    marks = qr_marks("a", left=0, top=0, side=100)
    ends = {(round(mark.x + mark.width, 6), round(mark.y, 6)) for mark in marks}
    assert not any((round(mark.x, 6), round(mark.y, 6)) in ends for mark in marks)
