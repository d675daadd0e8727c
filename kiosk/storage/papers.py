"""Draft papers: a scan lives as a row of the encrypted database, never as a file."""

from sqlalchemy import Connection, delete, insert, select

from kiosk.domain.paper import Paper
from kiosk.storage.tables import dossiers, draft_papers

_WITHOUT_BODY = [column for column in draft_papers.columns if column.name not in ("body", "dossier")]


def add(connection: Connection, dossier: str, paper: Paper, body: bytes) -> None:
    """Keep one paper of a draft."""
    values = {
        "id": paper.id,
        "dossier": dossier,
        "kind": paper.kind,
        "media_type": paper.media_type,
        "pages": paper.pages,
        "size": paper.size,
        "sha256": paper.sha256,
    }
    connection.execute(insert(draft_papers).values(**values, body=body))


def of_dossier(connection: Connection, dossier: str) -> list[Paper]:
    """The papers of a draft in the order in which they were added."""
    query = select(*_WITHOUT_BODY).where(draft_papers.c.dossier == dossier).order_by(draft_papers.c.id)
    return [Paper(**row) for row in connection.execute(query).mappings()]


def body_of(connection: Connection, paper_id: str) -> bytes:
    """The bytes of a paper; raises ``KeyError`` for a paper that is gone."""
    query = select(draft_papers.c.body).where(draft_papers.c.id == paper_id)
    body = connection.execute(query).scalar_one_or_none()
    if body is None:
        raise KeyError(paper_id)
    return bytes(body)


def remove(connection: Connection, paper_id: str) -> None:
    """Take a paper away; a paper that is gone already is no error."""
    connection.execute(delete(draft_papers).where(draft_papers.c.id == paper_id))


def of_supplements(connection: Connection) -> list[str]:
    """Ids of the scans that wait to follow a dossier which has no draft any more."""
    query = select(draft_papers.c.id).join(dossiers, dossiers.c.id == draft_papers.c.dossier)
    return list(connection.execute(query.where(dossiers.c.draft.is_(None))).scalars())


def remove_all(connection: Connection, dossier: str) -> None:
    """Take away every scan of a dossier."""
    connection.execute(delete(draft_papers).where(draft_papers.c.dossier == dossier))
