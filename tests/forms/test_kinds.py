"""Data types: what each accepts, what is kept although it does not fit, how answers are shown."""

import pytest

from kiosk.forms import Session
from tests.forms.made import session

SURVEY = """
| | type | name | label | appearance | parameters | default | readonly |
| | text | chu | Chữ | multiline | | | |
| | integer | so | Số | | | | |
| | decimal | le | Số lẻ | | | | |
| | date | ngay | Ngày | | | | |
| | time | gio | Giờ | | | | |
| | dateTime | luc | Lúc | | | | |
| | text | khuyet | Ngày khuyết | partial-date | | | |
| | select_one mau | mot | Một màu | | | | |
| | select_multiple mau | nhieu | Nhiều màu | minimal | | | |
| | rank mau | thu_tu | Thứ tự | | | | |
| | range | khoang | Khoảng | | start=1 end=5 step=1 | | |
| | acknowledge | dong_y | Đồng ý | | | | |
| | barcode | ma | Mã | | | | |
| | image | anh | Ảnh | | | | |
| | note | luu_y | Lưu ý | | | | |
| | text | khoa | Không sửa | | | có sẵn | yes |
| | geopoint | cho | Nơi | | | | |
| | hidden | an | | | | x | |
| | today | hom_nay | | | | | |
| | start | bat_dau | | | | | |
"""
CHOICES = """
| | list_name | name | label |
| | mau | do | Đỏ |
| | mau | xanh | Xanh lá |
| | mau | vang | Vàng |
"""
KINDS = {
    "chu": "string", "so": "int", "le": "decimal", "ngay": "date", "gio": "time", "luc": "dateTime",
    "khuyet": "string", "mot": "select1", "nhieu": "select", "thu_tu": "rank", "khoang": "range",
    "dong_y": "trigger", "ma": "barcode", "anh": "file", "luu_y": "note", "khoa": "string",
    "cho": "geopoint",
}  # fmt: skip


@pytest.fixture
def form() -> Session:
    return session(SURVEY, CHOICES)


def test_every_type_has_its_kind(form: Session) -> None:
    assert {name: form.question(name).kind for name in KINDS} == KINDS


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("chu", "hai\ndòng"), ("so", "-12"), ("so", "0"), ("le", "3.5"), ("le", "-0.25"),
        ("ngay", "2024-02-29"),
        ("gio", "09:30"), ("gio", "09:30:00.000+07:00"), ("luc", "2024-02-29T09:30:00.000+07:00"),
        ("khuyet", "1945"), ("khuyet", "1945-03"), ("khuyet", "1945-03-12"), ("mot", "xanh"),
        ("nhieu", "xanh do"), ("thu_tu", "vang do xanh"), ("khoang", "3"), ("dong_y", "OK"),
        ("ma", "8930001"), ("cho", "16.2 108.1 0 5"), ("anh", "anh.jpg"),
    ],
)  # fmt: skip
def test_what_fits_is_no_problem(form: Session, name: str, good: str) -> None:
    form.answer(name, good)
    assert form.question(name).problem is None


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("so", "hai"), ("so", "1.5"), ("so", "1 2"), ("le", "1,5"), ("le", "NaN"), ("ngay", "29/02/2024"),
        ("ngay", "2023-02-29"), ("ngay", "2024-02-29T10:00"), ("gio", "25:00"), ("luc", "2024-02-29 chiều"),
        ("cho", "Hải Vân"), ("mot", "tim"),
        ("khuyet", "1945-13"), ("khuyet", "1945-02-30"), ("khuyet", "xưa"),
        ("mot", "do xanh"), ("nhieu", "do tim"), ("khoang", "9"), ("khoang", "ba"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_kept_and_told(form: Session, name: str, bad: str) -> None:
    assert name in form.answer(name, bad)
    question = form.question(name)
    assert question.problem is not None
    assert (question.problem.code, question.value) == ("type", bad)
    assert session(SURVEY, CHOICES, [(name, bad)]).question(name) == question


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("mot", "xanh", "Xanh lá"),
        ("nhieu", "do vang", "Đỏ, Vàng"),
        ("ngay", "2024-02-29", "29/02/2024"),
        ("khuyet", "1945-03", "03/1945"),
        ("khuyet", "1945", "1945"),
        ("khuyet", "xưa", "xưa"),
        ("so", "12", "12"),
        ("mot", "tim", "tim"),
        ("mot", "", ""),
    ],
)
def test_answers_as_people_read_them(form: Session, name: str, value: str, shown: str) -> None:
    form.answer(name, value)
    assert form.question(name).text == shown
    assert form.filled().text(name) == shown


def test_defaults_and_what_nobody_answers(form: Session) -> None:
    assert form.question("khoa").value == "có sẵn"
    assert form.question("khoa").readonly
    assert form.values()["an"] == "x"
    assert form.values()["hom_nay"] == "2026-11-21"
    assert form.values()["bat_dau"].startswith("2026-11-21T09:00:")
    asked = {name for screen in form.screens() for name in screen.questions}
    assert asked == set(KINDS)


def test_parameters_and_appearance_reach_the_screen(form: Session) -> None:
    assert form.question("khoang").parameters["end"] == "5"
    assert form.question("chu").appearance == "multiline"


def test_an_empty_answer_is_never_wrong(form: Session) -> None:
    form.answer("so", "hai")
    form.answer("so", "")
    assert form.question("so").problem is None
    assert form.problems() == ()


@pytest.mark.parametrize(
    ("begin", "end", "fits"),
    [
        ("08:00:00.000+07:00", "09:00:00.000+07:00", True),
        ("09:00", "08:59:59", False),
        ("08:00:00.000+07:00", "08:00:00.000+08:00", False),
        ("", "09:00", False),
    ],
)
def test_the_later_of_two_times_is_the_greater(begin: str, end: str, fits: bool) -> None:
    head = "| | type | name | label | constraint |\n"
    rows = f"{head}| | time | den | Đến | |\n| | time | di | Đi | . > ${{den}} |\n"
    made = session(rows)
    made.answer("den", begin)
    made.answer("di", end)
    assert (made.problems() == ()) == fits


@pytest.mark.parametrize("other", ["2024-01-01", "x", "5"])
def test_a_time_is_in_no_order_with_anything_else(other: str) -> None:
    rows = (
        "| | type | name | label | calculation |\n| | time | a | A | |\n| | text | b | B | |\n"
        "| | calculate | k | | ${a} < ${b} or ${a} >= ${b} |\n"
    )
    made = session(rows)
    made.answer("a", "08:00")
    made.answer("b", other)
    assert made.values()["k"] == "false"
