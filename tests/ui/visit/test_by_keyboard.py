"""Everything from consent to the declaration without a mouse."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.typing import type_vi
from tests.ui.visit.steps import MOTHER, Visitor, settle


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(focused(), one)
        settle()


def test_a_visit_can_be_begun_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    settle()
    for purpose in ("prepare", "send_to_commune", "sensitive"):
        assert focused().objectName() == f"consent:{purpose}"
        press(Qt.Key.Key_Space, Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert visitor.screen == "card"
    type_vi(focused(), MOTHER)
    press(Qt.Key.Key_Return)
    assert focused().objectName() == "only_year"
    press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert visitor.screen == "choose"
    type_vi(focused(), "khai sinh")
    QTest.qWait(120)
    settle()
    press(Qt.Key.Key_Return)
    assert focused().objectName() == "road:commune"
    press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert visitor.screen == "form"
    press(Qt.Key.Key_Return)
    assert visitor.text("edit", visitor.question("yc_ho_ten")) == "Nguyễn Thị Bưởi"


def test_escape_leads_back_from_every_screen_of_a_dossier(visitor: Visitor) -> None:
    visitor.prepare()
    visitor.shell.show("review")
    settle()
    press(Qt.Key.Key_Escape)
    assert visitor.screen == "papers"
    press(Qt.Key.Key_Escape)
    assert visitor.screen == "form"


def test_f1_brings_help_and_f2_reads_the_page(visitor: Visitor) -> None:
    visitor.open_form()
    shown = visitor.sees("help:text")
    press(Qt.Key.Key_F1)
    assert visitor.sees("help:text") is not shown
    press(Qt.Key.Key_F2)
    voice = visitor.shell.devices.voice
    assert visitor.text("page") in voice.said[-1]  # type: ignore[attr-defined]
