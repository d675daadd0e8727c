"""Dossiers on a stick: each stick is offered, and in a sentence it is said what became of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.point import Enrolment
from kiosk.envelope.keys import recipient_of
from kiosk.storage import link, outbox
from sync.hub.context import Hub
from sync.hub.office.actions import Step, act
from sync.hub.stick_import import import_folder
from sync.hub.store import officers
from sync.protocol import Event
from tests.support.hub import HubPoint, add_officer, hub_in
from tests.support.points import AT, add_queued
from ui.sticks import PointSticks, StickCopied, StickTaken
from ui.window import Shell

See = Callable[..., Any]


@pytest.fixture
def drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is plugged in; empty at first."""
    there: list[Path] = []
    monkeypatch.setattr("sync.volumes.sticks", lambda **_more: there)
    return there


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    yield from hub_in(tmp_path / "hub")


@pytest.fixture
def enrolled(open_shell: Shell, desk: Desk, hub: Hub) -> HubPoint:
    """The point of the window, enrolled with a hub that it never reaches by a line."""
    known = HubPoint(hub, signing_key=desk.secrets.signing_key, identity=desk.secrets.sealing_identity)
    said = known.enrolled
    enrolment = Enrolment(
        said.point, said.hamlet, said.commune, "https://hub", "", said.hub_key, said.commune_key, trial=True
    )
    assert said.commune_key == recipient_of(hub.keys.identity)
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment, said.token)
    open_shell.show("home")
    return known


def plug_in(drives: list[Path], tmp_path: Path, name: str = "USB THON") -> Path:
    drive = tmp_path / "plugged" / name
    drive.mkdir(parents=True)
    drives.append(drive)
    return drive


def queue(desk: Desk, known: HubPoint) -> str:
    """A dossier that waits, really sealed."""
    with desk.database.write() as connection:
        row = add_queued(connection)
        event = known.event(dossier=row.id)
        outbox.add(connection, item_of(event))
    return row.id


def item_of(event: Event) -> OutboxItem:
    return OutboxItem(
        event.id, EventKind.DOSSIER, event.dossier, 1, event.procedure, event.body, event.digest, (), AT
    )


def said(shell: Shell) -> list[str]:
    QApplication.processEvents()
    labels = shell.screen.findChildren(QLabel)
    return [
        label.text() for label in labels if label.objectName().startswith("said:") and not label.isHidden()
    ]


def test_home_leads_there_once_the_point_is_enrolled(
    open_shell: Shell, desk: Desk, see: See, drives: list[Path], request: pytest.FixtureRequest
) -> None:
    assert not [each for each in open_shell.window.findChildren(QPushButton) if each.objectName() == "do:usb"]
    request.getfixturevalue("enrolled")
    see("do:usb", QPushButton).click()
    assert open_shell.screen.name == "usb"
    assert "Chưa thấy USB nào" in see("none", QLabel).text()


def test_a_dossier_goes_out_and_its_news_come_in(
    open_shell: Shell, desk: Desk, hub: Hub, enrolled: HubPoint, see: See, drives: list[Path], tmp_path: Path
) -> None:
    dossier, drive = queue(desk, enrolled), plug_in(drives, tmp_path)
    open_shell.show("usb")
    see("do:copy", QPushButton).click()
    assert said(open_shell)[0].startswith("Đã chép 1 hồ sơ và 0 giấy tờ (0,1 MB) ra USB THON")
    assert see("waiting", QLabel).text() == "Đang chờ gửi: 1 hồ sơ. Tất cả đã chép ra USB, chờ tin của xã."
    import_folder(hub, drive)
    add_officer(hub, "le", officers.Role.OFFICER)
    with hub.database.read() as connection:
        officer = officers.by_name(connection, hub.commune, "le")
    assert officer is not None
    act(hub, officer, dossier, Step(action="seen"))
    import_folder(hub, drive)
    heard: list[int] = []
    open_shell.news_arrived.connect(lambda: heard.append(1))
    see("do:take", QPushButton).click()
    assert said(open_shell) == ["Xã đã nhận 1 hồ sơ, và có 1 tin mới."]
    assert heard
    assert see("waiting", QLabel).text().startswith("Không có hồ sơ nào chờ gửi.")
    see("do:copy", QPushButton).click()
    assert said(open_shell)[0].startswith("Không có hồ sơ nào chờ gửi")
    open_shell.show("home")
    assert see("contact", QLabel).text() == "Tin của xã về bằng USB lần cuối hôm nay lúc 09:00."


def test_a_stick_without_an_answer_says_so(
    open_shell: Shell, enrolled: HubPoint, see: See, drives: list[Path], tmp_path: Path
) -> None:
    plug_in(drives, tmp_path)
    open_shell.show("usb")
    see("do:take", QPushButton).click()
    errors = [
        each.text() for each in open_shell.screen.findChildren(QLabel) if "không có tin nào" in each.text()
    ]
    assert errors
    see("do:copy", QPushButton).click()
    assert said(open_shell)


def test_a_stick_that_is_plugged_in_later_is_found_by_the_button(
    open_shell: Shell, enrolled: HubPoint, see: See, drives: list[Path], tmp_path: Path
) -> None:
    open_shell.show("usb")
    plug_in(drives, tmp_path, "A")
    plug_in(drives, tmp_path, "B")
    drives.append(tmp_path / "gone")
    see("primary", QPushButton).click()
    QApplication.processEvents()
    assert (
        len([each for each in open_shell.screen.findChildren(QPushButton, "do:copy") if each.isVisible()])
        == 2
    )


def test_one_action_is_the_first_whatever_is_plugged_in(
    open_shell: Shell, enrolled: HubPoint, see: See, drives: list[Path], tmp_path: Path
) -> None:
    def first() -> list[str]:
        QApplication.processEvents()
        made = open_shell.screen.findChildren(QPushButton)
        shown = [each for each in made if each.isVisible() and each.property("role") == "primary"]
        return [each.objectName() for each in shown]

    open_shell.show("usb")
    assert first() == ["primary"]
    plug_in(drives, tmp_path, "A")
    plug_in(drives, tmp_path, "B")
    see("primary", QPushButton).click()
    assert first() == ["primary"]


def test_what_stays_behind_and_what_was_refused_is_said(
    open_shell: Shell,
    enrolled: HubPoint,
    see: See,
    drives: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plug_in(drives, tmp_path)
    monkeypatch.setattr(PointSticks, "copy_to", lambda _self, _drive: StickCopied(2, 3, 12.34, left_out=1))
    monkeypatch.setattr(PointSticks, "take_from", lambda _self, _drive: StickTaken(1, 0, refused=2))
    open_shell.show("usb")
    see("do:copy", QPushButton).click()
    assert "12,3 MB" in said(open_shell)[0]
    assert "1 hồ sơ chưa chép được" in said(open_shell)[1]
    see("do:take", QPushButton).click()
    assert "2 hồ sơ cần xem lại" in said(open_shell)[1]


def test_a_mistake_of_ours_is_not_hidden(
    open_shell: Shell,
    enrolled: HubPoint,
    see: See,
    drives: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plug_in(drives, tmp_path)
    open_shell.show("usb")

    def broken(*_args: object) -> None:
        raise ValueError("ours")

    failed: list[Exception] = []
    monkeypatch.setattr(open_shell, "fail", failed.append)
    monkeypatch.setattr("sync.client.usb.copy_to_stick", broken)
    see("do:copy", QPushButton).click()
    assert [type(error) for error in failed] == [ValueError]


def test_a_point_without_a_commune_cannot_copy(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"point\.not_enrolled"):
        PointSticks(desk).copy_to(tmp_path)
