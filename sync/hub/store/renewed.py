"""What the hub keeps for one point, looked through when the point enrols again with other keys."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from kiosk.domain.dossier import State
from sync.hub.store.tables import dossier, message, news


def dossiers_of(connection: Connection, point_id: str, states: Collection[State]) -> list[str]:
    """The point's dossiers in these states, oldest arrival first."""
    wanted = (dossier.c.point == point_id, dossier.c.state.in_([state.value for state in states]))
    query = select(dossier.c.id).where(*wanted).order_by(dossier.c.arrived_at, dossier.c.id)
    return list(connection.execute(query).scalars())


def forget_words(connection: Connection, point_id: str) -> None:
    """News and messages that were sealed to keys which are lost: nobody can open them any more."""
    for table in (news, message):
        connection.execute(delete(table).where(table.c.point == point_id))
