"""The registration of a marriage."""

import pytest

from tests.procedures.whole import (
    address,
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

SLUG, LAYOUT = "ket_hon", "ket_hon/to_khai"
REBUILT = (
    "Bản dựng lại tại điểm hỗ trợ, chưa đối chiếu với mẫu trống của xã; "
    "xã có thể yêu cầu viết lại trên mẫu của xã."
)
VISIT = {
    **address("kinh_gui", ""),
    "nu_ho_ten": "Nguyễn Thị Bưởi",
    "nu_ngay_sinh": "2000-08-05",
    **card("nu_giay_to", "048300001234"),
    "nu_dan_toc": "01",
    **address("nu_noi_cu_tru"),
    "nu_tthn": "2",
    "nu_lan": "1",
    "nam_ho_ten": "Trần Văn Cam",
    "nam_ngay_sinh": "1998-02-14",
    "nam_giay_to.loai": "6",
    "nam_giay_to.so": "C1234567",
    "nam_giay_to.ngay_cap": "2020-02-03",
    "nam_giay_to.noi_cap": "Cục Quản lý xuất nhập cảnh",
    "nam_dan_toc": "01",
    **address("nam_noi_cu_tru", "Thôn Phò Nam"),
    "nam_tthn": "3",
    "nam_lan": "2",
    "nam_ban_an": "Số 12/2020/QĐST ngày 05/3/2020",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
}


def test_the_layout_has_the_words_of_the_notes_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT, ours_last=REBUILT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "NGUYỄN THỊ BƯỞI" in text
    assert "05/08/2000 14/02/1998" in text
    assert "Số lượng: 2 bản" in text


def test_the_paper_does_not_pass_for_the_official_one() -> None:
    ((title, text),) = printed(SLUG, visit(SLUG, VISIT)).items()
    assert "dựng lại" in title
    assert REBUILT in text


def test_only_the_side_without_a_number_prints_where_it_lives() -> None:
    (text,) = printed(SLUG, visit(SLUG, VISIT)).values()
    assert "Thôn Phò Nam" in text
    assert "Thôn Phú Sơn 2" not in text


def test_an_empty_visit_says_what_is_missing_of_both() -> None:
    missing = problems(visit(SLUG, {}))
    parts = {"ho_ten", "ngay_sinh", "giay_to.so", "dan_toc", "noi_cu_tru.xa", "tthn", "lan"}
    assert {f"{side}_{part}" for side in ("nu", "nam") for part in parts} <= missing.keys()
    assert not {"nu_ban_an", "nam_ban_an"} & missing.keys()


@pytest.mark.parametrize("side", ["nu", "nam"])
@pytest.mark.parametrize(
    ("status", "times", "judgment", "wrong"),
    [
        ("2", "1", None, ""),
        ("2", "2", None, "lan"),
        ("3", "1", "Số 1 ngày 05/3/2020", "lan"),
        ("3", "2", None, "ban_an"),
        ("4", "2", None, ""),
        ("4", "1", None, "lan"),
        ("1", "2", None, "tthn"),
        ("2", "", None, "lan"),
    ],
)
def test_status_number_and_judgment_fit(
    side: str, status: str, times: str, judgment: str | None, wrong: str
) -> None:
    given = {f"{side}_tthn": status, f"{side}_lan": times, f"{side}_ban_an": judgment}
    assert problems(visit(SLUG, VISIT, **given)).keys() == ({f"{side}_{wrong}"} if wrong else set())


@pytest.mark.parametrize(
    ("woman", "man", "found"),
    [
        ("2008-11-21", "2006-11-21", {}),
        ("2008-11-22", "2006-11-21", {"nu_du_18": False}),
        ("2008-11-21", "2006-11-22", {"nam_du_20": False}),
        ("2008", "2006-11-21", {"nu_du_18": True}),
        ("2007", "2005", {}),
    ],
)
def test_the_ages_of_the_law_are_checked(woman: str, man: str, found: dict[str, bool]) -> None:
    assert broken(SLUG, visit(SLUG, VISIT, nu_ngay_sinh=woman, nam_ngay_sinh=man)) == found
    assert {check.level for check in procedure(SLUG).checks} == {"stop"}


def test_two_sides_with_one_number_are_a_mistake() -> None:
    assert broken(SLUG, visit(SLUG, VISIT, nam_giay_to__so="048300001234")) == {"hai_nguoi_khac_nhau": False}


def test_nobody_asks_for_the_confirmation_of_marital_status() -> None:
    assert not any("tình trạng hôn nhân" in paper.name for paper in procedure(SLUG).papers)
