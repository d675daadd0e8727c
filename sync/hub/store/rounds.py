"""What was said before: the highest sequence of each life of a point, and the stored answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.hub.store import bulk
from sync.hub.store.asking import ask
from sync.hub.store.tables import commune, incarnation

STATE = select(commune).where(commune.c.id == bindparam("owner"))
_RAISE = (
    update(commune)
    .where(commune.c.id == bindparam("owner"))
    .values(receipt_number=commune.c.receipt_number + bindparam("count"))
    .returning(commune.c.epoch, commune.c.receipt_number)
)
Life = tuple[str, str]
"""A point and one of its incarnations."""


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


def store_rounds(connection: Connection, owner: str, said: Mapping[Life, LastRound]) -> None:
    """Keep the answers, so that the same request gets the same bytes."""
    rows = [
        {"point": point, "id": life, "commune": owner, **vars(last)} for (point, life), last in said.items()
    ]
    bulk.put(connection, incarnation, rows, replacing=True)


def add_commune(connection: Connection, owner: str, epoch: str) -> None:
    connection.execute(insert(commune).values(id=owner, epoch=epoch, receipt_number=0, safe=0))


def state(connection: Connection, owner: str) -> CommuneState:
    (row,) = ask(connection, STATE, {"owner": owner})
    return CommuneState(row.epoch, row.receipt_number, row.safe)


def next_receipts(connection: Connection, owner: str, count: int) -> tuple[str, int]:
    """The epoch and the last of the next ``count`` receipt numbers; the row stays locked until the
    transaction ends."""
    (row,) = ask(connection, _RAISE, {"owner": owner, "count": count})
    return row.epoch, row.receipt_number


def move_safe(connection: Connection, owner: str, epoch: str, safe: int) -> None:
    """Raise the SAFE mark, in this epoch only; it never goes down."""
    wanted = (commune.c.id == owner, commune.c.epoch == epoch, commune.c.safe < safe)
    connection.execute(update(commune).where(*wanted).values(safe=safe))
