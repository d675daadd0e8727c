"""The information sheet: honest about what it is, every answer on it, nothing over another."""

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.texts import load_texts
from kiosk.documents.information_sheet import information_sheet, sheet_pages
from kiosk.documents.layout import Margins
from kiosk.domain.errors import WorldError
from kiosk.domain.information_sheet import InformationSheet, SheetLine, SheetPage, SheetRepeat
from tests.documents.geometry import all_text, faults
from tests.documents.samples import FONTS, ROOT, flat, pdf_text

SAY = load_texts(ROOT / "assets" / "texts")
MARGINS = Margins(25, 15, 14, 8)
ODD = st.text(st.sampled_from("aăâđêôơư ẮằỠ/-.,0123456789W"), max_size=160)


def line(name: str, text: str = "", group: str = "", choices: tuple[str, ...] = ()) -> SheetLine:
    return SheetLine(name, f"Câu {name}", text, group, choices)


PEOPLE = SheetRepeat(
    "con", "Các con", ((line("ten", "Cam"), line("tuoi", "3")), (line("ten", "Mận"), line("tuoi")))
)
SHEET = InformationSheet(
    "Cấp thẻ BHYT",
    "1.000001",
    "Bản thông tin chuẩn bị",
    "Chưa có mẫu giấy.",
    "Cổng DVC",
    (
        SheetPage("trang_mot", "Người yêu cầu", (line("ho_ten", "Nguyễn Thị Bưởi"), line("sdt"))),
        SheetPage("trang_hai", "Gia đình", (PEOPLE, line("thon", "Phú Sơn", group="Nơi ở"))),
    ),
)


def text_of(sheet: InformationSheet) -> str:
    return flat(pdf_text(information_sheet(sheet, FONTS, SAY)))


def test_it_says_what_it_is_not_and_why() -> None:
    text = text_of(SHEET)
    for expected in (
        "Bản thông tin chuẩn bị", "Không phải tờ khai chính thức", "Chưa có mẫu giấy.",
        "Cấp thẻ BHYT (mã 1.000001)", "Cổng DVC", "chưa kiểm chứng, hỏi xã", "Người khai", "Trang 1/1",
    ):  # fmt: skip
        assert expected in text


def test_answers_stand_in_the_order_of_the_form() -> None:
    text = text_of(SHEET)
    wanted = ["Người yêu cầu", "Câu ho_ten: Nguyễn Thị Bưởi", "Câu sdt", "Gia đình", "Các con", "Câu ten",
              "Cam", "Mận", "Nơi ở", "Câu thon: Phú Sơn"]  # fmt: skip
    places = [text.index(each) for each in wanted]
    assert places == sorted(places)


def test_a_wide_list_is_printed_row_by_row() -> None:
    wide = SheetRepeat("con", "Các con", (tuple(line(f"o_{n}", f"số {n}") for n in range(7)),))
    text = text_of(replace(SHEET, pages=(SheetPage("t", "T", (wide,)),)))
    assert "1. Câu o_0: số 0 Câu o_1: số 1" in text


def test_for_handwriting_there_are_boxes_and_more_room() -> None:
    asked = SheetPage("t", "T", (line("gioi", choices=("Nam", "Nữ")), line("ten")))
    by_hand = replace(SHEET, pages=(asked,), by_hand=True)
    text = text_of(by_hand)
    assert "Nam" in text
    assert "Nữ" in text
    pages = (asked,) * 18
    roomy = sheet_pages(replace(by_hand, pages=pages), FONTS, SAY)
    assert len(roomy) > len(sheet_pages(replace(by_hand, pages=pages, by_hand=False), FONTS, SAY))


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD, min_size=1, max_size=25), ODD)
def test_long_and_odd_answers_stay_in_their_place(answers: list[str], group: str) -> None:
    lines = tuple(line(f"c{n}", text, group=group if n % 3 else "") for n, text in enumerate(answers))
    rows = tuple((line("a", text), line("b", text[::-1])) for text in answers[:4])
    page = SheetPage("t", "Trang", (*lines, SheetRepeat("r", "Bảng", rows)))
    pages = sheet_pages(replace(SHEET, pages=(page,)), FONTS, SAY)
    assert faults(pages, MARGINS) == []
    printed = all_text(pages)
    for text in answers:
        assert "".join(text.split()) in printed


def test_a_sign_that_no_letter_shows_is_refused() -> None:
    page = SheetPage("t", "T", (line("ten", "名"),))
    with pytest.raises(WorldError) as caught:
        information_sheet(replace(SHEET, pages=(page,)), FONTS, SAY)
    assert caught.value.code == "document.glyph"


def test_pages_are_numbered_and_the_same_sheet_gives_the_same_bytes() -> None:
    many = replace(SHEET, pages=SHEET.pages * 14)
    pdf = information_sheet(many, FONTS, SAY)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
    assert count > 1
    assert f"Trang {count}/{count}" in pdf_text(pdf)
    assert pdf == information_sheet(many, FONTS, SAY)


def test_a_draft_says_so() -> None:
    assert "BẢN NHÁP" in pdf_text(information_sheet(SHEET, FONTS, SAY, "BẢN NHÁP"))
