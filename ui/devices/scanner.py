"""Where pages come from: a scanner, a phone, a drop folder."""

from pathlib import Path
from typing import Protocol

from kiosk.domain.errors import WorldError


class Scanner(Protocol):
    """Gives the pages that lie on the glass; called in the background."""

    def scan(self) -> list[bytes]:
        """Image or PDF files, one per page; ``WorldError`` scanner.none, scanner.empty."""


class NullScanner:
    """No scanner is connected."""

    def scan(self) -> list[bytes]:
        raise WorldError("scanner.none")


class FolderScanner:
    """Takes what the scanner's own program, or a phone, dropped into a folder since the last time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def scan(self) -> list[bytes]:
        """All files in the order of their time; they leave the folder, so that nobody's paper stays in it."""
        if not self._folder.is_dir():
            raise WorldError("scanner.none")
        files = sorted((f for f in self._folder.iterdir() if f.is_file()), key=lambda f: f.stat().st_mtime_ns)
        if not files:
            raise WorldError("scanner.empty")
        pages = [file.read_bytes() for file in files]
        for file in files:
            file.unlink()
        return pages
