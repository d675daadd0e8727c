"""A hub of one's own on this computer: for the trial point, for tours and tests."""

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from kiosk.domain.errors import WorldError
from ui.hub_access import HubAccess as HubAccess

_PATIENCE = 60


class LocalHub:
    """``hamlet-hub`` as a process of its own, on a free port of 127.0.0.1 that it keeps over restarts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: subprocess.Popen[str] | None = None
        self._access: HubAccess | None = None
        self._one_at_a_time = threading.Lock()
        """The thread that talks with the hub may be starting it while another one stops it."""

    def access(self) -> HubAccess:
        """Make the hub if there is none, start it if it does not run. Raises hub.not_started."""
        with self._one_at_a_time:
            return self._started()

    def stop(self) -> None:
        """End the process; what it received is on the disk."""
        with self._one_at_a_time:
            self._end()

    def _started(self) -> HubAccess:
        if self._access is None or self._process is None or self._process.poll() is not None:
            if not (self.home / "hub.json").exists():
                self._call("init", "--trial")
            url = self._serve()
            authority = (self.home / "authority.pem").read_text("ascii")
            self._access = HubAccess(url, authority, self._code)
        return self._access

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def _serve(self) -> str:
        """The address of the running hub: the port of the last time if it is still free."""
        kept = self.home / "trial-port"
        wishes = [kept.read_text("ascii"), "0"] if kept.exists() else ["0"]
        for port in wishes:
            url = self._try_port(port)
            if url:
                kept.write_text(url.rpartition(":")[2], "ascii")
                return url
        if kept.exists() and _answers(int(wishes[0])):
            return f"https://127.0.0.1:{wishes[0]}"
        raise WorldError("hub.not_started")

    def _try_port(self, port: str) -> str:
        """Start the hub there; an empty text if it cannot (the port is taken, or it runs already)."""
        command = self._command("serve", "--port", port)
        with self._log() as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdout=subprocess.PIPE, stderr=log, encoding="utf-8"
            )
        assert self._process.stdout is not None  # noqa: S101 - asked for just above
        for line in self._process.stdout:
            if line.startswith("READY "):
                return line.split()[1]
        self._end()
        return ""

    def _code(self) -> str:
        """The first code lies in a file; once it is used a new one is drawn."""
        first = self.home / "enrol-code.txt"
        if first.exists():
            code = first.read_text("ascii").strip()
            first.unlink()
            return code
        return self._call("enrol").split()[-1]

    def _call(self, *words: str) -> str:
        try:
            with self._log() as log:
                done = subprocess.run(  # noqa: S603 - our own program
                    self._command(*words),
                    stdout=subprocess.PIPE,
                    stderr=log,
                    encoding="utf-8",
                    timeout=_PATIENCE,
                    check=True,
                )
        except (OSError, subprocess.SubprocessError) as error:
            raise WorldError("hub.not_started") from error
        return done.stdout

    def _log(self) -> BinaryIO:
        """Where the hub says what it does and what went wrong: ``<home>.log``."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        return self.home.with_suffix(".log").open("ab")

    def _command(self, verb: str, *words: str) -> list[str]:
        return [*hub_program(), verb, "--home", str(self.home), *words]


def hub_program() -> list[str]:
    """How to start ``hamlet-hub`` from here; a frozen program has it inside, as ``hamlet-kiosk hub``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "hub"]
    return [sys.executable, "-X", "utf8", "-m", "sync.hub"]


def _answers(port: int) -> bool:
    """Whether somebody listens: a hub that outlived a program that was killed. Its authority is pinned."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False
