"""The pages of a walkthrough: what is on them, by which keys, and what stays when somebody leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from kiosk.desk import guide, opening, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.guide import Walk
from kiosk.domain.consent import Purpose
from kiosk.domain.errors import WorldError
from kiosk.guides.walk import Progress, here, read
from tests.guides.made import ACCOUNT, all_stops
from tests.support.typing import key, type_vi
from tests.ui.conftest import ListeningVoice
from ui.devices.set import Devices
from ui.theme import Size, Theme
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

See = Callable[..., Any]
TO_CARD = "T0.minh T1.co"


@dataclass
class Printer:
    """Remembers what was printed; ``jammed`` makes it refuse."""

    titles: list[str] = field(default_factory=list)
    jammed: bool = False

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        if self.jammed:
            raise WorldError("printer.none")
        self.titles.append(title)

    def forget(self, title: str) -> None:
        """Paper cannot be taken back."""


@pytest.fixture
def printer(open_shell: Shell) -> Printer:
    made = Printer()
    open_shell.devices = Devices(open_shell.devices.scanner, made, open_shell.devices.voice)
    return made


def walk_at(desk: Desk, path: str) -> Walk:
    walk = guide.start(desk)
    return replace(walk, progress=read(walk.guide, path))


def show(shell: Shell, path: str) -> Walk:
    assert shell.desk is not None
    walk = walk_at(shell.desk, path)
    shell.show("guide_exit" if walk.node.kind.ends else "guide_step", walk=walk)
    QApplication.processEvents()
    return walk


def one_of_each() -> list[Progress]:
    """A walk to each node."""
    return list({here(ACCOUNT, progress).id: progress for progress in all_stops(ACCOUNT)}.values())


@pytest.mark.parametrize("progress", one_of_each(), ids=lambda progress: here(ACCOUNT, progress).id)
def test_no_page_can_take_a_secret(open_shell: Shell, progress: Progress) -> None:
    """The only boxes are those of dates; the way out on paper is always there."""
    show(open_shell, str(progress))
    screen = open_shell.screen
    dates = screen.findChild(QWidget, "dates")
    allowed = set(dates.findChildren(QLineEdit)) if dates else set()
    assert {*screen.findChildren(QLineEdit), *screen.findChildren(QPlainTextEdit)} == allowed
    assert all(box.maxLength() <= 10 for box in allowed)
    offline = screen.findChild(QPushButton, "do:offline")
    assert offline is not None
    assert offline.isVisible() is (here(ACCOUNT, progress).id != "S_PAPER")


def test_the_panels_say_it_to_this_person(open_shell: Shell, see: See) -> None:
    open_shell.visit.notes["address_as"] = "Chị"
    show(open_shell, TO_CARD)
    assert see("ask", QLabel).text() == "Thẻ của chị còn hạn không?"
    assert see("panel:say", QWidget).findChildren(QLabel)[0].text() == "Nói với chị"
    drawing = see("drawing", QLabel)
    assert drawing.accessibleName().startswith("Hình vẽ: thẻ căn cước")
    assert not drawing.pixmap().isNull()


def test_read_aloud_says_the_question_the_answers_and_what_is_said(
    open_shell: Shell, voice: ListeningVoice
) -> None:
    show(open_shell, "T0.minh")
    key(open_shell.screen, Qt.Key.Key_F2)
    (said,) = voice.said
    for part in ("cầm trên tay không?", "Có thẻ, còn tốt", "CMND 9 số không còn dùng được cho VNeID"):
        assert part in said
    assert "Không giữ thẻ" not in said


def test_digits_choose_but_not_while_a_date_is_typed(open_shell: Shell, see: See) -> None:
    show(open_shell, TO_CARD)
    year = see("dates", QWidget).findChildren(QLineEdit)[2]
    type_vi(year, "1945")
    assert year.text() == "1945"
    assert open_shell.screen.name == "guide_step"
    assert see("reckoned", QLabel).text().startswith("Các ngày này chưa đủ")
    see("answer:con_han", QPushButton).setFocus()
    key(see("answer:con_han", QPushButton), Qt.Key.Key_7, "7")
    assert see("ask", QLabel).text() == "Thẻ của bác còn hạn không?"
    key(see("answer:con_han", QPushButton), Qt.Key.Key_1, "1")
    assert "SIM" in see("ask", QLabel).text()


def test_odd_dates_are_said_and_a_child_is_sent_to_its_branch(open_shell: Shell, see: See) -> None:
    show(open_shell, TO_CARD)
    boxes = see("dates", QWidget).findChildren(QLineEdit)
    for box, digits in zip(boxes, ("", "", "2000", "01", "01", "1999"), strict=True):
        type_vi(box, digits)
    assert "ngày cấp thẻ phải sau ngày sinh" in see("reckoned", QLabel).text()
    for box, digits in zip(boxes, ("", "", "2018", "01", "01", "2025"), strict=True):
        box.clear()
        type_vi(box, digits)
    assert see("reckoned", QLabel).text().startswith("Theo ngày sinh này thì chưa đủ 14 tuổi.")


@pytest.mark.parametrize(
    "typed",
    [
        ("31", "2", "1990", "", "", ""),
        ("", "", "90", "", "", ""),
        ("5", "", "1990", "1", "1", "2020"),
        ("a", "b", "c", "", "", ""),
        ("", "", "", "1", "", ""),
    ],
)
def test_what_cannot_be_read_as_a_date_is_said_to_be_too_little(
    open_shell: Shell, see: See, typed: tuple[str, ...]
) -> None:
    show(open_shell, TO_CARD)
    for box, text in zip(see("dates", QWidget).findChildren(QLineEdit), typed, strict=True):
        type_vi(box, text)
    assert see("reckoned", QLabel).text().startswith("Các ngày này chưa đủ")


def test_who_has_a_sheet_finds_his_walk_however_many_came_after_him(
    open_shell: Shell, desk: Desk, see: See
) -> None:
    mine = guide.keep(desk, guide.answer(desk, guide.start(desk), "minh"))
    others = [guide.answer(desk, guide.start(desk), "con") for _ in range(35)]
    open_shell.show("guide")
    assert see(f"walk:{mine.code}", WrapButton)
    assert see("do:more", QPushButton).text() == "Xem thêm (còn 6 lượt)"
    see("do:more", QPushButton).click()
    for walk in others:
        assert see(f"walk:{walk.code}", WrapButton)
    assert not open_shell.screen.findChild(QPushButton, "do:more").isVisible()


def test_a_sheets_code_read_where_slips_are_read_leads_to_its_walk(
    open_shell: Shell, desk: Desk, see: See
) -> None:
    walk = guide.keep(desk, guide.answer(desk, guide.start(desk), "minh"))
    open_shell.show("follow_up", code=walk.code.lower())
    assert open_shell.screen.name == "guide_step"
    assert "cầm trên tay không?" in see("ask", QLabel).text()


def test_the_card_of_the_visit_brings_its_dates(open_shell: Shell, desk: Desk, see: See) -> None:
    text = "048145000001||Nguyễn Thị Bưởi|02031945|Nữ|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|15062021"
    open_shell.visit.reading = welcome.read_card_text(desk, text)
    show(open_shell, TO_CARD)
    assert [box.text() for box in see("dates", QWidget).findChildren(QLineEdit)] == [
        "02", "03", "1945", "15", "06", "2021",
    ]  # fmt: skip
    assert see("reckoned", QLabel).text() == "Theo các ngày này: Còn hạn."
    assert see("from_card", QLabel)


def test_back_goes_one_question_back_and_then_out(open_shell: Shell, see: See) -> None:
    show(open_shell, "T0.minh")
    key(open_shell.screen, Qt.Key.Key_Escape)
    assert see("ask", QLabel).text() == "Bác muốn làm cho ai?"
    key(open_shell.screen, Qt.Key.Key_Escape)
    assert open_shell.screen.name == "guide"


def test_going_home_forgets_the_walk(open_shell: Shell, desk: Desk, see: See) -> None:
    walk = show(open_shell, TO_CARD)
    guide.answer(desk, walk, "con_han")
    see("do:home", QPushButton).click()
    assert guide.stopped(desk) == ()


def test_a_locked_window_does_not(open_shell: Shell, desk: Desk) -> None:
    walk = show(open_shell, TO_CARD)
    guide.answer(desk, walk, "con_han")
    open_shell.lock()
    assert [one.code for one in guide.stopped(desk)] == [walk.code]


def test_stopping_for_today_prints_the_code_to_come_back_with(
    open_shell: Shell, desk: Desk, see: See, printer: Printer
) -> None:
    open_shell.show("guide")
    see("primary", QPushButton).click()
    see("answer:minh", QPushButton).click()
    see("do:later", QPushButton).click()
    see("do:print", QPushButton).click()
    assert printer.titles == ["phieu-buoc-tiep-theo"]
    assert see("printed", QLabel).text().startswith("Đã gửi phiếu ra máy in")
    see("primary", QPushButton).click()
    (stopped,) = guide.stopped(desk)
    assert stopped.kept
    open_shell.show("guide")
    (line,) = [label.text() for label in see("ended", QWidget).findChildren(QLabel)[1:]]
    assert line == "Tháng 11/2026: Lúc khác làm tiếp, vì Làm tiếp vào lúc khác: 1 lượt"
    see(f"walk:{stopped.code}", WrapButton).click()
    assert "cầm trên tay không?" in see("ask", QLabel).text()


def test_a_printer_that_refuses_is_said_and_the_sheet_can_be_asked_for_again(
    open_shell: Shell, see: See, printer: Printer
) -> None:
    show(open_shell, "T0.minh T1.the_cu")
    printer.jammed = True
    see("do:print", QPushButton).click()
    assert see("error:printer.none", QLabel).text()
    printer.jammed = False
    see("do:print", QPushButton).click()
    assert printer.titles == ["phieu-buoc-tiep-theo"]


def test_in_a_visit_the_guide_goes_on_and_leads_back(open_shell: Shell, desk: Desk, see: See) -> None:
    purposes = {Purpose.PREPARE, Purpose.SENSITIVE, Purpose.SEND_TO_COMMUNE}
    open_shell.visit.visit = welcome.start_visit(desk, purposes, "TNV", "Bác")
    open_shell.show("guide", back_to="card")
    see("answer:minh", QPushButton).click()
    see("do:home", QPushButton)
    open_shell.show("guide", back_to="card")
    assert "cầm trên tay không?" in see("ask", QLabel).text()
    see("do:offline", QPushButton).click()
    see("primary", QPushButton).click()
    assert open_shell.screen.name == "card"
    assert open_shell.visit.visit is not None


def test_in_a_visit_nobody_logs_out_before_he_has_filed(open_shell: Shell, desk: Desk, see: See) -> None:
    open_shell.visit.visit = welcome.start_visit(desk, {Purpose.PREPARE, Purpose.SENSITIVE}, "TNV", "Bác")
    open_shell.show("guide", back_to="card")
    for answer in ("minh", "co", "con_han", "co", "roi", "roi", "duoc", "xong", "dung"):
        see(f"answer:{answer}", QPushButton).click()
    assert see("primary", QPushButton).text() == "Về nộp hồ sơ"
    see("primary", QPushButton).click()
    assert open_shell.screen.name == "card"
    assert [one.exit for one in guide.ended(desk)] == ["Lần sau vào Cổng Dịch vụ công"]


def test_in_a_visit_who_cannot_log_in_still_leaves_the_browser_clean(
    open_shell: Shell, desk: Desk, see: See
) -> None:
    open_shell.visit.visit = welcome.start_visit(desk, {Purpose.PREPARE, Purpose.SENSITIVE}, "TNV", "Bác")
    open_shell.show("guide", back_to="card")
    for answer in ("minh", "co", "con_han", "co", "roi", "roi", "duoc", "qua_tai"):
        see(f"answer:{answer}", QPushButton).click()
    see("primary", QPushButton).click()
    assert open_shell.screen.name == "guide_end"


def test_practice_walks_are_not_counted(open_shell: Shell, desk: Desk, see: See) -> None:
    open_shell.desk = opening.practise(desk, True)
    show(open_shell, "T0.minh T1.the_cu")
    see("primary", QPushButton).click()
    assert guide.ended(desk) == ()


def test_before_its_first_day_the_door_says_so(open_shell: Shell, desk: Desk, see: See) -> None:
    bare = replace(desk, content=replace(desk.content, folder=desk.home))
    open_shell.desk = bare
    open_shell.show("guide")
    assert see("error:guide.missing", QLabel).text()


def test_in_large_letters_what_is_to_be_said_is_seen_before_the_answers(open_shell: Shell, see: See) -> None:
    show(open_shell, "T0.minh T1.co T2.con_han T3.co T4.roi T6.chua T7.co")
    page = open_shell.screen.page
    assert not page.isAncestorOf(see("panel:say", QWidget))
    open_shell.set_theme(Theme(Size.XL))
    QApplication.processEvents()
    open_shell.window.resize(1024, 768)
    QApplication.processEvents()
    told, answer = see("panel:say", QWidget), see("answer:xong", QPushButton)
    body = open_shell.screen.body
    (lead,) = [each for each in page.findChildren(QLabel) if each.text().startswith("Bấm câu trả lời")]
    assert body.indexOf(told) == body.indexOf(lead) - 1
    open_shell.window.resize(1366, 768)
    assert told.mapTo(page, told.rect().bottomLeft()).y() < answer.mapTo(page, answer.rect().topLeft()).y()
    open_shell.set_theme(Theme(Size.M))
    QApplication.processEvents()
    assert not page.isAncestorOf(see("panel:say", QWidget))


def test_no_word_of_the_bottom_bar_is_cut(open_shell: Shell, see: See) -> None:
    open_shell.window.resize(1024, 768)
    open_shell.set_theme(Theme(Size.XL))
    show(open_shell, "T0.minh T1.co T2.con_han T3.co T4.roi T6.roi T9.duoc T12.qua_tai")
    for name in ("back", "do:offline", "primary"):
        assert see(name, QPushButton).width() >= see(name, QPushButton).sizeHint().width()


@pytest.mark.parametrize("width", [1024, 1366])
@pytest.mark.parametrize("size", list(Size), ids=lambda size: size.name)
@pytest.mark.parametrize(
    "path",
    ["", TO_CARD, "T0.minh T1.co T2.con_han T3.co T4.roi T6.roi", "T0.X", "T0.con C1.roi"],
    ids=["T0", "T2", "T9", "S_PAPER", "C2"],
)
def test_nothing_is_cut_and_everything_can_be_hit(
    open_shell: Shell, path: str, size: Size, width: int
) -> None:
    open_shell.window.resize(width, 768)
    open_shell.set_theme(Theme(size))
    show(open_shell, path)
    screen = open_shell.screen
    first = "do:print" if screen.name == "guide_exit" else "answer:"
    assert QApplication.focusWidget().objectName().startswith(first)
    assert screen.page.width() <= screen.page_area.viewport().width()
    assert screen.width() <= width
    shown = [w for w in screen.findChildren(QAbstractButton) if w.isVisible()]
    assert [w.objectName() for w in shown if w.height() < 44 or not w.accessibleName()] == []
    for widget in screen.page.findChildren(QWidget):
        if widget.isVisible() and widget.objectName() != "focus-ring":
            assert widget.mapTo(screen.page, widget.rect().topRight()).x() <= screen.page.width()
