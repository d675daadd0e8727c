"""Lines, numbers and areas: what is typed is stored as the form wants it, and read as people write it."""

import unicodedata

import pytest
from pytestqt.qtbot import QtBot

from tests.support.typing import type_vi
from tests.ui.widgets.asking import shown
from ui.widgets.id_number import IdNumber, grouped
from ui.widgets.multi_line import MultiLine
from ui.widgets.number_line import NumberLine
from ui.widgets.text_line import TextLine
from ui.widgets.whole_number import WholeNumber


def test_a_name_is_emitted_after_every_letter(qtbot: QtBot) -> None:
    line = TextLine()
    said = shown(qtbot, line)
    type_vi(line.edit, "Bưởi")
    assert said == ["B", "Bư", "Bưở", "Bưởi"]


def test_spaces_at_the_ends_are_no_part_of_the_answer(qtbot: QtBot) -> None:
    line = TextLine()
    said = shown(qtbot, line)
    type_vi(line.edit, " Trần  Cam ")
    assert said[-1] == "Trần Cam"
    assert line.edit.text() == " Trần  Cam "


def test_a_telephone_number_is_stored_without_what_stands_between_its_figures(qtbot: QtBot) -> None:
    line = NumberLine(letters=16)
    said = shown(qtbot, line)
    type_vi(line.edit, "+84 905.123 456")
    assert said[-1] == "0905123456"
    line.set_value("0905123456")
    assert line.edit.text() == "+84 905.123 456"
    line.set_value("0912345678")
    assert line.edit.text() == "0912345678"


def test_an_equal_stored_answer_leaves_half_typed_text_alone(qtbot: QtBot) -> None:
    line = TextLine()
    shown(qtbot, line)
    type_vi(line.edit, "Trần ")
    line.set_value("Trần")
    assert line.edit.text() == "Trần "


def test_a_stored_answer_is_shown_and_not_emitted(qtbot: QtBot) -> None:
    line = TextLine()
    said = shown(qtbot, line)
    line.set_value("Nguyễn Thị Bưởi")
    assert line.edit.text() == "Nguyễn Thị Bưởi"
    assert said == []


def test_letters_come_out_composed(qtbot: QtBot) -> None:
    line = TextLine()
    shown(qtbot, line)
    type_vi(line.edit, unicodedata.normalize("NFD", "Nguyễn"))
    assert line.value() == unicodedata.normalize("NFC", "Nguyễn")


def test_a_name_in_capitals_keeps_the_cursor_where_it_was(qtbot: QtBot) -> None:
    line = TextLine(upper=True)
    shown(qtbot, line)
    type_vi(line.edit, "trần ngọc")
    line.edit.setCursorPosition(4)
    type_vi(line.edit, " bảo")
    assert line.value() == "TRẦN BẢO NGỌC"
    assert line.edit.cursorPosition() == 8


def test_an_identity_number_is_grouped_as_it_is_read_aloud(qtbot: QtBot) -> None:
    number = IdNumber()
    said = shown(qtbot, number)
    type_vi(number.edit, "048095001234")
    assert number.edit.text() == "048 095 001234"
    assert said[-1] == "048095001234"


def test_a_digit_put_into_the_middle_of_a_number_leaves_the_cursor_behind_it(qtbot: QtBot) -> None:
    number = IdNumber()
    shown(qtbot, number)
    type_vi(number.edit, "04809500123")
    number.edit.setCursorPosition(3)
    type_vi(number.edit, "7")
    assert number.value() == "048709500123"
    assert number.edit.text()[: number.edit.cursorPosition()].replace(" ", "") == "0487"


def test_a_number_can_be_wiped_with_backspace(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    from tests.support.typing import key

    number = IdNumber()
    said = shown(qtbot, number)
    type_vi(number.edit, "0480")
    for _ in range(6):
        key(number.edit, Qt.Key.Key_Backspace)
    assert number.edit.text() == ""
    assert said[-1] == ""


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("", ""),
        ("048", "048"),
        ("0481", "048 1"),
        ("201345678", "201 345 678"),
        ("c1234567", "C1234567"),
        ("048 145 0000012", "048 145 0000012"),
    ],
)
def test_grouping(typed: str, seen: str) -> None:
    assert grouped(typed) == seen


def test_a_whole_number_loses_its_leading_noughts_but_not_what_is_no_number(qtbot: QtBot) -> None:
    number = WholeNumber()
    said = shown(qtbot, number)
    type_vi(number.edit, "02")
    assert said[-1] == "2"
    type_vi(number.edit, "x")
    assert said[-1] == "02x"


def test_a_whole_number_keeps_half_typed_text(qtbot: QtBot) -> None:
    number = WholeNumber()
    shown(qtbot, number)
    type_vi(number.edit, "02")
    number.set_value("2")
    assert number.edit.text() == "02"


def test_several_lines_are_one_answer(qtbot: QtBot) -> None:
    area = MultiLine()
    said = shown(qtbot, area)
    type_vi(area.edit, "Lý do thứ nhất")
    assert said[-1] == "Lý do thứ nhất"
    area.set_value("Một\nHai")
    assert area.value() == "Một\nHai"
    assert said[-1] == "Lý do thứ nhất"


def test_an_editor_says_its_name_and_what_is_wrong_to_a_screen_reader(qtbot: QtBot) -> None:
    line = TextLine()
    shown(qtbot, line)
    line.set_named("Họ tên", "Nhập họ tên.")
    assert line.edit.accessibleName() == "Họ tên"
    assert line.edit.accessibleDescription() == "Nhập họ tên."


@pytest.mark.parametrize(
    ("typed", "stored"), [("80.000.000", "80000000"), ("1.500", "1500"), ("1.5", "1.5"), ("80.00", "80.00")]
)
def test_money_may_be_typed_in_groups_of_three(qtbot: QtBot, typed: str, stored: str) -> None:
    box = WholeNumber()
    said = shown(qtbot, box)
    type_vi(box.edit, typed)
    assert said[-1] == stored
