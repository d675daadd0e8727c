"""Files that survive a power cut: written, flushed, renamed, and their folder flushed."""

import os
from pathlib import Path

from kiosk.domain.folders import flush_folder as flush_folder


def write_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` so that after a power cut the old or the new file is there, whole.

    The parent folder must exist. Raises ``OSError`` (disk full, no permission) and then leaves
    no half file under the final name.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def replace(source: Path, target: Path) -> None:
    """Rename over ``target`` and make the rename itself durable. Both must be closed (Windows)."""
    source.replace(target)
    flush_folder(target.parent)


def make_folder(folder: Path) -> Path:
    """Create a private folder (0700 on POSIX) with its parents, durably; existing ones are kept."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flush_folder(folder.parent)
    return folder
