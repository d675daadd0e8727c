"""The one window and what every screen may ask of it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from ui.background import Background, Immediate, Otherwise
from ui.second_press import SecondPress
from ui.theme import Size, Theme, base_font, style_sheet
from ui.widgets.band import practice_band
from ui.widgets.focus_ring import FocusRings

if TYPE_CHECKING:
    from kiosk.desk.fill import Filling
    from kiosk.desk.opening import Desk
    from kiosk.desk.welcome import CardReading, Visit
    from kiosk.domain.people import Person
    from ui.devices.set import Devices
    from ui.screens.screen import Screen
    from ui.sticks import PointSticks

T = TypeVar("T")

SCREENS = {
    "home": "ui.screens.home:HomeScreen",
    "enrol": "ui.screens.enrol:EnrolScreen",
    "welcome": "ui.screens.welcome:WelcomeScreen",
    "card": "ui.screens.card:CardScreen",
    "choose": "ui.screens.choose:ChooseScreen",
    "catalogue": "ui.screens.catalogue:CatalogueScreen",
    "form": "ui.screens.form:FormScreen",
    "newer_form": "ui.screens.newer_form:NewerFormScreen",
    "papers": "ui.screens.papers:PapersScreen",
    "review": "ui.screens.review:ReviewScreen",
    "portal": "ui.screens.portal:PortalScreen",
    "done": "ui.screens.done:DoneScreen",
    "guide": "ui.screens.guide:GuideScreen",
    "guide_step": "ui.screens.guide_step:GuideStepScreen",
    "guide_exit": "ui.screens.guide_exit:GuideExitScreen",
    "guide_end": "ui.screens.guide_end:GuideEndScreen",
    "usb": "ui.screens.usb:UsbScreen",
    "supplement": "ui.screens.supplement:SupplementScreen",
    "follow_up": "ui.screens.follow_up:FollowUpScreen",
    "hand_back": "ui.screens.hand_back:HandBackScreen",
    "trouble": "ui.screens.trouble:TroubleScreen",
}
"""Screens by name; imported when first shown or by ``preload`` in the background."""


class TextSource(Protocol):
    """Sentences by key, as ``kiosk.catalogue.texts.Texts``."""

    def __call__(self, key: str, **params: object) -> str: ...


@dataclass
class VisitState:
    """What the screens of one visit share; a fresh one is made when the visit ends."""

    visit: "Visit | None" = None
    reading: "CardReading | None" = None
    person: "Person | None" = None
    filling: "Filling | None" = None
    notes: dict[str, Any] = field(default_factory=dict)
    """Small things one screen leaves for a later one, by a name both know."""


class Errands(Protocol):
    """What the wiring does for screens that may know neither storage nor network."""

    def unlock(self, pin: str) -> "Desk":
        """The desk for a PIN, opened if it is not yet (background). ``WorldError`` pin.wrong, pin.wait …."""

    def create(self, volunteer: str, pin: str) -> "Desk":
        """Make a new point (background). ``WorldError`` pin.weak, point.exists, disk.…."""

    def enrol(self, hub_url: str, code: str, authority: str) -> None:
        """Trade a one-time code for the point's identity (background). ``WorldError`` enrol.…, hub.…."""

    def opened(self, desk: "Desk") -> None:
        """The desk was put into the shell: begin to talk with the hub."""

    def send_now(self) -> None:
        """Begin a round with the hub at once."""

    def fresh(self, desk: "Desk") -> "Desk":
        """The desk with what is to be worked with today (background): other content once a pack came or a
        day began, else the same desk."""

    def take_pack(self) -> tuple[int, date]:
        """Install the content pack that lies on a stick or in the folder for packs (background); its
        version and first day. ``WorldError`` pack.…; then nothing has changed."""

    def sticks(self) -> "PointSticks":
        """Memory sticks: which are plugged in, copying to one, taking from one."""

    def set_aside(self) -> Path:
        """Move a damaged database into quarantine (background), whole; the next PIN opens an empty one. The
        folder where it lies now. ``WorldError`` disk.…."""

    def give_trust(self, file: Path) -> None:
        """Take the commune's own word whose packs are to be believed. ``WorldError`` pack.…."""


class NoErrands:
    """Before the wiring is done nothing can be asked; that would be a mistake of ours."""

    def unlock(self, pin: str) -> "Desk":
        raise AssertionError("no errands yet")

    def create(self, volunteer: str, pin: str) -> "Desk":
        raise AssertionError("no errands yet")

    def enrol(self, hub_url: str, code: str, authority: str) -> None:
        raise AssertionError("no errands yet")

    def opened(self, desk: "Desk") -> None:
        """Nobody waits for it."""

    def send_now(self) -> None:
        """There is no line yet."""

    def fresh(self, desk: "Desk") -> "Desk":
        return desk

    def take_pack(self) -> tuple[int, date]:
        raise AssertionError("no errands yet")

    def sticks(self) -> "PointSticks":
        raise AssertionError("no errands yet")

    def set_aside(self) -> Path:
        raise AssertionError("no errands yet")

    def give_trust(self, file: Path) -> None:
        raise AssertionError("no errands yet")


class Window(QWidget):
    """The top-level window; says when its first frame was painted."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._say_painted)

    def _say_painted(self) -> None:
        """Only now threads begin."""
        from ui.memory import give_memory_back

        give_memory_back()
        self.painted.emit()


class Shell(QObject):
    """The window with its screens, and the things passed to every screen."""

    news_arrived = Signal()
    queue_changed = Signal()
    line_changed = Signal(bool)
    theme_chosen = Signal(Theme)
    """Text size or contrast was changed."""
    screen_shown = Signal(str)
    screen_ready = Signal()
    """What the first frame did without is loaded."""

    def __init__(
        self,
        texts: TextSource,
        devices: "Devices",
        clock: Clock,
        assets: Path,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self.texts = texts
        self.background: Background = Immediate()
        self.closers: list[Callable[[], object]] = []
        """What ``close`` calls, in this order."""
        self.devices = devices
        self.clock = clock
        self.assets = assets
        self.theme = theme or Theme()
        self.errands: Errands = NoErrands()
        self.desk: Desk | None = None
        self.visit = VisitState()
        self.locked = True
        self.hint = ""
        """What the locked home adds, such as the PIN of a trial point."""
        self.window = Window()
        self._band = practice_band(texts("shell.practice_band"))
        self._stack = QStackedWidget()
        self._fill_window()
        self._rings = FocusRings(
            self.window, lambda: (self.theme.palette.focus, self.theme.palette.focus_line)
        )
        presses = SecondPress(self.window)
        self.screen_shown.connect(lambda _name: presses.page_turned())

    @property
    def screen(self) -> "Screen":
        """The screen that is shown now."""
        current: Any = self._stack.currentWidget()
        return current  # type: ignore[no-any-return]

    def show(self, name: str, **kwargs: Any) -> "Screen":
        """Show a screen made anew, so that nothing of an earlier citizen stays on it."""
        old = self._stack.currentWidget()
        screen = screen_class(name)(self)
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if old is not None:
            old.left()  # type: ignore[attr-defined]
            self._stack.removeWidget(old)
            old.deleteLater()
        screen.entered(**kwargs)
        screen.focus_first()
        self.window.setWindowTitle(f"{screen.title_text} · {self.texts('shell.title')}")
        self.screen_shown.emit(name)
        return screen

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Otherwise | None = None
    ) -> None:
        """Do slow work in the background; an error without ``otherwise`` is shown on the screen."""
        self.background.run(work, then, otherwise or self.fail)

    def fail(self, error: Exception) -> None:
        """Show an error: the world's on the screen where it happened, ours as "báo xã"."""
        if isinstance(error, WorldError) and self._stack.count():
            self.screen.show_world_error(error)
        else:
            raise error

    def use_devices(self, devices: "Devices") -> None:
        """Work with these from now on."""
        self.devices = devices

    def sentence(self, error: WorldError) -> str:
        """The sentence of an error of the world."""
        return self.texts(f"error.{error.code}", **error.params)

    def set_theme(self, theme: Theme) -> None:
        """Change text size or contrast everywhere at once; nothing typed is lost."""
        self.theme = theme
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(base_font(theme))
            app.setStyleSheet(style_sheet(theme, self.assets / "icons"))
        if self._stack.count():
            self.screen.theme_changed()
        self.theme_chosen.emit(theme)

    def set_size(self, size: Size) -> None:
        self.set_theme(Theme(size, self.theme.high_contrast))

    def open(self, desk: "Desk") -> None:
        """Take the unlocked desk; from now on the screens may work."""
        self.locked = False
        if self.desk is None:
            self.desk = desk
            self.errands.opened(desk)

    def lock(self) -> None:
        """Wipe the screen and ask for the PIN again; everything is saved, sending goes on."""
        if not self.locked:
            self.locked = True
            self.show("home")
            self.end_visit()

    def close(self) -> None:
        """End everything that was begun; what was shown as saved is on the disk."""
        if self._stack.count():
            self.screen.left()
        self.devices.voice.stop()
        self.devices.browser.close()
        for closer in self.closers:
            closer()
        self.closers = []

    def set_practice(self, on: bool) -> None:
        """Practice mode: a violet band, and nothing that is made now can ever be sent."""
        if self.desk is not None:
            self.desk = replace(self.desk, practice=on)
        self._band.setVisible(on)

    def end_visit(self) -> None:
        """Forget everything the screens held of the citizen, and end the portal's window."""
        self.visit = VisitState()
        QGuiApplication.clipboard().clear()
        self.run(self.devices.browser.close, _nothing_more)

    def _fill_window(self) -> None:
        self.window.setProperty("role", "page")
        self.window.setMinimumSize(1000, 640)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._band)
        layout.addWidget(self._stack, 1)
        self._band.hide()


def _nothing_more(_result: object) -> None:
    """What was asked for is done, and nobody waits for it."""


def screen_class(name: str) -> "type[Screen]":
    """Import a screen by its name."""
    module, _, class_name = SCREENS[name].partition(":")
    found: type[Screen] = getattr(importlib.import_module(module), class_name)
    return found
