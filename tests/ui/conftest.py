"""A real window on a real point in a temporary folder; work runs at once, on the test's own thread."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk import opening
from kiosk.desk.opening import Desk
from kiosk.packs.content import Content, load_content
from tests.support.content import compiled_forms
from tests.support.points import CHEAP, PIN, StoppedClock
from ui.app import build
from ui.background import Immediate
from ui.devices.printer import NullPrinter
from ui.devices.scanner import NullScanner
from ui.devices.set import Devices
from ui.window import Shell

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
W = TypeVar("W", bound=QWidget)


@dataclass
class ListeningVoice:
    """Notes what it should say."""

    said: list[str] = field(default_factory=list)

    def toggle(self, text: str) -> bool:
        self.said.append(text)
        return True

    def stop(self) -> None:
        """It is silent anyway."""


@pytest.fixture(scope="session")
def pack() -> Path:
    """The real forms, compiled."""
    return compiled_forms()


@pytest.fixture(scope="session")
def content(pack: Path) -> Content:
    return load_content(ASSETS, pack, StoppedClock().now().date())


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def voice() -> ListeningVoice:
    return ListeningVoice()


@pytest.fixture
def shell(
    qtbot: QtBot, tmp_path: Path, pack: Path, clock: StoppedClock, voice: ListeningVoice
) -> Iterator[Shell]:
    """The locked window of a point that was not set up yet."""
    devices = Devices(NullScanner(), NullPrinter(), voice)
    shell = build(tmp_path / "point", ASSETS, devices, clock, compiled=pack, background=Immediate())
    shell.window.painted.disconnect()
    qtbot.addWidget(shell.window)
    shell.window.show()
    shell.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shell.window)
    yield shell
    shell.close()


@pytest.fixture
def desk(tmp_path: Path, content: Content, clock: StoppedClock) -> Iterator[Desk]:
    """A point that was set up with the test PIN."""
    desk = opening.create(tmp_path / "point", content, clock, "Tình nguyện viên thử", PIN, CHEAP)
    yield desk
    opening.close(desk)


@pytest.fixture
def open_shell(shell: Shell, desk: Desk) -> Shell:
    """The window after the PIN; nobody talks with a hub."""
    shell.locked, shell.desk = False, desk
    shell.show("home")
    return shell


@pytest.fixture
def see(shell: Shell) -> Callable[[str, type[W]], W]:
    """Finds a visible widget by its object name."""

    def look(name: str, kind: type[W]) -> W:
        QApplication.processEvents()
        found = [widget for widget in shell.window.findChildren(kind, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    return look
