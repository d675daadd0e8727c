"""A draft whose form changed: moved with a list of what becomes of it, or left with its version."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.desk import carry_over, fill, papers_out
from tests.support.next_form import ADDED, GONE, NEW, OLD, next_content
from tests.support.visits import answer_everything, begin
from tests.ui.visit.steps import Visitor, settle

BOOK = "Quyển 3, tờ 12"


@pytest.fixture
def dossier(visitor: Visitor) -> str:
    """A draft of the old form, on a point to which the new one has come."""
    _, filling = begin(visitor.desk)
    answer_everything(visitor.desk, filling)
    filling.answer(GONE, BOOK)
    fill.save(visitor.desk, filling, place="trang_ket_hon")
    visitor.shell.desk = replace(visitor.desk, content=next_content())
    visitor.shell.show("form", dossier=filling.dossier)
    settle()
    return filling.dossier


def texts(visitor: Visitor) -> str:
    found = visitor.shell.window.findChildren(QLabel)
    return "\n".join(label.text() for label in found if label.isVisible())


def test_the_draft_asks_before_it_opens_and_tells_what_would_become_of_it(
    visitor: Visitor, dossier: str
) -> None:
    assert visitor.shell.screen.name == "newer_form"
    said = texts(visitor)
    for heading in ("Không còn hỏi", "Mới hỏi", "câu hỏi đã đổi", "Giữ nguyên"):
        assert heading in said
    assert BOOK in said, "what would be dropped is read before"
    assert "(trước: Đăng ký tại)" in said
    assert carry_over.newer_version(visitor.desk, dossier) == NEW, "nothing is changed yet"


def test_moved_it_opens_in_the_new_form_and_what_was_dropped_stays_readable(
    visitor: Visitor, dossier: str
) -> None:
    visitor.press("primary")
    settle()
    assert visitor.shell.screen.name == "form"
    filling = visitor.shell.visit.filling
    assert filling is not None
    assert filling.form_version == NEW
    assert ADDED in filling.session.values()
    visitor.shell.show("review")
    settle()
    assert BOOK in texts(visitor)
    assert "không hỏi nữa" in texts(visitor)
    assert "theo mẫu cũ;" not in texts(visitor)


def test_left_with_its_version_it_opens_as_it_was_and_the_review_says_so(
    visitor: Visitor, dossier: str
) -> None:
    visitor.press("do:stay")
    settle()
    filling = visitor.shell.visit.filling
    assert filling is not None
    assert (filling.form_version, filling.value(GONE)) == (OLD, BOOK)
    assert papers_out.declarations(visitor.desk, filling), "the papers of the new pack print, gaps dotted"
    visitor.shell.show("review")
    settle()
    assert f"nay đã có mẫu {NEW}" in texts(visitor)


def test_a_draft_of_the_newest_form_opens_at_once(visitor: Visitor) -> None:
    _, filling = begin(visitor.desk)
    visitor.shell.show("form", dossier=filling.dossier)
    settle()
    assert visitor.shell.screen.name == "form"
