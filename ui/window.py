"""The one window and what every screen may ask of it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from ui.background import Background, Otherwise
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

T = TypeVar("T")

SCREENS = {
    "home": "ui.screens.home:HomeScreen",
    "enrol": "ui.screens.enrol:EnrolScreen",
    "welcome": "ui.screens.welcome:WelcomeScreen",
    "card": "ui.screens.card:CardScreen",
    "choose": "ui.screens.choose:ChooseScreen",
    "form": "ui.screens.form:FormScreen",
    "papers": "ui.screens.papers:PapersScreen",
    "review": "ui.screens.review:ReviewScreen",
    "portal": "ui.screens.portal:PortalScreen",
    "done": "ui.screens.done:DoneScreen",
    "follow_up": "ui.screens.follow_up:FollowUpScreen",
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


@dataclass
class Errands:
    """What the wiring does for screens that may know neither storage nor network."""

    unlock: Callable[[str], "Desk"]
    """Opens the desk with a PIN (background); ``WorldError`` pin.wrong."""
    check_pin: Callable[[str], None]
    """Checks a PIN while the desk is open (background)."""
    enrol: Callable[[str, str, str], None]
    """Hub address, one-time code, authority text (background)."""
    send_now: Callable[[], None]
    """Wakes the conversation with the hub at once."""
    opened: Callable[[], None]
    """Told after the desk was put into the shell."""


class Shell(QObject):
    """The window with its screens, and the things passed to every screen."""

    news_arrived = Signal()
    queue_changed = Signal()
    line_changed = Signal(bool)
    screen_shown = Signal(str)

    def __init__(
        self,
        texts: TextSource,
        background: Background,
        devices: "Devices",
        clock: Clock,
        assets: Path,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self.texts = texts
        self.background = background
        self.devices = devices
        self.clock = clock
        self.assets = assets
        self.theme = theme or Theme()
        self.errands: Errands | None = None
        self.desk: Desk | None = None
        self.visit = VisitState()
        self.locked = True
        self.trial = False
        self.window = QWidget()
        self._band = practice_band(texts("shell.practice_band"))
        self._stack = QStackedWidget()
        self._fill_window()
        self._rings = FocusRings(self)

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

    def set_size(self, size: Size) -> None:
        self.set_theme(Theme(size, self.theme.high_contrast))

    def set_practice(self, on: bool) -> None:
        """Show or hide the violet band of practice mode."""
        self._band.setVisible(on)

    def end_visit(self) -> None:
        """Forget everything the screens held of the citizen."""
        self.visit = VisitState()
        QGuiApplication.clipboard().clear()

    def _fill_window(self) -> None:
        self.window.setProperty("role", "page")
        self.window.setMinimumSize(1000, 640)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._band)
        layout.addWidget(self._stack, 1)
        self._band.hide()


def screen_class(name: str) -> "type[Screen]":
    """Import a screen by its name."""
    module, _, class_name = SCREENS[name].partition(":")
    found: type[Screen] = getattr(importlib.import_module(module), class_name)
    return found
