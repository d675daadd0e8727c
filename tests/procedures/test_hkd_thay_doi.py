"""Changing what a household business registered."""

import pytest

from tests.procedures.whole import (
    address,
    asked,
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    printed,
    problems,
    procedure,
    visit,
)

SLUG, LAYOUT = "hkd_thay_doi", "hkd_thay_doi/to_khai"
CAPITAL = {
    "ten_hkd": "Hộ kinh doanh Tạp hóa Mận",
    "ma_so": "8123456789",
    "noi_dung": "von",
    "von_moi.von": "80000000",
    "von_moi.thoi_diem": "2026-11-20",
    "von_moi.hinh_thuc": "Góp thêm tiền mặt",
}
OWNER = {
    "chu_ho_ly_do": "thanh_vien_ho_gia_dinh_uy_quyen_cho_nguoi_khac",
    "chu_ho_cu.ho_ten": "Lò Thị Mận",
    "chu_ho_cu.ngay_sinh": "1990-05-04",
    "chu_ho_cu.gioi_tinh": "2",
    "chu_ho_cu.so_dinh_danh": "014190001234",
    "chu_ho_moi.ho_ten": "Lò Văn Đào",
    "chu_ho_moi.ngay_sinh": "1988",
    "chu_ho_moi.gioi_tinh": "1",
    "chu_ho_moi.sdt": "0912345678",
    "chu_ho_moi.email": "dao@vidu.vn",
}
ALL = {
    **CAPITAL,
    **OWNER,
    "so": "01/2026",
    "noi_dung": "ten tru_so chu_ho_kinh_doanh thanh_vien_ho_gia_dinh von nganh_nghe thong_tin_dang_ky_thue"
    " cap_nhat_bo_sung_hieu_dinh cap_doi_gcn",
    "ten_moi.tieng_viet": "Hộ kinh doanh Quán ăn Mận",
    "ten_moi.nuoc_ngoai": "Man Eatery",
    "ten_moi.viet_tat": "Quán Mận",
    **address("tru_so_moi", "Bản Bon"),
    "thanh_vien[1].ho_ten": "Lò Văn Đào",
    "thanh_vien[1].ngay_sinh": "1988",
    "thanh_vien[1].so_dinh_danh": "014088004321",
    "thanh_vien[1].gioi_tinh": "1",
    "thanh_vien[2].ho_ten": "Lò Thị Mơ",
    "thanh_vien[2].ngay_sinh": "2001-02-03",
    "thanh_vien[2].gioi_tinh": "2",
    "thanh_vien[2].dan_toc": "01",
    "thanh_vien[2].noi_thuong_tru": "Bản Bon, xã Hòa Vang, thành phố Đà Nẵng",
    "nganh_bs[1].ten_nganh": "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động",
    "nganh_bs[1].ma_nganh": "5610",
    "nganh_bs[1].ghi_chu": "X",
    "nganh_bs[2].viec": "bo",
    "nganh_bs[2].ten_nganh": "Bán lẻ hàng hóa tổng hợp",
    "nganh_bs[3].viec": "sua",
    "nganh_bs[3].ten_nganh": "Dịch vụ ăn uống khác",
    "nganh_bs[3].ma_nganh": "5629",
    "muc_c.ten_hkd": "Tạp hóa Mận",
    **address("muc_c.tru_so", "Bản Na"),
    "muc_c.von": "30000000",
}


def test_the_layout_is_the_published_form() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


@pytest.mark.parametrize("answers", [CAPITAL, ALL])
def test_a_whole_visit_prints_its_answers_in_order(answers: dict[str, str]) -> None:
    session = visit(SLUG, answers)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())


def test_only_the_pages_that_were_chosen_are_asked_and_printed() -> None:
    session = visit(SLUG, CAPITAL)
    assert not any(
        name.startswith(("ten_moi", "tru_so_moi", "chu_ho", "nganh_bs")) for name in asked(session)
    )
    (words,) = printed(SLUG, session).values()
    assert "80.000.000 đồng (tám mươi triệu đồng)" in words
    assert "ĐĂNG KÝ THAY ĐỔI VỐN KINH DOANH" in words
    for other in ("THAY ĐỔI TÊN", "THAY ĐỔI TRỤ SỞ", "THAY ĐỔI CHỦ HỘ", "ĐĂNG KÝ THUẾ", "C. ĐĂNG KÝ CẤP ĐỔI"):
        assert other not in words


def test_every_trade_stands_in_the_table_of_what_becomes_of_it() -> None:
    by_note = {"nganh_bs[2].viec": "bo_sung", "nganh_bs[2].ghi_chu": "Bỏ", "nganh_bs[1].ghi_chu": "Bổ sung"}
    for answers in (ALL, ALL | by_note):
        (words,) = printed(SLUG, visit(SLUG, answers)).values()
        added, dropped = words.index("1 Nhà hàng"), words.index("1 Bán lẻ hàng hóa")
        assert words.index("1. Bổ sung ngành") < added < words.index("2. Bỏ ngành") < dropped
        assert dropped < words.index("3. Sửa đổi ngành") < words.index("1 Dịch vụ ăn uống khác")


def test_what_is_missing_is_asked_for() -> None:
    assert problems(visit(SLUG, {})).keys() == {"ten_hkd", "ma_so", "noi_dung"}
    ticked = problems(visit(SLUG, {"noi_dung": str(ALL["noi_dung"])})).keys()
    assert {
        "ten_moi.tieng_viet",
        "tru_so_moi.xa",
        "chu_ho_ly_do",
        "chu_ho_cu.ho_ten",
        "von_moi.von",
    } <= ticked
    assert {"thanh_vien[1].ho_ten", "nganh_bs[1].ten_nganh", "muc_c.ten_hkd", "muc_c.von"} <= ticked


@pytest.mark.parametrize(
    ("changes", "asked_for"),
    [
        ({"von_moi__thoi_diem": ""}, ["von_moi.thoi_diem"]),
        ({"gcn_cu": "co"}, [f"muc_c.{part}" for part in ("ten_hkd", "tru_so.tinh", "tru_so.xa")]),
    ],
)
def test_what_is_sent_back_is_refused_here(changes: dict[str, str], asked_for: list[str]) -> None:
    assert set(asked_for) <= problems(visit(SLUG, CAPITAL, **changes)).keys()


def test_a_member_without_a_number_says_where_he_lives_and_a_main_trade_has_its_code() -> None:
    assert list(problems(visit(SLUG, ALL | {"thanh_vien[2].noi_thuong_tru": ""}))) == [
        "thanh_vien[2].so_dinh_danh"
    ]
    assert list(problems(visit(SLUG, ALL | {"nganh_bs[1].ma_nganh": ""}))) == ["nganh_bs[1].ma_nganh"]
    assert problems(visit(SLUG, ALL | {"nganh_bs[1].ma_nganh": "", "nganh_bs[1].ghi_chu": ""})) == {}


@pytest.mark.parametrize(
    ("answers", "needed"),
    [
        (CAPITAL, set()),
        (ALL, {"van_ban_uy_quyen", "ban_chinh_gcn_cu"}),
        (
            ALL
            | {"chu_ho_ly_do": "chu_ho_chet_mat_tich_han_che_mat_nlhvds", "noi_dung": "chu_ho_kinh_doanh"},
            {"giay_to_ve_chu_ho_cu", "ban_chinh_gcn_cu"},
        ),
    ],
)
def test_the_papers_follow_the_answers(answers: dict[str, str], needed: set[str]) -> None:
    filled = visit(SLUG, answers).filled()
    assert {paper.key for paper in procedure(SLUG).papers if paper.applies(filled.value)} == needed


@pytest.mark.parametrize(("chosen", "asks"), [("von", False), ("von thong_tin_dang_ky_thue", True)])
def test_what_is_written_by_hand_is_asked_at_the_end(chosen: str, asks: bool) -> None:
    filled = visit(SLUG, CAPITAL, noi_dung=chosen).filled()
    reasons = [each for each in procedure(SLUG).return_reasons if each.ask]
    assert [each.applies(filled.value) for each in reasons] == [asks]
