"""Writing packs so that a power cut leaves the old or the new one, whole."""

import os
from pathlib import Path

from kiosk.domain.folders import flush_folder


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, with its folders, and flush it; folders are flushed later."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_durably(path: Path, content: bytes) -> None:
    """Replace a small file: after a power cut the old or the new one is there, whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    write_new(part, content)
    switch(part, path)


def switch(source: Path, target: Path) -> None:
    """Rename, durably. A folder must not exist under the new name."""
    source.replace(target)
    flush_folder(target.parent)


def flush_folders(top: Path) -> None:
    """Make everything created below ``top`` durable, the deepest folder first."""
    for folder, _, _ in os.walk(top, topdown=False):
        flush_folder(Path(folder))
