"""Public notices: large, honest about what is not known, with pages that the contents name rightly."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.marks import Text
from kiosk.documents.notice import _MARGINS, notice_pages, notices
from kiosk.domain.notice import Notice, NoticeBoard, NoticePaper
from kiosk.domain.slip import SlipCommune
from kiosk.domain.told_fact import ToldFact
from tests.documents.geometry import all_text, faults
from tests.documents.samples import FONTS, flat, pdf_text, texts

SAY = texts()
DAY = date(2026, 11, 21)
COMMUNE = SlipCommune("UBND phường Hải Vân", "12 đường Thử", "7 giờ 30 – 17 giờ", None)
BIRTH = Notice(
    name="Thủ tục đăng ký khai sinh", plain_name="Khai sinh cho bé", code="1.001193",
    former_codes=("1.000009",), sector="Hộ tịch", level="xã", authority="UBND cấp xã",
    channels=("Trực tiếp", "Bưu chính"), official_form="Tờ khai đăng ký khai sinh",
    papers=(NoticePaper("Giấy chứng sinh", "Bản chính", "Cần"),),
    fee=ToldFact("Miễn lệ phí", "bảng niêm yết", DAY), time_limit=ToldFact("Trong ngày", "hỏi đáp"),
    result=ToldFact(None), legal_basis=("Luật Hộ tịch 60/2014/QH13",),
    changes=("Từ 01/03/2027: luật mới.",), sources=("bảng niêm yết",), checked=DAY, has_form=True,
)  # fmt: skip
LISTED = replace(
    BIRTH, name="Đăng ký giám hộ", plain_name="Đăng ký giám hộ", code="1.004837", has_form=False,
    fee=ToldFact("Miễn", doubtful=True), time_limit=ToldFact(None), papers=(), official_form="",
    sector="", checked=None,
)  # fmt: skip


def board(*filled: Notice, listed: tuple[Notice, ...] = ()) -> NoticeBoard:
    return NoticeBoard(COMMUNE, DAY, filled, listed)


def printed(content: NoticeBoard) -> str:
    return flat(pdf_text(notices(content, FONTS, SAY)))


def page_texts(content: NoticeBoard) -> list[str]:
    return [all_text([page]) for page in notice_pages(content, FONTS, SAY)]


def test_everything_known_of_a_procedure_stands_on_it() -> None:
    text = printed(board(BIRTH))
    for words in (
        "UBND PHƯỜNG HẢI VÂN", "NIÊM YẾT THỦ TỤC HÀNH CHÍNH", "Thủ tục đăng ký khai sinh",
        "(Khai sinh cho bé)", "1.001193 (thay mã cũ 1.000009)", "Hộ tịch", "UBND cấp xã",
        "Trực tiếp; Bưu chính",
        "Giấy chứng sinh – Bản chính. Cần", "Miễn lệ phí", "Nguồn: bảng niêm yết. Kiểm tra ngày 21/11/2026.",
        "Trong ngày", "Nguồn: hỏi đáp. Chưa ghi ngày kiểm tra.", "Luật Hộ tịch 60/2014/QH13",
        "Từ 01/03/2027: luật mới.", "12 đường Thử", "7 giờ 30 – 17 giờ", "Trang 1/1",
    ):  # fmt: skip
        assert words in text


def test_what_nobody_knows_is_to_be_asked() -> None:
    text = printed(board(BIRTH))
    assert "Kết quả nhận được chưa kiểm chứng, hỏi xã" in text
    assert "Điện thoại: hỏi xã" in text


def test_an_entry_without_a_form_says_so_and_doubts_what_it_tells() -> None:
    text = printed(board(LISTED))
    assert "Chưa có mẫu điền trên máy của điểm hỗ trợ – hỏi xã." in text
    assert "Miễn (chưa kiểm chứng, hỏi xã)" in text
    assert "Lĩnh vực chưa kiểm chứng, hỏi xã" in text
    assert "(Đăng ký giám hộ)" not in text


def test_the_contents_name_the_pages_rightly() -> None:
    many = [replace(BIRTH, name=f"Việc thứ {n} {'dài ' * (n * 3)}", code=f"1.{n:06}") for n in range(60)]
    pages = page_texts(board(*many, listed=(LISTED,) * 30))
    count = next(at for at, text in enumerate(pages) if "Nơigiảiquyết" in text)
    contents = "".join(pages[:count])
    assert count > 2
    for n in (0, 1, 30, 59):
        (page,) = [at for at, text in enumerate(pages, 1) if f"1.{n:06}(thaymã" in text]
        assert f"(1.{n:06}){page}" in contents
    (first,) = [at for at, text in enumerate(pages, 1) if "Cácthủtụckhác:30" in text and at > count]
    assert f"chưacómẫuđiềntrênmáy{first}" in contents


def test_one_notice_needs_no_contents() -> None:
    assert len(notice_pages(board(BIRTH), FONTS, SAY)) == 1
    assert len(notice_pages(board(BIRTH, LISTED), FONTS, SAY)) == 3


def test_nobody_reads_small_letters() -> None:
    (page,) = notice_pages(board(BIRTH), FONTS, SAY)
    sizes = [mark.size for _, block in page.placed for mark in block.marks if isinstance(mark, Text)]
    assert min(sizes) >= 10
    assert max(sizes) >= 19


def test_the_pdf_has_a_title_and_its_own_fonts() -> None:
    with pikepdf.open(io.BytesIO(notices(board(BIRTH, LISTED), FONTS, SAY))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "NIÊM YẾT THỦ TỤC HÀNH CHÍNH"
        assert len(pdf.pages) == 3


WORDS = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyằẵỹĐ -,./()0123456789\n"), max_size=400)


@settings(max_examples=25, deadline=None)
@given(WORDS, WORDS, WORDS, st.integers(0, 12))
def test_nothing_overlaps_and_nothing_is_cut(name: str, fee: str, note: str, papers: int) -> None:
    odd = replace(
        BIRTH,
        name=f"Việc {name}",
        fee=ToldFact(f"Phí {fee}", note, DAY, doubtful=True),
        papers=(NoticePaper(f"Giấy {note}", fee, name, note),) * papers,
    )
    pages = notice_pages(board(odd, listed=(odd,) * papers), FONTS, SAY)
    assert faults(pages, _MARGINS) == []
    text = all_text(pages)
    assert "".join(f"Phí{fee}".split()) in text
    assert "".join(f"Việc{name}".split()) in text
