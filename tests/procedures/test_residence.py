"""The five procedures that the CT01 declares, from residence to striking out."""

import pytest

from tests.procedures.whole import (
    PROVINCE,
    WARD,
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    printed,
    problems,
    procedure,
    visit,
)

LAYOUT = "ct01/ct01"
SLUGS = ("cu_tru_khac", "tam_tru", "thuong_tru", "xac_nhan_cu_tru", "xoa_thuong_tru")
WHO = {
    "kinh_gui.tinh": PROVINCE,
    "kinh_gui.xa": WARD,
    "ho_ten": "Nguyễn Thị Bưởi",
    "ngay_sinh": "1995-08-12",
    "gioi_tinh": "2",
    "so_dinh_danh": "048195001234",
    "sdt": "0905123456",
    "chu_ho": "Trần Văn Cam",
    "quan_he_chu_ho": "Vợ",
    "so_dinh_danh_chu_ho": "048090004321",
}
MEMBER = {
    "thanh_vien[1].ho_chu_dem_va_ten": "Trần Nguyễn Bảo Ngọc",
    "thanh_vien[1].ngay_thang_nam_sinh": "2026-10-05",
    "thanh_vien[1].gioi_tinh": "2",
    "thanh_vien[1].so_dinh_danh_ca_nhan": "048326009876",
    "thanh_vien[1].moi_quan_he_voi_chu_ho": "Con",
}
WHAT = {
    "thuong_tru": "Đăng ký thường trú tại thôn Phú Sơn 2, xã Hòa Tiến, Đà Nẵng, vào hộ ông Trần Văn Cam",
    "xoa_thuong_tru": "Xóa đăng ký thường trú của ông Trần Văn Quýt do đã chết ngày 01/11/2026",
    "tam_tru": "Đăng ký tạm trú tại tổ 3, phường Hải Vân, thành phố Đà Nẵng, nhà bà Lê Thị Mít",
    "xac_nhan_cu_tru": "Xác nhận thông tin về cư trú: nơi thường trú từ 2015 đến nay, quan hệ với chủ hộ",
    "cu_tru_khac": "Thay đổi chủ hộ từ ông Trần Văn Cam sang bà Nguyễn Thị Bưởi",
}
MORE = {"tam_tru": {"thoi_han": "2027-11-01"}}
SHEET = {"tam_tru": {"noi_dung": "'{noi_dung}. Thời hạn tạm trú đến ngày {thoi_han}'"}}


def whole(slug: str) -> dict[str, str]:
    return WHO | MEMBER | {"noi_dung": WHAT[slug]} | MORE.get(slug, {})


def test_the_layout_is_the_published_form() -> None:
    assert_official(LAYOUT)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_is_printed_or_excused(slug: str) -> None:
    assert_layout_is_whole(slug, LAYOUT, SHEET.get(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_whole_visit_has_no_problem_and_prints_its_answers_in_order(slug: str) -> None:
    session = visit(slug, whole(slug))
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled(), SHEET.get(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_missing_is_asked_for(slug: str) -> None:
    needed = {"ho_ten", "so_dinh_danh", "chu_ho", "quan_he_chu_ho", "so_dinh_danh_chu_ho", "noi_dung"}
    assert needed <= problems(visit(slug, {})).keys()


@pytest.mark.parametrize("slug", ["thuong_tru", "tam_tru"])
def test_a_request_without_a_place_is_too_vague(slug: str) -> None:
    said = problems(visit(slug, whole(slug), noi_dung="Cho tôi được đăng ký với ạ"))
    assert list(said) == ["noi_dung"]
    assert "xã" in said["noi_dung"]


def test_striking_out_needs_the_reason_with_its_day() -> None:
    said = problems(
        visit("xoa_thuong_tru", whole("xoa_thuong_tru"), noi_dung="Xóa tên ông nội vì đã chết rồi")
    )
    assert list(said) == ["noi_dung"]


def test_what_the_bundle_does_is_not_done_twice() -> None:
    said = problems(visit("xoa_thuong_tru", whole("xoa_thuong_tru"), da_chon_lien_thong="co"))
    assert list(said) == ["da_chon_lien_thong"]


@pytest.mark.parametrize(
    ("day", "good"), [("2026-11-20", False), ("2026-12-01", True), ("2029-01-01", False)]
)
def test_a_temporary_residence_ends_within_two_years(day: str, good: bool) -> None:
    said = problems(visit("tam_tru", whole("tam_tru"), thoi_han=day))
    assert ("thoi_han" not in said) is good


def test_the_term_of_a_temporary_residence_is_written_into_the_request() -> None:
    (words,) = printed("tam_tru", visit("tam_tru", whole("tam_tru"))).values()
    assert "Thời hạn tạm trú đến ngày 01/11/2027" in words


@pytest.mark.parametrize(
    ("relation", "itself"),
    [("Chủ hộ", True), ("CHỦ HỘ", True), ("tôi là chủ hộ", True), ("Vợ", False), ("Vợ của chủ hộ", False)],
)
def test_the_head_of_the_household_has_a_number_of_his_own(relation: str, itself: bool) -> None:
    same = {"so_dinh_danh_chu_ho": WHO["so_dinh_danh"], "quan_he_chu_ho": relation}
    found = list(problems(visit("thuong_tru", whole("thuong_tru") | same)))
    assert found == ([] if itself else ["so_dinh_danh_chu_ho"])


@pytest.mark.parametrize(("birth", "asked_for"), [("2015-01-02", True), ("2010", True), ("1995", False)])
def test_the_parents_consent_is_asked_for_a_minor(birth: str, asked_for: bool) -> None:
    session = visit("thuong_tru", whole("thuong_tru"), ngay_sinh=birth)
    rule = next(each for each in procedure("thuong_tru").papers if each.key == "y_kien_cha_me")
    assert rule.applies(session.filled().value) is asked_for


def test_an_opinion_over_vneid_needs_name_and_number() -> None:
    said = problems(visit("thuong_tru", whole("thuong_tru"), yk_vneid__ten="Trần Văn Cam"))
    assert list(said) == ["yk_vneid.so"]


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_else_need_move_but_who_does_is_told_whole(slug: str) -> None:
    alone = {name: value for name, value in whole(slug).items() if name not in MEMBER}
    assert problems(visit(slug, alone)) == {}
    name = "thanh_vien[1].ho_chu_dem_va_ten"
    assert set(problems(visit(slug, alone | {name: MEMBER[name]}))) == MEMBER.keys() - {name}
    assert list(problems(visit(slug, whole(slug) | {name: ""}))) == ["thanh_vien[1].so_dinh_danh_ca_nhan"]
