"""What was said before: the highest sequence of each life of a point, and the stored answer."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from sync.hub.store.tables import commune, incarnation


@dataclass(frozen=True)
class LastRound:
    """The newest round of an incarnation; ``answer`` is the very body that was sent."""

    sequence: int
    digest: str
    answer: bytes


@dataclass(frozen=True)
class CommuneState:
    """The hub's own marks."""

    epoch: str
    receipt_number: int
    safe: int


def last_round(connection: Connection, point: str, life: str) -> LastRound | None:
    """The newest round of this incarnation, ``None`` if it has not spoken yet."""
    row = connection.execute(
        select(incarnation).where(incarnation.c.point == point, incarnation.c.id == life)
    ).first()
    return LastRound(row.sequence, row.digest, bytes(row.answer)) if row else None


def store_round(connection: Connection, owner: str, point: str, life: str, last: LastRound) -> None:
    """Keep the answer, so that the same request gets the same bytes."""
    values = {"sequence": last.sequence, "digest": last.digest, "answer": last.answer}
    wanted = (incarnation.c.point == point, incarnation.c.id == life)
    if connection.execute(update(incarnation).where(*wanted).values(values)).rowcount == 0:
        connection.execute(insert(incarnation).values(point=point, id=life, commune=owner, **values))


def add_commune(connection: Connection, owner: str, epoch: str) -> None:
    connection.execute(insert(commune).values(id=owner, epoch=epoch, receipt_number=0, safe=0))


def state(connection: Connection, owner: str) -> CommuneState:
    row = connection.execute(select(commune).where(commune.c.id == owner)).one()
    return CommuneState(row.epoch, row.receipt_number, row.safe)


def next_receipt(connection: Connection, owner: str) -> tuple[str, int]:
    """The epoch and the next receipt number; the row stays locked until the transaction ends."""
    connection.execute(
        update(commune).where(commune.c.id == owner).values(receipt_number=commune.c.receipt_number + 1)
    )
    now = state(connection, owner)
    return now.epoch, now.receipt_number


def move_safe(connection: Connection, owner: str, epoch: str, safe: int) -> None:
    """Raise the SAFE mark, in this epoch only; it never goes down."""
    wanted = (commune.c.id == owner, commune.c.epoch == epoch, commune.c.safe < safe)
    connection.execute(update(commune).where(*wanted).values(safe=safe))
