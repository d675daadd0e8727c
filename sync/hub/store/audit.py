"""Who saw or did what, kept for the commune: names of officers, ids of dossiers, no content."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from sync.hub.store.tables import audit


@dataclass(frozen=True)
class AuditLine:
    at: str
    actor: str
    action: str
    dossier: str | None
    detail: str


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
    return _lines(connection, owner, limit, dossier)


def latest(connection: Connection, owner: str, limit: int = 500) -> list[AuditLine]:
    """The newest lines of the commune."""
    return _lines(connection, owner, limit, None)


def _lines(connection: Connection, owner: str, limit: int, dossier: str | None) -> list[AuditLine]:
    query = select(audit).where(audit.c.commune == owner).order_by(audit.c.id.desc()).limit(limit)
    if dossier is not None:
        query = query.where(audit.c.dossier == dossier)
    return [
        AuditLine(row.at, row.actor, row.action, row.dossier, row.detail) for row in connection.execute(query)
    ]
