"""A list of thousands: found with or without accents, picked by keys or a click, made only when open."""

import csv

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.typing import key, type_vi
from tests.ui.conftest import ASSETS
from tests.ui.widgets.asking import Option, options
from ui.widgets.found_list import Found, FoundList
from ui.widgets.long_list import LongList

PLACES = options("Phường Hải Vân", "Xã Hòa Vang", "Xã Hòa Tiến", "Phường Hòa Xuân", "Đặc khu Hoàng Sa")


@pytest.fixture(scope="module")
def wards() -> tuple[Option, ...]:
    with (ASSETS / "lists" / "xa.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Option(row["name"], row["label"]) for row in csv.DictReader(file))


class Page(QWidget):
    """A page with the list and a second field to go to."""

    def __init__(self, editor: LongList) -> None:
        super().__init__()
        self.editor = editor
        self.other = QLineEdit()
        self.enters = 0
        column = QVBoxLayout(self)
        column.addWidget(editor)
        column.addWidget(self.other)
        column.addStretch(1)
        self.resize(500, 500)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.enters += event.key() == Qt.Key.Key_Return
        return super().event(event)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(LongList(PLACES, "Gõ vài chữ", "Chọn tỉnh trước"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def editor(page: Page) -> LongList:
    return page.editor


@pytest.fixture
def said(editor: LongList) -> list[str]:
    heard: list[str] = []
    editor.changed.connect(heard.append)
    return heard


def popup(editor: LongList) -> FoundList | None:
    return next((found for found in editor.window().findChildren(FoundList) if found.isVisible()), None)


def offered(editor: LongList) -> list[str]:
    found = popup(editor)
    if found is None:
        return []
    model = found.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_words_without_accents_find_and_enter_picks(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "hoa ti")
    assert offered(editor) == ["Xã Hòa Tiến"]
    key(editor.edit, Qt.Key.Key_Return)
    assert said == ["3"]
    assert editor.edit.text() == "Xã Hòa Tiến"
    assert popup(editor) is None


def test_words_with_accents_find_too(editor: LongList) -> None:
    type_vi(editor.edit, "Đặc khu")
    assert offered(editor) == ["Đặc khu Hoàng Sa"]


def test_better_matches_come_first(editor: LongList) -> None:
    type_vi(editor.edit, "hoa")
    assert offered(editor)[:3] == ["Phường Hòa Xuân", "Xã Hòa Tiến", "Xã Hòa Vang"] or set(
        offered(editor)[:3]
    ) == {"Phường Hòa Xuân", "Xã Hòa Tiến", "Xã Hòa Vang"}
    assert offered(editor)[-1] == "Đặc khu Hoàng Sa"


def test_arrow_keys_walk_and_enter_takes_the_marked_row(editor: LongList, said: list[str]) -> None:
    editor.edit.setFocus()
    key(editor.edit, Qt.Key.Key_Down)
    assert len(offered(editor)) == len(PLACES)
    key(editor.edit, Qt.Key.Key_Down)
    key(editor.edit, Qt.Key.Key_Down)
    key(editor.edit, Qt.Key.Key_Up)
    key(editor.edit, Qt.Key.Key_Return)
    assert said == ["2"]


def test_a_click_picks(editor: LongList, said: list[str]) -> None:
    QTest.mouseClick(editor.edit, Qt.MouseButton.LeftButton)
    found = popup(editor)
    assert found is not None
    spot = found.visualRect(found.model().index(1, 0)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert said == ["2"]
    assert popup(editor) is None


def test_enter_with_a_closed_list_belongs_to_the_page(editor: LongList) -> None:
    editor.edit.setFocus()
    key(editor.edit, Qt.Key.Key_Return)
    page = editor.window()
    assert isinstance(page, Page)
    assert page.enters == 1
    type_vi(editor.edit, "hoa vang")
    key(editor.edit, Qt.Key.Key_Return)
    assert page.enters == 1


def test_escape_closes_the_list_and_keeps_the_words(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "hoa")
    key(editor.edit, Qt.Key.Key_Escape)
    assert popup(editor) is None
    assert editor.edit.text() == "hoa"
    assert said == []


def test_words_that_match_nothing_stay_and_the_answer_is_empty(editor: LongList, said: list[str]) -> None:
    editor.set_value("2")
    type_vi(editor.edit, "x")
    assert said == [""]
    page = editor.window()
    assert isinstance(page, Page)
    page.other.setFocus()
    assert editor.edit.text()
    assert editor.value() == ""


def test_leaving_takes_the_only_possible_choice(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "hai v")
    page = editor.window()
    assert isinstance(page, Page)
    page.other.setFocus()
    assert said == ["1"]
    assert editor.edit.text() == "Phường Hải Vân"


def test_leaving_with_several_possible_choices_takes_none(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "hoa")
    page = editor.window()
    assert isinstance(page, Page)
    page.other.setFocus()
    assert said == []
    assert editor.edit.text() == "hoa"
    assert popup(editor) is None


def test_a_whole_name_typed_is_a_choice_at_once(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "xa hoa vang")
    assert said[-1] == "2"


def test_a_stored_choice_shows_its_words(editor: LongList, said: list[str]) -> None:
    editor.set_value("1")
    assert editor.edit.text() == "Phường Hải Vân"
    assert said == []
    editor.set_value("xyz")
    assert editor.edit.text() == "xyz"


def test_an_empty_list_says_what_to_do_first(editor: LongList) -> None:
    editor.set_choices(())
    assert editor.edit.placeholderText() == "Chọn tỉnh trước"
    QTest.mouseClick(editor.edit, Qt.MouseButton.LeftButton)
    assert popup(editor) is None
    editor.set_choices(PLACES)
    assert editor.edit.placeholderText() == "Gõ vài chữ"


def test_three_thousand_wards_are_found_by_a_few_letters(wards: tuple[Option, ...]) -> None:
    assert len(wards) == 3321
    found = Found(wards)
    found.look_for("hai van")
    assert any("Hải Vân" in found.choice(row).label for row in range(found.rowCount()))


def test_a_list_of_thousands_makes_no_rows_until_it_is_asked_and_then_only_some(
    qtbot: QtBot, wards: tuple[Option, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = LongList(wards)
    page = Page(editor)
    qtbot.addWidget(page)
    page.show()
    asked = []
    data = Found.data
    monkeypatch.setattr(Found, "data", lambda self, index, role=0: asked.append(1) or data(self, index, role))
    assert page.findChildren(FoundList) == []
    QTest.mouseClick(editor.edit, Qt.MouseButton.LeftButton)
    page.grab()
    assert popup(editor) is not None
    assert 0 < len(asked) < 600


def test_the_list_lies_above_its_box_where_there_is_no_room_below(qtbot: QtBot) -> None:
    editor = LongList(PLACES)
    page = QWidget()
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addWidget(editor)
    page.resize(500, 500)
    qtbot.addWidget(page)
    page.show()
    QTest.mouseClick(editor.edit, Qt.MouseButton.LeftButton)
    found = popup(editor)
    assert found is not None
    assert found.geometry().bottom() <= editor.edit.mapTo(page, editor.edit.rect().topLeft()).y()


@pytest.mark.parametrize("typed", ["mong", "Mông", "hmong", "H’Mông", "H'mong", "h`mông"])
def test_an_apostrophe_matters_to_nobody(qtbot: QtBot, typed: str) -> None:
    editor = LongList((Option("01", "Kinh"), Option("08", "H'Mông"), Option("20", "Mnông")))
    page = Page(editor)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    type_vi(editor.edit, typed)
    assert offered(editor) == ["H'Mông"]
    page.other.setFocus()
    assert editor.value() == "08"


@pytest.mark.parametrize("typed", ["hoa vnag", "haf vang", "hoa vabg", "xa hoavang"])
def test_a_slip_of_the_finger_offers_what_is_like_it(editor: LongList, said: list[str], typed: str) -> None:
    type_vi(editor.edit, typed)
    assert offered(editor)[0] == "Xã Hòa Vang"
    key(editor.edit, Qt.Key.Key_Return)
    assert said == ["2"]


def test_what_is_only_like_the_words_is_never_taken_by_leaving(editor: LongList, said: list[str]) -> None:
    type_vi(editor.edit, "hai vna")
    assert offered(editor) == ["Phường Hải Vân"]
    page = editor.window()
    assert isinstance(page, Page)
    page.other.setFocus()
    assert said == []


def test_slips_in_a_list_of_thousands(wards: tuple[Option, ...]) -> None:
    found = Found(wards)
    found.look_for("phuong haj van")
    assert not found.exact
    assert found.choice(0).label == "Phường Hải Vân"
    assert found.rowCount() <= 6
