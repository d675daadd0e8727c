"""One visit being played: what every part of the course shares."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from kiosk.desk.desk import Desk
from ui.tour.hands import Steps, all_seen, click, seen, wait_for
from ui.tour.record import Record
from ui.tour.tray import TrayScanner
from ui.tour.visit import Visit
from ui.window import Shell

_SETTLED = 4
"""Glances in a row that must look alike before a picture: a new page is laid out, and some are built card by
card, in turns of the event loop."""
_PATIENCE = 400
"""Glances after which a page that never rests is pictured all the same."""


def settled(window: QWidget) -> Callable[[], bool]:
    """A question to ask turn after turn: whether nothing that scrolls grew or shrank for some glances."""
    seen_before: deque[tuple[tuple[int, int], ...]] = deque(maxlen=_SETTLED)
    glances = iter(range(_PATIENCE))

    def rests() -> bool:
        areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
        seen_before.append(
            tuple(inside.size().toTuple() for area in areas if (inside := area.widget()) is not None)
        )
        still = len(seen_before) == _SETTLED and len(set(seen_before)) == 1
        return still or next(glances, None) is None

    return rests


@dataclass
class Play:
    """The window, the visit, and what is noted on the way."""

    shell: Shell
    visit: Visit
    folder: Path
    """Where the visit file's own files are."""
    tray: TrayScanner
    record: Record
    pin: str
    before_picture: Callable[[], None]
    """Told before each picture, so that its time is not counted as the program's."""
    answered: set[str] = field(default_factory=set)
    """Questions of the visit that were answered."""
    met: set[str] = field(default_factory=set)
    """Questions that were seen."""
    others: dict[str, str] = field(default_factory=dict)
    """Cards that were read for "somebody else", in their order: key of the visit's person → wanted role."""

    @property
    def window(self) -> QWidget:
        return self.shell.window

    @property
    def desk(self) -> Desk:
        """The open point: read for the summary and the expectations, never written."""
        assert self.shell.desk is not None  # noqa: S101 - the point was unlocked
        return self.shell.desk

    def look_at(self, name: str) -> Steps[None]:
        """Take a picture of what is shown, once the page has settled."""
        yield settled(self.window)
        if self.record.takes_pictures:
            self.before_picture()
            self.record.picture(self.window, name)

    def press(self, name: str) -> Steps[None]:
        """Wait for a button and click it."""
        click((yield from wait_for(self.window, name)))

    def press_in(self, part: QWidget, name: str) -> Steps[None]:
        """The same within a part of the screen."""
        click((yield from wait_for(part, name)))

    def arrive(self, screen: str) -> Steps[None]:
        """Wait for a screen to be shown and ready; its time begins."""
        yield from wait_for(self.window, f"screen:{screen}")
        self.record.step(screen)
        yield self.shell.screen.bottom.primary.isEnabled

    def complaints(self) -> dict[str, str]:
        """What the summary at the top of the page says is to be mended, by name."""
        summary = seen(self.window, "errors")
        if summary is None:
            return {}
        lines = all_seen(summary, "error:")
        return {line.objectName().removeprefix("error:"): words_of(line) for line in lines}


def words_of(widget: QWidget) -> str:
    """The words on a widget, as a screen reader would say them."""
    if isinstance(widget, QLabel):
        return widget.text()
    return widget.accessibleName() or next((label.text() for label in widget.findChildren(QLabel)), "")
