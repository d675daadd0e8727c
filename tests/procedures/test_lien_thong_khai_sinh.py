"""Three in one for a child: every fact asked once, every part's paper filled from it."""

import pytest

from kiosk.domain.filled_form import FilledForm
from kiosk.domain.renamed import renamed
from tests.procedures.whole import (
    PROVINCE,
    WARD,
    address,
    asked,
    assert_answers_in_order,
    card,
    printed,
    problems,
    procedure,
    visit,
)
from tests.support.content import real_content

SLUG = "lien_thong_khai_sinh"
ANSWERS = {
    **{f"co_quan_{of}.tinh": PROVINCE for of in ("khai_sinh", "thuong_tru", "bhyt")},
    **{f"co_quan_{of}.xa": WARD for of in ("khai_sinh", "thuong_tru", "bhyt")},
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1995-08-12",
    **card("yc_giay_to", "048195001234"),
    "yc_quan_he.chon": "me",
    "yc_sdt": "0905123456",
    "loai_dang_ky": "dung_han",
    "loai_khai_sinh": "ca_cha_lan_me",
    "tre_ho_ten": "Trần Nguyễn Bảo Ngọc",
    "tre_ngay_sinh": "2026-10-05",
    "tre_gioi_tinh": "2",
    "tre_dan_toc": "01",
    "tre_noi_sinh.noi": "co_so_y_te",
    "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
    "tre_noi_sinh.tinh": PROVINCE,
    "tre_noi_sinh.xa": WARD,
    **address("tre_que_quan", ""),
    "me_ho_ten": "Nguyễn Thị Bưởi",
    "me_ngay_sinh": "1995-08-12",
    **card("me_giay_to", "048195001234"),
    "cha_ho_ten": "Trần Văn Cam",
    "cha_ngay_sinh": "1990",
    **card("cha_giay_to", "048090004321"),
    "cha_me_ket_hon": "co",
    "gcnkh_so": "27/2024",
    "gcnkh_ngay": "2024-02-14",
    "gcnkh_noi": "UBND xã Hòa Bắc, huyện Hòa Vang, thành phố Đà Nẵng",
    "tt_ai": "theo_cha",
    **address("tt_dia_chi", "Thôn Phò Nam"),
    "tt_chu_ho": "Trần Văn Quýt",
    "tt_chu_ho_sdd": "048060001111",
    "tt_quan_he": "Cháu nội",
    "tt_xac_nhan": "xac_nhan_qua_vneid",
    "bhyt_noi_kcb": "Trạm y tế xã Hòa Tiến",
    "cap_can_cuoc": "co",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
    "hinh_thuc_nhan": "dien_tu",
    "cam_doan": "co",
}
BIRTH, RESIDENCE = "khai_sinh/to_khai", "ct01/ct01"


def filled() -> FilledForm:
    return visit(SLUG, ANSWERS).filled()


def renaming(layout: str) -> dict[str, str]:
    (found,) = (dict(each.answers) for each in procedure(SLUG).prints if each.layout == layout)
    return found


def test_a_whole_visit_has_no_problem() -> None:
    assert problems(visit(SLUG, ANSWERS)) == {}


def test_what_is_missing_is_asked_for() -> None:
    missing = problems(visit(SLUG, {})).keys()
    assert {
        "co_quan_khai_sinh.tinh",
        "yc_sdt",
        "tt_ai",
        "tt_chu_ho_sdd",
        "bhyt_noi_kcb",
        "cam_doan",
    } <= missing


def test_each_part_has_its_own_paper() -> None:
    titles = list(printed(SLUG, visit(SLUG, ANSWERS)))
    assert len(titles) == 4
    assert "khai sinh" in titles[0].casefold()
    assert "cư trú" in titles[1].casefold()
    assert [title.partition(": ")[2] for title in titles[2:]] == [
        "thẻ bảo hiểm y tế cho trẻ",
        "thẻ căn cước cho trẻ",
    ]
    assert len(printed(SLUG, visit(SLUG, ANSWERS, cap_can_cuoc="khong"))) == 3


def test_the_birth_declaration_is_filled_as_if_it_had_been_asked_alone() -> None:
    assert_answers_in_order(BIRTH, filled(), renaming(BIRTH))


def test_the_child_declares_its_residence() -> None:
    assert_answers_in_order(RESIDENCE, filled(), renaming(RESIDENCE))
    sheet = renamed(filled(), renaming(RESIDENCE))
    assert sheet.value("ho_ten") == ANSWERS["tre_ho_ten"]
    assert sheet.value("so_dinh_danh") == ""
    assert sheet.value("yk_vneid.ten") == ANSWERS["tt_chu_ho"]
    assert sheet.value("kinh_gui.xa") == WARD


def test_an_opinion_on_paper_names_nobody_for_vneid() -> None:
    other = visit(SLUG, ANSWERS, tt_xac_nhan="van_ban_dinh_kem").filled()
    assert renamed(other, renaming(RESIDENCE)).value("yk_vneid.ten") == ""


def test_the_health_card_sheet_tells_the_child_and_the_place_of_treatment() -> None:
    sheet = list(printed(SLUG, visit(SLUG, ANSWERS)).values())[2]
    assert "Trạm y tế xã Hòa Tiến" in sheet
    assert "05/10/2026" in sheet
    assert "0905123456" in sheet


def test_no_fact_is_asked_twice() -> None:
    names = asked(visit(SLUG, ANSWERS))
    assert len(names) == len(set(names))
    assert not {"kinh_gui.xa", "ho_ten", "ngay_sinh", "so_dinh_danh"} & set(names)


@pytest.mark.parametrize("code", ["3.000722", "2.000986", "2.002621", "2.001023"])
def test_old_codes_lead_here(code: str) -> None:
    assert real_content().catalogue.by_code(code).slug == SLUG


def test_a_child_does_not_live_with_somebody_who_is_not_known() -> None:
    said = problems(visit(SLUG, ANSWERS, loai_khai_sinh="chua_xac_dinh_cha"))
    assert "tt_ai" in said


@pytest.mark.parametrize(("answer", "paper"), [("theo_nguoi_khac_noi_khac", True), ("theo_cha", False)])
def test_living_elsewhere_needs_papers(answer: str, paper: bool) -> None:
    rule = next(each for each in procedure(SLUG).papers if each.key == "giay_to_cu_tru")
    assert rule.applies(visit(SLUG, ANSWERS, tt_ai=answer).filled().value) is paper


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Thôn 2, huyện Hòa Vang", True),
        ("huyện Hòa Vang", True),
        ("THÔN 2, HUYỆN HÒA VANG", True),
        ("Tổ 3, QUẬN 1", True),
        ("Khối 5 – Thị Xã Điện Bàn", True),
        ("Thôn 2, H. Hòa Vang", True),
        ("Tổ 3, q.Liên Chiểu", True),
        ("Tổ 3, TX. Điện Bàn", True),
        ("Nhà ông Quận, thôn 2", False),
        ("Cạnh quán Chuyện Phố, thôn 2", False),
        ("Số 7 đường huyện 12", False),
        ("K12/H5 đường 2/9, tòa H.", False),
    ],
)
def test_a_district_in_the_address_is_refused_however_it_is_written(words: str, refused: bool) -> None:
    said = problems(visit(SLUG, ANSWERS, tt_dia_chi__chi_tiet=words))
    assert list(said) == (["tt_dia_chi.chi_tiet"] if refused else [])
