"""Whatever happens to a stick: one press, one sentence that says what to do, and nothing is lost."""

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from kiosk.desk.opening import Desk
from kiosk.storage import outbox
from sync import stick
from sync.hub.context import Hub
from sync.hub.stick_import import import_folder
from tests.support.hub import HubPoint, hub_in
from tests.support.points import add_queued
from tests.ui.screens.test_usb import drives, enrolled, hub, item_of, plug_in, queue, said
from ui.window import Shell

__all__ = ["drives", "enrolled", "hub"]
See = Callable[..., Any]
STILL_HERE = "Hồ sơ vẫn ở trong máy này."


@pytest.fixture
def drive(open_shell: Shell, enrolled: HubPoint, drives: list[Path], tmp_path: Path) -> Path:
    """The one stick that is plugged in, and its screen."""
    there = plug_in(drives, tmp_path)
    open_shell.show("usb")
    return there


@pytest.fixture
def other_hub(tmp_path: Path) -> Iterator[Hub]:
    """Another commune's."""
    yield from hub_in(tmp_path / "other")


def waits(desk: Desk) -> int:
    with desk.database.read() as connection:
        return outbox.summary(connection).waiting


def error(see: See, code: str) -> str:
    label: QLabel = see(f"error:stick.{code}", QLabel)
    return label.text()


def fail_at(monkeypatch: pytest.MonkeyPatch, number: int, trouble: int) -> None:
    """The system refuses the flush of one file, and all after it."""
    calls = [0]

    def fsync(_file: int) -> None:
        calls[0] += 1
        if calls[0] >= number:
            raise OSError(trouble, os.strerror(trouble))

    monkeypatch.setattr("sync.client.stick_disk.os.fsync", fsync)


@pytest.mark.parametrize(
    ("trouble", "code", "advice"),
    [
        (errno.EIO, "write", "Cắm lại hoặc dùng cái khác."),
        (errno.EROFS, "write", "đang khóa ghi"),
        (errno.ENOSPC, "full", "Dọn bớt USB hoặc dùng cái khác."),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_stick_that_stops_half_way_is_said_and_the_next_try_is_whole(
    desk: Desk, enrolled: HubPoint, hub: Hub, drive: Path, see: See, trouble: int, code: str, advice: str,
    number: int,
) -> None:  # fmt: skip
    queue(desk, enrolled)
    with pytest.MonkeyPatch.context() as bad:
        fail_at(bad, number, trouble)
        see("do:copy", QPushButton).click()
    assert advice in error(see, code)
    assert error(see, code).endswith(STILL_HERE)
    assert waits(desk) == 1
    assert not stick.find_files(drive, stick.MANIFEST)
    see("do:copy", QPushButton).click()
    (done,) = import_folder(hub, drive)
    assert (done.fresh, done.damaged) == (1, 0)


def test_a_stick_without_room_says_how_much_is_missing(
    desk: Desk, enrolled: HubPoint, drive: Path, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(desk, enrolled)
    usage = shutil.disk_usage(drive)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage._replace(free=0))
    see("do:copy", QPushButton).click()
    assert "còn thiếu khoảng 2 MB" in error(see, "full")
    assert waits(desk) == 1


def test_a_false_stick_is_found_out(
    desk: Desk, enrolled: HubPoint, drive: Path, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(desk, enrolled)

    def forget(file: int) -> None:
        """What a stick does that has less room than it says."""
        told = os.fstat(file)
        if stat.S_ISREG(told.st_mode):
            os.pwrite(file, bytes(told.st_size), 0)

    monkeypatch.setattr("sync.client.stick_disk.os.fsync", forget)
    see("do:copy", QPushButton).click()
    assert "USB giả hoặc đã hỏng. Đừng dùng nữa, dùng cái khác." in error(see, "false")
    assert waits(desk) == 1


def test_a_stick_pulled_out_while_it_is_read_back_is_not_called_false(
    desk: Desk, enrolled: HubPoint, drive: Path, see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(desk, enrolled)
    away = drive.with_name("away")
    monkeypatch.setattr("sync.client.usb._read_back", _then(drive, away))
    see("do:copy", QPushButton).click()
    assert "đã bị rút ra" in error(see, "write")
    assert waits(desk) == 1


def _then(drive: Path, away: Path) -> Callable[..., None]:
    """Take the stick out, then go on."""
    from sync.client.usb import _read_back

    def work(disk: Any, written: dict[str, str]) -> None:
        if drive.exists():
            drive.rename(away)
        _read_back(disk, written)

    return work


def test_a_stick_that_has_gone_leaves_no_folder_in_its_place(
    desk: Desk, enrolled: HubPoint, drive: Path, see: See
) -> None:
    queue(desk, enrolled)
    shutil.rmtree(drive)
    see("do:copy", QPushButton).click()
    assert "Cắm lại hoặc dùng cái khác." in error(see, "write")
    assert not drive.exists()
    see("do:take", QPushButton).click()
    assert "nhờ cán bộ ghi lại" in error(see, "no_answer")
    assert waits(desk) == 1


def test_every_name_is_one_that_fat32_keeps(desk: Desk, enrolled: HubPoint, drive: Path, see: See) -> None:
    queue(desk, enrolled)
    see("do:copy", QPushButton).click()
    names = [path.name for path in drive.rglob("*")]
    assert len(names) >= 5
    assert [name for name in names if not re.fullmatch(r"[a-z0-9.-]{1,80}", name) or name[-1] == "."] == []
    assert len({name.casefold() for name in names}) == len(set(names))


def brought_back(known: HubPoint, drive: Path) -> Path:
    """The hub's answer on the stick."""
    import_folder(known.hub, drive)
    (answer,) = stick.find_files(drive, stick.ANSWER)
    return answer


def test_the_answer_of_another_commune_is_not_taken(
    desk: Desk, enrolled: HubPoint, other_hub: Hub, drive: Path, see: See
) -> None:
    queue(desk, enrolled)
    see("do:copy", QPushButton).click()
    answer = brought_back(enrolled, drive)
    stranger = HubPoint(other_hub, signing_key=enrolled.signing_key, identity=enrolled.identity)
    said_by_hub = stick.open_answer(answer.read_bytes(), enrolled.identity, enrolled.enrolled.hub_key)
    forged = stick.seal_answer(said_by_hub, other_hub.keys.signing_key, stranger.row.sealing_key)
    answer.write_bytes(forged)
    see("do:take", QPushButton).click()
    assert "báo xã, đừng dùng USB này" in error(see, "signature")
    assert waits(desk) == 1


def test_the_answer_for_another_point_is_not_taken(
    desk: Desk, enrolled: HubPoint, drive: Path, see: See
) -> None:
    queue(desk, enrolled)
    see("do:copy", QPushButton).click()
    answer = brought_back(enrolled, drive)
    said_by_hub = stick.open_answer(answer.read_bytes(), enrolled.identity, enrolled.enrolled.hub_key)
    other = HubPoint(enrolled.hub)
    answer.write_bytes(stick.seal_answer(said_by_hub, enrolled.hub.keys.signing_key, other.row.sealing_key))
    see("do:take", QPushButton).click()
    assert "Xem lại có đúng USB không" in error(see, "foreign")
    assert waits(desk) == 1


def test_the_same_answer_again_is_nothing_new(
    open_shell: Shell, desk: Desk, enrolled: HubPoint, drive: Path, see: See
) -> None:
    queue(desk, enrolled)
    see("do:copy", QPushButton).click()
    answer = brought_back(enrolled, drive)
    body = answer.read_bytes()
    see("do:take", QPushButton).click()
    assert said(open_shell) == ["Xã đã nhận 1 hồ sơ, và có 0 tin mới."]
    answer.write_bytes(body)
    see("do:take", QPushButton).click()
    assert said(open_shell)[0].startswith("Tin của xã trên USB này máy đã nhận từ trước")
    assert waits(desk) == 0


def test_the_line_and_two_journeys_of_the_stick_give_one_dossier(
    open_shell: Shell, desk: Desk, enrolled: HubPoint, hub: Hub, drive: Path, see: See
) -> None:
    with desk.database.write() as connection:
        row = add_queued(connection)
        event = enrolled.event(dossier=row.id)
        outbox.add(connection, item_of(event))
    see("do:copy", QPushButton).click()
    assert [verdict.verdict for verdict in enrolled.round(event).verdicts] == ["accepted"]
    (first,), (second,) = import_folder(hub, drive), import_folder(hub, drive)
    assert (first.fresh, first.known, second.fresh, second.known) == (0, 1, 0, 1)
    see("do:take", QPushButton).click()
    assert said(open_shell)[0].startswith("Xã đã nhận 1 hồ sơ")
    assert waits(desk) == 0
