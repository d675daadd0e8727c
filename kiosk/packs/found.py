"""Packs that somebody brought: on a stick, or in the folder where packs are put."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.packs.manifest import NAME, read
from kiosk.packs.source import open_source, read_manifest

_MOST = 200
"""Entries of a folder that are looked at: a stick may hold anything."""


def newest_in(folders: Iterable[Path]) -> Path:
    """The pack with the highest version directly in one of the folders; nothing of it is believed yet.

    Raises ``WorldError`` pack.none, or why the only ones there cannot be read.
    """
    found: list[tuple[int, Path]] = []
    refused: list[WorldError] = []
    for path in (each for folder in folders for each in _packs(folder)):
        try:
            with open_source(path) as source:
                found.append((read(read_manifest(source)).manifest.version, path))
        except WorldError as error:
            refused.append(error)
    if not found:
        raise refused[0] if refused else WorldError("pack.none")
    return max(found, key=lambda each: each[0])[1]


def _packs(folder: Path) -> Iterator[Path]:
    """What looks like a pack: a folder or a .zip with a manifest; the folder itself may be one."""
    if (folder / NAME).is_file():
        yield folder
        return
    try:
        inside = sorted(folder.iterdir())[:_MOST]
    except OSError:
        return
    for path in inside:
        if (path / NAME).is_file() or (path.suffix.lower() == ".zip" and _has_manifest(path)):
            yield path


def _has_manifest(path: Path) -> bool:
    """Whether an archive says that it is a pack; one that is cut off is shown by its name only."""
    try:
        with zipfile.ZipFile(path) as archive:
            return NAME in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return path.name.startswith("goi")
