"""The confirmation of marital status."""

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

SLUG, LAYOUT = "xntthn", "xntthn/to_khai"
VISIT = {
    **address("kinh_gui", ""),
    "muc_dich": "Bổ túc hồ sơ vay vốn ngân hàng",
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1990-08-05",
    **card("yc_giay_to"),
    "yc_quan_he.chon": "ban_than",
    "nd_ho_ten": "Nguyễn Thị Bưởi",
    "nd_ngay_sinh": "1990-08-05",
    "nd_giay_to.loai": "6",
    "nd_giay_to.so": "C1234567",
    "nd_giay_to.ngay_cap": "2020-02-03",
    "nd_giay_to.noi_cap": "Cục Quản lý xuất nhập cảnh",
    "nd_gioi_tinh": "2",
    "nd_dan_toc": "01",
    **address("nd_noi_cu_tru"),
    "tthn": "chua_bao_gio_ket_hon",
}
DIVORCED = {
    "tthn": "da_ly_hon_chua_ket_hon_moi",
    "ban_an.so": "12/2020/QĐST",
    "ban_an.ngay": "2020-03-05",
    "ban_an.toa_an": "huyện Hòa Vang",
}
MARRIED = {
    "vo_chong.ho_ten": "Trần Văn Cam",
    "vo_chong.gcnkh_so": "27",
    "vo_chong.noi_cap": "UBND xã Hòa Bắc",
    "vo_chong.ngay": "2024-02-14",
}


def test_the_layout_is_the_published_form_and_every_question_has_a_place() -> None:
    assert_official(LAYOUT)
    assert_layout_is_whole(SLUG, LAYOUT)


def test_a_plausible_visit_is_complete_and_printed_in_the_order_of_the_form() -> None:
    session = visit(SLUG, VISIT)
    assert problems(session) == {}
    assert_answers_in_order(LAYOUT, session.filled())
    (text,) = printed(SLUG, session).values()
    assert "Tình trạng hôn nhân: hiện tại chưa đăng ký kết hôn với ai Mục đích" in text


def test_an_empty_visit_says_what_is_missing() -> None:
    missing = problems(visit(SLUG, {}))
    assert {"muc_dich", "nd_ho_ten", "tthn"} <= missing.keys()
    assert not {"ban_an.so", "vo_chong.ho_ten", "noi_thuong_tru_truoc"} & missing.keys()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            DIVORCED,
            "nhưng đã ly hôn theo Bản án/Quyết định ly hôn số 12/2020/QĐST ngày 05/03/2020 của Tòa án "
            "nhân dân huyện Hòa Vang; hiện tại chưa đăng ký kết hôn với ai",
        ),
        (
            {"tthn": "dang_co_vo_chong", **MARRIED},
            "hiện tại đang có vợ/chồng là bà/ông Trần Văn Cam (Giấy chứng nhận kết hôn số 27, do UBND xã "
            "Hòa Bắc cấp ngày 14/02/2024)",
        ),
        (
            {
                "tthn": "vo_chong_da_chet_chua_ket_hon_moi",
                "khai_tu_vc.so": "9",
                "khai_tu_vc.noi_cap": "UBND xã A",
                "khai_tu_vc.ngay": "2019-01-02",
            },
            "nhưng vợ/chồng đã chết (Giấy chứng tử/Trích lục khai tử/Bản án số: 9 do UBND xã A cấp ngày "
            "02/01/2019); hiện tại chưa đăng ký kết hôn với ai",
        ),
        (
            {
                "tthn": "xac_nhan_khoang_thoi_gian_truoc_khi_ket_hon_nay_co_vo_chong",
                "khoang_tg.tu": "2015-08-05",
                "khoang_tg.den": "2024-02-13",
                **MARRIED,
            },
            "trong thời gian từ ngày 05/08/2015 đến ngày 13/02/2024 chưa đăng ký kết hôn với ai; hiện tại "
            "đang có vợ/chồng là bà/ông Trần Văn Cam",
        ),
        (
            {
                "tthn": "xac_nhan_trong_thoi_gian_cu_tru_tai_noi_cu_o_nuoc_ngoai",
                "khoang_tg.tu": "2015-08-05",
                "khoang_tg.den": "2024-02-13",
                "khoang_tg.noi": "phường B, thành phố C",
            },
            "không đăng ký kết hôn với ai trong thời gian cư trú tại phường B, thành phố C, từ ngày 05",
        ),
    ],
)
def test_the_status_is_one_sentence_in_the_words_of_the_form(answers: dict[str, str], sentence: str) -> None:
    session = visit(SLUG, {**VISIT, **answers})
    assert problems(session) == {}
    (text,) = printed(SLUG, session).values()
    assert sentence in text


def test_whoever_has_a_number_leaves_the_status_dotted_on_paper_but_is_asked() -> None:
    session = visit(SLUG, {**VISIT, **card("nd_giay_to")}, tthn=None)
    assert problems(session).keys() >= {"tthn"}
    (text,) = printed(SLUG, visit(SLUG, {**VISIT, **card("nd_giay_to")})).values()
    assert "Tình trạng hôn nhân: Mục đích" in text


@pytest.mark.parametrize("purpose", ["việc", "kết hôn với người nước ngoài"])
def test_a_purpose_that_says_too_little_is_refused(purpose: str) -> None:
    found = problems(visit(SLUG, VISIT, de_ket_hon="nuoc_ngoai", muc_dich=purpose))
    assert "đăng ký ở đâu" in found["muc_dich"]


def test_a_marriage_at_home_needs_no_such_paper_and_the_volunteer_is_told() -> None:
    assert "luu_y_trong_nuoc" in asked(visit(SLUG, VISIT, de_ket_hon="trong_nuoc"))
    assert "luu_y_trong_nuoc" not in asked(visit(SLUG, VISIT))
    forgotten = visit(SLUG, VISIT, muc_dich="Để kết hôn với anh Trần Văn Cam ở xã Hòa Vang")
    assert "luu_y_trong_nuoc" in asked(forgotten)
    abroad = visit(
        SLUG, VISIT, de_ket_hon="nuoc_ngoai", muc_dich="Kết hôn với ông A, quốc tịch Đức, ở Berlin"
    )
    assert "luu_y_trong_nuoc" not in asked(abroad)


def test_a_span_does_not_end_before_it_begins() -> None:
    span = {"tthn": "xac_nhan_trong_thoi_gian_cu_tru_tai_noi_cu_o_nuoc_ngoai", "khoang_tg.noi": "phường B"}
    session = visit(SLUG, {**VISIT, **span}, khoang_tg__tu="2024-02-13", khoang_tg__den="2015-08-05")
    assert problems(session).keys() == {"khoang_tg.den"}


def test_the_judgment_is_needed_only_after_a_divorce() -> None:
    keys = {
        status: {
            paper.key
            for paper in procedure(SLUG).papers
            if paper.applies(visit(SLUG, {**VISIT, "tthn": status}).filled().value)
        }
        for status in ("chua_bao_gio_ket_hon", "da_ly_hon_chua_ket_hon_moi")
    }
    assert "giay_to_ly_hon" in keys["da_ly_hon_chua_ket_hon_moi"] - keys["chua_bao_gio_ket_hon"]


def test_a_child_asks_for_no_such_paper() -> None:
    assert broken(SLUG, visit(SLUG, VISIT, nd_ngay_sinh="2010-08-05")) == {"du_tuoi_ket_hon": False}
    assert broken(SLUG, visit(SLUG, VISIT)) == {}
