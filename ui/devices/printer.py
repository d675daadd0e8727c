"""Where paper comes out."""

from pathlib import Path
from typing import Protocol

from kiosk.domain.errors import WorldError


class Printer(Protocol):
    """Prints finished PDF documents; called in the background."""

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        """``title`` is ASCII and says what, never who. ``WorldError`` printer.none, printer.failed."""

    def forget(self, title: str) -> None:
        """Keep no file of what was printed under this title."""


class NullPrinter:
    """No printer is connected."""

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        raise WorldError("printer.none")

    def forget(self, title: str) -> None:
        """There is none."""


class FolderPrinter:
    """Keeps what would be printed as files of a folder: for trying and for tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for _ in range(copies):
            self._count += 1
            (self._folder / f"{self._count:02}-{title}.pdf").write_bytes(data)

    def forget(self, title: str) -> None:
        for file in self._folder.glob(f"*-{title}.pdf"):
            file.unlink(missing_ok=True)
