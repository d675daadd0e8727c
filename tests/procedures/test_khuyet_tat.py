"""The degree of a disability and its certificate: two tables, left out where it is only changed."""

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

SLUG, LAYOUT = "khuyet_tat", "khuyet_tat/to_khai"
FIRST, CHANGE = "xac_dinh_muc_do_khuyet_tat_va_cap_giay_xnkt", "cap_doi_giay_xnkt"
ACTIVITIES = (
    "di_lai",
    "an_uong",
    "tieu_tien_dai_tien",
    "ve_sinh_ca_nhan",
    "mac_coi_quan_ao_giay_dep",
    "nghe_va_hieu",
    "dien_dat_bang_loi_noi",
    "lam_viec_gia_dinh_lao_dong",
    "giao_tiep_xa_hoi",
    "doc_viet_tinh_toan_hoc_tap",
)
PERSON = {
    **address("kinh_gui", ""),
    "yeu_cau": FIRST,
    "ho_ten": "Lò Thị Mận",
    "ngay_sinh": "1960",
    "gioi_tinh": "2",
    "giay_to": "014160001234",
    **address("noi_o"),
}
VISIT = {
    **PERSON,
    "dang_kt": "van_dong nghe_noi",
    "dang_kt_van_dong": "k1_3 k1_4",
    "dang_kt_nghe_noi": "k2_3",
    **{f"muc_do[1].{name}": "tro_giup" for name in ACTIVITIES},
}
MOTHER = {
    "dd_ho_ten": "Lò Thị Mơ",
    "dd_quan_he": "Mẹ",
    "dd_giay_to": "014190004321",
    **address("dd_noi_o", "Bản Bon"),
    "dd_sdt": "0912345678",
}


def without(answers: dict[str, str], beginning: str) -> dict[str, str]:
    return {name: value for name, value in answers.items() if not name.startswith(beginning)}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, {**VISIT, **MOTHER})
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "xã (phường, thị trấn) Hòa Vang" in text
    assert "Tỉnh, thành phố Đà Nẵng" in text
    assert "Họ và tên: Lò Thị Mận - Sinh ngày" in text
    assert "năm 1960 Giới tính: Nữ" in text
    assert "người được xác định khuyết tật: Mẹ" in text


def test_every_sign_is_ticked_or_denied() -> None:
    filled = visit(SLUG, VISIT).filled()
    assert [filled.value(name) for name in ("k1_1", "k1_3", "k2_3", "k6_3")] == ["khong", "co", "co", "khong"]
    assert visit(SLUG, PERSON).filled().value("k1_1") == ""


def test_a_group_that_was_chosen_without_a_sign_is_not_denied_on_the_paper() -> None:
    filled = visit(SLUG, {**VISIT, "dang_kt_van_dong": ""}).filled()
    assert [filled.value(name) for name in ("k1_1", "k1_6", "k2_3", "k3_1")] == ["", "", "co", "khong"]


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {})).keys()
    assert {"kinh_gui.xa", "yeu_cau", "ho_ten", "ngay_sinh", "giay_to", "noi_o.xa", "dang_kt"} <= missing
    assert "dd_ho_ten" not in missing


def test_a_table_without_any_tick_is_not_handed_over() -> None:
    assert set(problems(visit(SLUG, PERSON))) == {"dang_kt", *(f"muc_do[1].{name}" for name in ACTIVITIES)}


def test_who_only_changes_the_certificate_is_asked_for_no_signs() -> None:
    session = visit(SLUG, PERSON, yeu_cau=CHANGE)
    assert problems(session) == {}
    assert not {"dang_kt", "muc_do[1].di_lai"} & set(asked(session))
    assert "Cấp đổi Giấy xác nhận khuyết tật" in "".join(printed(SLUG, session).values())


@pytest.mark.parametrize(
    ("born", "shown"),
    [("2020-11-22", False), ("2020-11-21", True), ("2021", False), ("2020", True), ("1960", True)],
)
def test_what_a_child_below_six_can_do_is_not_asked(born: str, shown: bool) -> None:
    session = visit(SLUG, {**without(VISIT, "muc_do"), **MOTHER}, ngay_sinh=born)
    assert ("muc_do[1].di_lai" in asked(session)) is shown
    if born in ("2021", "2020"):  # the year alone does not decide: it may be left out
        assert problems(session) == {}


def test_a_child_needs_somebody_and_whoever_signs_says_who_he_is() -> None:
    assert "dd_ho_ten" in problems(visit(SLUG, VISIT, ngay_sinh="2015-03-02"))
    session = visit(SLUG, {**VISIT, "dd_ho_ten": "Lò Thị Mơ"})
    assert {"dd_quan_he", "dd_giay_to", "dd_sdt", "dd_noi_o.xa"} == problems(session).keys() - {
        "dd_noi_o.tinh"
    }


def test_the_representative_is_somebody_else() -> None:
    assert broken(SLUG, visit(SLUG, {**VISIT, **MOTHER})) == {}
    again = visit(SLUG, {**VISIT, **MOTHER}, dd_giay_to="014160001234")
    assert list(broken(SLUG, again)) == ["dai_dien_la_nguoi_khac"]


@pytest.mark.parametrize(("wanted", "old"), [(FIRST, False), (CHANGE, True)])
def test_the_papers_follow_what_is_asked_for(wanted: str, old: bool) -> None:
    filled = visit(SLUG, without(VISIT, "muc_do"), yeu_cau=wanted).filled()
    keys = {paper.key for paper in procedure(SLUG).papers if paper.applies(filled.value)}
    assert ("giay_xac_nhan_khuyet_tat_cu" in keys, "ban_sao_giay_to_y_te" in keys) == (old, not old)
