"""Facts of persons that were corrected in an open draft: by hand there, or by another draft of the visit."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.storage.tables import corrections


def of_dossier(connection: Connection, dossier: str) -> dict[str, str]:
    """By question: the procedure whose draft told the correction; an empty text for "by hand here"."""
    query = select(corrections.c.name, corrections.c.told_by).where(corrections.c.dossier == dossier)
    return {row.name: row.told_by for row in connection.execute(query)}


def keep(connection: Connection, dossier: str, told_by: Mapping[str, str]) -> None:
    """Remember who corrected these questions; the newest counts."""
    for name, by in told_by.items():
        values = {"dossier": dossier, "name": name, "told_by": by}
        connection.execute(insert(corrections).values(values).on_conflict_do_update(set_={"told_by": by}))


def wipe(connection: Connection, dossier: str) -> None:
    """The draft is sealed or gone."""
    connection.execute(delete(corrections).where(corrections.c.dossier == dossier))
