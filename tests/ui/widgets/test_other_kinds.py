"""Kinds of question beside words and lists: times, ranges, orders, yes or no, files, many of many."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.typing import key, type_vi
from tests.ui.widgets.asking import SAID, Asked, Option, options, shown
from ui.widgets.date_boxes import CoarseDateBoxes
from ui.widgets.decimal_number import DecimalNumber
from ui.widgets.editor import Editor
from ui.widgets.editors import make_editor
from ui.widgets.file_field import FileField
from ui.widgets.many_of import ManyOf
from ui.widgets.range_steps import RangeSteps
from ui.widgets.rank_list import RankList
from ui.widgets.time_boxes import MomentBoxes, TimeBoxes
from ui.widgets.yes_no import TrueFalse

COLOURS = (Option("do", "Đỏ"), Option("xanh", "Xanh"), Option("vang", "Vàng"))
DAYS = ("Ngày", "Tháng", "Năm")
CLOCK = ("Giờ", "Phút")


def press(editor: Editor, name: str) -> None:
    found = editor.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled()
    found.setFocus()
    key(found, Qt.Key.Key_Space, " ")


def test_a_time_is_typed_into_two_boxes(qtbot: QtBot) -> None:
    boxes = TimeBoxes(CLOCK)
    said = shown(qtbot, boxes)
    boxes.take_focus()
    type_vi(boxes.boxes[0], "7:")
    assert boxes.boxes[1].hasFocus()
    type_vi(boxes.boxes[1], "05")
    assert said[-1] == "07:05:00.000+07:00"
    assert said[0] == "07:", "half of a time is emitted as typed, and the form objects"


@pytest.mark.parametrize("stored", ["14:30", "14:30:00", "14:30:00.000+07:00"])
def test_a_stored_time_is_shown(qtbot: QtBot, stored: str) -> None:
    boxes = TimeBoxes(CLOCK)
    said = shown(qtbot, boxes)
    boxes.set_value(stored)
    assert [box.text() for box in boxes.boxes] == ["14", "30"]
    boxes.set_value("")
    assert boxes.value() == ""
    assert said == []


def test_a_pasted_time_is_shared_out(qtbot: QtBot) -> None:
    boxes = TimeBoxes(CLOCK)
    said = shown(qtbot, boxes)
    boxes.boxes[0].insert("09:15")
    assert said == ["09:15:00.000+07:00"]


def test_a_moment_is_a_date_and_a_time(qtbot: QtBot) -> None:
    boxes = MomentBoxes(DAYS, CLOCK)
    said = shown(qtbot, boxes)
    for field, text in zip(boxes.fields(), ("9", "3", "2026", "14", "5"), strict=True):
        type_vi(field, text)
    assert said[-1] == "2026-03-09T14:05:00.000+07:00"
    again = MomentBoxes(DAYS, CLOCK)
    shown(qtbot, again)
    again.set_value(said[-1])
    assert again.value() == said[-1]


@pytest.mark.parametrize(
    ("asked", "typed", "stored"), [(2, ("3", "2026"), "2026-03-01"), (1, ("1945",), "1945-01-01")]
)
def test_a_coarse_date_asks_no_more_than_its_appearance(
    qtbot: QtBot, asked: int, typed: tuple[str, ...], stored: str
) -> None:
    boxes = CoarseDateBoxes(DAYS, asked)
    said = shown(qtbot, boxes)
    assert sum(box.isVisible() for box in boxes.boxes) == asked
    for field, text in zip(boxes.fields(), typed, strict=True):
        type_vi(field, text)
    assert said[-1] == stored
    for field in boxes.fields():
        field.clear()  # type: ignore[attr-defined]
    assert boxes.value() == ""


def test_a_fraction_is_written_with_a_comma(qtbot: QtBot) -> None:
    number = DecimalNumber()
    said = shown(qtbot, number)
    type_vi(number.edit, "3,5")
    assert said[-1] == "3.5"
    number.set_value("12.25")
    assert number.edit.text() == "12,25"
    number.set_value("ba")
    assert number.value() == "ba"


def ranged(qtbot: QtBot, **parameters: str) -> tuple[RangeSteps, list[str]]:
    made = make_editor(Asked(kind="range", parameters=parameters), SAID)
    assert isinstance(made, RangeSteps)
    return made, shown(qtbot, made)


def test_a_range_goes_in_steps_and_not_beyond_its_ends(qtbot: QtBot) -> None:
    steps, said = ranged(qtbot, start="0.5", end="1.5", step="0.5")
    assert steps.value() == "", "nothing is chosen beforehand"
    for _ in range(4):
        press(steps, "more")
    press(steps, "less")
    assert said == ["0.5", "1", "1.5", "1.5", "1"]
    steps.take_focus()
    key(steps.edit, Qt.Key.Key_Up)
    assert (steps.value(), steps.edit.text()) == ("1.5", "1,5")


def test_a_range_says_where_it_goes_and_takes_typed_numbers(qtbot: QtBot) -> None:
    steps, said = ranged(qtbot, start="0", end="100", step="10")
    between = steps.findChild(QLabel, "between")
    assert between is not None
    assert between.text() == "Từ 0 đến 100, mỗi nấc 10"
    type_vi(steps.edit, "70")
    key(steps.edit, Qt.Key.Key_Down)
    assert said[-1] == "60"
    type_vi(steps.edit, "x")
    press(steps, "more")
    assert said[-1] == "0", "what was no number begins anew"


def test_an_order_is_taken_only_when_somebody_says_so(qtbot: QtBot) -> None:
    rank = RankList(COLOURS, SAID.rank)
    said = shown(qtbot, rank)
    assert rank.value() == ""
    press(rank, "keep")
    assert said == ["do xanh vang"]
    assert not rank.keep.isVisible()


def test_moving_keeps_the_keyboard_on_what_moves(qtbot: QtBot) -> None:
    rank = RankList(COLOURS, SAID.rank)
    said = shown(qtbot, rank)
    press(rank, "up:3")
    up = rank.findChild(QPushButton, "up:2")
    assert up is not None
    assert up.hasFocus()
    assert up.accessibleName() == "Lên: Vàng"
    key(up, Qt.Key.Key_Space, " ")
    assert said == ["do vang xanh", "vang do xanh"]
    rank.set_value("xanh vang do")
    label = rank.findChild(QLabel, "rank:1")
    assert label is not None
    assert label.text() == "1. Xanh"


def test_an_order_keeps_what_is_still_offered(qtbot: QtBot) -> None:
    rank = RankList(COLOURS, SAID.rank)
    shown(qtbot, rank)
    rank.set_value("vang do xanh")
    rank.set_choices((COLOURS[0], COLOURS[2], Option("tim", "Tím")))
    assert rank.value() == "vang do tim"
    assert sum(label.isVisible() for label in rank.findChildren(QLabel)) == 3


def test_a_boolean_is_yes_or_no(qtbot: QtBot) -> None:
    made = make_editor(Asked(kind="boolean"), SAID)
    assert isinstance(made, TrueFalse)
    said = shown(qtbot, made)
    made.set_choices(())
    QTest.mouseClick(made.fields()[1], Qt.MouseButton.LeftButton)
    made.set_value("1")
    assert (said, made.value()) == (["false"], "true")


def test_several_of_a_long_list_are_found_by_typing(qtbot: QtBot) -> None:
    many = ManyOf(options(*(f"Tổ {number}" for number in range(1, 30))), "Gõ vài chữ")
    said = shown(qtbot, many)
    for words in ("tổ 29", "to 12"):
        type_vi(many.edit, words)
        key(many.edit, Qt.Key.Key_Down)
        key(many.edit, Qt.Key.Key_Return)
        assert many.edit.text() == ""
    assert said == ["29", "12 29"], "in the order of the list"
    (first, second) = many.chosen.fields()
    assert second.isVisible()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert said[-1] == "29"


def test_words_of_a_long_list_that_mean_nothing_yet_are_told(qtbot: QtBot) -> None:
    many = ManyOf(options("Một", "Hai"), "Gõ vài chữ")
    shown(qtbot, many)
    half: list[str] = []
    many.half_typed.connect(half.append)
    type_vi(many.edit, "xyz")
    assert (half[-1], many.value()) == ("xyz", "")


def test_a_file_is_asked_for_and_can_be_taken_away(qtbot: QtBot) -> None:
    made = make_editor(Asked(kind="file", parameters={"mediatype": "image/*"}), SAID)
    assert isinstance(made, FileField)
    said, wanted = shown(qtbot, made), []
    made.wanted.connect(lambda: wanted.append(1))
    press(made, "fetch")
    assert wanted == [1]
    assert not made.remove.isVisible()
    made.set_value("0123456789ab.jpg")
    assert made.state.text() == "Đã có tệp JPG"
    press(made, "remove")
    assert (said, made.value(), made.state.text()) == ([""], "", "Chưa có tệp")
    assert made.fetch.hasFocus()
