"""Memory sticks, cards and disks that somebody plugged in, as the system itself reports them."""

import re
import string
import sys
from pathlib import Path

_REMOVABLE, _FIXED = 2, 3
"""Windows: ``GetDriveTypeW``."""


def sticks(root: Path = Path("/"), *, disks_too: bool = False) -> list[Path]:
    """Where everything that can be unplugged is mounted; nothing of it is opened here.

    ``disks_too`` adds, on Windows, the fixed drives beside the system's own: a disk in a USB box counts as
    fixed there. ``root`` is the root of the system's own reports.
    """
    if sys.platform == "win32":
        return _drives((_REMOVABLE, _FIXED) if disks_too else (_REMOVABLE,))
    mounts = _mounts(root)
    return sorted(point for source, point in mounts if _can_be_unplugged(root, source))


def _mounts(root: Path) -> list[tuple[str, Path]]:
    """Device name and mount point of everything that lies on a device of its own; not the system itself."""
    try:
        report = (root / "proc/self/mountinfo").read_text("utf-8", "replace")
    except OSError:
        return []
    found = []
    for line in report.splitlines():
        before, _, after = line.partition(" - ")
        fields, source = before.split(), after.split()
        if len(fields) < 5 or len(source) < 2 or not source[1].startswith("/dev/"):
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
        if point != "/" and not point.startswith("/boot"):
            found.append((source[1].removeprefix("/dev/"), Path(point)))
    return found


def _can_be_unplugged(root: Path, device: str) -> bool:
    """Whether the device, or the disk that it is a part of, hangs on USB or calls itself removable."""
    blocks = (root / "sys").resolve()
    path = (blocks / "class/block" / device).resolve()
    if not path.is_dir() or not path.is_relative_to(blocks):
        return False
    if any(re.fullmatch(r"usb\d+", part) for part in path.relative_to(blocks).parts):
        return True
    return any(_says_removable(disk) for disk in (path, path.parent))


def _says_removable(disk: Path) -> bool:
    try:
        return (disk / "removable").read_text("ascii").strip() == "1"
    except OSError:
        return False


def _drives(kinds: tuple[int, ...]) -> list[Path]:
    if sys.platform != "win32":
        return []
    import ctypes
    import os

    kernel = ctypes.windll.kernel32
    there = kernel.GetLogicalDrives()
    system = os.environ.get("SYSTEMDRIVE", "C:").upper()
    names = [f"{letter}:" for number, letter in enumerate(string.ascii_uppercase) if there >> number & 1]
    return [
        Path(f"{name}/") for name in names if name != system and kernel.GetDriveTypeW(f"{name}\\") in kinds
    ]
