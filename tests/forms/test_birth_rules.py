"""The rules of the birth declaration, as a volunteer meets them."""

import pytest

from kiosk.forms import Session
from tests.forms.made import birth


@pytest.fixture
def form() -> Session:
    return birth()


def relevant(form: Session, *names: str) -> list[bool]:
    return [form.question(name).relevant for name in names]


def code(form: Session, name: str) -> str:
    problem = form.question(name).problem
    return problem.code if problem else ""


def test_an_empty_form_asks_for_what_is_needed(form: Session) -> None:
    missing = {problem.name: problem for problem in form.problems()}
    assert {"kinh_gui.tinh", "yc_ho_ten", "tre_ho_ten"} <= missing.keys()
    assert missing["tre_ho_ten"].message == "Nhập họ tên của trẻ."
    assert "cha_ho_ten" not in missing


def test_communes_follow_their_province(form: Session) -> None:
    changed = form.answer("kinh_gui.tinh", "48")
    assert "kinh_gui.xa" in changed
    names = {choice.name for choice in form.question("kinh_gui.xa").choices}
    assert "20194" in names
    assert "00004" not in names
    form.answer("kinh_gui.xa", "20194")
    assert code(form, "kinh_gui.xa") == ""
    assert form.answer("kinh_gui.tinh", "01") == {"kinh_gui.tinh", "kinh_gui.xa"}
    assert code(form, "kinh_gui.xa") == "type"


def test_the_relation_khac_has_to_be_written_out(form: Session) -> None:
    assert relevant(form, "yc_quan_he.khac") == [False]
    assert "yc_quan_he.khac" in form.answer("yc_quan_he.chon", "khac")
    assert relevant(form, "yc_quan_he.khac") == [True]
    assert code(form, "yc_quan_he.khac") == "missing"


@pytest.mark.parametrize(
    ("kind", "mother", "father"),
    [
        ("", False, False),
        ("ca_cha_lan_me", True, True),
        ("chua_xac_dinh_me", False, True),
        ("chua_xac_dinh_cha", True, False),
        ("bi_bo_roi", False, False),
        ("mang_thai_ho", True, True),
    ],
)
def test_the_kind_of_birth_decides_which_parents_are_asked(
    form: Session, kind: str, mother: bool, father: bool
) -> None:
    form.answer("loai_khai_sinh", kind)
    assert relevant(form, "me_ho_ten", "me_noi_cu_tru.xa", "cha_ho_ten", "cha_noi_cu_tru.xa") == [
        mother,
        mother,
        father,
        father,
    ]
    pages = {screen.name for screen in form.screens()}
    assert ("trang_me" in pages) is mother
    assert ("trang_cha_cu_tru" in pages) is father


def test_the_mother_of_a_foundling_keeps_her_answers_but_they_do_not_count(form: Session) -> None:
    form.answer("loai_khai_sinh", "ca_cha_lan_me")
    form.answer("me_ho_ten", "Trần Thị Bưởi")
    form.answer("loai_khai_sinh", "bi_bo_roi")
    assert form.values()["me_ho_ten"] == "Trần Thị Bưởi"
    assert "me_ho_ten" not in form.filled()
    form.answer("loai_khai_sinh", "ca_cha_lan_me")
    assert form.filled().value("me_ho_ten") == "Trần Thị Bưởi"


@pytest.mark.parametrize(
    ("kind", "number", "problem"),
    [
        ("5", "048195001234", ""),
        ("5", "048195", "constraint"),
        ("2", "201234567", ""),
        ("2", "201234567890", ""),
        ("2", "20123456", "constraint"),
        ("3", "B1234567", ""),
        ("3", "B" * 31, "constraint"),
        ("5", "", "missing"),
    ],
)
def test_the_number_fits_the_paper(form: Session, kind: str, number: str, problem: str) -> None:
    form.answer("yc_giay_to.loai", kind)
    form.answer("yc_giay_to.so", number)
    assert code(form, "yc_giay_to.so") == problem


def test_day_and_place_of_issue_are_needed_unless_the_card_has_twelve_digits(form: Session) -> None:
    assert not form.question("yc_giay_to.ngay_cap").required
    changed = form.answer("yc_giay_to.loai", "2")
    assert {"yc_giay_to.ngay_cap", "yc_giay_to.noi_cap"} <= changed
    assert form.question("yc_giay_to.ngay_cap").required
    form.answer("yc_giay_to.loai", "5")
    assert not form.question("yc_giay_to.noi_cap").required


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        ("1945", ""),
        ("1945-03", ""),
        ("1945-03-12", ""),
        ("2026", ""),
        ("2027", "constraint"),
        ("2026-11-22", "constraint"),
        ("1945-13", "type"),
        ("1945-02-30", "type"),
        ("năm Dậu", "type"),
    ],
)
def test_a_birthday_may_be_only_a_year_and_never_lies_ahead(form: Session, born: str, problem: str) -> None:
    form.answer("yc_ngay_sinh", born)
    assert code(form, "yc_ngay_sinh") == problem
    assert form.question("yc_ngay_sinh").value == born


def test_dates_are_shown_as_papers_write_them(form: Session) -> None:
    form.answer("yc_ngay_sinh", "1945-03")
    form.answer("tre_ngay_sinh", "2026-11-02")
    assert form.question("yc_ngay_sinh").text == "03/1945"
    assert form.filled().text("tre_ngay_sinh") == "02/11/2026"


def test_a_birth_of_more_than_sixty_days_ago_is_late(form: Session) -> None:
    form.answer("loai_dang_ky", "dung_han")
    form.answer("tre_ngay_sinh", "2026-09-22")
    assert code(form, "loai_dang_ky") == ""
    assert "loai_dang_ky" in form.answer("tre_ngay_sinh", "2026-09-21")
    assert code(form, "loai_dang_ky") == "constraint"
    form.answer("loai_dang_ky", "qua_han")
    assert code(form, "loai_dang_ky") == ""


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Nguyễn Văn Hợp", ""),
        ("Nguyễn Văn 2", "constraint"),
        ("Chưa đặt tên", "constraint"),
        ("N" * 101, "constraint"),
    ],
)
def test_a_child_has_a_real_name(form: Session, name: str, problem: str) -> None:
    form.answer("tre_ho_ten", name)
    assert code(form, "tre_ho_ten") == problem


def test_copies_need_a_number(form: Session) -> None:
    form.answer("cap_ban_sao", "co")
    assert code(form, "so_ban_sao") == "constraint"
    form.answer("so_ban_sao", "2")
    assert code(form, "so_ban_sao") == ""
    form.answer("so_ban_sao", "hai")
    assert code(form, "so_ban_sao") == "type"


def test_a_residence_is_printed_unless_an_id_number_and_a_full_date_say_it(form: Session) -> None:
    form.answer("loai_khai_sinh", "ca_cha_lan_me")
    form.answer("me_giay_to.loai", "5")
    form.answer("me_ngay_sinh", "1990-01-02")
    assert form.values()["me_in_cu_tru"] == "0"
    assert "me_in_cu_tru" in form.answer("me_ngay_sinh", "1990")
    assert form.values()["me_in_cu_tru"] == "1"


def test_a_note_is_shown_and_never_asked(form: Session) -> None:
    form.answer("loai_khai_sinh", "ca_cha_lan_me")
    form.answer("cha_me_ket_hon", "khong")
    note = form.question("luu_y_nhan_con")
    assert (note.kind, note.relevant, note.problem) == ("note", True, None)
    assert "luu_y_nhan_con" not in form.filled()


def test_parts_of_a_field_know_its_name(form: Session) -> None:
    assert form.question("me_giay_to.so").group == "Giấy tờ tùy thân của mẹ"
    assert form.question("tre_ho_ten").group == ""


def test_every_relevant_question_stands_on_one_page(form: Session) -> None:
    form.answer("loai_khai_sinh", "ca_cha_lan_me")
    asked = [name for screen in form.screens() for name in screen.questions]
    assert len(asked) == len(set(asked))
    shown = {
        name
        for name in form.values()
        if form.question(name).relevant and form.question(name).kind != "calculate"
    }
    assert set(asked) == shown


def test_a_name_that_the_form_does_not_have_is_refused(form: Session) -> None:
    with pytest.raises(KeyError):
        form.answer("ho_ten_cho", "Vàng")
    with pytest.raises(KeyError):
        form.question("con[1].ho_ten")


def test_answers_of_another_form_are_left_out(form: Session) -> None:
    restored = birth([("tre_ho_ten", "An"), ("con[7].x", "1"), ("]]", "2"), ("tre_ho_ten[x]", "3")])
    assert restored.values()["tre_ho_ten"] == "An"
