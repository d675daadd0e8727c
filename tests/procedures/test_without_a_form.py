"""What has no paper form that anybody has seen: a suggestion, an electronic copy, the list of the poor."""

from datetime import date

import pytest

from tests.procedures.whole import PROVINCE, WARD, address, asked, printed, problems, procedure, visit
from tests.support.content import real_content

SUGGESTION = {
    "ho_ten": "Lò Thị Mận",
    "sdt": "0912345678",
    "doi_tuong": "ca_nhan",
    "loai": "hanh_vi_hanh_chinh",
    "cap": "xa_phuong",
    "co_quan.tinh": PROVINCE,
    "co_quan.xa": WARD,
    "tieu_de": "Đường vào bản hỏng",
    "noi_dung": "Đường vào bản bị sạt từ tháng 9, đề nghị xã sửa.",
}
COPY = {
    "yc_ho_ten": "Lò Văn Đào",
    "yc_sdd": "014085001234",
    "yc_sdt": "0912345678",
    "ten_giay_to": "Bằng tốt nghiệp trung học phổ thông",
    "so_trang": "1",
    "so_ban": "2",
    "co_quan.tinh": PROVINCE,
    "co_quan.xa": WARD,
    "lich_hen": "2026-11-25T09:00:00.000+07:00",
}
POOR = {
    "chu_ho": "Lò Văn Đào",
    "sdd": "014085001234",
    "ngay_sinh": "1985",
    "dan_toc": "03",
    **address("dia_chi"),
    "thanh_vien[1].ho_ten": "Lò Thị Mơ",
    "thanh_vien[1].ngay_sinh": "2015-06-01",
    "thanh_vien[1].gioi_tinh": "2",
    "thanh_vien[1].quan_he": "Con",
    "thanh_vien[1].nghe_nghiep": "Học sinh",
    "ly_do": "Mất mùa, có người ốm nặng",
}
WHOLE = {"pakn": SUGGESTION, "chung_thuc_dt": COPY, "ho_ngheo": POOR}


@pytest.mark.parametrize("slug", WHOLE)
def test_a_whole_visit_prints_every_answer_on_one_sheet(slug: str) -> None:
    session = visit(slug, WHOLE[slug])
    assert problems(session) == {}
    (words,) = printed(slug, session).values()
    said = [entry.text for entry in session.filled() if entry.text and entry.kind in ("string", "int")]
    assert len(said) >= 4
    assert [text for text in said if text not in words] == []
    assert "không phải tờ khai chính thức" in words.casefold()


@pytest.mark.parametrize("slug", WHOLE)
def test_what_is_missing_is_asked_for(slug: str) -> None:
    missing = problems(visit(slug, {})).keys()
    assert set(list(WHOLE[slug])[:2]) <= missing


def test_a_row_of_the_household_is_on_the_sheet() -> None:
    (words,) = printed("ho_ngheo", visit("ho_ngheo", POOR)).values()
    assert "Lò Thị Mơ" in words
    assert "Học sinh" in words


def test_a_complaint_against_somebody_is_sent_elsewhere() -> None:
    said = problems(visit("pakn", SUGGESTION, la_khieu_nai="co"))
    assert list(said) == ["la_khieu_nai"]
    assert "hỏi xã" in said["la_khieu_nai"]


def test_the_number_of_somebody_does_not_belong_into_a_suggestion() -> None:
    said = problems(visit("pakn", SUGGESTION, noi_dung="Ông A, thẻ 014085001234, hay gây rối"))
    assert list(said) == ["noi_dung"]


def test_a_suggestion_has_no_code_and_is_known_by_its_slug() -> None:
    one = procedure("pakn")
    assert (one.code, one.reference) == ("", "pakn")
    assert real_content().catalogue.by_code("pakn") is one
    (words,) = printed("pakn", visit("pakn", SUGGESTION)).values()
    assert "mã )" not in words


@pytest.mark.parametrize(("pages", "good"), [("0", False), ("1", True), ("x", False)])
def test_a_paper_has_pages(pages: str, good: bool) -> None:
    assert ("so_trang" not in problems(visit("chung_thuc_dt", COPY, so_trang=pages))) is good


def test_an_appointment_is_not_in_the_past() -> None:
    said = problems(visit("chung_thuc_dt", COPY, lich_hen="2026-11-01T09:00:00.000+07:00"))
    assert list(said) == ["lich_hen"]


def test_a_copy_on_paper_is_explained() -> None:
    assert "luu_y_ban_giay" not in asked(visit("chung_thuc_dt", COPY))
    assert "luu_y_ban_giay" in asked(visit("chung_thuc_dt", COPY, can_ban_dien_tu="khong"))


def test_the_yearly_list_ends_with_the_old_codes() -> None:
    one = procedure("ho_ngheo")
    assert one.in_force(date(2026, 12, 31))
    assert not one.in_force(date(2027, 1, 1))
