"""Take the content of a dossier out of the database. What stays tells that it was there, and nothing of it:
ids, dates, procedure, the digests and receipts by which its point and the copies know it."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, exists, select, update

from kiosk.domain.dossier import State
from sync.hub.store import results
from sync.hub.store.tables import dossier, event, event_paper, history, news, paper, search_key, upload


def erase(connection: Connection, dossier_id: str, at: str) -> list[tuple[str, str]]:
    """Erase one dossier; the papers (point, digest) whose files nobody names any more, to be removed after
    the commit."""
    named = _of_dossier(connection, dossier_id)
    ids = select(event.c.id).where(event.c.dossier == dossier_id)
    connection.execute(delete(event_paper).where(event_paper.c.event.in_(ids)))
    connection.execute(update(event).where(event.c.dossier == dossier_id).values(body=b""))
    connection.execute(delete(search_key).where(search_key.c.dossier == dossier_id))
    connection.execute(delete(news).where(news.c.dossier == dossier_id))
    results.forget(connection, dossier_id)
    connection.execute(update(history).where(history.c.dossier == dossier_id).values(note=b""))
    changed = {"state": State.ERASED.value, "changed_at": at}
    connection.execute(update(dossier).where(dossier.c.id == dossier_id).values(**changed))
    free = [one for one in named if not _still_named(connection, *one)]
    for point, sha256 in free:
        connection.execute(delete(paper).where(paper.c.point == point, paper.c.sha256 == sha256))
        connection.execute(delete(upload).where(upload.c.point == point, upload.c.sha256 == sha256))
    return free


def _of_dossier(connection: Connection, dossier_id: str) -> list[tuple[str, str]]:
    query = (
        select(event.c.point, event_paper.c.sha256)
        .join(event_paper, event_paper.c.event == event.c.id)
        .where(event.c.dossier == dossier_id)
        .distinct()
    )
    return [(row.point, row.sha256) for row in connection.execute(query)]


def _still_named(connection: Connection, point: str, sha256: str) -> bool:
    """Whether another dossier of the same point came with the same sealed paper."""
    query = (
        select(event.c.id)
        .join(event_paper, event_paper.c.event == event.c.id)
        .where(event.c.point == point, event_paper.c.sha256 == sha256)
        .limit(1)
    )
    return connection.execute(query).first() is not None


def papers(connection: Connection, owner: str) -> set[tuple[str, str]]:
    """Every complete paper: point and digest."""
    query = select(paper.c.point, paper.c.sha256).where(paper.c.commune == owner)
    return {(row.point, row.sha256) for row in connection.execute(query)}


def over_since(connection: Connection, owner: str, states: Sequence[State], before: str) -> list[str]:
    """Dossiers in one of these states that nothing happened to since ``before`` (a stored time)."""
    wanted = (
        dossier.c.commune == owner,
        dossier.c.state.in_([state.value for state in states]),
        dossier.c.changed_at < before,
    )
    return list(connection.execute(select(dossier.c.id).where(*wanted).order_by(dossier.c.id)).scalars())


def forget_stray_papers(connection: Connection, before: str) -> list[tuple[str, str]]:
    """Papers that no event names and that arrived before (PROTOCOL.md, section 8); their files go next."""
    named = exists().where(
        and_(
            event_paper.c.sha256 == paper.c.sha256,
            event_paper.c.event == event.c.id,
            event.c.point == paper.c.point,
        )
    )
    query = select(paper.c.point, paper.c.sha256).where(~named, paper.c.arrived_at < before)
    stray = [(row.point, row.sha256) for row in connection.execute(query)]
    for point, sha256 in stray:
        connection.execute(delete(paper).where(paper.c.point == point, paper.c.sha256 == sha256))
    return stray
