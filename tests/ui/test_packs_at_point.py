"""A content pack reaches a point: from a stick by a button, or by a command; a bad one changes nothing."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from kiosk.desk.desk import Desk
from kiosk.domain.errors import WorldError
from kiosk.packs.choose import content_of
from kiosk.packs.found import newest_in
from kiosk.packs.trust import Trust
from tests.support.content import compiled_forms
from tests.support.packs import STRANGER, TRUST, Packs, packs_at
from ui.app import main
from ui.point import PACKS
from ui.window import Shell

See = Callable[..., QPushButton]


@pytest.fixture
def packs(shell: Shell, tmp_path: Path) -> Packs:
    """A commune that signs, and the point of the window that trusts it."""
    made = Packs(tmp_path / "xa", tmp_path / "point")
    made.folder.mkdir()
    trust = tmp_path / "trust.json"
    trust.write_bytes(TRUST.to_bytes())
    shell.errands.give_trust(trust)
    return made


@pytest.fixture(autouse=True)
def _no_sticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.volumes.sticks", lambda **_more: [])


def lay(pack: Path, tmp_path: Path) -> None:
    """Put a pack where packs are put."""
    shutil.copytree(pack, tmp_path / PACKS / pack.name)


def opened(shell: Shell, desk: Desk) -> Desk:
    """The desk in the window, with the content that the point itself has read."""
    shell.errands.fresh(desk)
    shell.locked, shell.desk = False, desk
    shell.errands.prepare()  # type: ignore[attr-defined]
    shell.show("home")
    assert shell.desk is not None
    return shell.desk


def test_a_pack_is_used_as_soon_as_it_was_taken(
    shell: Shell, desk: Desk, see: See, packs: Packs, tmp_path: Path
) -> None:
    before = opened(shell, desk)
    lay(packs.make(7), tmp_path)
    see("do:pack", QPushButton).click()
    assert "gói nội dung số 7" in see("pack_taken", QLabel).text()
    assert shell.desk is not None
    assert before.content.folder != shell.desk.content.folder == tmp_path / "point" / "packs" / "7" / "assets"
    assert shell.desk.database is before.database


def test_a_pack_for_tomorrow_waits(shell: Shell, desk: Desk, see: See, packs: Packs, tmp_path: Path) -> None:
    before = opened(shell, desk)
    lay(packs.make(7, date(2027, 3, 1)), tmp_path)
    see("do:pack", QPushButton).click()
    assert shell.desk is not None
    assert shell.desk.content.folder == before.content.folder
    program = Path(__file__).parents[2] / "assets"
    later = content_of(tmp_path / "point", date(2027, 3, 1), program, compiled_forms())
    assert later.folder == tmp_path / "point" / "packs" / "7" / "assets"


def test_a_refused_pack_says_why_and_changes_nothing(
    shell: Shell, desk: Desk, see: See, packs: Packs, tmp_path: Path
) -> None:
    before = opened(shell, desk)
    lay(packs.make(7, keys=(STRANGER,)), tmp_path)
    see("do:pack", QPushButton).click()
    said = [label.text() for label in shell.window.findChildren(QLabel) if label.isVisible()]
    assert any("chữ ký hợp lệ" in text and "vẫn giữ nguyên" in text for text in said)
    assert shell.desk is before
    assert packs.installed() == ["trust.json"]


def test_without_any_pack_the_button_says_so(shell: Shell, desk: Desk, see: See, packs: Packs) -> None:
    opened(shell, desk)
    see("do:pack", QPushButton).click()
    said = [label.text() for label in shell.window.findChildren(QLabel) if label.isVisible()]
    assert any("Không thấy gói nội dung" in text for text in said)


def test_the_newest_of_several_is_taken_and_rubbish_is_passed_over(tmp_path: Path) -> None:
    packs = packs_at(tmp_path)
    for version in (2, 11, 3):
        packs.make(version)
    (tmp_path / "anh.zip").write_bytes(b"PK rubbish")
    assert newest_in([tmp_path / "none", tmp_path]).name == "goi-11"
    assert newest_in([tmp_path / "goi-3"]).name == "goi-3"


def test_a_half_copied_pack_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "goi-7.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(WorldError) as caught:
        newest_in([tmp_path])
    assert caught.value.code == "pack.zip"


def test_a_pack_on_a_stick_is_found(
    shell: Shell, desk: Desk, see: See, packs: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shell, desk)
    stick = tmp_path / "usb"
    shutil.copytree(packs.make(7), stick / "goi-7")
    monkeypatch.setattr("sync.volumes.sticks", lambda **_more: [stick])
    see("do:pack", QPushButton).click()
    assert "gói nội dung số 7" in see("pack_taken", QLabel).text()


def test_the_command_takes_trust_and_pack_and_refuses_what_is_older(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = packs_at(tmp_path, trust=None)
    trust = tmp_path / "trust.json"
    trust.write_bytes(TRUST.to_bytes())
    where = ["--home", str(tmp_path / "diem")]
    assert main(["pack", str(packs.make(7)), *where]) == 1
    assert "trust.json" in capsys.readouterr().err
    assert main(["pack", str(tmp_path / "goi-7"), "--trust", str(trust), *where]) == 0
    assert "gói nội dung số 7, dùng từ 01/11/2026" in capsys.readouterr().out
    assert main(["pack", str(packs.make(6)), *where]) == 1
    assert "không mới hơn" in capsys.readouterr().err
    other = tmp_path / "khac.json"
    other.write_bytes(Trust(replace(TRUST.signers, keys=("ab" * 32,))).to_bytes())
    assert main(["pack", str(packs.make(8)), "--trust", str(other), *where]) == 1
    assert "đã biết nhận gói của nơi khác" in capsys.readouterr().err
    assert sorted(path.name for path in (tmp_path / "diem" / "point" / "packs").iterdir()) == [
        "7",
        "trust.json",
    ]
