"""What the hub is asked about once a week: whether it still holds everything it gave a receipt for."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from kiosk.domain.dossier import State
from kiosk.storage.tables import compared, dossiers, outbox, sealed_papers

LOST = "hub.lost"
"""Reason of an event that the hub lost after its content was erased here: the commune has to look for it."""
_OVER = (State.WITHDRAWN.value, State.HANDED_BACK.value, State.ERASED.value)


def last(connection: Connection) -> str:
    """When the sets were compared last, ISO 8601; empty if never."""
    return connection.execute(select(compared.c.at)).scalar_one_or_none() or ""


def note(connection: Connection, at: str) -> None:
    connection.execute(delete(compared))
    connection.execute(insert(compared).values(id=1, at=at))


def held(connection: Connection, after: int, limit: int) -> list[tuple[int, str, str]]:
    """Events that the hub gave a receipt for, in the order they were queued: position, id, digest."""
    query = select(outbox.c.position, outbox.c.id, outbox.c.digest).where(
        outbox.c.state.in_(("received", "safe")), outbox.c.position > after
    )
    return [tuple(row) for row in connection.execute(query.order_by(outbox.c.position).limit(limit))]


def send_again(connection: Connection, events: Iterable[str]) -> int:
    """The hub does not hold these: what is still here goes up again, papers too; what was erased here as
    SAFE is parked, so that a person hears of it. Returns how many go again."""
    return sum(_one(connection, event) for event in events)


def _one(connection: Connection, event: str) -> bool:
    chosen = and_(outbox.c.id == event, outbox.c.state == "received", func.length(outbox.c.body) > 0)
    if connection.execute(update(outbox).where(chosen).values(state="waiting", attempts=0)).rowcount:
        papers = update(sealed_papers).where(sealed_papers.c.event == event)
        connection.execute(papers.values(arrived=0, upload_url=None))
        return True
    erased = and_(outbox.c.id == event, outbox.c.state == "safe")
    dossier = connection.execute(select(outbox.c.dossier).where(erased)).scalar_one_or_none()
    if dossier is not None:
        _park(connection, event, dossier)
    return False


def _park(connection: Connection, event: str, dossier: str) -> None:
    connection.execute(update(outbox).where(outbox.c.id == event).values(state="parked", reason=LOST))
    open_still = and_(dossiers.c.id == dossier, dossiers.c.state.not_in(_OVER))
    values = {"state": State.PARKED.value, "reason": LOST, "sentence": ""}
    connection.execute(update(dossiers).where(open_still).values(**values))


def batches(connection: Connection, size: int) -> list[Sequence[tuple[str, str]]]:
    """Everything that ``held`` gives, in parts of at most ``size`` pairs of id and digest."""
    found: list[Sequence[tuple[str, str]]] = []
    position = 0
    while rows := held(connection, position, size):
        position = rows[-1][0]
        found.append([(event, digest) for _, event, digest in rows])
    return found
