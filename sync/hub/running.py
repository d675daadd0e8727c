"""A trial hub as a program of its own beside the caller: for ``make run``, tours and tests."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.errors import WorldError
from sync.hub.setup import ENROL_CODE_FILE, OFFICER_FILE, TRIAL_OFFICER

LOG_FILE = "hub.log"
_PROGRAM = (sys.executable, "-X", "utf8", "-m", "sync.hub")
_GRACE = 15.0
"""Seconds that a hub gets to end by itself."""


@dataclass(frozen=True)
class TrialHub:
    """A running trial hub and everything that is needed to try it."""

    url: str
    home: Path
    process: "subprocess.Popen[str]"

    @property
    def authority_file(self) -> Path:
        return self.home / "authority.pem"

    @property
    def authority(self) -> str:
        """The certificate authority to pin, PEM."""
        return self.authority_file.read_text("ascii")

    @property
    def code(self) -> str:
        """The one-time enrolment code that ``init`` made; it works once."""
        return (self.home / ENROL_CODE_FILE).read_text("ascii").strip()

    @property
    def officer(self) -> str:
        return TRIAL_OFFICER

    @property
    def officer_password_file(self) -> Path:
        return self.home / OFFICER_FILE

    @property
    def officer_password(self) -> str:
        return self.officer_password_file.read_text("ascii").strip()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def new_code(self, hamlet: str) -> str:
        """Another one-time code."""
        return _run("enrol", "--home", str(self.home), "--hamlet", hamlet).strip()

    def stop(self) -> None:
        """End it as the system would (SIGTERM), and wait until it is gone."""
        self.process.terminate()
        self._wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self._wait()

    def _wait(self) -> None:
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_trial_hub(home: Path, port: int = 0) -> TrialHub:
    """Make a trial hub in ``home`` if there is none, start it, return once it answers.

    Raises WorldError ``hub.did_not_start``; its own words are in ``home/hub.log``.
    """
    if not (home / "hub.json").exists():
        _run("init", "--trial", "--home", str(home))
    with (home / LOG_FILE).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [*_PROGRAM, "serve", "--home", str(home), "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    url = _await_ready(process)
    if url is None:
        TrialHub("", home, process).kill()
        raise WorldError("hub.did_not_start")
    return TrialHub(url, home, process)


def _await_ready(process: "subprocess.Popen[str]") -> str | None:
    """The address behind READY; ``None`` when the program ends without saying it."""
    if process.stdout is None:
        return None
    for line in process.stdout:
        word, _, url = line.strip().partition(" ")
        if word == "READY":
            return url
    return None


def _run(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 (our own program)
        [*_PROGRAM, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise WorldError("hub.did_not_start")
    return done.stdout
