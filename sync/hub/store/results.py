"""Copies of results that wait for their points: sealed to the point, and to the commune so that they can be
sealed anew when the point loses its keys; named by the digest of that."""

from sqlalchemy import Connection, delete, insert, select

from sync.hub.store.tables import result


def add(connection: Connection, owner: str, point: str, dossier: str, sha256: str, body: bytes) -> None:
    """Keep a copy; a dossier has at most one, the newest."""
    forget(connection, dossier)
    connection.execute(
        insert(result).values(dossier=dossier, commune=owner, point=point, sha256=sha256, body=body)
    )


def body(connection: Connection, point: str, sha256: str) -> bytes | None:
    """The sealed bytes; another point's are not there."""
    wanted = (result.c.point == point, result.c.sha256 == sha256)
    found = connection.execute(select(result.c.body).where(*wanted)).scalar_one_or_none()
    return bytes(found) if found is not None else None


def of_dossier(connection: Connection, dossier: str) -> bytes | None:
    """The sealed bytes of the copy that waits for a dossier's point."""
    found = connection.execute(select(result.c.body).where(result.c.dossier == dossier)).scalar_one_or_none()
    return bytes(found) if found is not None else None


def digests_of(connection: Connection, point: str) -> list[str]:
    """Sealed digests of the copies that wait for a point."""
    query = select(result.c.sha256).where(result.c.point == point).order_by(result.c.sha256)
    return list(connection.execute(query).scalars())


def is_waiting(connection: Connection, dossier: str) -> bool:
    """Whether a copy was sent that nobody has handed over yet."""
    return connection.execute(select(result.c.sha256).where(result.c.dossier == dossier)).first() is not None


def forget(connection: Connection, dossier: str) -> None:
    connection.execute(delete(result).where(result.c.dossier == dossier))
