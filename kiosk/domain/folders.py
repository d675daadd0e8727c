"""What folders need so that a power cut forgets nothing."""

import os
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Make creations and renames in ``folder`` durable; a directory can only be flushed on POSIX."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
