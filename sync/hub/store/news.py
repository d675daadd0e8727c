"""News for points: sealed statements, numbered per point."""

from typing import Any

from sqlalchemy import CompoundSelect, Connection, func, insert, select, union_all, update

from sync.hub.store.tables import message, news, point


def next_number(connection: Connection, point_id: str) -> int:
    """The number of the point's next statement; its row stays locked until the transaction ends."""
    connection.execute(
        update(point).where(point.c.id == point_id).values(news_number=point.c.news_number + 1)
    )
    return int(connection.execute(select(point.c.news_number).where(point.c.id == point_id)).scalar_one())


def add(
    connection: Connection, owner: str, point_id: str, number: int, dossier: str, body: bytes, at: str
) -> None:
    connection.execute(
        insert(news).values(
            point=point_id, number=number, commune=owner, dossier=dossier, body=body, made_at=at
        )
    )


def after(connection: Connection, point_id: str, cursor: int, limit: int) -> list[tuple[int, bytes]]:
    """The statements and messages behind the cursor, oldest first, at most ``limit``."""
    both = _both(point_id, cursor).order_by("number").limit(limit)
    return [(row.number, bytes(row.body)) for row in connection.execute(both)]


def count_after(connection: Connection, point_id: str, cursor: int) -> int:
    both = _both(point_id, cursor).subquery()
    return int(connection.execute(select(func.count()).select_from(both)).scalar_one())


def _both(point_id: str, cursor: int) -> CompoundSelect[*tuple[Any, ...]]:
    parts = [
        select(table.c.number, table.c.body).where(table.c.point == point_id, table.c.number > cursor)
        for table in (news, message)
    ]
    return union_all(*parts)
