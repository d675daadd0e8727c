"""Writing to a stick that may be full, false, worn out, or pulled out half-way."""

import errno
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.domain.folders import flush_folder
from sync.stick import MANIFEST

_PART = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SPARE_BYTES = 1024 * 1024
"""What folders and the edges of clusters take beside the files."""


class StickDisk:
    """A folder on a stick. Every ``OSError`` comes back as WorldError ``stick.…``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self, wanted_bytes: int) -> None:
        """Make the folder and look for room. Raises WorldError ``stick.full`` (``mb`` that are missing),
        ``stick.write``."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for half in self._folder.glob(f"*{_PART}"):
                half.unlink()
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise WorldError("stick.write") from error
        lacking = wanted_bytes + _SPARE_BYTES - free
        if lacking > 0:
            raise WorldError("stick.full", mb=lacking // 2**20 + 1)

    def write(self, name: str, data: bytes) -> None:
        """Put a file there whole or not at all: under another name, flushed, then renamed.

        Raises WorldError ``stick.full``, ``stick.write``.
        """
        part = self._folder / f"{name}{_PART}"
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / name)
            flush_folder(self._folder)
        except OSError as error:
            raise _trouble(error) from error

    def read_back(self, name: str) -> bytes:
        """What the stick itself gives for a name. Raises WorldError ``stick.write``: pulled out, or worn.

        Linux is told to forget what it remembers of the file; elsewhere the answer may come from its memory.
        """
        try:
            with (self._folder / name).open("rb") as file:
                if sys.platform == "linux":
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                return file.read()
        except OSError as error:
            raise WorldError("stick.write") from error

    def names(self) -> list[str]:
        """What lies in the folder."""
        try:
            return sorted(path.name for path in self._folder.iterdir())
        except OSError:
            return []

    def remove_all(self, names: Iterable[str]) -> None:
        """Take files away, manifests first, so that none is left that names what has gone; a file that will
        not go is simply left."""
        for name in sorted(names, key=lambda name: (not name.endswith(MANIFEST), name)):
            try:
                (self._folder / name).unlink(missing_ok=True)
            except OSError:
                return


def _trouble(error: OSError) -> WorldError:
    if error.errno in _FULL:
        return WorldError("stick.full", mb=1)
    return WorldError("stick.write")
