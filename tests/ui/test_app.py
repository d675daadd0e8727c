"""The program from its start: light first frame, one instance, errors caught, a clean end."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.points import StoppedClock
from tests.ui.conftest import ASSETS, ROOT
from ui import app
from ui.app import build, main
from ui.devices.printer import NullPrinter
from ui.devices.scanner import NullScanner
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.point import TRIAL_PIN
from ui.support import support_code

DEVICES = Devices(NullScanner(), NullPrinter(), NullVoice())
HEAVY = ("sqlalchemy", "requests", "reportlab", "sqlcipher3", "kiosk.desk", "kiosk.storage", "sync", "PIL")


def loaded_at_the_first_frame(home: Path) -> list[str]:
    """Names of modules in a fresh interpreter when the locked home was just painted."""
    program = "\n".join(
        [
            "import sys",
            "from pathlib import Path",
            "from PySide6.QtWidgets import QApplication",
            "import ui.app",
            "app = QApplication([])",
            "def seen(shell, point, *, trial):",
            "    print('\\n'.join(sys.modules)); app.quit()",
            "ui.app._start_up = seen",
            f"sys.exit(ui.app.main(['--trial', '--home', {str(home)!r}, '--idle-minutes', '0']))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_nothing_heavy_is_imported_before_the_first_frame(tmp_path: Path) -> None:
    loaded = loaded_at_the_first_frame(tmp_path)
    assert "ui.screens.home" in loaded
    assert [name for name in loaded if name.startswith(HEAVY)] == []


def test_a_second_window_is_refused(tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    lock = QLockFile(str(tmp_path / "open.lock"))
    assert lock.tryLock(0)
    assert main(["--home", str(tmp_path)]) == 3
    assert "đang mở sẵn" in capsys.readouterr().err
    lock.unlock()


def test_wrong_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--nothing-like-this"])
    assert ended.value.code == 2
    assert "--nothing-like-this" in capsys.readouterr().err


def test_a_point_nobody_set_up_is_set_up_first(tmp_path: Path, pack: Path, qtbot: QtBot) -> None:
    shell = build(tmp_path / "point", ASSETS, DEVICES, StoppedClock(), compiled=pack)
    qtbot.addWidget(shell.window)
    shell.window.show()
    qtbot.waitUntil(lambda: shell.screen.name == "enrol", timeout=20_000)
    shell.close()


def test_a_trial_point_waits_for_its_pin(tmp_path: Path, pack: Path, qtbot: QtBot) -> None:
    shell = build(tmp_path / "point", ASSETS, DEVICES, StoppedClock(), compiled=pack, trial=True)
    qtbot.addWidget(shell.window)
    with qtbot.waitSignal(shell.window.painted):
        shell.window.show()
    shell.close()
    assert shell.screen.name == "home"
    assert "123456" in shell.window.findChild(QLabel, "hint").text()


def test_a_form_can_be_tried_in_practice_from_the_beginning(tmp_path: Path, pack: Path, qtbot: QtBot) -> None:
    shell = build(
        tmp_path / "point", ASSETS, DEVICES, StoppedClock(), compiled=pack, trial=True, practice=True
    )
    qtbot.addWidget(shell.window)
    shell.window.show()
    qtbot.waitUntil(lambda: shell.window.findChild(QPushButton, "do:unlock").isEnabled(), timeout=20_000)
    qtbot.keyClicks(shell.window.findChild(QLineEdit, "pin"), TRIAL_PIN)
    shell.window.findChild(QPushButton, "do:unlock").click()
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=20_000)
    assert shell.desk is not None
    assert shell.desk.practice
    shell.close()


def test_what_nobody_caught_is_shown_with_a_code(tmp_path: Path, pack: Path, qtbot: QtBot) -> None:
    shell = build(tmp_path / "point", ASSETS, DEVICES, StoppedClock(), compiled=pack, trial=True)
    qtbot.addWidget(shell.window)
    shell.window.painted.disconnect()
    shell.window.show()
    error = ValueError("NGUYỄN THỊ BƯỞI")
    app._to_the_screen(shell)(ValueError, error, None)
    qtbot.waitUntil(lambda: shell.screen.name == "trouble")
    assert shell.window.findChild(QLabel, "trouble:code").text() == support_code(error)
    assert "BƯỞI" not in shell.screen.spoken_text()
    shell.close()
