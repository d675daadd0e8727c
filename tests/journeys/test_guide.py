"""Six people who come for an account, on the real screens, from the locked home to the wiped one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk import guide
from tests.documents.samples import flat, pdf_text
from tests.support.content import compiled_forms
from tests.support.points import StoppedClock
from tests.support.typing import key, type_vi
from ui.app import build
from ui.background import Immediate
from ui.devices.browser import Left, Place
from ui.devices.printer import FolderPrinter
from ui.devices.scanner import NullScanner
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.point import TRIAL_PIN
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

ASSETS = Path(__file__).parents[2] / "assets"


class Browser:
    """Notes which pages were opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, address: str, place: Place | None = None) -> None:
        self.opened.append(address)

    @property
    def is_open(self) -> bool:
        return bool(self.opened)

    def close(self) -> Left:
        return Left.NOTHING


@dataclass
class Sitting:
    """A volunteer's hands at the window, and what lies in the printer."""

    shell: Shell
    papers: Path
    browser: Browser

    def see(self, name: str) -> QWidget:
        QApplication.processEvents()
        found = [w for w in self.shell.window.findChildren(QWidget, name) if w.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    def click(self, name: str) -> None:
        made = self.see(name)
        assert isinstance(made, QPushButton)
        made.click()

    def answer(self, *keys: str) -> None:
        """Give answers one after the other; each page has its three panels."""
        for each in keys:
            for panel in ("say", "must_not", "check"):
                assert self.see(f"panel:{panel}")
            assert not self.shell.screen.findChildren(QLineEdit) or self.shell.screen.findChild(
                QWidget, "dates"
            )
            self.click(f"answer:{each}")

    @property
    def ask(self) -> str:
        label = self.see("ask")
        assert isinstance(label, QLabel)
        return label.text()

    def print_sheet(self) -> str:
        """Print the sheet that is shown; its words."""
        before = set(self.papers.glob("*.pdf"))
        assert self.see("sheet")
        self.click("do:print")
        (new,) = set(self.papers.glob("*.pdf")) - before
        return flat(pdf_text(new.read_bytes()))

    def tick_all_and_go(self) -> None:
        for box in self.shell.screen.findChildren(QCheckBox):
            box.click()
        self.click("primary")

    def counts(self) -> list[tuple[str, int]]:
        assert self.shell.desk is not None
        return [(one.exit, one.times) for one in guide.ended(self.shell.desk)]

    @property
    def at(self) -> str:
        return self.shell.screen.name


def in_order(text: str, parts: list[str]) -> bool:
    """Whether each part stands in the text, one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return True


@pytest.fixture
def sitting(qtbot: QtBot, tmp_path: Path) -> Iterator[Sitting]:
    """The open home, after the PIN; the guide is open on its first question."""
    browser, papers = Browser(), tmp_path / "printed"
    devices = Devices(NullScanner(), FolderPrinter(papers), NullVoice(), browser)
    shell = build(
        tmp_path / "point",
        ASSETS,
        devices,
        StoppedClock(),
        compiled=compiled_forms(),
        trial=True,
        background=Immediate(),
    )
    shell.window.painted.disconnect()
    qtbot.addWidget(shell.window)
    shell.window.show()
    made = Sitting(shell, papers, browser)
    type_vi(made.see("pin"), TRIAL_PIN)
    made.click("do:unlock")
    made.click("do:guide")
    made.click("primary")
    yield made
    shell.close()


def test_own_telephone_and_all_is_well(sitting: Sitting) -> None:
    assert sitting.ask == "Bác muốn làm cho ai?"
    sitting.answer("minh", "co", "con_han", "co", "roi", "chua", "co", "xong")
    sitting.click("do:open")
    assert sitting.browser.opened == ["https://dichvucong.gov.vn"]
    sitting.answer("xong", "dung")
    assert sitting.ask == "Bác đã vào được Cổng Dịch vụ công"
    text = sitting.print_sheet()
    assert "Lần sau vào Cổng Dịch vụ công" in text
    sitting.click("primary")
    assert sitting.at == "guide_end"
    sitting.click("primary")
    assert sitting.see("error:tick:1")
    sitting.tick_all_and_go()
    assert sitting.at == "home"
    assert sitting.counts() == [("Lần sau vào Cổng Dịch vụ công", 1)]


def test_no_smartphone(sitting: Sitting) -> None:
    sitting.answer("minh", "co", "con_han", "co", "roi", "chua", "khong")
    assert sitting.ask.startswith("Kích hoạt trên máy tính này")
    said = sitting.see("panel:say").findChildren(QLabel)
    assert any("(chưa kiểm chứng, hỏi xã)" in label.text() for label in said)
    sitting.click("do:open")
    assert sitting.browser.opened == ["https://vneid.gov.vn"]
    sitting.answer("khong_duoc")
    text = sitting.print_sheet()
    assert in_order(text, ["Gọi tổng đài hỏi về VNeID", "Không kích hoạt được", "1900 0368", "phím 4"])
    sitting.click("primary")
    sitting.tick_all_and_go()
    assert sitting.counts() == [("Gọi tổng đài hỏi về VNeID", 1)]


def test_a_sim_in_another_name_and_back_with_the_sheet(sitting: Sitting) -> None:
    sitting.answer("minh", "co", "con_han", "nguoi_khac")
    text = sitting.print_sheet()
    assert in_order(text, ["Mã làm tiếp", "Làm SIM đứng tên mình", "Cửa hàng của nhà mạng", "Thẻ căn cước"])
    sitting.click("primary")
    assert sitting.at == "home"
    sitting.click("do:guide")
    (row,) = [w for w in sitting.shell.screen.findChildren(WrapButton) if w.objectName().startswith("walk:")]
    assert row.text() in text
    row.click()
    assert "SIM" in sitting.ask
    sitting.answer("co", "chua", "in_phieu")
    assert "Đến công an làm định danh mức 2" in sitting.print_sheet()
    sitting.click("primary")
    assert dict(sitting.counts()) == {"Làm SIM đứng tên mình": 1, "Đến công an làm định danh mức 2": 1}


def test_an_expired_card(sitting: Sitting) -> None:
    sitting.answer("minh", "co")
    boxes = sitting.see("dates").findChildren(QLineEdit)
    for box, digits in zip(boxes, ("05", "03", "1986", "15", "06", "2021"), strict=True):
        type_vi(box, digits)
    reckoned = sitting.see("reckoned")
    assert isinstance(reckoned, QLabel)
    assert reckoned.text() == "Theo các ngày này: Hết hạn."
    sitting.answer("het_han")
    text = sitting.print_sheet()
    assert in_order(
        text, ["Đi làm lại thẻ căn cước", "Thẻ đã hết hạn", "chưa kiểm chứng, hỏi xã", "SIM đứng tên mình"]
    )
    sitting.click("primary")
    assert sitting.at == "home"


def test_a_forgotten_passcode_by_keyboard_alone(sitting: Sitting) -> None:
    for digit in "111111":
        key(sitting.shell.screen, Qt.Key(ord(digit)), digit)
    assert sitting.ask == "Bác mở VNeID ra được không?"
    key(sitting.shell.screen, Qt.Key.Key_3, "3")
    assert sitting.ask == "Đặt lại passcode 6 số"
    key(sitting.shell.screen, Qt.Key.Key_Escape)
    key(sitting.shell.screen, Qt.Key.Key_9, "9")
    assert sitting.ask == "Bác mở VNeID ra được không?"
    key(sitting.shell.screen, Qt.Key.Key_3, "3")
    key(sitting.shell.screen, Qt.Key.Key_2, "2")
    assert "Không đặt lại được passcode" in sitting.print_sheet()
    key(sitting.shell.screen.bottom.primary, Qt.Key.Key_Return)
    assert sitting.at == "home"


def test_a_changed_telephone_a_child_and_a_guardian(sitting: Sitting) -> None:
    sitting.answer("minh", "co", "con_han", "co", "roi", "roi", "may_khac", "khong", "khong")
    assert "không xác nhận được tài khoản trên máy mới" in sitting.print_sheet()
    sitting.click("primary")
    sitting.click("do:guide")
    sitting.click("primary")
    sitting.answer("con", "roi")
    boxes = sitting.see("dates").findChildren(QLineEdit)
    type_vi(boxes[2], "2018")
    reckoned = sitting.see("reckoned")
    assert isinstance(reckoned, QLabel)
    assert reckoned.text() == "Theo các ngày này: Từ 6 đến dưới 14 tuổi."
    sitting.answer("tu_6")
    assert "Đưa con đi làm thẻ căn cước" in sitting.print_sheet()
    sitting.click("primary")
    sitting.click("do:guide")
    sitting.click("primary")
    sitting.answer("giam_ho", "khong")
    assert in_order(sitting.print_sheet(), ["Đăng ký giám hộ ở xã", "UBND xã", "Nơi đến"])
    sitting.click("primary")
    assert len(sitting.counts()) == 3


def test_who_does_not_want_to_goes_with_paper_from_any_page(sitting: Sitting) -> None:
    sitting.answer("minh", "co")
    sitting.click("do:offline")
    assert sitting.ask == "Bác làm bằng giấy, không sao cả"
    assert in_order(
        sitting.print_sheet(), ["Nộp hồ sơ bằng giấy", "Bộ phận Một cửa", "bưu chính công ích", "ủy quyền"]
    )
    sitting.click("primary")
    assert sitting.counts() == [("Nộp hồ sơ bằng giấy", 1)]
