"""Registering a death."""

import pytest

from tests.procedures.whole import (
    address,
    asked,
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

SLUG, LAYOUT = "khai_tu", "khai_tu/to_khai"
VISIT = {
    **address("kinh_gui", ""),
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1966-08-05",
    **card("yc_giay_to"),
    "yc_quan_he.chon": "con",
    "nc_ho_ten": "Nguyễn Văn Quýt",
    "nc_so_dinh_danh": "048041004321",
    "nc_ngay_sinh": "1941",
    "nc_gioi_tinh": "1",
    "nc_dan_toc": "01",
    **address("nc_noi_cu_tru", "Thôn Phò Nam"),
    "chet_ngay": "2026-11-15",
    "chet_gio": "5",
    "chet_phut": "30",
    "chet_noi": "Tại nhà, thôn Phò Nam",
    "chet_nguyen_nhan": "Tuổi già",
    "loai_dang_ky": "1",
    "gbt_loai": "giay_bao_tu",
    "gbt_so": "48.195.2026/GBT-07",
    "gbt_co_quan": "Trạm y tế xã Hòa Vang",
    "gbt_ngay": "2026-11-16",
    "cap_ban_sao": "co",
    "so_ban_sao": "3",
}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "tên: NGUYỄN VĂN QUÝT Ngày, tháng, năm sinh: 1941 Giới tính: Nam" in text
    assert "tùy thân: Số định danh cá nhân 048041004321 Đã chết" in text
    assert "lúc: 5 giờ 30 phút, ngày 15 tháng 11 năm 2026" in text


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {}))
    assert {"nc_ho_ten", "chet_ngay", "chet_noi", "loai_dang_ky"} <= missing.keys()
    assert missing["nc_gioi_tinh"] == "Chọn giới tính."
    assert not {"gbt_so", "nc_so_dinh_danh", "chet_gio", "nc_giay_to.so"} & missing.keys()


def test_an_elder_whose_birthday_and_number_are_known_is_printed_without_the_rest() -> None:
    (text,) = printed(SLUG, visit(SLUG, VISIT, nc_ngay_sinh="1941-03-02")).values()
    assert "sinh: 02/03/1941 Giới tính: Dân tộc: Quốc tịch: Nơi cư trú cuối cùng: Giấy tờ" in text


@pytest.mark.parametrize("number", ["201234567", "04804100432x"])
def test_an_old_number_of_nine_digits_is_sent_to_its_own_place(number: str) -> None:
    assert "CMND 9 số" in problems(visit(SLUG, VISIT, nc_so_dinh_danh=number))["nc_so_dinh_danh"]
    old = visit(SLUG, VISIT, nc_so_dinh_danh=None, nc_giay_to__loai="2", nc_giay_to__so="201234567")
    assert problems(old).keys() == {"nc_giay_to.ngay_cap", "nc_giay_to.noi_cap"}


def test_a_death_certificate_needs_its_number_and_none_asks_for_nothing() -> None:
    assert "gbt_so" in problems(visit(SLUG, VISIT, gbt_so=None))
    assert not {"gbt_so", "gbt_ngay"} & set(asked(visit(SLUG, VISIT, gbt_loai="khong_co")))


def test_copies_and_their_number_go_together() -> None:
    assert "so_ban_sao" in problems(visit(SLUG, VISIT, so_ban_sao="0"))
    assert "so_ban_sao" in problems(visit(SLUG, VISIT, cap_ban_sao="khong"))


@pytest.mark.parametrize(
    ("changes", "needed", "spared"),
    [
        ({}, {"giay_bao_tu"}, {"chung_cu_su_kien_chet", "giay_to_noi_chet", "van_ban_uy_quyen"}),
        ({"loai_dang_ky": "5"}, {"chung_cu_su_kien_chet"}, {"giay_bao_tu"}),
        ({"dang_ky_theo": "noi_chet"}, {"giay_bao_tu", "giay_to_noi_chet"}, {"chung_cu_su_kien_chet"}),
    ],
)
def test_the_papers_follow_the_answers(changes: dict[str, str], needed: set[str], spared: set[str]) -> None:
    filled = visit(SLUG, {**VISIT, **changes}).filled()
    applying = {paper.key for paper in procedure(SLUG).papers if paper.applies(filled.value)}
    assert needed <= applying
    assert not spared & applying


@pytest.mark.parametrize(
    ("died", "kind", "found"),
    [
        ("2026-11-06", "1", {}),
        ("2026-11-05", "1", {"dung_han_15_ngay": False}),
        ("2026-11", "1", {"dung_han_15_ngay": True}),
        ("2026-11-05", "4", {}),
        ("1940", "5", {"mat_sau_khi_sinh": False}),
        ("1941", "5", {"mat_sau_khi_sinh": True}),
    ],
)
def test_fifteen_days_and_the_order_of_birth_and_death(died: str, kind: str, found: dict[str, bool]) -> None:
    session = visit(SLUG, VISIT, chet_ngay=died, loai_dang_ky=kind)
    assert broken(SLUG, session) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Bệnh viện Đa khoa huyện Hòa Vang, xã Hòa Vang, thành phố Đà Nẵng", {"noi_chet_hai_cap": False}),
        ("Thôn 2, xã Hòa Bắc, H. Hòa Vang", {"noi_chet_hai_cap": False}),
        ("Bệnh viện Bạch Mai, phường Kim Liên, thành phố Hà Nội", {}),
    ],
)
def test_a_district_in_the_place_of_death_may_be_a_hospitals_name(place: str, found: dict[str, bool]) -> None:
    session = visit(SLUG, VISIT, chet_noi=place)
    assert problems(session) == {}
    assert broken(SLUG, session) == found
