"""The text column: blanks, boxes, marks."""

import pytest

from kiosk.documents.layout import Gap, HandBlank, Part, Tick, Value, Words
from kiosk.documents.spans import parse_cells, parse_spans


def test_words_and_a_blank() -> None:
    assert parse_spans("Dân tộc: {me_dan_toc}") == (Words("Dân tộc: "), Value((Part("me_dan_toc"),)))


def test_a_raised_mark_is_not_part_of_the_words() -> None:
    assert parse_spans("Nơi sinh: <sup>(4)</sup> ở đây") == (
        Words("Nơi sinh: "),
        Words("(4)", raised=True),
        Words(" ở đây"),
    )


def test_words_that_an_answer_strikes_out() -> None:
    assert parse_spans("Số <s loai=a>giấy</s>/") == (
        Words("Số "),
        Words("giấy", struck=Tick("loai", "a")),
        Words("/"),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<s loai=a>giấy", "is not closed"),
        ("<s>giấy</s>", "is not understood"),
        ("giấy</s>", "does not fit"),
        ("<s loai=a><s loai=b>giấy</s>", "does not fit"),
    ],
)
def test_a_stroke_begins_with_its_answer_and_ends(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_spans(text)


def test_parts_of_an_address_are_one_value() -> None:
    (value,) = parse_spans("{o.chi_tiet}, {o.xa}, {o.tinh}")
    assert value == Value((Part("o.chi_tiet"), Part("o.xa", before=", "), Part("o.tinh", before=", ")))


def test_parts_of_an_identity_paper_are_one_value() -> None:
    (value,) = parse_spans("{g.loai} số {g.so} do {g.noi_cap} cấp ngày {g.ngay_cap}")
    assert isinstance(value, Value)
    assert [part.before for part in value.parts] == ["", " số ", " do ", " cấp ngày "]


def test_two_questions_side_by_side_stay_two_blanks() -> None:
    spans = parse_spans("{gcnkh_so}, {gcnkh_quyen}")
    assert spans == (Value((Part("gcnkh_so"),)), Words(", "), Value((Part("gcnkh_quyen"),)))


def test_a_label_between_two_parts_keeps_them_apart() -> None:
    spans = parse_spans("số {giay_to.so} Cấp ngày {giay_to.ngay_cap}")
    assert [type(span) for span in spans] == [Words, Value, Words, Value]


def test_brackets_hold_words_that_need_their_answer() -> None:
    (value,) = parse_spans("[Ủy ban nhân dân {k.xa}][, {k.tinh}]")
    assert value == Value((Part("k.xa", before="Ủy ban nhân dân "), Part("k.tinh", before=", ")))


def test_a_slice_of_a_date() -> None:
    assert parse_spans("{ngay:dd}") == (Value((Part("ngay", "dd"),)),)


@pytest.mark.parametrize("box", ["☐", "□"])
def test_boxes(box: str) -> None:
    assert parse_spans(f"Có {box}{{cap_ban_sao=co}}") == (Words("Có "), Tick("cap_ban_sao", "co"))
    assert parse_spans(f"Không {box}") == (Words("Không "), Tick())


def test_a_longer_row_of_ellipses_is_a_longer_blank() -> None:
    short, long = parse_spans("……")[0], parse_spans("…………")[0]
    assert isinstance(short, HandBlank)
    assert isinstance(long, HandBlank)
    assert long.millimetres == 2 * short.millimetres


def test_three_spaces_are_room_that_a_line_keeps() -> None:
    assert parse_spans("Có?   ☐ Không") == (Words("Có?"), Gap(4.0), Tick(), Words(" Không"))
    assert parse_spans("Có?  ☐") == (Words("Có?  "), Tick())


def test_cells() -> None:
    assert parse_cells(r"Bên nữ \| Bên nam") == ((Words("Bên nữ"),), (Words("Bên nam"),))
    assert parse_cells(r" \| phải") == ((), (Words("phải"),))


@pytest.mark.parametrize(
    "text",
    [
        "{Me_Ho_Ten}",
        "{me ho ten}",
        "{me_ho_ten",
        "me_ho_ten}",
        "{ngay:nam}",
        "{so:o0}",
        "{so:o99}",
        "[không có chỗ trống]",
        "<sup>(1)",
        "(1)</sup>",
        "<sup><sup>(1)</sup>",
        "<em>a</em>",
        "☐{co}",
        "a | b",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_spans(text)
