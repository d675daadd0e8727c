"""Setting up a point: everything missing is said, and nothing typed is lost."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import segno
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from kiosk.domain.enrol_ticket import EnrolTicket
from kiosk.domain.errors import WorldError
from sync.hub.authority import make_authority
from tests.support.points import StoppedClock
from tests.support.typing import type_vi
from ui.point import Point, Site
from ui.window import Shell

See = Callable[..., QWidget]
AUTHORITY = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
Calls = list[tuple[str, str, str]]


@pytest.fixture
def point(shell: Shell, pack: Path, clock: StoppedClock, tmp_path: Path) -> Point:
    """A new point whose conversation with a hub is left out."""
    point = Point(shell, Site(tmp_path / "point", shell.assets, pack, trial=False), clock)
    shell.errands = point
    shell.closers.append(point.close)
    return point


@pytest.fixture
def calls(point: Point, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What the hub was asked; it agrees to the code RIGHT only."""
    asked: Calls = []

    def enrol(hub_url: str, code: str, authority: str) -> None:
        asked.append((hub_url, code, authority))
        if code != "RIGHT":
            raise WorldError("enrol.code")

    monkeypatch.setattr(point, "enrol", enrol)
    monkeypatch.setattr(point, "opened", lambda desk: None)
    return asked


def fill_volunteer(see: See, again: str = "246813") -> None:
    type_vi(see("volunteer", QLineEdit), "Ngô Thị Ấm")
    type_vi(see("pin", QLineEdit), "246813")
    type_vi(see("pin_again", QLineEdit), again)


def fill_hub(
    see: See, code: str = "RIGHT", authority: str = AUTHORITY, hub: str = "https://hub.example"
) -> None:
    for name, text in (("hub", hub), ("code", code)):
        see(name, QLineEdit).clear()
        type_vi(see(name, QLineEdit), text)
    see("authority", QPlainTextEdit).setPlainText(authority)


def go_on(see: See) -> None:
    see("primary", QPushButton).click()


def test_a_new_point_asks_for_both(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    fill_hub(see)
    go_on(see)
    assert calls == [("https://hub.example", "RIGHT", AUTHORITY + "\n")]
    assert shell.screen.name == "home"
    assert not shell.locked
    assert shell.desk is not None
    assert shell.desk.volunteer == "Ngô Thị Ấm"


def test_a_wrong_code_is_said_and_can_be_mended(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    fill_hub(see, code="WRONG")
    go_on(see)
    assert "xin" in see("error:enrol.code", QLabel).text().lower()
    assert see("hub", QLineEdit).text() == "https://hub.example"
    fill_hub(see)
    go_on(see)
    assert [code for _, code, _ in calls] == ["WRONG", "RIGHT"]
    assert shell.screen.name == "home"


@pytest.mark.parametrize(
    ("field", "mend"),
    [
        ("volunteer", "Xin ghi họ và tên"),
        ("pin", "ít nhất 6"),
        ("hub", "https://"),
        ("code", "mã dùng một lần"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    shell: Shell, calls: Calls, see: See, field: str, mend: str
) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    fill_hub(see)
    see(field, QLineEdit).clear()
    go_on(see)
    assert mend in see(f"error:{field}", QLabel).text()
    assert calls == []


def test_two_different_pins_are_said(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see, again="246814")
    fill_hub(see)
    go_on(see)
    assert "chưa giống nhau" in see("error:pin_again", QLabel).text()
    assert calls == []


def test_a_weak_pin_is_refused(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see, again="111111")
    see("pin", QLineEdit).setText("111111")
    fill_hub(see)
    go_on(see)
    assert see("error:pin.weak", QLabel).text()
    assert calls == []


def test_the_authority_may_be_a_file(shell: Shell, calls: Calls, see: See, tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_text(AUTHORITY, encoding="ascii")
    shell.show("enrol", new=True)
    fill_volunteer(see)
    fill_hub(see, authority=str(tmp_path / "authority.pem"))
    go_on(see)
    assert calls[0][2] == AUTHORITY


def test_a_file_that_is_not_there_is_said(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    fill_hub(see, authority="/nowhere/authority.pem")
    go_on(see)
    assert see("error:enrol.authority_file", QLabel).text()
    assert calls == []


def test_a_point_that_was_made_asks_only_for_the_hub_and_can_wait(open_shell: Shell, see: See) -> None:
    open_shell.show("enrol")
    assert not open_shell.window.findChild(QLineEdit, "volunteer").isVisible()
    assert see("back", QPushButton).text() == "Để sau"
    see("back", QPushButton).click()
    assert open_shell.screen.name == "home"


def test_an_opened_point_is_told_what_its_commune_has_not_said(open_shell: Shell, see: See) -> None:
    open_shell.show("enrol")
    said = " ".join(label.text() for label in see("commune_missing", QFrame).findChildren(QLabel))
    assert "Chưa có số điện thoại (hotline)" in said
    assert "address" not in said


def test_a_new_point_is_not_troubled_with_it(shell: Shell) -> None:
    shell.show("enrol", new=True)
    assert shell.window.findChild(QFrame, "commune_missing") is None


TICKET = EnrolTicket("https://hub.xa.example:8443", "7KMP-Q2XR-9HTD", make_authority("Xã Thử")[0].decode())


@dataclass
class Tray:
    """A scanner with one page."""

    page: bytes

    def scan(self) -> list[bytes]:
        return [self.page]


def picture_of(text: str) -> bytes:
    """A photograph of the code's sheet."""
    drawn = io.BytesIO()
    segno.make(text, error="l", micro=False).save(drawn, kind="png", scale=6, border=4)
    return drawn.getvalue()


@pytest.mark.parametrize("field", ["code", "hub"])
def test_the_communes_qr_code_fills_all_three(shell: Shell, calls: Calls, see: See, field: str) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    line = see(field, QLineEdit)
    for letter in TICKET.as_text():
        line.insert(letter)
    assert see("hub", QLineEdit).text() == TICKET.hub_url
    assert see("code", QLineEdit).text() == TICKET.code
    go_on(see)
    assert calls == [(TICKET.hub_url, TICKET.code, TICKET.authority)]


def test_a_code_that_was_read_in_part_is_said(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    see("code", QLineEdit).setText(TICKET.as_text()[:200])
    go_on(see)
    assert "đọc chưa đủ" in see("error:enrol.ticket", QLabel).text()
    assert calls == []


def test_the_code_is_read_from_a_picture(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    fill_volunteer(see)
    shell.devices = replace(shell.devices, scanner=Tray(picture_of("THON:1:NHAP-7K3M-9Q2PX")))
    see("do:picture", QPushButton).click()
    assert see("error:enrol.ticket", QLabel).text()
    shell.devices = replace(shell.devices, scanner=Tray(picture_of(TICKET.as_text())))
    see("do:picture", QPushButton).click()
    go_on(see)
    assert calls == [(TICKET.hub_url, TICKET.code, TICKET.authority)]


def test_without_a_scanner_the_fields_still_wait(shell: Shell, calls: Calls, see: See) -> None:
    shell.show("enrol", new=True)
    see("do:picture", QPushButton).click()
    assert see("error:scanner.none", QLabel).text()
