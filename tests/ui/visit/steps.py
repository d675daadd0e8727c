"""What a person does in a visit: looks for a control by its name, clicks it, types into it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from kiosk.desk import choose, fill, welcome
from kiosk.desk.fill import Filling
from kiosk.desk.opening import Desk
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Answer, Road
from kiosk.storage import drafts
from tests.support.typing import key, type_vi
from tests.support.visits import tick_everything
from ui.widgets.finder import SearchBox
from ui.window import Shell

MOTHER = "048190001234||Nguyễn Thị Bưởi|01011990|Nữ|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|15062021"
FATHER = "048088004321||Trần Văn Cam|12031988|Nam|Tổ 5, Hòa Phước, Hòa Vang, Đà Nẵng|20082021"
AGREED = frozenset({Purpose.PREPARE, Purpose.SEND_TO_COMMUNE, Purpose.SENSITIVE})
BIRTH = {
    "yc_quan_he.chon": "me",
    "loai_dang_ky": "dung_han",
    "loai_khai_sinh": "ca_cha_lan_me",
    "tre_ho_ten": "TRẦN NGUYỄN BẢO NGỌC",
    "tre_ngay_sinh": "05/10/2026",
    "tre_gioi_tinh": "2",
    "tre_dan_toc": "Kinh",
    "tre_noi_sinh.noi": "co_so_y_te",
    "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
    "tre_noi_sinh.tinh": "da nang",
    "tre_noi_sinh.xa": "xa hoa vang",
    "tre_que_quan.tinh": "da nang",
    "tre_que_quan.xa": "hai van",
    "cha_me_ket_hon": "co",
    "gcnkh_so": "27/2024",
    "gcnkh_ngay": "14/02/2024",
    "gcnkh_noi": "UBND xã Hòa Bắc",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
}
"""A whole birth declaration: choices by name, words as a person types them."""
STORED = {
    "yc_ho_ten": "Nguyễn Thị Bưởi",
    "yc_ngay_sinh": "1990",
    "yc_giay_to.loai": "5",
    "yc_giay_to.so": "048190001234",
    "yc_noi_cu_tru.tinh": "48",
    "yc_noi_cu_tru.xa": "20194",
    "yc_quan_he.chon": "me",
    "me_ho_ten": "Nguyễn Thị Bưởi",
    "me_ngay_sinh": "1990",
    "me_giay_to.loai": "5",
    "me_giay_to.so": "048190001234",
    "cha_ho_ten": "Trần Văn Cam",
    "cha_ngay_sinh": "1988-03-12",
    "cha_giay_to.loai": "5",
    "cha_giay_to.so": "048088004321",
    "loai_dang_ky": "dung_han",
    "loai_khai_sinh": "ca_cha_lan_me",
    "tre_ho_ten": "TRẦN NGUYỄN BẢO NGỌC",
    "tre_ngay_sinh": "2026-10-05",
    "tre_gioi_tinh": "2",
    "tre_dan_toc": "01",
    "tre_noi_sinh.noi": "co_so_y_te",
    "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
    "tre_noi_sinh.tinh": "48",
    "tre_noi_sinh.xa": "20320",
    "tre_que_quan.tinh": "48",
    "tre_que_quan.xa": "20194",
    "cha_me_ket_hon": "co",
    "gcnkh_so": "27/2024",
    "gcnkh_ngay": "2024-02-14",
    "gcnkh_noi": "UBND xã Hòa Bắc",
    "cap_ban_sao": "co",
    "so_ban_sao": "2",
}
"""The same as the form stores it, the persons of the cards included."""


@dataclass
class Visitor:
    """Hands and eyes before one window."""

    shell: Shell

    @property
    def desk(self) -> Desk:
        assert self.shell.desk is not None
        return self.shell.desk

    @property
    def screen(self) -> str:
        return self.shell.screen.name

    def all_seen(self, name: str, within: QWidget | None = None) -> list[QWidget]:
        found = (within or self.shell.window).findChildren(QWidget, name)
        return [widget for widget in found if widget.isVisible()]

    def all_like(self, prefix: str) -> list[QWidget]:
        """Visible widgets whose name begins so."""
        found = self.shell.window.findChildren(QWidget)
        return [widget for widget in found if widget.objectName().startswith(prefix) and widget.isVisible()]

    def sees(self, name: str, within: QWidget | None = None) -> bool:
        return bool(self.all_seen(name, within))

    def look(self, name: str, within: QWidget | None = None) -> QWidget:
        found = self.all_seen(name, within)
        assert len(found) == 1, f"{len(found)} visible widgets are called {name} on {self.screen}"
        return found[0]

    def text(self, name: str, within: QWidget | None = None) -> str:
        widget = self.look(name, within)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton)
        return widget.text()

    def words(self) -> str:
        """All words that can be seen now."""
        labels = self.shell.window.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def errors(self) -> dict[str, str]:
        """The lines of the summary, by name."""
        if not self.sees("errors"):
            return {}
        lines = self.look("errors").findChildren(QLabel)
        return {
            line.objectName().removeprefix("error:"): line.text()
            for line in lines
            if line.objectName().startswith("error:") and line.isVisible()
        }

    def press(self, name: str, within: QWidget | None = None) -> None:
        self.click(self.look(name, within))

    def click(self, widget: QWidget) -> None:
        spot = widget.rect().center()
        if isinstance(widget, QRadioButton | QCheckBox):
            spot = QPoint(12, widget.height() // 2)
        _bring_into_view(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)
        settle()

    def write(self, edit: QWidget, text: str) -> None:
        """Replace what stands in a line."""
        assert isinstance(edit, QLineEdit | QPlainTextEdit)
        edit.setFocus()
        edit.selectAll()
        if not text:
            key(edit, Qt.Key.Key_Delete)
        type_vi(edit, text)
        settle()

    def tick(self, name: str) -> None:
        self.press(name)

    def question(self, name: str) -> QWidget:
        return self.look(f"q:{name}")

    def answer(self, name: str, value: str) -> None:
        """Answer a question by its choice's name, or by typing."""
        box = self.question(name)
        if self.sees(f"choice:{value}", box):
            self.press(f"choice:{value}", box)
        elif self.sees("year", box):
            for part, text in zip(
                ("year", "month", "day"), [*reversed(value.split("/")), "", ""], strict=False
            ):
                self.write(self.look(part, box), text)
        else:
            edit = self.look("edit", box)
            self.write(edit, value)
            if isinstance(edit, SearchBox):
                key(edit, Qt.Key.Key_Return)

    def agree(self, *purposes: str) -> None:
        """From home through consent."""
        self.shell.show("welcome")
        self.agree_here(*purposes)

    def agree_here(self, *purposes: str) -> None:
        for purpose in purposes or ("prepare", "send_to_commune", "sensitive"):
            self.tick(f"consent:{purpose}")
        self.press("primary")

    def show_card(self, text: str, role: str) -> None:
        self.write(self.look("card:text"), text)
        self.press("primary")
        self.press(f"choice:{role}", self.look("whose"))

    def choose(self, road: str = "commune", words: str = "khai sinh") -> None:
        """From the card screen on: find the birth registration and open it."""
        search = self.look("search")
        self.write(search, words)
        QTest.qWait(120)
        key(search, Qt.Key.Key_Return)
        settle()
        self.press(f"road:{road}")
        self.press("primary")

    def open_form(self, road: str = "commune", purposes: tuple[str, ...] = ()) -> None:
        """Straight to the first page of the declaration, without any card."""
        self.agree(*purposes)
        self.press("do:skip")
        self.choose(road)

    def open_form_with_cards(self, road: str = "commune", purposes: tuple[str, ...] = ()) -> None:
        self.agree(*purposes)
        self.show_card(MOTHER, "yc")
        self.press("only_year")
        self.press("do:another")
        self.show_card(FATHER, "cha")
        self.press("primary")
        self.choose(road)

    def prepare(
        self,
        road: Road = Road.COMMUNE,
        purposes: frozenset[Purpose] = AGREED,
        but: str = "",
        *,
        ticked: bool = True,
    ) -> Filling:
        """A whole dossier put on the disk, quicker than by typing; ``but`` stays unanswered."""
        visit = welcome.start_visit(self.desk, purposes, "TNV", "Bác")
        dossier = choose.start_dossier(self.desk, visit, "khai_sinh", road)
        known = [Answer(name, value) for name, value in STORED.items() if name != but]
        with self.desk.database.write() as connection:
            drafts.save(connection, dossier, 1, known, "", visit.consent.given_at)
        filling = fill.open_filling(self.desk, dossier)
        fill.prefill_commune(self.desk, filling)
        fill.save(self.desk, filling)
        if ticked:
            tick_everything(self.desk, filling)
        self.shell.visit.visit, self.shell.visit.filling = visit, filling
        return filling

    def fill_all(self, answers: dict[str, str] | None = None) -> None:
        """All pages, page by page, to the papers."""
        answers = BIRTH if answers is None else answers
        done: set[str] = set()
        while self.screen == "form":
            while name := next((n for n in answers if n not in done and self.sees(f"q:{n}")), None):
                self.answer(name, answers[name])
                done.add(name)
            self.press("primary")
            if self.screen == "form" and self.errors():
                self.press("do:later")


def settle() -> None:
    """Let the window do what it put off: layouts, and what is to be thrown away."""
    for _ in range(20):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
