"""Copies of civil-status papers."""

import pytest

from tests.procedures.whole import (
    address,
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    broken,
    card,
    printed,
    problems,
    procedure,
    visit,
)

SLUG, LAYOUT = "trich_luc", "trich_luc/to_khai"
VISIT = {
    **address("kinh_gui", ""),
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1966-08-05",
    **card("yc_giay_to"),
    "yc_quan_he.chon": "me",
    "loai_viec": "giay_khai_sinh",
    "so_ban_sao": "2",
    "nd_ho_ten": "Trần Văn Cam",
    "nd_ngay_sinh": "1990",
    **card("nd_giay_to", "048090001234"),
    "dk_noi": "UBND xã Hòa Bắc, huyện Hòa Vang",
    "dk_ngay": "1990-03",
    "dk_so": "12",
    "dk_quyen": "01/1990",
    "tt_khac": "Cha Trần Văn Mít, mẹ Nguyễn Thị Bưởi",
    "hinh_thuc_nhan": "truc_tiep",
}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "trích lục Giấy khai sinh cho người có tên dưới đây:" in text
    assert "tháng 03 năm 1990 số 12 Quyển số: 01/1990" in text


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {}))
    assert {"loai_viec", "nd_ho_ten", "tt_khac", "so_ban_sao"} <= missing.keys()
    assert not {"dk_noi", "dk_so", "dk_ngay", "dia_chi_nhan.tinh"} & missing.keys()


def test_whoever_does_not_know_where_must_tell_what_helps_to_find_it() -> None:
    assert problems(visit(SLUG, VISIT, dk_noi=None)) == {}
    assert problems(visit(SLUG, VISIT, tt_khac=None)) == {}
    assert problems(visit(SLUG, VISIT, dk_noi=None, tt_khac=None)).keys() == {"tt_khac"}


@pytest.mark.parametrize("number", ["", "0", "100"])
def test_the_number_of_copies_is_never_left_empty(number: str) -> None:
    assert "so_ban_sao" in problems(visit(SLUG, VISIT, so_ban_sao=number))


def test_another_kind_of_paper_is_written_out() -> None:
    other = visit(SLUG, VISIT, loai_viec="khac")
    assert problems(other).keys() == {"loai_viec_khac"}
    (text,) = printed(SLUG, visit(SLUG, VISIT, loai_viec="khac", loai_viec_khac="Trích lục ly hôn")).values()
    assert "trích lục Trích lục ly hôn cho" in text


def test_without_a_number_of_twelve_digits_more_is_asked_and_printed() -> None:
    old = {"nd_giay_to.loai": "6", "nd_giay_to.so": "C1234567"}
    missing = problems(visit(SLUG, {**VISIT, **old}))
    assert {"nd_gioi_tinh", "nd_dan_toc", "nd_noi_cu_tru.xa", "nd_giay_to.noi_cap"} <= missing.keys()
    home = {**old, "nd_gioi_tinh": "1", "nd_dan_toc": "01", **address("nd_noi_cu_tru")}
    (text,) = printed(SLUG, visit(SLUG, {**VISIT, **home})).values()
    assert "Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam Nơi cư trú: Thôn Phú Sơn 2" in text


def test_by_post_needs_an_address() -> None:
    assert "dia_chi_nhan.xa" in problems(visit(SLUG, VISIT, hinh_thuc_nhan="qua_buu_chinh"))


def test_the_requester_himself_is_the_one_named() -> None:
    (role,) = [each for each in procedure(SLUG).persons if each.prefix == "nd"]
    assert role.same_as is not None
    assert role.same_as.holds(visit(SLUG, VISIT, yc_quan_he__chon="ban_than").filled().value)


def test_nothing_is_registered_before_the_birth() -> None:
    assert broken(SLUG, visit(SLUG, VISIT, dk_ngay="1991")) == {}
    assert broken(SLUG, visit(SLUG, VISIT)) == {"dang_ky_sau_khi_sinh": True}
    assert broken(SLUG, visit(SLUG, VISIT, dk_ngay="1989")) == {"dang_ky_sau_khi_sinh": False}
