"""One tour in one process: builds the very window of the app and runs the course inside its event loop."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from kiosk.domain.clock import ShiftedClock, SystemClock
from ui.app import build, root
from ui.devices.printer import FolderPrinter
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.local_hub import HubAccess
from ui.point import TRIAL_PIN
from ui.tour.course import Commune, course
from ui.tour.play import Play
from ui.tour.record import Record
from ui.tour.runner import Runner, TurnMeter
from ui.tour.tray import TrayScanner
from ui.tour.visit import Visit
from ui.window import Shell


def play_visit(
    visit: Visit, folder: Path, out: Path, home: Path, access: Callable[[], HubAccess], commune: Commune
) -> dict[str, Any]:
    """Play a visit with a point of its own in ``home``; returns the summary that lies in ``out``.

    Raises ``VisitError``, ``OfficerError``, ``StuckError`` and whatever the program itself raised.
    """
    app = QApplication.instance() or QApplication(["hamlet-kiosk"])
    record, tray = Record(out), TrayScanner()
    devices = Devices(tray, FolderPrinter(out), NullVoice())
    clock = ShiftedClock(visit.today) if visit.today else SystemClock()
    shell = build(home, root() / "assets", devices, clock, trial=True, access=access)
    failures: list[BaseException] = []

    def failed(_kind: object, error: BaseException, _trace: object) -> None:
        failures.append(error)
        app.quit()

    before, sys.excepthook = sys.excepthook, failed
    meter = TurnMeter()
    play = Play(shell, visit, folder, tray, record, TRIAL_PIN, meter.pause)

    runner = Runner(course(play, commune), lambda: _where(shell), app.quit)
    shell.window.show()
    runner.start()
    app.exec()
    runner.stop()
    sys.excepthook = before
    record.facts |= _measured(play, meter)
    shell.close()
    shell.window.deleteLater()
    if failures:
        raise failures[0]
    record.facts.setdefault("printed", _printed(out))
    return record.write()


def _measured(play: Play, meter: TurnMeter) -> dict[str, Any]:
    return {
        "seen": sorted(play.met),
        "turns": {"count": len(meter.turns), "p999_ms": round(meter.percentile(0.999), 1)},
    }


def _where(shell: Shell) -> str:
    """What stands on the screen, without anybody's data: its name and the names of what is to be mended."""
    mends = [mend.name for mend in shell.screen.errors.mends]
    return f"screen {shell.screen.name}, complaints {mends}"


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
