"""Names that files of a pack may have: plain, relative, and the same file on every system."""

import re
from collections.abc import Iterable

TOPS = ("assets", "compiled")
"""The two folders of a pack: data reviewed by people, and what was compiled from it."""
_PART = re.compile(r"[A-Za-z0-9_\-][A-Za-z0-9_.\-]*")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|clock\$)(\..*)?")
_LONGEST = 200
_DEEPEST = 8


def is_fit(path: str) -> bool:
    """Whether a path of a manifest stays inside the pack: nothing absolute, no drive, no ``..``, no name
    that Windows keeps for itself or writes differently."""
    parts = path.split("/")
    return (
        len(path) <= _LONGEST and 2 <= len(parts) <= _DEEPEST and parts[0] in TOPS and all(map(_fits, parts))
    )


def clashing(paths: Iterable[str]) -> str:
    """The first path that another one is or stands in, capital letters aside; empty if none does."""
    taken: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        low = path.lower()
        above = {low[:at] for at, letter in enumerate(low) if letter == "/"}
        if low in taken or low in folders or above & taken:
            return path
        taken.add(low)
        folders |= above
    return ""


def shown(path: object) -> str:
    """A path that may be hostile, fit for a sentence."""
    return ascii(path)[1:-1][:60]


def _fits(part: str) -> bool:
    return bool(_PART.fullmatch(part)) and not part.endswith(".") and not _RESERVED.fullmatch(part)
