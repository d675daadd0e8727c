"""Finding the procedure, with and without accents, and one of the two roads."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QRadioButton

from kiosk.domain.dossier import Road
from kiosk.storage import drafts
from tests.support.typing import key
from tests.ui.visit.conftest import PaperStack
from tests.ui.visit.steps import Visitor, settle


@pytest.fixture
def at_choose(visitor: Visitor) -> Visitor:
    visitor.agree()
    visitor.press("do:skip")
    return visitor


def search(visitor: Visitor, words: str) -> None:
    visitor.write(visitor.look("search"), words)
    QTest.qWait(120)
    settle()


def rows(visitor: Visitor) -> list[str]:
    results = visitor.look("results")
    assert isinstance(results, QListWidget)
    return [results.item(row).text() for row in range(results.count())]


@pytest.mark.parametrize("words", ["khai sinh", "Khai Sinh", "đăng ký khai sinh", "1.001193", "khaj sinh"])
def test_words_find_the_birth_registration(at_choose: Visitor, words: str) -> None:
    search(at_choose, words)
    assert any("1.001193" in row for row in rows(at_choose))


def test_words_that_mean_nothing_get_a_sentence(at_choose: Visitor) -> None:
    search(at_choose, "xyzzy")
    assert not at_choose.sees("results")
    assert "xyzzy" in at_choose.text("none")


def test_what_happened_at_home_leads_there_too(at_choose: Visitor) -> None:
    event = at_choose.desk.content.catalogue.by_slug("khai_sinh").life_events[0]
    at_choose.press(f"do:event:{event}")
    assert any("1.001193" in row for row in rows(at_choose))


def test_a_row_is_taken_by_a_click(at_choose: Visitor) -> None:
    search(at_choose, "khai sinh")
    results = at_choose.look("results")
    assert isinstance(results, QListWidget)
    spot = results.visualItemRect(results.item(0)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert at_choose.text("chosen") == at_choose.desk.content.catalogue.by_slug("khai_sinh").name


def test_enter_takes_the_first_row(at_choose: Visitor) -> None:
    search(at_choose, "khai sinh")
    key(at_choose.look("search"), Qt.Key.Key_Return)
    settle()
    assert at_choose.sees("chosen")


def test_nothing_found_and_nothing_chosen_cannot_go_on(at_choose: Visitor) -> None:
    search(at_choose, "xyzzy")
    at_choose.press("primary")
    assert list(at_choose.errors()) == ["search"]


def test_no_road_is_chosen_beforehand_and_one_is_needed(at_choose: Visitor) -> None:
    search(at_choose, "khai sinh")
    at_choose.press("primary")
    roads = [at_choose.look(f"road:{road.value}") for road in Road]
    assert not any(road.isChecked() for road in roads if isinstance(road, QRadioButton))
    at_choose.press("primary")
    assert list(at_choose.errors()) == ["road"]


@pytest.mark.parametrize("road", list(Road))
def test_a_dossier_begins_on_the_chosen_road(at_choose: Visitor, road: Road) -> None:
    at_choose.choose(road.value)
    assert at_choose.screen == "form"
    filling = at_choose.shell.visit.filling
    assert filling is not None
    with at_choose.desk.database.read() as connection:
        row = drafts.load(connection, filling.dossier)
    assert row is not None
    assert row.road is road


def test_the_communes_road_needs_consent_to_send(visitor: Visitor) -> None:
    visitor.agree("prepare", "sensitive")
    visitor.press("do:skip")
    search(visitor, "khai sinh")
    visitor.press("primary")
    road = visitor.look("road:commune")
    assert not road.isEnabled()
    assert "chưa đồng ý" in road.accessibleDescription()
    assert visitor.look("road:portal").isEnabled()


def test_another_procedure_can_still_be_looked_for(at_choose: Visitor) -> None:
    search(at_choose, "khai sinh")
    at_choose.press("primary")
    at_choose.press("do:other")
    assert at_choose.look("search").hasFocus()
    assert not at_choose.sees("chosen")


def test_the_empty_form_can_be_printed_for_handwriting(at_choose: Visitor, printer: PaperStack) -> None:
    search(at_choose, "khai sinh")
    at_choose.press("primary")
    assert not at_choose.sees("printed")
    at_choose.press("do:blank")
    assert [title for title, _data in printer.printed] == ["mau-trong-1"]
    assert printer.printed[0][1].startswith(b"%PDF-")


def test_without_a_printer_the_empty_form_can_be_asked_for_again(
    at_choose: Visitor, printer: PaperStack
) -> None:
    search(at_choose, "khai sinh")
    at_choose.press("primary")
    printer.jammed = True
    at_choose.press("do:blank")
    assert list(at_choose.errors()) == ["printer.none"]
    assert not at_choose.sees("printed")
    printer.jammed = False
    at_choose.press("do:blank")
    assert at_choose.sees("printed")
