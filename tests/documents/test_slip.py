"""The slip that goes home: never a receipt, one page, honest about what is not known."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.documents.marks import Box, Page, Text
from kiosk.documents.slip import _MARGINS, slip, slip_pages
from kiosk.domain.dossier import Road
from kiosk.domain.errors import WorldError
from kiosk.domain.slip import Slip, SlipCommune, SlipPaper
from kiosk.domain.told_fact import ToldFact
from tests.documents.geometry import all_text, faults
from tests.documents.samples import CHECKED, FONTS, flat, pdf_text, slip_content, texts

SAY = texts()


def printed(content: Slip) -> str:
    return flat(pdf_text(slip(content, FONTS, SAY)))


def marks(pages: list[Page], kind: type) -> list[object]:
    return [
        mark for page in pages for _, block in page.placed for mark in block.marks if isinstance(mark, kind)
    ]


def test_it_says_that_it_is_no_receipt_and_shows_its_code() -> None:
    text = printed(slip_content())
    assert "PHIẾU CHUẨN BỊ HỒ SƠ" in text
    assert "Phiếu này không phải giấy tiếp nhận hồ sơ" in text
    assert "NHAP-7K3M-9Q2PX" in text
    assert "Đăng ký khai sinh Mã thủ tục: 1.001193" in text
    assert "Điểm hỗ trợ: thôn Phú Sơn 2" in text
    assert "Chuẩn bị ngày 21/11/2026" in text


def test_it_says_who_decides_and_how_to_file() -> None:
    text = printed(slip_content(authority="Cơ quan BHXH cơ sở (không phải UBND xã)"))
    assert "Nơi giải quyết: Cơ quan BHXH cơ sở (không phải UBND xã)" in text
    assert "Cách nộp: Trực tuyến toàn trình; Trực tiếp" in text
    assert "Cách nộp: chưa kiểm chứng, hỏi xã" in printed(slip_content(channels=()))


def test_the_checklist_ticks_what_was_scanned() -> None:
    pages = slip_pages(slip_content(), FONTS, SAY)
    assert [box.ticked for box in marks(pages, Box) if isinstance(box, Box)] == [True, False]
    assert "Giấy chứng sinh – bản chính" in printed(slip_content())


def test_a_procedure_without_papers_says_so() -> None:
    assert "không cần nộp kèm giấy tờ" in printed(slip_content(papers=()))


def test_fee_and_time_limit_carry_source_and_date() -> None:
    pages = slip_pages(slip_content(time_limit=ToldFact("Trong ngày", "Nghị định thử")), FONTS, SAY)
    text = all_text(pages)
    assert "Miễnlệphíkhiđúnghạn(Nguồn:CổngDịchvụcôngquốcgia;kiểmtrangày21/11/2026)" in text
    assert "Trongngày(Nguồn:Nghịđịnhthử;chưarõngàykiểmtra)" in text


def test_what_nobody_verified_is_said() -> None:
    text = printed(slip_content(fee=ToldFact(None), commune=SlipCommune(None), kept=(), data_contact=None))
    assert "chưa kiểm chứng, hỏi xã" in text
    assert text.count("hỏi xã") >= 6


def test_the_commune_road() -> None:
    text = printed(slip_content())
    assert "Gửi về xã xem trước" in text
    assert "Cán bộ tiếp nhận chính thức thì mới có mã hồ sơ" in text
    assert "Cổng cấp" not in text


@pytest.mark.parametrize(("code", "shown"), [("", "....."), ("H17.99-261121-0001", "H17.99-261121-0001")])
def test_the_portal_road_has_a_place_for_the_code_of_the_portal(code: str, shown: str) -> None:
    text = printed(slip_content(road=Road.PORTAL, portal_code=code))
    assert f"Ghi mã hồ sơ Cổng cấp: {shown}" in text
    assert "Gửi về xã" not in text


def test_commune_and_data_are_printed() -> None:
    text = printed(slip_content())
    for words in (
        "UBND xã Hòa Vang",
        "Quốc lộ 14B",
        "7:30–11:30",
        "0236 000 000",
        "Mã phiếu: 90 ngày.",
        "Muốn xóa: đọc mã",
    ):
        assert words in text


def test_a_practice_slip_is_marked() -> None:
    assert "BẢN TẬP HUẤN" in printed(slip_content(practice=True))
    assert "BẢN TẬP HUẤN" not in printed(slip_content())


def test_letters_but_for_sources_are_never_below_13_points_and_as_large_as_fits() -> None:
    short = [
        mark.size for mark in marks(slip_pages(slip_content(), FONTS, SAY), Text) if isinstance(mark, Text)
    ]
    papers = tuple(
        SlipPaper(f"Giấy tờ thứ {n} có tên khá dài", have=False, note="bản sao") for n in range(14)
    )
    long = [
        mark.size
        for mark in marks(slip_pages(slip_content(papers=papers), FONTS, SAY), Text)
        if isinstance(mark, Text)
    ]
    sources = 9.5
    assert min(size for size in short if size != sources) >= 13
    assert min(size for size in long if size != sources) >= 13
    assert sum(short) / len(short) > sum(long) / len(long)


def test_it_is_one_a4_page_and_a_very_long_one_goes_on() -> None:
    with pikepdf.open(io.BytesIO(slip(slip_content(), FONTS, SAY))) as document:
        assert len(document.pages) == 1
    papers = tuple(SlipPaper(f"Giấy {n}", have=False, note="ghi chú dài " * 10) for n in range(30))
    content = slip_content(papers=papers)
    with pikepdf.open(io.BytesIO(slip(content, FONTS, SAY))) as document:
        assert len(document.pages) > 1
    assert all(f"Giấy {n} –" in printed(content) for n in range(30))


def test_a_phone_reads_the_code_from_the_paper(tmp_path: Path) -> None:
    source, target = tmp_path / "slip.pdf", tmp_path / "slip"
    source.write_bytes(slip(slip_content(), FONTS, SAY))
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", str(source), str(target)], check=True)
    with Image.open(target.with_suffix(".png")) as picture:
        codes = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.text for code in codes] == ["THON:1:NHAP-7K3M-9Q2PX"]


_WORDS = st.text(alphabet="aăâêđĐẤỆwWi .,-0123456789{}[]<>|", min_size=1, max_size=400)


@settings(max_examples=25, deadline=None)
@given(_WORDS, _WORDS, _WORDS, st.integers(0, 25), st.booleans())
def test_any_content_stays_in_its_boxes(name: str, note: str, fact: str, count: int, have: bool) -> None:
    content = slip_content(
        procedure=name,
        hamlet=note[:60],
        papers=tuple(SlipPaper(name, have, note) for _ in range(count)),
        fee=ToldFact(fact * 5, note, CHECKED),
        commune=SlipCommune(name, note, fact, name),
    )
    assert faults(slip_pages(content, FONTS, SAY), _MARGINS) == []


def test_a_sign_that_no_letter_shows_is_refused() -> None:
    with pytest.raises(WorldError, match=r"document\.glyph"):
        slip(slip_content(hamlet="thôn 😀"), FONTS, SAY)


def test_every_text_of_the_slip_is_used() -> None:
    asked: set[str] = set()

    def say(key: str, **params: object) -> str:
        asked.add(key)
        return SAY(key, **params)

    told = SlipCommune("UBND xã", suggestion_box="Hòm thư", notices=("Nghỉ Tết.",))
    slip(slip_content(practice=True, time_limit=ToldFact("a", "b"), commune=told), FONTS, say)
    slip(
        slip_content(
            road=Road.PORTAL,
            papers=(),
            fee=ToldFact(None),
            commune=SlipCommune(None),
            kept=(),
            data_contact=None,
        ),
        FONTS,
        say,
    )
    assert asked == {key for key in sorted(SAY.keys()) if key.startswith("document.slip.")}


def test_doubt_example_and_what_comes_next_stand_with_their_fact() -> None:
    weak = ToldFact("5.000 đồng", "nguồn", doubtful=True, more=("Từ ngày 01/01/2027 sẽ là: 0 đồng",))
    coming = ToldFact(None, more=("Ví dụ: trả ngày 23/11/2026.",))
    text = printed(slip_content(fee=weak, time_limit=coming))
    for beginning in ("5.000 đồng (chưa", "Từ ngày 01/01/2027", "Ví dụ: trả"):  # each half wraps its lines
        assert beginning in text


def test_where_to_complain_and_the_communes_notices_are_printed() -> None:
    told = SlipCommune("UBND xã", suggestion_box="Hòm thư ở cổng", notices=("Sáng thứ Bảy có trực.",))
    text = printed(slip_content(commune=told))
    assert "Hòm thư ở cổng" in text
    assert "Sáng thứ Bảy có trực." in text
    assert SAY("document.slip.suggestion_box", place="") not in printed(slip_content())
