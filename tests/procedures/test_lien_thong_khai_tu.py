"""Two in one for a death: every fact asked once, every part's paper filled from it."""

import pytest

from kiosk.domain.renamed import renamed
from tests.procedures.whole import (
    PROVINCE,
    WARD,
    address,
    asked,
    assert_answers_in_order,
    printed,
    problems,
    procedure,
    visit,
)
from tests.support.content import real_content

SLUG = "lien_thong_khai_tu"
ANSWERS = {
    **{f"cq_{of}.tinh": PROVINCE for of in ("khai_tu", "thuong_tru", "mai_tang")},
    **{f"cq_{of}.xa": WARD for of in ("khai_tu", "thuong_tru", "mai_tang")},
    "doi_tuong": "huu_tri_xa_hoi",
    "yc_ho_ten": "Lò Văn Đào",
    "yc_so_dinh_danh": "014085001234",
    "yc_ngay_sinh": "1985-03-02",
    "yc_gioi_tinh": "1",
    "yc_quan_he": "Con trai",
    "yc_sdt": "0912345678",
    **address("yc_dia_chi"),
    "nc_ho_ten": "Lò Thị Mận",
    "nc_so_dinh_danh": "014138004321",
    "nc_ngay_sinh": "1938",
    "nc_gioi_tinh": "2",
    "nc_dan_toc": "03",
    "nc_loai_cu_tru": "1",
    **address("nc_noi_cu_tru", "Bản Bon"),
    "chet_ngay": "2026-11-15",
    "chet_gio": "4",
    "chet_phut": "30",
    "chet_noi": "Bản Bon, xã Hòa Tiến, thành phố Đà Nẵng",
    "chet_nguyen_nhan": "Tuổi già",
    "loai_dang_ky": "1",
    "gbt_loai": "giay_bao_tu",
    "gbt_so": "12/GBT",
    "gbt_co_quan": "Trạm y tế xã Hòa Tiến",
    "gbt_ngay": "2026-11-16",
    "chet_noi_giong_cu_tru": "co",
    "nhan_loai": "ca_nhan",
    "nhan_ten": "Lò Văn Đào",
    "nhan_so_dinh_danh": "014085001234",
    "nhan_quan_he": "Con trai",
    "nhan_phuong_thuc": "tai_khoan_ngan_hang",
    "nhan_tk.ten": "LÒ VĂN ĐÀO",
    "nhan_tk.so": "8801205123456",
    "nhan_tk.ngan_hang": "Agribank",
    "cap_ban_sao": "co",
    "so_ban_sao": "3",
    "hinh_thuc_nhan": "truc_tiep",
}
DEATH, RESIDENCE = "khai_tu/to_khai", "ct01/ct01"


def renaming(layout: str) -> dict[str, str]:
    (found,) = (dict(each.answers) for each in procedure(SLUG).prints if each.layout == layout)
    return found


def test_a_whole_visit_has_no_problem_and_three_papers() -> None:
    session = visit(SLUG, ANSWERS)
    assert problems(session) == {}
    titles = list(printed(SLUG, session))
    assert titles == [
        "Tờ khai đăng ký khai tử",
        "Tờ khai thay đổi thông tin cư trú",
        "Bản thông tin chuẩn bị: mai táng phí, tử tuất",
    ]


def test_what_is_missing_is_asked_for() -> None:
    missing = problems(visit(SLUG, {})).keys()
    assert {
        "cq_khai_tu.xa",
        "doi_tuong",
        "yc_so_dinh_danh",
        "nc_ho_ten",
        "nhan_loai",
        "so_ban_sao",
    } - missing <= {"so_ban_sao"}


def test_the_death_declaration_is_filled_in_order() -> None:
    filled = visit(SLUG, ANSWERS).filled()
    assert_answers_in_order(DEATH, filled, renaming(DEATH))
    words = next(iter(printed(SLUG, visit(SLUG, ANSWERS)).values()))
    assert "014085001234 (số định danh cá nhân)" in words
    assert "LÒ THỊ MẬN" in words
    assert "Con trai" in words


def test_the_requester_declares_whose_residence_is_struck_out() -> None:
    filled = visit(SLUG, ANSWERS).filled()
    assert_answers_in_order(RESIDENCE, filled, renaming(RESIDENCE))
    sheet = renamed(filled, renaming(RESIDENCE))
    assert sheet.value("ho_ten") == "Lò Văn Đào"
    words = list(printed(SLUG, visit(SLUG, ANSWERS)).values())[1]
    assert "Xóa đăng ký thường trú của Lò Thị Mận do đã chết ngày 15/11/2026" in words


def test_who_lived_there_for_a_time_only_is_not_struck_out() -> None:
    assert len(printed(SLUG, visit(SLUG, ANSWERS, nc_loai_cu_tru="2"))) == 2


def test_where_nobody_pays_nobody_receives() -> None:
    payer = ("nhan_", "cq_mai_tang.")
    nobody = {name: value for name, value in ANSWERS.items() if not name.startswith(payer)}
    session = visit(SLUG, nobody, doi_tuong="khong_huong")
    assert len(printed(SLUG, session)) == 2
    assert problems(session) == {}
    assert problems(visit(SLUG, ANSWERS, doi_tuong="khong_huong")) == {}
    missing = problems(visit(SLUG, nobody)).keys()
    assert {"cq_mai_tang.xa", "nhan_loai", "nhan_ten", "nhan_phuong_thuc"} <= missing


@pytest.mark.parametrize(("number", "needed"), [("014085001234", False), ("014090009999", True)])
def test_another_receiver_needs_an_authorization(number: str, needed: bool) -> None:
    rule = next(each for each in procedure(SLUG).papers if each.key == "van_ban_uy_quyen")
    assert rule.applies(visit(SLUG, ANSWERS, nhan_so_dinh_danh=number).filled().value) is needed


def test_an_organization_has_no_personal_number() -> None:
    shown = asked(visit(SLUG, ANSWERS, nhan_loai="to_chuc"))
    assert "nhan_so_dinh_danh" not in shown
    assert "nhan_quan_he" not in shown


@pytest.mark.parametrize("code", ["2.002913", "2.002622"])
def test_the_old_code_leads_here(code: str) -> None:
    assert real_content().catalogue.by_code(code).slug == SLUG


def test_a_card_of_nine_figures_is_no_personal_number() -> None:
    assert list(problems(visit(SLUG, ANSWERS, nc_so_dinh_danh="012345678"))) == ["nc_so_dinh_danh"]
