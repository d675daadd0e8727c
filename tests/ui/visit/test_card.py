"""Cards: read, shown, asked about; garbled ones get a sentence and nothing is lost."""

import io
from pathlib import Path

import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton

from kiosk.domain.people import Person
from tests.support.typing import key, type_vi
from tests.ui.visit.conftest import Tray
from tests.ui.visit.steps import FATHER, MOTHER, Visitor, settle

SPLIT = "048088004321||Trần Văn Cam|12031988|Nam|Hòa Liên, Hòa Vang, Đà Nẵng|20082021"


@pytest.fixture
def at_card(visitor: Visitor) -> Visitor:
    visitor.agree()
    return visitor


def people(visitor: Visitor) -> dict[str, Person]:
    found: dict[str, Person] = visitor.shell.visit.notes.get("people", {})
    return found


def picture_of(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(out, kind="png", scale=5)
    return out.getvalue()


def test_a_reader_types_the_line_and_ends_it_with_enter(at_card: Visitor) -> None:
    line = at_card.look("card:text")
    type_vi(line, MOTHER)
    key(line, Qt.Key.Key_Return)
    settle()
    shown = at_card.words()
    for word in ("Nguyễn Thị Bưởi", "048 190 001234", "Hòa Bắc, Hòa Vang", "Phường Hải Vân"):
        assert word in shown


def test_the_first_card_is_the_requesters_and_fills_him(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), MOTHER)
    at_card.press("primary")
    at_card.press("primary")
    assert at_card.screen == "choose"
    assert people(at_card)["yc"].name == "Nguyễn Thị Bưởi"


def test_a_birth_on_new_years_day_is_asked_about(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), MOTHER)
    at_card.press("primary")
    only_year = at_card.look("only_year")
    assert isinstance(only_year, QCheckBox)
    assert not only_year.isChecked()
    at_card.press("only_year")
    at_card.press("primary")
    assert str(people(at_card)["yc"].birth) == "1990"


def test_any_other_birth_date_is_not_asked_about(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), FATHER)
    at_card.press("primary")
    assert not at_card.sees("only_year")


def test_a_second_card_belongs_to_whom_the_person_says(at_card: Visitor) -> None:
    at_card.show_card(MOTHER, "yc")
    at_card.press("do:another")
    at_card.write(at_card.look("card:text"), FATHER)
    at_card.press("primary")
    at_card.press("primary")
    assert list(at_card.errors()) == ["whose"]
    at_card.press("choice:cha")
    at_card.press("primary")
    assert {role: person.name for role, person in people(at_card).items()} == {
        "yc": "Nguyễn Thị Bưởi",
        "cha": "Trần Văn Cam",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("048190001234|x", "card.short"),
        ("không phải thẻ", "card.not_a_card"),
        (MOTHER.replace("01011990", "31022000"), "card.date"),
        (MOTHER.replace("01011990", "01012030"), "card.future"),
        (MOTHER.replace("048190001234", "201345678"), "card.old_number"),
    ],
)
def test_a_garbled_card_gets_a_sentence_and_keeps_the_line(at_card: Visitor, text: str, code: str) -> None:
    at_card.write(at_card.look("card:text"), text)
    at_card.press("primary")
    assert list(at_card.errors()) == [code]
    assert at_card.text("card:text") == text
    assert at_card.screen == "card"


def test_after_a_garbled_card_a_good_one_clears_the_sentence(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), "048|x")
    at_card.press("primary")
    at_card.write(at_card.look("card:text"), MOTHER)
    at_card.press("primary")
    assert at_card.errors() == {}
    assert "Nguyễn Thị Bưởi" in at_card.words()


def test_going_on_without_a_card_says_what_to_do(at_card: Visitor) -> None:
    at_card.press("primary")
    assert list(at_card.errors()) == ["card:text"]
    at_card.press("do:skip")
    assert at_card.screen == "choose"
    assert people(at_card) == {}


def test_a_picture_from_the_scanner_is_read(at_card: Visitor, tray: Tray) -> None:
    tray.pages = [picture_of(MOTHER)]
    at_card.press("do:picture")
    assert "Nguyễn Thị Bưởi" in at_card.words()


def test_a_picture_can_be_offered_as_a_file(at_card: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "the.png"
    file.write_bytes(picture_of(FATHER))
    at_card.shell.screen.offer_picture(file)  # type: ignore[attr-defined]
    settle()
    assert "Trần Văn Cam" in at_card.words()


@pytest.mark.parametrize(
    ("pages", "code"), [([], "scanner.empty"), ([b"no picture"], "paper.not_image"), ([b""], "paper.empty")]
)
def test_a_bad_picture_gets_a_sentence(at_card: Visitor, tray: Tray, pages: list[bytes], code: str) -> None:
    tray.pages = pages
    at_card.press("do:picture")
    assert list(at_card.errors()) == [code]


def test_a_picture_without_a_code_gets_a_sentence(at_card: Visitor, tray: Tray) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(out, "PNG")
    tray.pages = [out.getvalue()]
    at_card.press("do:picture")
    assert list(at_card.errors()) == ["card.no_code"]


def test_an_old_commune_that_was_split_is_asked_about(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), SPLIT)
    at_card.press("primary")
    offered = at_card.look("ward").findChildren(QRadioButton)
    assert len(offered) > 1
    chosen = offered[-1].objectName().removeprefix("choice:")
    at_card.click(offered[-1])
    at_card.press("primary")
    person = people(at_card)["yc"]
    assert person.residence is not None
    assert person.residence.ward == chosen


def test_odd_things_on_a_card_are_said_and_hold_nobody_up(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), MOTHER.replace("|Nữ|", "|Nam|"))
    at_card.press("primary")
    assert "Giới tính trên thẻ khác" in at_card.words()
    at_card.press("primary")
    assert at_card.screen == "choose"


def test_back_from_a_reading_asks_for_a_card_again(at_card: Visitor) -> None:
    at_card.write(at_card.look("card:text"), MOTHER)
    at_card.press("primary")
    at_card.press("back")
    line = at_card.look("card:text")
    assert isinstance(line, QLineEdit)
    assert line.hasFocus()
    assert people(at_card) == {}
