"""Money for a funeral: the old forms until Nghị định 335/2026, an information sheet since."""

from datetime import date

import pytest

from tests.procedures.whole import (
    address,
    asked,
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    broken,
    printed,
    problems,
    procedure,
    visit,
)

SLUG, LAYOUT, OLD = "mai_tang_btxh", "mai_tang_btxh/to_khai", "mai_tang_btxh/to_khai_mau04"
LAST = date(2026, 10, 4)
VISIT = {
    "dn_ho_ten": "Lò Văn Đào",
    **address("dn_noi_cu_tru"),
    "dn_sdd": "014085001234",
    "dn_quan_he": "Con trai",
    "dn_noi_dung": "Đề nghị hỗ trợ chi phí mai táng",
    "nc_ho_ten": "Lò Thị Mận",
    "nc_ngay_sinh": "1955",
    "nc_gioi_tinh": "2",
    "nc_dan_toc": "03",
    **address("nc_noi_cu_tru", "Bản Bon"),
    "nc_sdd": "014155004321",
    "chet_luc.gio": "05:30",
    "chet_luc.ngay": "2026-11-15",
    "chet_noi": "Tại nhà, bản Bon, xã Hòa Vang",
    "chet_nguyen_nhan": "Bệnh tim",
    "gbt.so": "12/TLKT",
    "gbt.co_quan_cap": "UBND xã Hòa Vang",
    "gbt.ngay_cap": "2026-11-16",
    "lo_loai": "ca_nhan",
    "lo_cn.ho_ten": "Lò Văn Mít",
    "lo_cn.ngay_sinh": "1980-02-03",
    "lo_cn.gioi_tinh": "1",
    "lo_cn.so_dinh_danh": "014080009999",
    "lo_cn.noi_cu_tru": "Bản Bon, xã Hòa Vang, thành phố Đà Nẵng",
    "lo_cn.quan_he": "Con cả",
    "lo_cn.sdt": "0912345678",
    "nhan": "tai_khoan_ngan_hang",
    "nhan_tk.ten": "LÒ VĂN MÍT",
    "nhan_tk.so": "8801205123456",
    "nhan_tk.ngan_hang": "Agribank",
}
OFFICE = {
    **{name: value for name, value in VISIT.items() if not name.startswith("lo_cn")},
    "lo_loai": "to_chuc",
    "lo_tc.ten_to_chuc": "Trung tâm bảo trợ xã hội",
    "lo_tc.dia_chi": "Xã Hòa Vang, thành phố Đà Nẵng",
    "lo_tc.nguoi_dai_dien": "Trần Thị Na",
    "lo_tc.chuc_vu": "Giám đốc",
    "lo_tc.sdt": "02363123456",
    "nhan_tk.ten": "Trung tâm bảo trợ xã hội",
}


@pytest.mark.parametrize(("layout", "notes"), [(LAYOUT, "mai_tang_btxh"), (OLD, "mai_tang_mau04")])
def test_the_layouts_are_the_published_forms_and_every_question_has_a_place(layout: str, notes: str) -> None:
    assert_official(layout, notes)
    assert_layout_is_whole(SLUG, layout)


@pytest.mark.parametrize("answers", [VISIT, OFFICE], ids=["person", "office"])
@pytest.mark.parametrize("layout", [LAYOUT, OLD])
def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form(
    layout: str, answers: dict[str, str]
) -> None:
    session = visit(SLUG, answers)
    assert problems(session) == {}
    assert broken(SLUG, session) == {}
    assert_answers_in_order(layout, session.filled())


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2025, 6, 30), "Tờ khai đề nghị hỗ trợ chi phí mai táng"),
        (LAST, "Tờ khai đề nghị hỗ trợ chi phí mai táng"),
        (date(2026, 10, 5), "Bản thông tin chuẩn bị: hỗ trợ chi phí mai táng"),
    ],
)
def test_the_paper_of_the_day(day: date, title: str) -> None:
    assert list(printed(SLUG, visit(SLUG, VISIT), day)) == [title]


def test_the_sheet_shows_every_answer_and_the_old_form_the_hour_of_death() -> None:
    (sheet,) = printed(SLUG, visit(SLUG, VISIT)).values()
    for said in (
        "Lò Văn Đào",
        "014085001234",
        "Lò Thị Mận",
        "Bệnh tim",
        "12/TLKT",
        "8801205123456",
        "335/2026",
    ):
        assert said in sheet
    (form,) = printed(SLUG, visit(SLUG, VISIT), LAST).values()
    assert "lúc: 05 giờ 30 phút, ngày 15 tháng 11 năm 2026" in form
    assert "LÒ THỊ MẬN" in form


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {})).keys()
    assert {"dn_ho_ten", "dn_sdd", "nc_ho_ten", "chet_luc.ngay", "chet_noi", "lo_loai", "nhan"} <= missing
    assert not {"nc_sdd", "chet_luc.gio", "gbt.so", "nc_dang_huong", "dn_noi_dung"} & missing


@pytest.mark.parametrize("had", ["huu_tri", "mai_tang_khac"])
def test_what_another_fund_pays_is_not_paid_here(had: str) -> None:
    assert list(problems(visit(SLUG, VISIT, nc_dang_huong=had))) == ["nc_dang_huong"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"nc_ngay_sinh": "1940"}, {"co_the_huu_tri": False}),
        ({"nc_ngay_sinh": "1951"}, {"co_the_huu_tri": True}),
        ({"nhan_tk__ten": "LO VAN MIT"}, {"tai_khoan_nguoi_lo": True}),
        ({"nhan_tk__ten": "LÒ VĂN ĐÀO"}, {"tai_khoan_nguoi_lo": False}),
        ({"nc_ngay_sinh": "2026-11-16"}, {"mat_sau_khi_sinh": False}),
    ],
)
def test_what_is_asked_again(changes: dict[str, str], found: dict[str, bool]) -> None:
    assert broken(SLUG, visit(SLUG, VISIT, **changes)) == found


def test_an_old_card_number_is_refused() -> None:
    assert "CMND 9 số" in problems(visit(SLUG, VISIT, dn_sdd="012345678"))["dn_sdd"]


def test_only_the_one_who_buries_is_asked_for_and_only_an_account_has_a_number() -> None:
    shown = asked(visit(SLUG, OFFICE, nhan="tien_mat"))
    assert "lo_tc.ten_to_chuc" in shown
    assert not {"lo_cn.ho_ten", "lo_la_nguoi_de_nghi", "nhan_tk.so"} & set(shown)


def test_the_amount_and_the_time_follow_the_day() -> None:
    one = procedure(SLUG)
    assert "{amount:mai_tang_bao_tro_xa_hoi}" in str(one.result.text)
    assert "05 ngày" in str(one.time_limit.on(LAST).text)  # type: ignore[union-attr]
    assert one.time_limit.on(date(2026, 10, 5)).text is None  # type: ignore[union-attr]


def test_the_declaration_is_addressed_to_the_commune_that_was_named_and_else_by_hand() -> None:
    named = {"kinh_gui.tinh": "48", "kinh_gui.xa": "20320"}
    (form,) = printed(SLUG, visit(SLUG, VISIT | named), LAST).values()
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân xã Hòa Vang, thành phố Đà Nẵng" in form
    (empty,) = printed(SLUG, visit(SLUG, VISIT), LAST).values()
    assert "nhân dân xã" not in empty
