"""Reading aloud."""

import contextlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import subprocess


class Voice(Protocol):
    """Reads Vietnamese text aloud without holding anything up."""

    def toggle(self, text: str) -> bool:
        """Begin to read, or stop if it reads already; whether it reads now."""

    def stop(self) -> None: ...


class NullVoice:
    """No voice on this computer."""

    def toggle(self, text: str) -> bool:
        return False

    def stop(self) -> None:
        """There is nothing to stop."""


class EspeakVoice:
    """espeak-ng as a program of its own; the text goes in by its standard input, never by its arguments."""

    def __init__(self, program: str, voice: str = "vi") -> None:
        self._command = [program, "-v", voice, "-s", "145", "--stdin"]
        self._process: subprocess.Popen[bytes] | None = None

    def toggle(self, text: str) -> bool:
        if self._process is not None and self._process.poll() is None:
            self.stop()
            return False
        import subprocess

        self._process = subprocess.Popen(  # noqa: S603 - a fixed program found at start
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if self._process.stdin is not None:
            with contextlib.suppress(OSError), self._process.stdin as pipe:
                pipe.write(text.encode())
        return True

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(2)


def find_voice() -> Voice:
    """The voice this computer has."""
    import shutil

    program = shutil.which("espeak-ng")
    return EspeakVoice(program) if program else NullVoice()
