"""Founding a household business."""

import pytest

from tests.procedures.whole import (
    PROVINCE,
    WARD,
    asked,
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    printed,
    problems,
    procedure,
    visit,
)

SLUG, LAYOUT = "hkd_thanh_lap", "hkd_thanh_lap/to_khai"
ANSWERS = {
    "kinh_gui.tinh": PROVINCE,
    "kinh_gui.xa": WARD,
    "ho_ten": "Lò Thị Mận",
    "ngay_sinh": "1990-05-04",
    "gioi_tinh": "2",
    "sdd": "014190001234",
    "sdt": "0912345678",
    "ten_hkd": "Hộ kinh doanh Tạp hóa Mận",
    "ts_chi_tiet": "Bản Bon",
    "ts_tinh": PROVINCE,
    "ts_xa": WARD,
    "ts_lh.dien_thoai": "0912345678",
    "nganh[1].ten_nganh": "Bán lẻ hàng hóa trong cửa hàng tổng hợp",
    "nganh[1].ma_nganh": "4711",
    "nganh[1].nganh_nghe_kinh_doanh_chinh": "co",
    "nganh[2].ten_nganh": "Bán đồ ăn sáng",
    "von": "50000000",
    "lao_dong": "1",
    "chu_the": "ca_nhan",
}
FAMILY = {
    "chu_the": "cac_thanh_vien_ho_gia_dinh",
    "thanh_vien[1].ho_ten": "Lò Thị Mận",
    "thanh_vien[1].ngay_sinh": "1990-05-04",
    "thanh_vien[1].so_dinh_danh": "014190001234",
    "thanh_vien[1].gioi_tinh": "2",
    "thanh_vien[2].ho_ten": "Lò Văn Đào",
    "thanh_vien[2].ngay_sinh": "1988",
    "thanh_vien[2].so_dinh_danh": "014088004321",
    "thanh_vien[2].gioi_tinh": "1",
}


def test_the_layout_is_the_published_form() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


@pytest.mark.parametrize("more", [{}, FAMILY])
def test_a_whole_visit_prints_its_answers_in_order(more: dict[str, str]) -> None:
    session = visit(SLUG, ANSWERS | more)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())


def test_the_capital_is_written_in_figures_and_words() -> None:
    (words,) = printed(SLUG, visit(SLUG, ANSWERS)).values()
    assert "50.000.000 đồng (năm mươi triệu đồng)" in words
    assert "LÒ THỊ MẬN" in words


def test_what_is_missing_is_asked_for() -> None:
    missing = problems(visit(SLUG, {})).keys()
    assert {"ho_ten", "sdd", "ten_hkd", "ts_chi_tiet", "ts_xa", "von", "lao_dong", "chu_the"} <= missing


@pytest.mark.parametrize("name", ["Tạp hóa Mận", "Hộ kinh doanh Công ty Mận", "HỘ KINH DOANH"])
def test_a_name_that_is_sent_back_is_refused_here(name: str) -> None:
    assert list(problems(visit(SLUG, ANSWERS, ten_hkd=name))) == ["ten_hkd"]


def test_exactly_one_trade_is_the_main_one_and_has_its_code() -> None:
    assert list(problems(visit(SLUG, ANSWERS | {"nganh[1].ma_nganh": ""}))) == ["nganh[1].ma_nganh"]
    two = problems(visit(SLUG, ANSWERS | {"nganh[2].nganh_nghe_kinh_doanh_chinh": "co"}))
    assert {"nganh[1].nganh_nghe_kinh_doanh_chinh", "nganh[2].ma_nganh"} <= two.keys()
    none = problems(visit(SLUG, ANSWERS | {"nganh[1].nganh_nghe_kinh_doanh_chinh": "khong"}))
    assert "nganh[1].nganh_nghe_kinh_doanh_chinh" in none


def test_rows_are_judged_again_when_another_row_becomes_the_main_one() -> None:
    session = visit(SLUG, {name: value for name, value in ANSWERS.items() if not name.startswith("nganh[")})
    session.add_row("nganh")
    for number, main in ((1, "co"), (2, "khong")):  # both rows stood there before either was answered
        session.answer(f"nganh[{number}].ten_nganh", "Bán lẻ")
        session.answer(f"nganh[{number}].ma_nganh", "4711")
        session.answer(f"nganh[{number}].nganh_nghe_kinh_doanh_chinh", main)
    assert problems(session) == {}
    session.remove_row("nganh", 1)
    assert list(problems(session)) == ["nganh[1].nganh_nghe_kinh_doanh_chinh"]


def test_the_tax_that_was_abolished_cannot_be_chosen() -> None:
    said = problems(visit(SLUG, ANSWERS, pp_thue="phuong_phap_khoan"))
    assert list(said) == ["pp_thue"]
    assert "01/01/2026" in said["pp_thue"]


@pytest.mark.parametrize(("answers", "needed"), [({}, False), (FAMILY, True)])
def test_a_family_needs_an_authorization(answers: dict[str, str], needed: bool) -> None:
    session = visit(SLUG, ANSWERS | answers)
    rule = next(each for each in procedure(SLUG).papers if each.key == "van_ban_uy_quyen_thanh_vien")
    assert rule.applies(session.filled().value) is needed
    assert any(name.startswith("thanh_vien") for name in asked(session)) is needed
