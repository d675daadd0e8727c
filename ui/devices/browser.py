"""A web browser for the portal: a window of its own, nothing of anybody in it, wiped after the visit.

We neither see nor steer what the citizen does there. A browser that we cannot give a fresh profile is still
opened, and the screens then say what has to be wiped by hand.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.domain.errors import WorldError

_WINDOWS_PLACES = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"CocCoc\Browser\Application\browser.exe",
    r"Mozilla Firefox\firefox.exe",
)
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "firefox",
    "firefox-esr",
)
_PATIENCE = 3.0
"""Seconds that a browser has to close its windows."""
_QUIET = {
    "credentials_enable_service": False,
    "profile": {"password_manager_enabled": False},
    "autofill": {"profile_enabled": False, "credit_card_enabled": False},
}
"""Preferences of a fresh Chromium profile: it offers to remember nothing."""
_QUIET_FIREFOX = (
    'user_pref("signon.rememberSignons", false);\n'
    'user_pref("browser.shell.checkDefaultBrowser", false);\n'
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
)


class Left(Enum):
    """What a browser left behind."""

    NOTHING = "nothing"
    """It was closed, and its profile is gone."""
    SHARED = "shared"
    """The computer's own browser was used: somebody has to log out and wipe the history."""
    FILES = "files"
    """It was closed, but files of its profile could not be deleted yet."""


class Place(NamedTuple):
    """Where on the screen a window shall stand, in its pixels."""

    left: int
    top: int
    width: int
    height: int


class Browser(Protocol):
    """Opens a page for the citizen's own login."""

    def open(self, address: str, place: Place | None = None) -> None:
        """Open a page, at this place where the browser lets itself be placed. ``WorldError`` browser.none."""

    @property
    def is_open(self) -> bool:
        """Whether a page was opened and its window may still be there."""

    def close(self) -> Left:
        """The visit is over; harmless where nothing was opened."""


class NullBrowser:
    """No browser may be opened here."""

    def open(self, address: str, place: Place | None = None) -> None:
        raise WorldError("browser.none")

    @property
    def is_open(self) -> bool:
        return False

    def close(self) -> Left:
        return Left.NOTHING


class SystemBrowser:
    """Whatever opens web pages on this computer, with whatever it remembers."""

    def __init__(self) -> None:
        self._left = Left.NOTHING

    def open(self, address: str, place: Place | None = None) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl(address)):
            raise WorldError("browser.none")
        self._left = Left.SHARED

    @property
    def is_open(self) -> bool:
        """Nobody tells us when it is closed."""
        return self._left is Left.SHARED

    def close(self) -> Left:
        left, self._left = self._left, Left.NOTHING
        return left


@dataclass
class PrivateBrowser:
    """A known browser started with a fresh profile, which is deleted when the visit ends."""

    program: str
    profile: Path
    """A folder of this browser alone; whatever is in it is deleted."""
    extra: Sequence[str] = ()
    """Further options, such as those that a test needs."""
    _running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def open(self, address: str, place: Place | None = None) -> None:
        """Open a page; a second one while the window is there comes beside the first."""
        if all(each.poll() is not None for each in self._running):
            self._fresh_profile()
        command = [self.program, *self._options(), *self._standing(place), *self.extra, address]
        try:
            started = subprocess.Popen(  # noqa: S603 - a browser found by name, an address of ours
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            raise WorldError("browser.none") from error
        self._running.append(started)

    @property
    def is_open(self) -> bool:
        return any(each.poll() is None for each in self._running)

    def close(self) -> Left:
        """Close the window and delete the profile; also one that a power cut left."""
        while self._running:
            _end(self._running.pop())
        shutil.rmtree(self.profile, ignore_errors=True)
        return Left.FILES if self.profile.exists() else Left.NOTHING

    def _fresh_profile(self) -> None:
        shutil.rmtree(self.profile, ignore_errors=True)
        try:
            (self.profile / "Default").mkdir(parents=True)
            downloads = {"default_directory": str(self.profile / "tai-ve")}
            quiet = {**_QUIET, "download": {"prompt_for_download": False, **downloads}}
            (self.profile / "Default" / "Preferences").write_text(json.dumps(quiet), encoding="utf-8")
            (self.profile / "user.js").write_text(_QUIET_FIREFOX, encoding="utf-8")
        except OSError as error:
            raise WorldError("browser.none") from error

    @property
    def _is_firefox(self) -> bool:
        return "firefox" in Path(self.program).name.casefold()

    def _standing(self, place: Place | None) -> list[str]:
        """Options that a Chromium obeys when it begins; a Firefox is moved by hand."""
        if place is None or self._is_firefox:
            return []
        return [
            f"--window-position={place.left},{place.top}",
            f"--window-size={place.width},{place.height}",
        ]

    def _options(self) -> list[str]:
        if self._is_firefox:
            return ["--no-remote", "--profile", str(self.profile), "--private-window"]
        return [
            f"--user-data-dir={self.profile}",
            "--incognito",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-sync",
            "--password-store=basic",
        ]


def find_browser(folder: Path) -> Browser:
    """A browser that can be given a fresh profile in ``folder``, else the computer's own."""
    program = next(_programs(), None)
    return PrivateBrowser(program, folder) if program else SystemBrowser()


def _programs() -> Iterator[str]:
    """Browsers that take a profile of their own, the likeliest first."""
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
            base = os.environ.get(variable)
            found = [Path(base) / place for place in _WINDOWS_PLACES] if base else []
            yield from (str(path) for path in found if path.is_file())
    else:
        yield from (found for name in _NAMES if (found := shutil.which(name)))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a browser with all its helpers: politely, then not."""
    _tell(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    _tell(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait(_PATIENCE)


def _tell(process: "subprocess.Popen[bytes]", what: int) -> None:
    """Signal the whole family; on Windows ``taskkill`` knows it."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed program
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, what)
