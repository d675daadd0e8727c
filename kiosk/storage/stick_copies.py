"""What lies on a memory stick besides waiting here: for people to know; nothing leaves the queue by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.events import EventKind
from kiosk.storage.tables import outbox, stick_copies

_WAITS = outbox.c.state.in_(("waiting", "accepted"))
_SMALL = text("kind NOT IN ('dossier', 'supplement')")
"""Word for word as in the index ``outbox_small``, which counts a long queue in no time."""
_LARGE = (EventKind.DOSSIER.value, EventKind.SUPPLEMENT.value)


@dataclass(frozen=True)
class StickCopy:
    """The last copy of something that still waits."""

    stick: str
    """Its name, as the system shows it."""
    at: str
    """ISO 8601."""


def note(connection: Connection, events: Iterable[str], stick: str, at: str) -> None:
    """These lie whole on a stick since; the last stick counts. Short words are not noted."""
    written = insert(stick_copies)
    newest = {"stick": written.excluded.stick, "at": written.excluded.at}
    noted = written.on_conflict_do_update(index_elements=["event"], set_=newest)
    for event in events:
        kind = connection.execute(select(outbox.c.kind).where(outbox.c.id == event)).scalar_one_or_none()
        if kind in _LARGE:
            connection.execute(noted, {"event": event, "stick": stick, "at": at})


def of_dossier(connection: Connection, dossier: str) -> StickCopy | None:
    """The last copy of what waits for this dossier; ``None`` once nothing of it waits any more."""
    chosen = select(stick_copies.c.stick, stick_copies.c.at).join(outbox, outbox.c.id == stick_copies.c.event)
    mine = chosen.where(outbox.c.dossier == dossier, _WAITS).order_by(outbox.c.position.desc()).limit(1)
    row = connection.execute(mine).one_or_none()
    return StickCopy(row.stick, row.at) if row else None


def count_waiting(connection: Connection) -> tuple[int, int]:
    """Of what waits: short words that are no dossiers, and dossiers and supplements that lie on a stick."""
    counted = select(func.count()).select_from(outbox).where(_WAITS)
    small = connection.execute(counted.where(_SMALL)).scalar_one()
    copied = connection.execute(counted.where(outbox.c.id.in_(select(stick_copies.c.event)))).scalar_one()
    return small, copied
