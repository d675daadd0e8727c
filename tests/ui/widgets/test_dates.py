"""Dates in three boxes; a year alone is a good answer where the form says so."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.typing import type_vi
from tests.ui.widgets.asking import shown
from ui.widgets.date_boxes import DateBoxes, PartialDateBoxes

NAMES = ("Ngày", "Tháng", "Năm")


def fill(boxes: DateBoxes, day: str, month: str, year: str) -> None:
    for box, text in zip(boxes.boxes, (day, month, year), strict=True):
        type_vi(box, text)


def test_a_whole_date_is_stored_in_iso(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    said = shown(qtbot, boxes)
    fill(boxes, "5", "10", "2026")
    assert said[-1] == "2026-10-05"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("31", "2", "2026"), "2026-02-31"),
        (("5", "", ""), "--05"),
        (("5", "10", "26"), "26-10-05"),
        (("5", "mười", "2026"), "2026-mười-05"),
        (("", "", ""), ""),
    ],
)
def test_what_is_no_date_is_kept_as_typed(qtbot: QtBot, typed: tuple[str, str, str], stored: str) -> None:
    boxes = DateBoxes(NAMES)
    shown(qtbot, boxes)
    fill(boxes, *typed)
    assert boxes.value() == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("", "", "1945"), "1945"),
        (("", "3", "1945"), "1945-03"),
        (("12", "3", "1945"), "1945-03-12"),
        (("12", "", "1945"), "1945--12"),
        (("12", "3", ""), "-03-12"),
    ],
)
def test_a_partial_date_may_be_a_year_alone(qtbot: QtBot, typed: tuple[str, str, str], stored: str) -> None:
    boxes = PartialDateBoxes(NAMES)
    shown(qtbot, boxes)
    fill(boxes, *typed)
    assert boxes.value() == stored


@pytest.mark.parametrize("stored", ["1945", "1945-03", "1945-03-12", "1945--12", "-03-12", "2026-02-31", ""])
def test_what_was_stored_comes_back_into_the_same_boxes(qtbot: QtBot, stored: str) -> None:
    boxes = PartialDateBoxes(NAMES)
    said = shown(qtbot, boxes)
    boxes.set_value(stored)
    assert boxes.value() == stored
    assert said == []


def test_a_day_without_its_nought_is_not_written_over(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    shown(qtbot, boxes)
    fill(boxes, "5", "1", "2026")
    boxes.set_value("2026-01-05")
    assert [box.text() for box in boxes.boxes] == ["5", "1", "2026"]


def test_a_separator_moves_on_to_the_next_box(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    shown(qtbot, boxes)
    boxes.window().activateWindow()
    qtbot.waitUntil(boxes.isActiveWindow)
    type_vi(boxes.boxes[0], "5/")
    assert boxes.boxes[1].hasFocus()
    assert boxes.boxes[0].text() == "5"


def test_a_pasted_date_is_shared_out(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    said = shown(qtbot, boxes)
    boxes.boxes[0].insert("05/10/2026")
    boxes.boxes[0].textEdited.emit("05/10/2026")
    assert said[-1] == "2026-10-05"
    assert [box.text() for box in boxes.boxes] == ["05", "10", "2026"]


def test_each_box_has_a_name_of_its_own(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    shown(qtbot, boxes)
    boxes.set_named("Ngày sinh", "Theo giấy chứng sinh")
    assert [box.accessibleName() for box in boxes.boxes] == [f"Ngày sinh: {name}" for name in NAMES]
    assert [box.objectName() for box in boxes.boxes] == ["day", "month", "year"]


def test_all_boxes_are_marked_when_the_date_is_wrong(qtbot: QtBot) -> None:
    boxes = DateBoxes(NAMES)
    shown(qtbot, boxes)
    boxes.set_wrong(True)
    assert all(box.property("problem") for box in boxes.boxes)
    boxes.set_readonly(True)
    assert not boxes.isEnabled()
    assert boxes.boxes[0].inputMethodHints() & Qt.InputMethodHint.ImhDigitsOnly
