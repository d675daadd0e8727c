"""Papers alone: the commune's wish, the scans, one press; no question is asked again."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from kiosk.desk.opening import Desk
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, NewsItem
from kiosk.envelope.keys import generate_age_identity, recipient_of
from kiosk.storage import drafts, link, news, outbox
from kiosk.storage.drafts import DossierRow
from tests.support.pictures import jpeg
from tests.support.points import add_queued, enrolment
from ui.devices.printer import NullPrinter
from ui.devices.set import Devices
from ui.window import Shell

See = Callable[..., Any]


class Tray:
    """A scanner with sheets, or with a fault."""

    name = "Khay thử"

    def __init__(self) -> None:
        self.fault: WorldError | None = None

    def scan(self) -> list[bytes]:
        if self.fault is not None:
            raise self.fault
        return [jpeg(300, 200)]


@pytest.fixture
def tray(shell: Shell) -> Tray:
    made = Tray()
    shell.use_devices(Devices(made, NullPrinter(), shell.devices.voice))
    return made


@pytest.fixture
def row(open_shell: Shell, desk: Desk, tray: Tray) -> DossierRow:
    """A dossier whose commune asked for the certificate of birth."""
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment(recipient_of(generate_age_identity())), "p-1.token")
        made = add_queued(connection)
        drafts.change(connection, made.id, state=State.AT_HUB, base_digest="b" * 64)
        item = NewsItem(
            1, made.id, 1, "asked_for_more", "2026-11-21T08:00:00+07:00", "Ảnh mờ.", "", ("giay_chung_sinh",)
        )
        news.apply(connection, [item], 1)
    return made


@pytest.fixture
def there(open_shell: Shell, row: DossierRow, see: See) -> Shell:
    """On the screen, by the button of the follow-up."""
    open_shell.show("follow_up")
    see("do:papers", QPushButton).click()
    QApplication.processEvents()
    assert open_shell.screen.name == "supplement"
    return open_shell


def state_of(see: See) -> str:
    label = see("paper:giay_chung_sinh", QFrame).findChild(QLabel, "state")
    assert isinstance(label, QLabel)
    return label.text()


def test_the_officers_wish_stands_above_the_papers(there: Shell, see: See) -> None:
    assert see("asked", QLabel).text() == "Xã nhắn: “Ảnh mờ.”"
    assert "Cần có" in state_of(see)


def test_scanned_and_sent_by_two_presses(there: Shell, desk: Desk, row: DossierRow, see: See) -> None:
    see("do:scan", QPushButton).click()
    assert "Đã có 1 trang" in state_of(see)
    see("primary", QPushButton).click()
    QApplication.processEvents()
    assert there.screen.name == "follow_up"
    assert see("said", QLabel).text() == "Đã cất an toàn 1 giấy tờ, chờ gửi về xã."
    with desk.database.read() as connection:
        (item,) = outbox.waiting(connection, 1 << 20)
        now = drafts.load(connection, row.id)
    assert item.kind is EventKind.SUPPLEMENT
    assert now is not None
    assert now.state is State.QUEUED


def test_a_scan_can_be_taken_away_again(there: Shell, see: See) -> None:
    see("do:scan", QPushButton).click()
    see("do:remove", QPushButton).click()
    assert "Chưa có" in state_of(see)


def test_without_a_scan_nothing_is_sent(there: Shell, desk: Desk, see: See) -> None:
    see("primary", QPushButton).click()
    assert "Chưa quét giấy nào" in see("error:missing", QLabel).text()
    with desk.database.read() as connection:
        assert outbox.waiting(connection, 1 << 20) == []


def test_a_scanner_that_fails_is_said_and_can_be_tried_again(there: Shell, tray: Tray, see: See) -> None:
    tray.fault = WorldError("paper.empty")
    see("do:scan", QPushButton).click()
    assert there.screen.name == "supplement"
    tray.fault = None
    see("do:scan", QPushButton).click()
    assert "Đã có 1 trang" in state_of(see)


def test_what_was_scanned_is_still_there_after_leaving(there: Shell, row: DossierRow, see: See) -> None:
    see("do:scan", QPushButton).click()
    there.show("home")
    there.show("supplement", dossier=row.id)
    assert "Đã có 1 trang" in state_of(see)


def test_a_dossier_that_is_not_asked_about_says_so(
    there: Shell, desk: Desk, row: DossierRow, see: See
) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, row.id, state=State.RECEIVED)
    there.show("supplement", dossier=row.id)
    QApplication.processEvents()
    texts = [label.text() for label in there.screen.findChildren(QLabel)]
    assert any("không còn chờ bổ sung" in text for text in texts)


@pytest.mark.parametrize("state", [State.SEEN, State.INVITED, State.RECEIVED])
def test_the_button_is_there_only_when_something_was_asked(
    open_shell: Shell, desk: Desk, row: DossierRow, state: State
) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, row.id, state=state)
    open_shell.show("follow_up")
    QApplication.processEvents()
    assert not [each for each in open_shell.screen.findChildren(QPushButton, "do:papers") if each.isVisible()]
