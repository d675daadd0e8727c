"""The tokens of points. Of each point three digests are known: the token in force, the next one, which the
point has asked for and not used yet, and the one before, which is dead. No token itself is ever stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from kiosk.envelope.tokens import token_digest
from sync.hub.store.asking import ask, many
from sync.hub.store.points import Point, of_row
from sync.hub.store.tables import point


class Use(StrEnum):
    """What a token is to the hub."""

    IN_FORCE = "in_force"
    NEXT = "next"
    """Asked for by its point; its first use puts it in force."""
    DEAD = "dead"
    """Replaced since: whoever shows it has an old copy of the point's database, or found the token."""


_HOLDERS = select(point).where(point.c.id.in_(many("ids")), point.c.commune == bindparam("owner"))


def holders(connection: Connection, commune: str, shown: Sequence[str]) -> list[tuple[Point, Use] | None]:
    """Whose tokens these are, revoked or not; ``None`` for one that nobody has."""
    ids = {token.partition(".")[0] for token in shown}
    rows = {row.id: row for row in ask(connection, _HOLDERS, {"ids": list(ids), "owner": commune})}
    return [_use(rows.get(token.partition(".")[0]), token) for token in shown]


def _use(row: Any | None, token: str) -> tuple[Point, Use] | None:
    if row is None:
        return None
    shown = token_digest(token)
    known = (row.token_digest, row.next_token_digest, row.old_token_digest)
    for use, digest in zip(Use, known, strict=True):
        if digest is not None and compare_digest(digest, shown):
            return of_row(row), use
    return None


def use_of(connection: Connection, point_id: str, digest: str) -> Use | None:
    """What a digest is to its point already."""
    columns = (point.c.token_digest, point.c.next_token_digest, point.c.old_token_digest)
    known = connection.execute(select(*columns).where(point.c.id == point_id)).one()
    return next((use for use, one in zip(Use, known, strict=True) if one == digest), None)


def ask_for(connection: Connection, point_id: str, digest: str) -> None:
    """Accept a next token beside the one in force; another one that was asked for and never used goes."""
    connection.execute(update(point).where(point.c.id == point_id).values(next_token_digest=digest))


def put_in_force(connection: Connection, point_id: str, token: str, at: str) -> None:
    """The next token was used: from now on it is the one, and the one before is dead. Harmless again."""
    digest = token_digest(token)
    connection.execute(
        update(point)
        .where(point.c.id == point_id, point.c.next_token_digest == digest)
        .values(
            token_digest=digest, next_token_digest=None, old_token_digest=point.c.token_digest, token_at=at
        )
    )


def age_days(token_at: str, now: datetime) -> int:
    """Whole days since the token came into force; negative if the clock was set back since."""
    return (now - datetime.fromisoformat(token_at)) // timedelta(days=1)


def is_due(token_at: str, now: datetime, days: int) -> bool:
    """Whether the point should take a new token; never with ``days`` 0. A token from the future is due, too:
    it was made under a wrong clock, and would otherwise live until then."""
    return days > 0 and not -1 <= age_days(token_at, now) < days
