"""Changes and corrections of civil-status entries."""

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

SLUG, LAYOUT = "cai_chinh", "cai_chinh/to_khai"
VISIT = {
    **address("kinh_gui", ""),
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1976-08-05",
    **card("yc_giay_to"),
    "yc_quan_he.chon": "ban_than",
    "loai_viec": "cai_chinh_thong_tin_ho_tich",
    "nd_ho_ten": "Nguyễn Thị Bưởi",
    "nd_ngay_sinh": "1976-08-05",
    **card("nd_giay_to"),
    "loai_giay_to": "giay_khai_sinh",
    "dk_noi": "UBND xã Hòa Bắc, huyện Hòa Vang",
    "dk_ngay": "1980",
    "dk_so": "10",
    "noi_dung": "Cải chính năm sinh từ 1975 thành 1976",
    "ly_do": "Giấy chứng sinh và học bạ ghi năm 1976",
    "cap_ban_sao": "khong",
}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "đăng ký việc Cải chính thông tin hộ tịch cho người có tên dưới đây:" in text
    assert "Đã đăng ký Giấy khai sinh tại UBND xã Hòa Bắc, huyện Hòa Vang ngày tháng năm 1980 số: 10" in text
    assert "Nội dung: Cải chính năm sinh từ 1975 thành 1976 Lý do: Giấy chứng sinh" in text


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {}))
    assert {"loai_viec", "loai_giay_to", "dk_noi", "dk_ngay", "noi_dung", "ly_do"} <= missing.keys()
    assert not {"dk_so", "dk_quyen", "doi_ho_ten"} & missing.keys()


@pytest.mark.parametrize(("name", "words"), [("noi_dung", "sửa tên"), ("ly_do", "thích")])
def test_too_few_words_are_no_content_and_no_reason(name: str, words: str) -> None:
    assert problems(visit(SLUG, {**VISIT, name: words})).keys() == {name}


def test_whoever_changes_a_name_is_told_of_the_consent() -> None:
    change = {**VISIT, "loai_viec": "thay_doi_thong_tin_ho_tich"}
    assert "luu_y_dong_y" in asked(visit(SLUG, change, doi_ho_ten="co"))
    assert "luu_y_dong_y" not in asked(visit(SLUG, change))
    consent = [each for each in procedure(SLUG).return_reasons if "≥9 tuổi" in each.text]
    assert [each.applies(visit(SLUG, change, doi_ho_ten="co").filled().value) for each in consent] == [True]
    assert [each.applies(visit(SLUG, VISIT).filled().value) for each in consent] == [False]


def test_the_evidence_is_asked_for_always() -> None:
    (evidence,) = [paper for paper in procedure(SLUG).papers if paper.key == "giay_to_can_cu"]
    assert evidence.needed
    assert evidence.when is None


def test_the_old_name_of_an_office_may_hold_a_district() -> None:
    assert problems(visit(SLUG, VISIT, dk_noi="UBND xã Hòa Bắc, huyện Hòa Vang")) == {}


def test_nothing_is_registered_before_the_birth() -> None:
    assert broken(SLUG, visit(SLUG, VISIT)) == {}
    assert broken(SLUG, visit(SLUG, VISIT, dk_ngay="1975")) == {"dang_ky_sau_khi_sinh": False}
