"""Restore a copy into a scratch place and look at every row and paper that a receipt was given for."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import copies
from sync.hub.backup import restore_database
from sync.hub.copies import Copy, Manifest
from sync.hub.own_papers import Looked
from sync.hub.store.database import Database
from sync.hub.store.migrate import migrate
from sync.hub.store.tables import dossier, event, event_paper, paper

_ROWS = 20


@dataclass(frozen=True)
class Damage:
    """An event that has a receipt and is not whole."""

    event: str
    dossier: str
    hamlet: str
    papers: tuple[str, ...]
    """Sealed digests of its papers that are missing or rotten."""
    content: bool
    """Whether the envelope itself is not what the receipt was given for."""


@dataclass(frozen=True)
class Report:
    """What a copy really holds."""

    epoch: str
    events: int
    papers: int
    damage: tuple[Damage, ...]
    """Events that have a receipt and are not whole in the copy."""
    broken_papers: tuple[Path, ...]
    """Papers on the volume whose bytes are not those of their name."""
    safe: int
    """Every receipt of ``epoch`` up to this number stands for an event that is whole."""
    own: Looked = field(default_factory=Looked)
    """What ``verify`` found on the hub's own disk."""

    @property
    def broken_events(self) -> tuple[str, ...]:
        return tuple(one.event for one in self.damage)

    @property
    def is_whole(self) -> bool:
        return not (self.broken_events or self.broken_papers)

    def demand_whole(self, copy: Copy) -> None:
        """For who can make another copy. Raises WorldError ``copy.not_whole``."""
        if not self.is_whole:
            counted = {"events": len(self.broken_events), "papers": len(self.broken_papers)}
            raise WorldError("copy.not_whole", name=copy.name, **counted)

    def demand_restorable(self, copy: Copy) -> None:
        """For who may have nothing else left: the word names the way out. Raises ``restore.incomplete``."""
        if not self.is_whole:
            counted = {"events": len(self.broken_events), "papers": len(self.broken_papers)}
            raise WorldError("restore.incomplete", name=copy.name, **counted)


@dataclass(frozen=True)
class _Seen:
    damage: Damage
    epoch: str | None
    number: int | None
    whole: bool


def examine(copy: Copy, scratch: Path, beside: Path | None = None) -> Report:
    """Read everything back. ``scratch`` needs room for the database (sealed as everywhere); a paper that
    lies whole ``beside`` (the folder of papers of a hub that is still there) counts, too.

    Raises WorldError ``copy.damaged`` where the database itself or a key cannot be trusted.
    """
    manifest = copy.manifest()
    _check_files(copy, manifest)
    whole, broken = _papers(copy, manifest, beside)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="verify-") as folder:
        database = restore_database(copy, Path(folder) / "hub.db")
        with closing(database):
            _check_database(copy, database)
            with database.read() as connection:
                seen = list(_events(connection, whole))
    bad = tuple(one.damage for one in seen if one.number is not None and not one.whole)
    safe = _safe(seen, manifest)
    return Report(manifest.epoch, len(seen), len(manifest.papers), bad, tuple(broken), safe)


def _check_files(copy: Copy, manifest: Manifest) -> None:
    for name, digest in manifest.files.items():
        path = copy.folder / name
        if not path.is_file() or copies.digest_file(path) != digest:
            raise WorldError("copy.damaged", name=copy.name)


def _check_database(copy: Copy, database: Database) -> None:
    migrate(database)
    with database.read() as connection:
        answer = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    if answer != "ok":
        raise WorldError("copy.damaged", name=copy.name)


def _papers(copy: Copy, manifest: Manifest, beside: Path | None) -> tuple[set[tuple[str, str]], list[Path]]:
    """Which papers are whole, by point and digest, and the files that are not what their name says."""
    whole: set[tuple[str, str]] = set()
    broken: list[Path] = []
    for point, sha256, _ in manifest.papers:
        path = copy.paper(point, sha256)
        if copies.is_paper(path, sha256) or (
            beside is not None and copies.is_paper(beside / point / path.name, sha256)
        ):
            whole.add((point, sha256))
        else:
            broken.append(path)
    return whole, broken


def _events(connection: Connection, whole: set[tuple[str, str]]) -> Iterator[_Seen]:
    """Each event: its body has the digest of its receipt, and each of its papers is whole."""
    lacking = _lacking(connection, whole)
    columns = (event.c.id, event.c.digest, event.c.body, event.c.receipt_epoch, event.c.receipt_number)
    theirs = (event.c.dossier, dossier.c.state, dossier.c.hamlet)
    query = select(*columns, *theirs).join(dossier, dossier.c.id == event.c.dossier)
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        erased = row.state == State.ERASED.value and not row.body
        content = not erased and digest_of(bytes(row.body)) != row.digest
        lost = () if erased else tuple(lacking.get(row.id, ()))
        damage = Damage(row.id, row.dossier, row.hamlet, lost, content)
        yield _Seen(damage, row.receipt_epoch, row.receipt_number, not (content or lost))


def _lacking(connection: Connection, whole: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Papers that are not there whole, as a row and as a file, by the event that names them."""
    rows = {
        (row.point, row.sha256) for row in connection.execute(select(paper.c.point, paper.c.sha256))
    } & whole
    named = connection.execute(
        select(event_paper.c.event, event.c.point, event_paper.c.sha256).join(
            event, event.c.id == event_paper.c.event
        )
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in named:
        if (row.point, row.sha256) not in rows:
            found[row.event].append(row.sha256)
    return found


def _safe(seen: list[_Seen], manifest: Manifest) -> int:
    """Up to where the receipts of the epoch have no gap and nothing broken."""
    whole = {one.number: one.whole for one in seen if one.epoch == manifest.epoch}
    number = 0
    while number < manifest.receipt_number and whole.get(number + 1, False):
        number += 1
    return number
