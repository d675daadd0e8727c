"""Who saw or did what, kept for the commune: names of officers, ids of dossiers, no content."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, insert, select

from sync.hub.store.tables import audit


@dataclass(frozen=True)
class AuditLine:
    at: str
    actor: str
    action: str
    dossier: str | None
    detail: str
    number: int = 0
    """Of a line that was read: grows with every line that is written."""


def write(connection: Connection, owner: str, line: AuditLine) -> None:
    connection.execute(
        insert(audit).values(
            commune=owner,
            at=line.at,
            actor=line.actor[:64],
            action=line.action,
            dossier=line.dossier,
            detail=line.detail[:128],
        )
    )


def of_dossier(connection: Connection, owner: str, dossier: str, limit: int = 200) -> list[AuditLine]:
    """Who looked at a dossier, newest first."""
    return _lines(connection, owner, limit, audit.c.dossier == dossier)


def latest(
    connection: Connection, owner: str, limit: int = 500, before: int | None = None
) -> list[AuditLine]:
    """The newest lines of the commune; ``before``: of those older than the line of that number."""
    return _lines(connection, owner, limit, *() if before is None else (audit.c.id < before,))


def _lines(connection: Connection, owner: str, limit: int, *wanted: ColumnElement[bool]) -> list[AuditLine]:
    query = select(audit).where(audit.c.commune == owner, *wanted).order_by(audit.c.id.desc()).limit(limit)
    return [
        AuditLine(row.at, row.actor, row.action, row.dossier, row.detail, row.id)
        for row in connection.execute(query)
    ]
