"""Where a pack is read from: a plain folder, or one .zip; nothing is believed, every read has a limit."""

import errno
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from kiosk.domain.errors import WorldError
from kiosk.packs.manifest import LARGEST_MANIFEST, LARGEST_PACK, MOST_FILES, NAME
from kiosk.packs.paths import shown

_LARGEST_ZIP = LARGEST_PACK + 4 * 2**20
_ENCRYPTED = 0x1
_BAD_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    IndexError,
)  # fmt: skip
"""What the standard library raises for a broken or hostile zip."""


class Source(Protocol):
    """Files by their paths, ``/`` between folders."""

    def names(self) -> frozenset[str]:
        """Every file there, ``manifest.json`` included."""

    def read(self, name: str, limit: int) -> bytes:
        """A file, or its first ``limit + 1`` bytes; ``KeyError`` if it is not there."""


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """A pack for reading.

    Raises ``WorldError`` pack.none (nothing there), pack.zip (broken), pack.extra (a link, a device, a name
    twice), pack.too_big; and, for whatever the disk refuses until the block ends, pack.unreadable, disk.full.
    """
    try:
        if path.is_dir():
            yield _Folder(path)
        elif path.is_file():
            with path.open("rb") as file:
                yield _open_zip(file, path.stat().st_size)
        else:
            raise WorldError("pack.none")
    except OSError as error:
        raise WorldError("disk.full" if error.errno == errno.ENOSPC else "pack.unreadable") from error


def read_manifest(source: Source) -> bytes:
    """The bytes of the manifest; ``WorldError`` pack.no_manifest, pack.manifest (too long to be one)."""
    if NAME not in source.names():
        raise WorldError("pack.no_manifest")
    data = source.read(NAME, LARGEST_MANIFEST)
    if len(data) > LARGEST_MANIFEST:
        raise WorldError("pack.manifest")
    return data


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = frozenset(_files_below(folder))

    def names(self) -> frozenset[str]:
        return self._names

    def read(self, name: str, limit: int) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        with (self._folder / name).open("rb") as file:
            return file.read(limit + 1)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = _entries(archive)

    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def read(self, name: str, limit: int) -> bytes:
        entry = self._entries[name]
        try:
            with self._archive.open(entry) as file:
                return file.read(limit + 1)
        except _BAD_ZIP as error:
            raise WorldError("pack.zip") from error


def _files_below(folder: Path) -> Iterator[str]:
    pending, seen = [(folder, "")], 0
    while pending:
        here, above = pending.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                name, seen = f"{above}{entry.name}", seen + 1
                if seen > 2 * MOST_FILES:
                    raise WorldError("pack.too_big", file=shown(name))
                if entry.is_dir(follow_symlinks=False):
                    pending.append((Path(entry.path), f"{name}/"))
                elif entry.is_file(follow_symlinks=False):
                    yield name
                else:
                    raise WorldError("pack.extra", file=shown(name))


def _open_zip(file: IO[bytes], size: int) -> Source:
    if size > _LARGEST_ZIP:
        raise WorldError("pack.too_big", file=NAME)
    try:
        return _Zip(zipfile.ZipFile(file))
    except _BAD_ZIP as error:
        raise WorldError("pack.zip") from error


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.is_dir():
            continue
        if entry.filename in found or kind not in (0, stat.S_IFREG) or entry.flag_bits & _ENCRYPTED:
            raise WorldError("pack.extra", file=shown(entry.filename))
        found[entry.filename] = entry
        if len(found) > MOST_FILES + 1:
            raise WorldError("pack.too_big", file=NAME)
    return found
