"""Looking things up without a visit, notices on paper, and entries that have no form."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.listings import COLUMNS, Listing
from kiosk.desk import choose
from tests.support.typing import key
from tests.ui.visit.conftest import PaperStack
from tests.ui.visit.steps import Visitor, settle

LISTING = Listing(
    **{**dict.fromkeys(COLUMNS, ""), "code": "1.004837", "name": "Đăng ký giám hộ", "source": "bảng thử",
       "fee": "Miễn", "checked": "2026-11-20"}
)  # fmt: skip


@pytest.fixture
def point(visitor: Visitor) -> Iterator[Visitor]:
    """Home of a point whose catalogue also has an entry without a form."""
    desk = visitor.desk
    catalogue = Catalogue(desk.content.catalogue.procedures(), [LISTING])
    visitor.shell.desk = replace(desk, content=replace(desk.content, catalogue=catalogue))
    yield visitor
    visitor.shell.desk = desk


def search(visitor: Visitor, words: str) -> list[str]:
    visitor.write(visitor.look("search"), words)
    QTest.qWait(120)
    settle()
    results = visitor.look("results")
    assert isinstance(results, QListWidget)
    return [results.item(row).text() for row in range(results.count())]


def test_home_leads_to_the_catalogue_and_back(point: Visitor) -> None:
    point.shell.show("home")
    settle()
    point.press("do:catalogue")
    assert point.screen == "catalogue"
    key(point.shell.screen, Qt.Key.Key_Escape)
    settle()
    assert point.screen == "home"


def test_a_row_tells_names_code_fee_time_and_form(point: Visitor) -> None:
    point.shell.show("catalogue")
    rows = search(point, "giam hoj")
    assert rows[0].split("\n") == [
        "Đăng ký giám hộ",
        "Đăng ký giám hộ · 1.004837",
        "Chưa có mẫu điền trên máy – hỏi xã · Lệ phí: Miễn · Thời hạn: chưa kiểm chứng, hỏi xã",
    ]
    assert "Điền được trên máy" in search(point, "khai sinh")[0]


def test_everything_known_can_be_read_without_a_visit(point: Visitor) -> None:
    point.shell.show("catalogue")
    search(point, "khai sinh cho be")
    key(point.look("search"), Qt.Key.Key_Return)
    settle()
    birth = point.desk.content.catalogue.by_slug("khai_sinh")
    words = point.words()
    assert point.text("chosen") == birth.name
    facts = choose.facts(point.desk, birth)
    for told in (facts.fee.text, facts.papers[0].name, birth.legal_basis[0], "21/11/2026", facts.changes[-1]):
        assert told is not None
        assert told in words
    assert point.all_like("road:") == []
    key(point.shell.screen, Qt.Key.Key_Escape)
    settle()
    assert point.look("search").hasFocus()


def test_what_is_new_stands_beside_it(point: Visitor) -> None:
    point.shell.show("catalogue")
    settle()
    assert any("Từ 01/03/2027" in label for label in point.words().split("\n"))


def test_notices_of_one_and_of_all_are_printed(point: Visitor, printer: PaperStack) -> None:
    point.shell.show("catalogue")
    settle()
    point.press("do:notices")
    search(point, "giam ho")
    key(point.look("search"), Qt.Key.Key_Return)
    settle()
    point.press("do:notice")
    assert [title for title, _ in printer.printed] == ["niem-yet-tat-ca", "niem-yet"]
    assert all(data.startswith(b"%PDF-") for _, data in printer.printed)
    assert point.sees("printed")


def test_no_printer_is_said_and_can_be_tried_again(point: Visitor, printer: PaperStack) -> None:
    printer.jammed = True
    point.shell.show("catalogue")
    settle()
    point.press("do:notices")
    assert list(point.errors()) == ["printer.none"]
    printer.jammed = False
    point.press("do:notices")
    assert len(printer.printed) == 1


def test_what_has_no_form_can_be_seen_but_not_begun(point: Visitor) -> None:
    point.agree()
    point.press("do:skip")
    search(point, "1.004837")
    point.press("primary")
    assert "chưa có mẫu điền trên máy" in point.text("no_form") or "hỏi xã" in point.words()
    assert point.all_like("road:") == []
    assert not point.sees("do:blank")
    point.press("primary")
    assert list(point.errors()) == ["no_form"]
    assert point.shell.visit.filling is None


def test_a_visit_begins_from_what_happened(point: Visitor) -> None:
    point.shell.show("home")
    settle()
    point.press("do:event:nha_co_em_be")
    assert point.screen == "welcome"
    point.agree()
    point.press("do:skip")
    assert point.screen == "choose"
    results = point.look("results")
    assert isinstance(results, QListWidget)
    assert any("1.001193" in results.item(row).text() for row in range(results.count()))


def test_the_event_is_forgotten_with_the_visit(point: Visitor) -> None:
    point.shell.show("home")
    settle()
    point.press("do:event:nha_co_em_be")
    point.shell.screen.go_home()
    settle()
    assert point.shell.visit.notes == {}
