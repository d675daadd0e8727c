"""After a visit nothing of the citizen stays in the window, and many visits take no more room than one."""

import gc
import weakref

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tests.ui.visit.steps import Visitor, settle
from ui.widgets.question_box import QuestionBox


def whole_visit(visitor: Visitor) -> None:
    """A quick visit that passes every screen."""
    visitor.agree()
    visitor.press("do:skip")
    visitor.prepare()
    for page in ("trang_nguoi_yeu_cau", "trang_tre"):
        visitor.shell.show("form", page=page)
        settle()
    for screen in ("papers", "review"):
        visitor.shell.show(screen)
        settle()
    visitor.press("primary")
    assert visitor.screen == "done"
    visitor.press("primary")
    assert visitor.screen == "home"
    settle()


def shown_words(root: QWidget) -> str:
    found = [label.text() for label in root.findChildren(QLabel)]
    return "\n".join(found + [edit.text() for edit in root.findChildren(QLineEdit)])


def test_no_word_of_the_citizen_stays_in_the_window(visitor: Visitor) -> None:
    whole_visit(visitor)
    words = shown_words(visitor.shell.window)
    for word in ("Bưởi", "048190001234", "048 190 001234", "Bảo Ngọc", "BẢO NGỌC"):
        assert word not in words
    assert QGuiApplication.clipboard().text() == ""


def test_the_dossier_and_its_questions_are_let_go(visitor: Visitor) -> None:
    visitor.prepare()
    filling = visitor.shell.visit.filling
    assert filling is not None
    watched = weakref.ref(filling.session)
    del filling
    visitor.shell.show("form", page="trang_tre")
    settle()
    visitor.press("do:home")
    settle()
    gc.collect()
    assert watched() is None
    assert [box for box in gc.get_objects() if isinstance(box, QuestionBox)] == []


@pytest.mark.timeout(300)
def test_the_fifth_visit_leaves_no_more_widgets_than_the_second(visitor: Visitor) -> None:
    counts = []
    for _ in range(5):
        whole_visit(visitor)
        gc.collect()
        counts.append(len(QApplication.allWidgets()))
    assert counts[4] <= counts[1]
