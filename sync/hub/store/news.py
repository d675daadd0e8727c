"""News for points: sealed statements, numbered per point."""

from sqlalchemy import Connection, func, insert, select, update

from sync.hub.store.tables import news, point


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
    """The statements behind the cursor, oldest first, at most ``limit``."""
    found = connection.execute(
        select(news.c.number, news.c.body)
        .where(news.c.point == point_id, news.c.number > cursor)
        .order_by(news.c.number)
        .limit(limit)
    )
    return [(row.number, bytes(row.body)) for row in found]


def count_after(connection: Connection, point_id: str, cursor: int) -> int:
    wanted = (news.c.point == point_id, news.c.number > cursor)
    return int(connection.execute(select(func.count()).select_from(news).where(*wanted)).scalar_one())
