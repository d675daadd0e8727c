"""Damaged files are kept, never deleted: somebody may still read them."""

import shutil
from pathlib import Path

from kiosk.domain.clock import Clock
from kiosk.storage import durable

_TAILS = ("", "-wal", "-shm", ".check")


def copy(path: Path, clock: Clock) -> Path:
    """Keep a copy of a damaged database with its log; returns the copy's folder.

    A copy of the very same file is made once. On a full disk no copy is made: the file itself stays.
    """
    for kept in sorted((path.parent / "quarantine").glob("*")):
        if _same(kept / path.name, path):
            return kept
    folder = _new_folder(path, clock)
    try:
        for file in _files(path):
            durable.write_file(folder / file.name, file.read_bytes())
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
    return folder


def set_aside(path: Path, clock: Clock) -> Path:
    """Move a damaged database out of the way, so that an empty one can be made in its place."""
    folder = _new_folder(path, clock)
    for file in _files(path):
        durable.replace(file, folder / file.name)
    durable.flush_folder(path.parent)
    return folder


def _files(path: Path) -> list[Path]:
    return [file for tail in _TAILS if (file := path.with_name(path.name + tail)).exists()]


def _same(one: Path, other: Path) -> bool:
    if not one.exists() or one.stat().st_size != other.stat().st_size:
        return False
    return one.read_bytes() == other.read_bytes()


def _new_folder(path: Path, clock: Clock) -> Path:
    day = clock.now().strftime("%Y%m%d")
    number = 1
    while (folder := path.parent / "quarantine" / f"{path.stem}-{day}-{number}").exists():
        number += 1
    return durable.make_folder(folder)
