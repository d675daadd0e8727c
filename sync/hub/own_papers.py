"""The papers on the hub's own disk, held against their rows; what rotted comes back from the volume."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sync.hub import copies
from sync.hub.home import Home
from sync.hub.uploads import paper_file


@dataclass(frozen=True)
class Looked:
    """What was wrong on the hub's disk: counts only."""

    healed: int = 0
    """Papers taken back from the volume."""
    lost: int = 0
    """Papers that are whole neither here nor there."""


def look_after(
    home: Home, volume: Path, papers: Iterable[tuple[str, str, int]], *, thoroughly: bool
) -> Looked:
    """Every paper (point, sealed digest, size) that has a row: its size, or ``thoroughly`` its bytes.

    The lock of copies must be held: a paper that is erased meanwhile would come back.
    """
    healed = lost = 0
    for point, sha256, size in papers:
        own = paper_file(home, point, sha256)
        if _has_size(own, size) and (not thoroughly or copies.is_paper(own, sha256)):
            continue
        there = copies.paper_in(volume, point, sha256)
        if copies.is_paper(there, sha256):
            copies.copy_durably(there, own)
            healed += 1
        else:
            lost += 1
    return Looked(healed, lost)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
