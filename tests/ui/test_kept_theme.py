"""Text size and contrast are as they were left, and a spoilt file costs nothing but that."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.points import StoppedClock
from tests.ui.conftest import ASSETS
from ui.app import build
from ui.background import Immediate
from ui.devices.printer import NullPrinter
from ui.devices.scanner import NullScanner
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.kept_theme import keep_theme, kept_theme
from ui.theme import Size, Theme
from ui.window import Shell


def started(qtbot: QtBot, home: Path) -> Shell:
    devices = Devices(NullScanner(), NullPrinter(), NullVoice())
    shell = build(home, ASSETS, devices, StoppedClock(), background=Immediate())
    shell.window.painted.disconnect()
    qtbot.addWidget(shell.window)
    return shell


@pytest.mark.parametrize("theme", [Theme(Size.XL, True), Theme(Size.L), Theme(Size.M, True)])
def test_what_was_kept_comes_back(tmp_path: Path, theme: Theme) -> None:
    assert keep_theme(tmp_path / "point", theme)
    assert kept_theme(tmp_path / "point") == theme


@pytest.mark.parametrize(
    "spoilt", [b"", b"{", b"[]", b"7", b'{"size": "S"}', b'{"size": []}', b"\xff\xfe", b" " * 5000]
)
def test_a_spoilt_file_means_the_usual_look(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "screen.json").write_bytes(spoilt)
    assert kept_theme(tmp_path) == Theme()


def test_a_disk_that_takes_nothing_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / "point").write_text("a file where the folder should be", encoding="utf-8")
    assert not keep_theme(tmp_path / "point", Theme(Size.L))
    assert kept_theme(tmp_path / "point") == Theme()


def test_a_restart_shows_the_same_size_and_contrast(qtbot: QtBot, tmp_path: Path) -> None:
    first = started(qtbot, tmp_path / "point")
    assert first.theme == Theme()
    first.set_theme(Theme(Size.M, high_contrast=True))
    first.set_size(Size.XL)
    first.close()
    second = started(qtbot, tmp_path / "point")
    assert second.theme == Theme(Size.XL, high_contrast=True)
    second.set_theme(Theme())
    second.close()


def test_looking_alone_writes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    started(qtbot, tmp_path / "point").close()
    assert not (tmp_path / "point").exists()
