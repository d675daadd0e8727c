"""What a volunteer acknowledged for a draft: keys only, no answer."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.storage.tables import ticks


def of_dossier(connection: Connection, dossier: str) -> frozenset[str]:
    """The keys that are ticked."""
    return frozenset(connection.execute(select(ticks.c.key).where(ticks.c.dossier == dossier)).scalars())


def put(connection: Connection, dossier: str, key: str, at: str) -> None:
    """Tick; ticking twice is one tick."""
    values = {"dossier": dossier, "key": key, "at": at}
    connection.execute(insert(ticks).values(values).on_conflict_do_nothing())


def remove(connection: Connection, dossier: str, key: str) -> None:
    """Take a tick back."""
    connection.execute(delete(ticks).where(ticks.c.dossier == dossier, ticks.c.key == key))
