"""Few answers are seen at once; the whole row is the target; nothing is chosen beforehand."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.widgets.asking import Option, options, shown
from ui.widgets.check_boxes import CheckBoxes
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.editor import Editor
from ui.widgets.radios import Radios
from ui.widgets.yes_no import YesNo, is_yes_no

YES_NO = (Option("co", "Có"), Option("khong", "Không"))


def rows(editor: Editor) -> list[ChoiceRow]:
    return [row for row in editor.findChildren(ChoiceRow) if row.isVisible()]


def test_nothing_is_chosen_until_somebody_chooses(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    said = shown(qtbot, radios)
    assert radios.value() == ""
    assert said == []


def test_a_click_anywhere_in_the_row_chooses(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    said = shown(qtbot, radios)
    row = rows(radios)[1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 5, row.height() // 2))
    assert said == ["2"]
    assert row.button.hasFocus()


def test_arrow_keys_move_the_choice(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ", "Khác"))
    said = shown(qtbot, radios)
    radios.take_focus()
    QTest.keyClick(rows(radios)[0].button, Qt.Key.Key_Space)
    QTest.keyClick(rows(radios)[0].button, Qt.Key.Key_Down)
    assert said == ["1", "2"]


def test_a_stored_choice_is_shown_and_an_unknown_one_shows_nothing(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    said = shown(qtbot, radios)
    radios.set_value("2")
    assert radios.value() == "2"
    radios.set_value("không có")
    assert radios.value() == ""
    assert said == []


def test_other_choices_take_the_place_of_the_old_ones(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    shown(qtbot, radios)
    radios.set_value("1")
    radios.set_choices((Option("1", "Cha"), Option("9", "Ông")))
    assert radios.value() == "1"
    assert [row.label.text() for row in rows(radios)] == ["Cha", "Ông"]


def test_the_same_choices_build_nothing_anew(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    shown(qtbot, radios)
    before = rows(radios)
    radios.set_choices(options("Cha", "Mẹ"))
    assert rows(radios) == before


def test_the_focus_goes_to_the_chosen_one(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    shown(qtbot, radios)
    radios.set_value("2")
    radios.take_focus()
    assert rows(radios)[1].button.hasFocus()


def test_every_choice_is_named_with_its_question(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    shown(qtbot, radios)
    radios.set_named("Quan hệ", "Chọn quan hệ.")
    assert [row.button.accessibleName() for row in rows(radios)] == ["Quan hệ: Cha", "Quan hệ: Mẹ"]


def test_long_words_wrap_and_the_target_is_large_enough(qtbot: QtBot) -> None:
    radios = Radios(options("Đăng ký khai sinh cho người đã có hồ sơ, giấy tờ cá nhân " * 3))
    shown(qtbot, radios)
    row = rows(radios)[0]
    assert row.height() > 3 * row.label.fontMetrics().height()
    assert row.width() <= radios.width()


def test_yes_and_no_stand_side_by_side(qtbot: QtBot) -> None:
    yes_no = YesNo(YES_NO)
    said = shown(qtbot, yes_no)
    first, second = rows(yes_no)
    assert first.y() == second.y()
    QTest.mouseClick(second.button, Qt.MouseButton.LeftButton, pos=QPoint(12, second.button.height() // 2))
    assert said == ["khong"]


@pytest.mark.parametrize(
    ("choices", "is_it"), [(YES_NO, True), (YES_NO[:1], False), (options("Có", "Không"), False)]
)
def test_what_counts_as_yes_and_no(choices: tuple[Option, ...], is_it: bool) -> None:
    assert is_yes_no(choices) is is_it


def test_several_can_be_ticked_in_the_order_of_the_list(qtbot: QtBot) -> None:
    boxes = CheckBoxes(options("Một", "Hai", "Ba"))
    said = shown(qtbot, boxes)
    for row in (rows(boxes)[2], rows(boxes)[0]):
        row.button.click()
    assert said == ["3", "1 3"]
    boxes.set_value("2")
    assert boxes.value() == "2"


def test_a_disabled_row_cannot_be_clicked(qtbot: QtBot) -> None:
    radios = Radios(options("Cha", "Mẹ"))
    said = shown(qtbot, radios)
    radios.set_readonly(True)
    assert not rows(radios)[0].button.isEnabled()
    rows(radios)[0].button.click()
    assert said == []
