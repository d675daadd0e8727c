"""``hamlet-kiosk``: all wiring. The first frame is painted before anything heavy is imported."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import Clock, SystemClock
from ui.background import Background, ThreadBackground
from ui.devices.printer import NullPrinter
from ui.devices.scanner import NullScanner
from ui.devices.set import Devices
from ui.devices.voice import NullVoice
from ui.hub_access import HubAccess
from ui.idle import IdleWatch
from ui.kept_theme import keep_theme, kept_theme
from ui.point import TRIAL_PIN, Point, Site
from ui.theme import load_fonts
from ui.window import Shell

if TYPE_CHECKING:
    from ui.local_hub import LocalHub

IDLE_MINUTES = 5.0


def build(
    home: Path,
    assets: Path,
    devices: Devices,
    clock: Clock,
    *,
    compiled: Path | None = None,
    trial: bool = False,
    practice: bool = False,
    access: Callable[[], HubAccess] | None = None,
    background: Background | None = None,
) -> Shell:
    """The whole window, showing the locked home; the rest is loaded once it was painted.

    ``practice`` begins in practice mode; ``access`` tells a trial point how to reach its hub.
    ``Shell.close`` ends everything that was begun.
    """
    load_fonts(assets / "fonts")
    shell = Shell(load_texts(assets / "texts"), devices, clock, assets)
    shell.background = background or ThreadBackground(shell.fail)
    site = Site(home, assets, compiled or compiled_folder(), trial, access, practice)
    point = Point(shell, site, clock)
    shell.errands = point
    shell.closers = [shell.background.finish, point.close]
    shell.hint = shell.texts("trial.hint", pin=TRIAL_PIN) if trial else ""
    shell.set_theme(kept_theme(home))
    shell.theme_chosen.connect(lambda theme: keep_theme(home, theme))
    shell.window.resize(1366, 768)
    shell.window.painted.connect(lambda: _start_up(shell, point, trial=trial))
    shell.show("home")
    return shell


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0; 2 for wrong arguments; 3 when the app runs already."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["tour"]:
        from ui.tour.command import main as tour

        return tour(words[1:])
    if words[:1] == ["hub"]:
        from sync.hub.cli import main as hub

        return hub(words[1:])
    if words[:1] == ["pack"]:
        from ui.pack_command import main as pack

        return pack(words[1:], _usual_home(trial=False), root() / "assets", compiled_folder())
    parser = _parser()
    options = parser.parse_args(words)
    if options.begin and not (options.trial and options.practice):
        parser.error("--begin needs --trial and --practice")
    return _open_app(options)


def root() -> Path:
    """Where assets and compiled forms lie: the checkout, or the folder of the frozen program."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).parents[1]))


def compiled_folder() -> Path:
    return root() / "build" / "pack"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hamlet-kiosk", description="The hamlet point's window.")
    parser.add_argument("--home", type=Path, help="folder of the point's data")
    parser.add_argument("--trial", action="store_true", help="a trial point beside a hub of its own")
    parser.add_argument("--practice", action="store_true", help="begin in practice mode: nothing can be sent")
    parser.add_argument("--begin", default="", metavar="SLUG", help="practise this procedure's form at once")
    parser.add_argument("--picture", type=Path, help="with --begin: draw its first page and close")
    parser.add_argument("--content", type=Path, help="use assets/ and compiled/ of this folder")
    parser.add_argument("--idle-minutes", type=float, default=IDLE_MINUTES, help=argparse.SUPPRESS)
    parser.epilog = (
        "hamlet-kiosk tour VISIT.json plays a visit file on the real screens; "
        "hamlet-kiosk pack FILE takes a content pack."
    )
    return parser


def _open_app(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("thon-dien-tu")
    home: Path = (options.home or _usual_home(trial=options.trial)).resolve()
    home.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(home / "open.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        sys.stderr.write(load_texts(root() / "assets" / "texts")("trouble.open_already") + "\n")
        return 3
    status = _run(home, options)
    lock.unlock()
    return status


def _run(home: Path, options: argparse.Namespace) -> int:
    assets = options.content / "assets" if options.content else root() / "assets"
    devices = Devices(NullScanner(), NullPrinter(), NullVoice())
    local = _TrialHub(home / "hub") if options.trial else None
    shell = build(
        home / "point",
        assets,
        devices,
        SystemClock(),
        compiled=options.content / "compiled" if options.content else None,
        trial=options.trial,
        practice=options.practice,
        access=local.access if local else None,
    )
    shell.closers += [local.stop] if local else []
    shell.window.painted.connect(lambda: shell.run(lambda: _equip(home), shell.use_devices))
    sys.excepthook = _to_the_screen(shell)
    if options.begin:
        from ui.practising import begin_when_ready

        begin_when_ready(shell, options.begin, options.picture)
    if options.idle_minutes > 0:
        IdleWatch(shell.window, options.idle_minutes, shell.lock, lambda: shell.devices.browser.is_open)
    shell.window.showMaximized()
    status = QApplication.exec()
    shell.close()
    return status


def _start_up(shell: Shell, point: Point, *, trial: bool) -> None:
    """After the first frame: bring in what it did without, then see whether the point must be set up."""

    def ready(new: bool) -> None:
        from ui.memory import Sweeper

        sweeper = Sweeper()
        shell.screen_shown.connect(sweeper.see)
        shell.closers.append(sweeper.stop)
        QApplication.style()  # its first use takes as long as a frame: here nobody is typing yet
        if new and not trial:
            shell.show("enrol", new=True)
        shell.screen_ready.emit()

    shell.run(point.prepare, ready)


def _to_the_screen(
    shell: Shell,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What nobody caught is our mistake: it is logged, and the screen says so with a support code."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        QTimer.singleShot(0, lambda: shell.show("trouble", error=error))

    return hook


def _equip(home: Path) -> Devices:
    """What the first frame can do without (background): the log, and the devices of this computer.
    A browser's profile that a power cut left is wiped."""
    from ui.devices.find import find_devices
    from ui.support import open_log

    open_log(home / "log")
    found = find_devices(home / "devices")
    found.browser.close()
    return found


class _TrialHub:
    """A hub of one's own, whose module is imported only when the point first talks with it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._hub: LocalHub | None = None

    def access(self) -> HubAccess:
        from ui.local_hub import LocalHub

        self._hub = self._hub or LocalHub(self._home)
        return self._hub.access()

    def stop(self) -> None:
        if self._hub is not None:
            self._hub.stop()


def _usual_home(*, trial: bool) -> Path:
    from platformdirs import user_data_path

    return user_data_path("thon-dien-tu", appauthor=False) / ("diem-dung-thu" if trial else "diem")


if __name__ == "__main__":
    raise SystemExit(main())
