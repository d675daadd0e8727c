"""Monthly allowances: one interview, six forms, chosen by who asks and on which day."""

from datetime import date

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

SLUG = "tro_cap_xh"
LAST = date(2026, 10, 4)
WHO = {
    "ho_ten": "Lò Thị Mận",
    "ngay_sinh": "1955-04-03",
    "gioi_tinh": "2",
    "dan_toc": "03",
    **card("giay_to", "014155001234"),
    "giay_to.ngay_cap": "2021-05-06",
    "giay_to.noi_cap": "Cục Cảnh sát QLHC về TTXH",
}
HOME = {
    **address("thuong_tru", "Bản Bon"),
    "o_voi_ai": "Ở với con trai Lò Văn Đào, bản Bon",
    "bhyt": "co",
    "ho_ngheo": "khong",
}
BENEFITS = {
    "che_do[1].loai": "bao_tro",
    "che_do[1].muc": "540000",
    "che_do[1].tu_thang": "2026-07",
    "che_do[2].loai": "khac",
    "che_do[2].muc": "120000",
    "che_do[2].tu_thang": "2024",
}
SCHOOL = {"di_hoc": "da_nghi", "di_hoc_ghi": "Nhà xa trường"}
CERTIFICATE = {
    "kt.so": "31/2024",
    "kt.ngay_cap": "2024-06-07",
    "kt.noi_cap": "UBND xã Hòa Bắc",
    "kt.dang_tat": "Vận động",
    "kt.muc_do": "Nặng",
}
FOR_ANOTHER = {
    "khai_thay.cmnd_cccd": "014085007777",
    "khai_thay.ngay_cap": "2022-01-02",
    "khai_thay.noi_cap": "Bộ Công an",
    "khai_thay.moi_quan_he": "Cháu ruột",
    "khai_thay.dia_chi": "Bản Nà, xã Hòa Tiến",
}
ELDER = {
    **WHO,
    **HOME,
    **BENEFITS,
    "kt.co": "co",
    **CERTIFICATE,
    "hon_nhan": "Có chồng đã chết",
    "phung_duong": "Lò Văn Đào, 41 tuổi, làm ruộng",
    "qua_trinh": "Dân công hỏa tuyến năm 1972",
    **FOR_ANOTHER,
}
CHILD = {
    **WHO,
    **HOME,
    **BENEFITS,
    **SCHOOL,
    **FOR_ANOTHER,
    "kt.co": "co",
    **CERTIFICATE,
    "doi_tuong": "tre_em",
    "cha_me": "Lò Thị Mơ",
    "cha_me_che_do[1].loai": "bhxh",
    "cha_me_che_do[1].muc": "2300000",
    "cha_me_che_do[1].tu_thang": "2023-09",
    "cha": "Không xác định được",
}
ILL = {
    **{name: value for name, value in CHILD.items() if not name.startswith("cha")},
    "doi_tuong": "hiv",
    "hiv_tu": "2019-08",
    "lao_dong": "Làm được việc nhẹ",
}
ALONE = {
    **WHO,
    **HOME,
    **FOR_ANOTHER,
    "doi_tuong": "don_than",
    "hon_nhan": "Không có chồng",
    "con_dang_nuoi": "3",
    "con_duoi_16": "2",
    "con_16_22": "1",
    "con_thu_nhat": "Lò Văn Na, sinh 2007, học nghề",
    "con_tiep_theo": "Lò Thị Bưởi, sinh 2012; Lò Văn Quýt, sinh 2015",
}
DISABLED = {
    **WHO,
    **HOME,
    **BENEFITS,
    **SCHOOL,
    **FOR_ANOTHER,
    **CERTIFICATE,
    "doi_tuong": "khuyet_tat",
    "lam_viec": "co",
    "viec": "Đan lát",
    "thu_nhap": "900000",
    "hon_nhan": "Độc thân",
    "so_con": "2",
    "con_duoi_36_thang": "1",
    "tu_phuc_vu": "Cần giúp khi tắm rửa",
    "nguoi_cham_soc": "Chị gái Lò Thị Xoài",
}
PENSIONER = {
    **WHO,
    "ngay_sinh": "1948",
    "doi_tuong": "huu_tri_xh",
    "ht_yeu_cau": "noi_moi",
    "ht_noi_cu_tru_moi": "Phường Hải Vân, thành phố Đà Nẵng",
    **address("ht_noi_cu_tru", "Bản Bon"),
    "ht_dia_chi_lien_lac": "Như trên",
    "ht_sdt": "0912345678",
    **BENEFITS,
    "ht_tinh_trang_ho": "can_ngheo",
    "ht_noi_nhan": "Tại xã Hòa Vang",
    "ht_tk.ten": "LÒ THỊ MẬN",
    "ht_tk.so": "8801205123456",
    "ht_tk.ngan_hang": "Agribank",
    "gh_ho_ten": "Lò Văn Đào",
    "gh_ngay_sinh": "1985",
    "gh_so_dinh_danh": "014085001234",
    "gh_dia_chi": "Bản Bon, xã Hòa Vang",
    "gh_sdt": "0987654321",
    "gh_quan_he": "Con trai",
}
VARIANTS = {
    "1a": (CHILD, "tro_cap_xa_hoi_1a"),
    "1b": (ILL, "tro_cap_xa_hoi_1b"),
    "1c": (ALONE, "tro_cap_xa_hoi_1c"),
    "1d": (ELDER, "tro_cap_xa_hoi_1d"),
    "1dd": (DISABLED, "tro_cap_xa_hoi_1dd"),
    "huu_tri_xa_hoi": (PENSIONER, "huu_tri_xa_hoi"),
}
LEAST = {
    **WHO,
    **HOME,
    "hon_nhan": "Không có chồng",
}


@pytest.mark.parametrize("form", VARIANTS)
def test_the_layouts_are_the_published_forms_and_every_question_has_a_place(form: str) -> None:
    assert_official(f"{SLUG}/to_khai_{form}", VARIANTS[form][1])
    assert_layout_is_whole(SLUG, f"{SLUG}/to_khai_{form}")


@pytest.mark.parametrize("form", VARIANTS)
def test_every_group_is_complete_and_printed_in_the_order_of_its_form(form: str) -> None:
    session = visit(SLUG, VARIANTS[form][0])
    assert problems(session) == {}
    assert broken(SLUG, session) == {}
    assert_answers_in_order(f"{SLUG}/to_khai_{form}", session.filled())
    assert set(VARIANTS[form][0]) <= {*asked(session)}, "an answer is not asked for"
    (old,) = printed(SLUG, session, LAST).values()
    assert "540.000 đồng" in old or form == "1c"


@pytest.mark.parametrize("form", VARIANTS)
def test_since_the_new_decree_only_the_social_pension_has_a_form(form: str) -> None:
    (title,) = printed(SLUG, visit(SLUG, VARIANTS[form][0]))
    assert title.startswith("Bản thông tin chuẩn bị") is (form != "huu_tri_xa_hoi")


def test_the_list_of_the_law_alone_is_enough() -> None:
    session = visit(SLUG, LEAST)
    assert problems(session) == {}
    (sheet,) = printed(SLUG, session).values()
    for said in ("Lò Thị Mận", "014155001234", "Không có chồng", "335/2026"):
        assert said in sheet


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {})).keys()
    needed = {
        "ho_ten",
        "ngay_sinh",
        "giay_to.so",
        "thuong_tru.xa",
        "o_voi_ai",
        "bhyt",
        "ho_ngheo",
        "hon_nhan",
    }
    assert needed <= missing
    assert not {"doi_tuong", "kt.co", "kt.so", "phung_duong", "khai_thay.cmnd_cccd"} & missing


def test_amounts_stand_on_the_line_of_their_benefit() -> None:
    (text,) = printed(SLUG, visit(SLUG, ELDER), LAST).values()
    assert "bảo trợ xã hội hàng tháng: 540.000 đồng. Hưởng từ tháng 07/2026" in text
    assert "phụ cấp hàng tháng khác: 120.000 đồng. Hưởng từ tháng 2024" in text
    pension = visit(SLUG, ELDER, **{"che_do[1].loai": "luong_huu"})
    assert "Lương hưu/Trợ cấp BHXH hàng tháng: 540.000" in "".join(printed(SLUG, pension, LAST).values())


def test_a_disability_allowance_needs_its_certificate() -> None:
    said = problems(visit(SLUG, {k: v for k, v in DISABLED.items() if not k.startswith("kt.")}))
    assert set(said) == set(CERTIFICATE)
    filled = visit(SLUG, DISABLED).filled()
    (paper,) = (each for each in procedure(SLUG).papers if each.key == "giay_xac_nhan_khuyet_tat")
    assert paper.applies(filled.value)
    assert not paper.applies(visit(SLUG, ELDER).filled().value)


def test_who_declares_for_another_says_everything() -> None:
    said = problems(visit(SLUG, {**LEAST, "khai_thay.cmnd_cccd": "014085007777"}))
    assert set(said) == set(FOR_ANOTHER) - {"khai_thay.cmnd_cccd"}
    said = problems(visit(SLUG, {**LEAST, "khai_thay.moi_quan_he": "Con"}))
    assert "Ghi cả số căn cước" in said["khai_thay.moi_quan_he"]


@pytest.mark.parametrize(
    ("answers", "born", "found"),
    [
        (ELDER, "1951-11-22", {}),
        (ELDER, "1951-11-21", {"tu_75_tuoi": False}),
        (ELDER, "1951", {"tu_75_tuoi": True}),
        (PENSIONER, "1955", {}),
        ({**PENSIONER, "ht_tinh_trang_ho": "khong"}, "1955", {"huu_tri_tu_75": False}),
    ],
)
def test_age_tells_the_social_pension_from_the_allowance(
    answers: dict[str, str], born: str, found: dict[str, bool]
) -> None:
    assert broken(SLUG, visit(SLUG, answers, ngay_sinh=born)) == found


def test_children_add_up() -> None:
    said = problems(visit(SLUG, ALONE, con_16_22="2"))
    assert list(said) == ["con_16_22"]


def test_somebody_whose_name_sounds_like_a_district_is_asked_about_and_not_refused() -> None:
    session = visit(SLUG, ELDER, doi_tuong="nguoi_cao_tuoi", o_voi_ai="Với con trai Lò Văn Quận ở bản Bon")
    assert problems(session) == {}
    assert broken(SLUG, session)["noi_o_hai_cap"] is False
