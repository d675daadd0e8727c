"""Events that arrived, their papers, and the receipts given for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, exists, or_, select, update

from sync.hub.store import bulk
from sync.hub.store.asking import ask, many
from sync.hub.store.tables import event, event_paper, paper


@dataclass(frozen=True)
class KnownEvent:
    """An event that the hub keeps. Without a receipt number it still waits for papers."""

    id: str
    point: str
    kind: str
    dossier: str
    revision: int
    digest: str
    receipt_epoch: str | None
    receipt_number: int | None
    received_at: str | None
    signature: str | None


KNOWN_EVENT = (
    event.c.id,
    event.c.point,
    event.c.kind,
    event.c.dossier,
    event.c.revision,
    event.c.digest,
    event.c.receipt_epoch,
    event.c.receipt_number,
    event.c.received_at,
    event.c.signature,
)
"""In the order of ``KnownEvent``."""
_CONCERNING = select(*KNOWN_EVENT).where(
    or_(event.c.id.in_(many("ids")), event.c.dossier.in_(many("dossiers")))
)


def add(connection: Connection, owner: str, arrived: Sequence[tuple[KnownEvent, bytes]], at: str) -> None:
    """Keep events that have just arrived, with their sealed bodies."""
    rows = [
        {
            "id": known.id,
            "commune": owner,
            "point": known.point,
            "kind": known.kind,
            "dossier": known.dossier,
            "revision": known.revision,
            "digest": known.digest,
            "body": body,
            "arrived_at": at,
            "receipt_epoch": known.receipt_epoch,
            "receipt_number": known.receipt_number,
            "received_at": known.received_at,
            "signature": known.signature,
        }
        for known, body in arrived
    ]
    bulk.put(connection, event, rows)


def add_papers(connection: Connection, owner: str, named: Mapping[str, Iterable[str]]) -> None:
    """Which papers (sealed digests) belong to which new event."""
    rows = [
        {"event": one, "sha256": sha, "commune": owner}
        for one, papers in named.items()
        for sha in set(papers)
    ]
    bulk.put(connection, event_paper, rows)


def concerning(connection: Connection, ids: Iterable[str], dossiers: Iterable[str]) -> dict[str, KnownEvent]:
    """Those of the events that are here, and all events of the dossiers, by id."""
    found = ask(connection, _CONCERNING, {"ids": list(ids), "dossiers": list(dossiers)})
    return {row.id: KnownEvent(*row) for row in found}


def of_revision(connection: Connection, dossier: str, revision: int) -> KnownEvent | None:
    """The event that brought a revision of a dossier."""
    wanted = (event.c.dossier == dossier, event.c.revision == revision, event.c.kind == "dossier")
    return _one(connection.execute(select(*KNOWN_EVENT).where(*wanted)).mappings().first())


def body(connection: Connection, event_id: str) -> bytes:
    """The sealed envelope."""
    return bytes(connection.execute(select(event.c.body).where(event.c.id == event_id)).scalar_one())


def bodies_of_revisions(connection: Connection, wanted: Mapping[str, int]) -> dict[str, bytes]:
    """The sealed dossiers of these revisions, by dossier, in one question; those without one are left out."""
    columns = select(event.c.dossier, event.c.revision, event.c.body)
    found = connection.execute(columns.where(event.c.dossier.in_(wanted), event.c.kind == "dossier"))
    return {row.dossier: bytes(row.body) for row in found if row.revision == wanted[row.dossier]}


def of_dossier(connection: Connection, dossier: str) -> list[KnownEvent]:
    """All events of a dossier, in the order of their revisions and arrival."""
    found = connection.execute(
        select(*KNOWN_EVENT).where(event.c.dossier == dossier).order_by(event.c.revision, event.c.arrived_at)
    )
    return [KnownEvent(**row) for row in found.mappings()]


def missing_papers(connection: Connection, known: KnownEvent) -> list[str]:
    """Sealed digests that the hub still waits for."""
    arrived = exists().where(paper.c.point == known.point, paper.c.sha256 == event_paper.c.sha256)
    found = connection.execute(
        select(event_paper.c.sha256)
        .where(event_paper.c.event == known.id, ~arrived)
        .order_by(event_paper.c.sha256)
    )
    return list(found.scalars())


def waiting_for(connection: Connection, point: str, sha256: str) -> list[KnownEvent]:
    """Events of a point without a receipt that name this paper."""
    found = connection.execute(
        select(*KNOWN_EVENT)
        .join(event_paper, event_paper.c.event == event.c.id)
        .where(event_paper.c.sha256 == sha256, event.c.point == point, event.c.receipt_number.is_(None))
        .order_by(event.c.id)
    )
    return [KnownEvent(**row) for row in found.mappings()]


def set_receipt(connection: Connection, known: KnownEvent) -> None:
    connection.execute(
        update(event)
        .where(event.c.id == known.id)
        .values(
            receipt_epoch=known.receipt_epoch,
            receipt_number=known.receipt_number,
            received_at=known.received_at,
            signature=known.signature,
        )
    )


def _one(row: RowMapping | None) -> KnownEvent | None:
    return KnownEvent(**row) if row else None


def held(connection: Connection, point: str, ids: Sequence[str]) -> dict[str, str]:
    """Digests by id, of those of a point's events that have a receipt."""
    wanted = (event.c.point == point, event.c.id.in_(ids), event.c.receipt_number.is_not(None))
    found = connection.execute(select(event.c.id, event.c.digest).where(*wanted))
    return {row.id: row.digest for row in found}
