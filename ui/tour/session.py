"""A point's window in this process, on which visits are played one after the other."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.domain.clock import Clock
from ui.app import build, root
from ui.devices.printer import FolderPrinter
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.local_hub import HubAccess
from ui.point import TRIAL_PIN
from ui.tour.arriving import Joining, set_up
from ui.tour.course import Commune, course
from ui.tour.hands import Steps
from ui.tour.play import Play
from ui.tour.record import Record
from ui.tour.runner import Runner, TurnMeter
from ui.tour.tray import TrayScanner
from ui.tour.visit import Visit
from ui.window import Shell


@dataclass(frozen=True)
class Bag:
    """A visit and what belongs to it."""

    visit: Visit
    folder: Path
    """Where the visit file's own files are."""
    out: Path
    """Where its pictures, sheets and summary go."""
    pictures: bool = True
    """Whether pictures are taken and the sheets read; not where time and memory are measured."""


class Stage:
    """The very window of the app. ``close`` it afterwards, whatever happened."""

    def __init__(
        self,
        home: Path,
        clock: Clock,
        *,
        access: Callable[[], HubAccess] | None = None,
        joining: Joining | None = None,
        compiled: Path | None = None,
    ) -> None:
        """``access`` for a trial point, which joins its hub by itself; ``joining`` for a point that is set
        up on its own screen; ``compiled`` where the compiled forms lie, if not in the usual place."""
        self._app = QApplication.instance() or QApplication(["hamlet-kiosk"])
        self._joining = joining
        self._closed = False
        self._tray = TrayScanner()
        devices = Devices(self._tray, FolderPrinter(home / "printed"), NullVoice())
        self.shell: Shell = build(
            home,
            root() / "assets",
            devices,
            clock,
            compiled=compiled,
            trial=joining is None,
            access=access,
        )
        self.meter = TurnMeter()
        self.shell.window.show()

    def play(self, bag: Bag, commune: Commune) -> Record:
        """Play one visit; its out folder holds what the record tells, too.

        Raises ``VisitError``, ``OfficerError``, ``StuckError`` and whatever the program itself raised.
        """
        play = self.begin(bag)
        self.run(self._steps(play, commune))
        play.record.facts |= {"seen": sorted(play.met), "turns": self.meter.told()}
        play.record.facts["printed"] = _printed(bag.out) if bag.pictures else ""
        play.record.write()
        return play.record

    def begin(self, bag: Bag) -> Play:
        """A visit about to be played; its sheets come out in its own folder."""
        record = Record(bag.out, bag.pictures)
        self.shell.use_devices(Devices(self._tray, FolderPrinter(bag.out), NullVoice()))
        return Play(self.shell, bag.visit, bag.folder, self._tray, record, TRIAL_PIN, self.meter.pause)

    def run(self, steps: Steps[None]) -> None:
        """Do these steps while the window lives; raises the first error of theirs or of the program."""
        ended: list[BaseException | None] = []

        def failed(_kind: object, error: BaseException, _trace: object) -> None:
            ended.append(error)

        before, sys.excepthook = sys.excepthook, failed
        runner = Runner(steps, self._where, lambda: ended.append(None))
        runner.start()
        try:
            while not ended:
                self.meter.turn()
        finally:
            runner.stop()
            sys.excepthook = before
        if ended[0] is not None:
            raise ended[0]

    def close(self) -> None:
        """End everything that was begun; a second time does nothing."""
        if not self._closed:
            self._closed = True
            self.shell.close()
            self.shell.window.deleteLater()

    def _steps(self, play: Play, commune: Commune) -> Steps[None]:
        if self._joining is not None:
            yield from set_up(play, self._joining)
            self._joining = None
        yield from course(play, commune)

    def _where(self) -> str:
        """The name of what stands on the screen and of what is to be mended: nobody's data."""
        mends = [mend.name for mend in self.shell.screen.errors.mends]
        return f"screen {self.shell.screen.name}, complaints {mends}"


def _printed(out: Path) -> str:
    """All text of the printed sheets, as a reader of PDF finds it."""
    from PySide6.QtPdf import QPdfDocument

    texts = []
    for path in sorted(out.glob("*.pdf")):
        document = QPdfDocument()
        document.load(str(path))
        texts += [document.getAllText(page).text() for page in range(document.pageCount())]
        document.close()
    return re.sub(r"\s+", " ", " ".join(texts))
