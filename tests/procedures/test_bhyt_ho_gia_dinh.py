"""Health insurance of a household: no official form was seen, so an information sheet is printed."""

from tests.procedures.whole import address, asked, printed, problems, procedure, visit

SLUG = "bhyt_ho_gia_dinh"
ANSWERS = {
    "viec": "dong",
    "ho_ten": "Lò Thị Mận",
    "sdd": "014160001234",
    "ngay_sinh": "1960",
    "gioi_tinh": "2",
    **address("dia_chi"),
    "sdt": "0912345678",
    "noi_kcb": "Trạm y tế xã Hòa Tiến",
    "thanh_vien[1].ho_ten": "Lò Văn Đào",
    "thanh_vien[1].so_dinh_danh": "014058004321",
    "thanh_vien[1].ngay_sinh": "1958",
    "thanh_vien[1].gioi_tinh": "1",
    "thanh_vien[1].quan_he": "Chồng",
    "thanh_vien[1].thu_tu_dong": "2",
    "so_thang": "12",
    "ban": "ban_dien_tu",
}


def test_a_whole_visit_prints_every_answer_on_the_sheet() -> None:
    session = visit(SLUG, ANSWERS)
    assert problems(session) == {}
    (words,) = printed(SLUG, session).values()
    for said in ("Lò Thị Mận", "014160001234", "1960", "Trạm y tế xã Hòa Tiến", "Lò Văn Đào", "Bản điện tử"):
        assert said in words
    assert "chưa xem được Mẫu số 2" in words.replace("Chưa", "chưa")


def test_what_is_missing_is_asked_for() -> None:
    assert {"ho_ten", "sdd", "ngay_sinh", "sdt", "noi_kcb", "so_thang", "ban"} <= problems(
        visit(SLUG, {})
    ).keys()


def test_the_number_of_a_card_is_not_taken_for_that_of_the_insurance() -> None:
    assert list(problems(visit(SLUG, ANSWERS, ma_bhxh="GD4480123456789"))) == ["ma_bhxh"]


def test_whom_the_budget_pays_for_does_not_buy() -> None:
    assert list(problems(visit(SLUG, ANSWERS, duoc_ngan_sach_dong="co"))) == ["duoc_ngan_sach_dong"]
    assert "duoc_ngan_sach_dong" not in problems(visit(SLUG, ANSWERS, duoc_ngan_sach_dong="co", viec="doi"))


def test_two_members_cannot_pay_in_the_same_place() -> None:
    second = {key.replace("[1]", "[2]"): value for key, value in ANSWERS.items() if "[1]" in key}
    said = problems(visit(SLUG, ANSWERS | second | {"thanh_vien[2].so_dinh_danh": "014085005555"}))
    assert {"thanh_vien[1].thu_tu_dong", "thanh_vien[2].thu_tu_dong"} == said.keys()


def test_changing_a_card_asks_what_and_not_for_how_long() -> None:
    session = visit(SLUG, ANSWERS, viec="doi")
    assert list(problems(session)) == ["noi_dung_dc"]
    assert "so_thang" not in asked(session)


def test_the_code_says_what_it_does_not_cover() -> None:
    one = procedure(SLUG)
    assert one.code == "1.002759"
    assert one.noted_code.startswith("1.002759 (")
    assert "chưa kiểm chứng" in one.noted_code
    assert one.noted_code in next(iter(printed(SLUG, visit(SLUG, {})).values()))
    assert procedure("khai_tu").noted_code == "1.000656"
