"""Registering a birth again, because the books are lost."""

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

SLUG, LAYOUT = "dk_lai_khai_sinh", "dk_lai_khai_sinh/to_khai"
VISIT = {
    **address("kinh_gui", ""),
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1950-08-05",
    **card("yc_giay_to", "048150001234"),
    "yc_quan_he.chon": "ban_than",
    "tre_ho_ten": "Nguyễn Thị Bưởi",
    "tre_ngay_sinh": "1950-08-05",
    "tre_gioi_tinh": "2",
    "tre_dan_toc": "01",
    "tre_noi_sinh.noi": "noi_khac",
    **address("tre_noi_sinh", ""),
    **address("tre_que_quan", ""),
    "me_ho_ten": "Trần Thị Mít",
    "me_ngay_sinh": "1925",
    "me_dan_toc": "01",
    "cha_ho_ten": "Nguyễn Văn Quýt",
    "cha_ngay_sinh": "1920",
    "cha_dan_toc": "01",
    "dk_noi": "UBND xã Hòa Bắc, huyện Hòa Vang",
    "gks_ngay": "1962",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert (
        "NGUYỄN THỊ BƯỞI Ngày, tháng, năm sinh: 05/08/1950 ghi bằng chữ: ngày năm tháng tám năm một" in text
    )
    assert "người mẹ: Trần Thị Mít Năm sinh: 1925 Dân tộc: Kinh Quốc tịch: Việt Nam" in text


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {}))
    assert {"tre_ho_ten", "tre_noi_sinh.tinh", "me_ho_ten", "cha_ho_ten", "dk_noi"} <= missing.keys()
    assert not {"gks_so", "gks_ngay", "me_giay_to.so", "tre_noi_sinh.xa"} & missing.keys()


@pytest.mark.parametrize(
    ("known", "mother", "father"),
    [("ca_hai", True, True), ("chi_me", True, False), ("chi_cha", False, True), ("khong", False, False)],
)
def test_only_known_parents_are_asked_and_printed(known: str, mother: bool, father: bool) -> None:
    session = visit(SLUG, VISIT, cha_me_xac_dinh=known)
    assert ("me_ho_ten" in asked(session), "cha_ho_ten" in asked(session)) == (mother, father)
    (text,) = printed(SLUG, session).values()
    assert ("Trần Thị Mít" in text, "Nguyễn Văn Quýt" in text) == (mother, father)


def test_where_it_was_registered_is_never_left_empty() -> None:
    assert "trước đây" in problems(visit(SLUG, VISIT, dk_noi=None))["dk_noi"]


def test_it_is_no_way_to_correct_a_paper() -> None:
    assert "luu_y_cai_chinh" in asked(visit(SLUG, VISIT, de_sua="co"))
    assert "luu_y_cai_chinh" not in asked(visit(SLUG, VISIT))


def test_a_child_without_a_name_is_refused() -> None:
    assert "tre_ho_ten" in problems(visit(SLUG, VISIT, tre_ho_ten="Chưa đặt tên"))


def test_the_requester_may_be_the_person_the_mother_or_the_father() -> None:
    roles = {role.prefix: role.same_as for role in procedure(SLUG).persons}
    chosen = {prefix: same.values for prefix, same in roles.items() if same}
    assert chosen == {"tre": ("ban_than",), "me": ("me",), "cha": ("cha",)}


def test_nothing_is_registered_before_the_birth() -> None:
    assert broken(SLUG, visit(SLUG, VISIT)) == {}
    assert broken(SLUG, visit(SLUG, VISIT, gks_ngay="1949")) == {"dang_ky_sau_khi_sinh": False}
