"""What a copy lost on its volume: its rows go, so that a point that still has it brings it again."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, update

from kiosk.domain.ids import new_id
from sync.hub.store.tables import event, event_paper, paper

_LOST = "lost"
"""The kind of what nobody can read any more."""
_NO_RECEIPT = {"receipt_epoch": None, "receipt_number": None, "received_at": None, "signature": None}


def forget(
    connection: Connection, lost: Iterable[tuple[str, str]], waiting: Iterable[str], rotten: Iterable[str]
) -> None:
    """``lost`` are papers (point, sealed digest); events that are ``waiting`` for them have no receipt any
    more; of those whose envelope is ``rotten`` only a nameless place in the dossier stays: under its own
    name the hub would answer that it has it already."""
    for point, sha256 in lost:
        connection.execute(delete(paper).where(paper.c.point == point, paper.c.sha256 == sha256))
    for one in waiting:
        connection.execute(update(event).where(event.c.id == one).values(**_NO_RECEIPT))
    for one in rotten:
        connection.execute(delete(event_paper).where(event_paper.c.event == one))
        nameless = {"id": new_id(), "kind": _LOST, "digest": "", "body": b""}
        connection.execute(update(event).where(event.c.id == one).values(**nameless, **_NO_RECEIPT))
