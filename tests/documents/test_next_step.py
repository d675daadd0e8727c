"""Every exit of the account guide on its one page: where, what to bring, the code, and nothing cut."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.marks import Box
from kiosk.documents.next_step import _MARGINS, next_step, next_step_pages
from kiosk.domain.next_step import NextStep, Phone, Statement
from kiosk.domain.slip import SlipCommune
from tests.documents.geometry import all_text, faults
from tests.documents.samples import FONTS, flat, pdf_text, texts

SAY = texts()


def content(**changes: object) -> NextStep:
    made = NextStep(
        title="Làm SIM đứng tên mình",
        reason="Không có SIM",
        where=(Statement("Cửa hàng của nhà mạng."), Statement("Hoặc trên mạng.", verified=False)),
        bring=(Statement("Thẻ căn cước"), Statement("Điện thoại", verified=False)),
        say=(Statement("Tôi muốn mua SIM."),),
        phones=(Phone("1900 0368", "hỏi về đổi số", "báo"),),
        goes_to_commune=False,
        commune=SlipCommune("UBND xã Hòa Vang", "Thôn Phú Sơn 2", None, "0236 1022"),
        hamlet="thôn Phú Sơn 2",
        prepared_on=date(2026, 11, 21),
        code="NHAP-7K3M-9Q2PX",
        guide="Tài khoản VNeID",
        as_of=date(2026, 11, 20),
        sources=("Nguồn một", "Nguồn hai"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def printed(sheet: NextStep) -> str:
    return flat(pdf_text(next_step(sheet, FONTS, SAY)))


def test_it_says_everything_in_order() -> None:
    text = printed(content())
    places = [
        text.index(part)
        for part in (
            "PHIẾU HƯỚNG DẪN BƯỚC TIẾP THEO",
            "Làm SIM đứng tên mình",
            "Vì: Không có SIM.",
            "Làm ở đâu",
            "1. Cửa hàng của nhà mạng.",
            "2. Hoặc trên mạng. (chưa kiểm chứng, hỏi xã)",
            "Mang theo",
            "Thẻ căn cước",
            "Điện thoại (chưa kiểm chứng, hỏi xã)",
            "Nói gì, nhớ gì",
            "1900 0368 – hỏi về đổi số",
            "(Nguồn: báo)",
            "Cần hỏi thêm",
            "UBND xã Hòa Vang",
            "Giờ làm việc: chưa kiểm chứng, hỏi xã",
            "0236 1022",
            "Không đưa mật khẩu",
            "đối chiếu ngày 20/11/2026",
        )
    ]
    assert places == sorted(places)
    assert "NHAP-7K3M-9Q2PX" in text


def test_what_to_bring_has_a_box_each() -> None:
    pages = next_step_pages(content(), FONTS, SAY)
    boxes = [m for page in pages for _, block in page.placed for m in block.marks if isinstance(m, Box)]
    assert [box.ticked for box in boxes] == [False, False]


def test_a_way_to_the_commune_says_where_to_go() -> None:
    text = printed(content(goes_to_commune=True, phones=()))
    assert "Nơi đến" in text
    assert "Cần hỏi thêm" not in text
    assert "1900" not in text


def test_the_widest_code_is_never_broken() -> None:
    assert "NHAP-WWWW-WWWWW" in printed(content(code="NHAP-WWWW-WWWWW"))
    assert "PHIẾU HƯỚNG DẪN BƯỚC TIẾP THEO" in pdf_text(next_step(content(), FONTS, SAY))


def test_who_has_nothing_to_go_on_with_gets_no_code() -> None:
    assert "Mã làm tiếp" in printed(content())
    assert "Mã làm tiếp" not in printed(content(code=""))


def test_practice_is_marked() -> None:
    assert "BẢN TẬP HUẤN" in printed(content(practice=True))
    assert "BẢN TẬP HUẤN" not in printed(content())


def test_a_number_that_nobody_verified_says_so() -> None:
    assert "hỏi (chưa kiểm chứng, hỏi xã)" in printed(
        content(phones=(Phone("1", "hỏi", "?", verified=False),))
    )


_WORDS = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàạảãấầẩẫậ  AĐƯ0123456789"), min_size=1, max_size=160
)


@settings(max_examples=20, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=6), _WORDS, _WORDS)
def test_long_words_wrap_and_never_overlap(lines: list[str], title: str, hours: str) -> None:
    said = tuple(Statement(f"x{line}", n % 2 == 0) for n, line in enumerate(lines))
    commune = SlipCommune("UBND xã", hours, hours, None)
    pages = next_step_pages(content(bring=said, say=said, title=f"x{title}", commune=commune), FONTS, SAY)
    assert faults(pages, _MARGINS) == []
    letters = "".join(all_text(pages).split())
    for line in lines:
        assert "".join(line.split()) in letters


@pytest.mark.parametrize("name", [None, "UBND phường Hải Vân"])
def test_what_the_commune_did_not_say_is_to_be_asked(name: str | None) -> None:
    text = printed(content(commune=SlipCommune(name)))
    assert text.count("chưa kiểm chứng, hỏi xã") >= 3 + (name is None)
