"""Where copies of a hub lie, on a volume of their own.

papers/<point>/<sha256>.age    sealed papers, shared by all copies and never written twice
copies/<name>/hub.db           the database of one moment (always SQLite)
copies/<name>/home/…           settings, keys of receipts and TLS; never the key of the commune
copies/<name>/manifest.json    written last: SHA-256 of each of these files, and what the copy holds
copies/<name>/verified.json    written by ``verify``
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.domain.errors import WorldError
from sync.hub.home import Home, HubSettings, fsync_folder, write_durably

_CHUNK = 1024 * 1024
MANIFEST = "manifest.json"
VERIFIED = "verified.json"
DATABASE = "hub.db"
HOME = "home"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a copy says of itself."""

    format: int = 1
    made_at: str
    commune: str
    epoch: str
    receipt_number: int
    """Every receipt of the epoch up to this number is in the copy."""
    files: dict[str, str]
    """SHA-256 by name inside the copy's folder."""
    papers: list[tuple[str, str, int]]
    """Point, SHA-256 and size of every complete paper."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What ``verify`` found in a copy."""

    at: str
    epoch: str
    safe: int
    """Receipts up to this number were whole."""


@dataclass(frozen=True)
class Copy:
    """One finished copy and the folder of all copies around it."""

    volume: Path
    name: str
    healed: int = field(default=0, compare=False)
    """Papers of the hub that were taken back from the volume while this copy was made."""

    @property
    def folder(self) -> Path:
        return self.volume / "copies" / self.name

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def paper(self, point: str, sha256: str) -> Path:
        return paper_in(self.volume, point, sha256)

    def manifest(self) -> Manifest:
        """Raises WorldError ``copy.damaged``."""
        try:
            return msgspec.json.decode((self.folder / MANIFEST).read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise WorldError("copy.damaged", name=self.name) from error

    def verified(self) -> Verified | None:
        """What ``verify`` found last; ``None`` before it has, or where its word is unreadable."""
        try:
            return msgspec.json.decode((self.folder / VERIFIED).read_bytes(), type=Verified)
        except (OSError, msgspec.DecodeError):
            return None


def paper_in(volume: Path, point: str, sha256: str) -> Path:
    return volume / "papers" / point / f"{sha256}.age"


def copies_in(volume: Path) -> list[Copy]:
    """Finished copies, oldest first."""
    found = sorted(path.parent.name for path in (volume / "copies").glob(f"[0-9]*-*/{MANIFEST}"))
    return [Copy(volume, name) for name in found]


def find_copy(volume: Path, name: str = "") -> Copy:
    """The copy of that name, or the newest. Raises WorldError ``copy.none``."""
    for copy in reversed(copies_in(volume)):
        if name in ("", copy.name):
            return copy
    raise WorldError("copy.none")


def check_volume(home: Home, settings: HubSettings, volume: Path) -> None:
    """A copy on the disk that breaks is none; two hubs in one folder would throw out each other's copies.

    Raises WorldError ``copy.same_volume``, ``copy.no_volume``, ``copy.other_hub``. A trial hub may keep its
    copies beside itself.
    """
    if not volume.is_dir():
        raise WorldError("copy.no_volume")
    if not settings.trial and volume.stat().st_dev == home.folder.stat().st_dev:
        raise WorldError("copy.same_volume")
    for copy in copies_in(volume)[-1:]:
        theirs = copy.folder / HOME / home.authority.name
        if (
            theirs.is_file()
            and home.authority.is_file()
            and theirs.read_bytes() != home.authority.read_bytes()
        ):
            raise WorldError("copy.other_hub")


def digest_file(path: Path) -> str:
    """SHA-256 (hex) of a file as the disk has it, not as memory remembers it where the system allows."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_CHUNK):
            found.update(block)
    return found.hexdigest()


def is_paper(path: Path, sha256: str) -> bool:
    """Whether a paper lies there whole; what the disk refuses to read is not."""
    try:
        return path.is_file() and digest_file(path) == sha256
    except OSError:
        return False


def copy_durably(source: Path, target: Path, *, secret: bool = False) -> None:
    """Whole or not at all, and on the disk when it returns."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = target.with_name(target.name + ".new")
    mode = 0o600 if secret else 0o644
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    with source.open("rb") as old, os.fdopen(descriptor, "wb") as new:
        shutil.copyfileobj(old, new, _CHUNK)
        new.flush()
        os.fsync(new.fileno())
    temporary.replace(target)
    fsync_folder(target.parent)


def flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def note_verified(copy: Copy, found: Verified) -> None:
    write_durably(copy.folder / VERIFIED, msgspec.json.encode(found))


def rotate(volume: Path, keep: int) -> int:
    """Remove all but the newest ``keep`` copies and the newest verified one, then the papers that no copy
    names any more (what was erased at the hub leaves the volume with the last copy that had it).
    Returns how many copies went."""
    copies = copies_in(volume)
    verified = [copy for copy in copies if copy.verified()][-1:]
    old = [copy for copy in copies[: -max(keep, 1)] if copy not in verified]
    for copy in old:
        (copy.folder / MANIFEST).unlink()
        shutil.rmtree(copy.folder)
    named = {copy.paper(point, sha) for copy in copies_in(volume) for point, sha, _ in copy.manifest().papers}
    for paper in _papers(volume):
        if paper not in named:
            paper.unlink()
    return len(old)


def _papers(volume: Path) -> Iterator[Path]:
    yield from (volume / "papers").glob("*/*")
