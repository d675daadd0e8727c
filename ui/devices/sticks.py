"""Where the system shows memory sticks and cards."""

import string
import sys
from collections.abc import Iterator
from pathlib import Path

_LINUX = ("media/*/*", "run/media/*/*", "media/*", "mnt/*")


def sticks(root: Path = Path("/")) -> Iterator[Path]:
    """The folders of everything that is plugged in; none is opened here."""
    if sys.platform == "win32":
        yield from (drive for letter in string.ascii_uppercase[3:] if (drive := Path(f"{letter}:/")).exists())
        return
    for pattern in _LINUX:
        yield from sorted(path for path in root.glob(pattern) if path.is_dir())
