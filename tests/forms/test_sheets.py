"""The form as lines of paper: with answers, and empty for handwriting."""

from kiosk.domain.information_sheet import SheetLine, SheetPage, SheetRepeat
from kiosk.forms import Session
from tests.forms.made import birth, session

SURVEY = """
| | type | name | label | relevant | appearance | calculation |
| | begin_group | trang_mot | Trang một | | field-list | |
| | text | ten | Tên | | | |
| | select_one co_khong | con_nho | Có con nhỏ không? | | | |
| | begin_repeat | con | Các con | ${con_nho} = 'co' | | |
| | text | ten_con | Tên con | | | |
| | integer | tuoi | Tuổi | | | |
| | end_repeat | | | | | |
| | note | loi_nhac | Nhớ mang giấy | | | |
| | calculate | dem | | | | count(${con}) |
| | end_group | | | | | |
| | begin_group | trang_hai | Trang hai | ${con_nho} = 'co' | field-list | |
| | begin_group | noi_o | Nơi ở | | | |
| | text | thon | Thôn | | | |
| | end_group | | | | | |
| | end_group | | | | | |
| | text | loi_nhan | Lời nhắn | | | |
"""
CHOICES = """
| | list_name | name | label |
| | co_khong | co | Có |
| | co_khong | khong | Không |
"""


def made(*answers: tuple[str, str]) -> Session:
    return session(SURVEY, CHOICES, answers)


def shown(page: SheetPage) -> list[object]:
    return [(item.name, item.text) if isinstance(item, SheetLine) else item.name for item in page.items]


def test_pages_that_count_carry_their_answers_in_order() -> None:
    first, last = made(("ten", "Bưởi"), ("con_nho", "khong")).sheet()
    assert (first.name, first.title) == ("trang_mot", "Trang một")
    assert shown(first) == [("ten", "Bưởi"), ("con_nho", "Không")]
    assert shown(last) == [("loi_nhan", "")]


def test_a_list_stands_at_its_place_with_its_rows() -> None:
    form = made(("con_nho", "co"), ("con[1].ten_con", "Cam"), ("con[2].ten_con", "Mận"), ("con[2].tuoi", "3"))
    first = form.sheet()[0]
    assert shown(first) == [("ten", ""), ("con_nho", "Có"), "con"]
    repeat = first.items[2]
    assert isinstance(repeat, SheetRepeat)
    assert repeat.label == "Các con"
    assert [[line.text for line in row] for row in repeat.rows] == [["Cam", ""], ["Mận", "3"]]


def test_wrong_answers_stay_open_and_groups_are_named() -> None:
    pages = made(("con_nho", "co"), ("ten", "x"), ("noi_o.thon", "Phú Sơn")).sheet(without={"ten"})
    assert shown(pages[0])[0] == ("ten", "")
    assert pages[1].items == (SheetLine("noi_o.thon", "Thôn", "Phú Sơn", "Nơi ở"),)


def test_a_sheet_for_handwriting_asks_everything() -> None:
    first, second, last = made().blank_sheet()
    assert [item.name for item in first.items] == ["ten", "con_nho", "con"]
    assert isinstance(first.items[1], SheetLine)
    assert first.items[1].choices == ("Có", "Không")
    repeat = first.items[2]
    assert isinstance(repeat, SheetRepeat)
    assert [[line.label for line in row] for row in repeat.rows] == [["Tên con", "Tuổi"]] * 3
    assert (second.title, second.items[0].label) == ("Trang hai", "Thôn")
    assert last.items[0].name == "loi_nhan"


def test_every_question_of_the_birth_declaration_is_on_its_blank_sheet() -> None:
    asked = {name for page in birth().screens() for name in page.questions}
    lines = {item.name: item for page in birth().blank_sheet() for item in page.items}
    assert asked <= lines.keys()
    province = lines["kinh_gui.tinh"]
    assert isinstance(province, SheetLine)
    assert province.choices == ()
