"""One visit being played: what every part of the course shares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from kiosk.desk.desk import Desk
from ui.tour.hands import Steps, all_seen, click, seen, wait_for
from ui.tour.record import Record
from ui.tour.tray import TrayScanner
from ui.tour.visit import Visit
from ui.window import Shell

_SETTLED = 4
"""Glances to wait before a picture: the layout of a new page takes some turns of the event loop."""


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
        glances = iter(range(_SETTLED))
        yield lambda: next(glances, None) is None
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
