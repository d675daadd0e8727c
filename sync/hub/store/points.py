"""Points and the one-time codes that make them."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.domain.ids import new_id
from kiosk.envelope.tokens import new_token, token_digest
from sync.hub.store.tables import enrol_code, point

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters of a code that survives a telephone: no 0, 1, I, L, O, U."""
CODE_DAYS = 14
"""How long a code may wait for its machine; a decision of this program, no law names a number."""


@dataclass(frozen=True)
class Point:
    """An enrolled point as the hub knows it."""

    id: str
    commune: str
    hamlet: str
    signing_key: str
    sealing_key: str
    revoked: bool
    token_at: str
    """Since when its token is in force, ISO 8601."""


class Enrolled(NamedTuple):
    """What a code bought."""

    point: Point
    token: str
    keys_changed: bool = False
    """The point was known: what it waits for was sealed to keys that it has no longer."""


def make_code(connection: Connection, commune: str, hamlet: str, at: str, renews: str | None = None) -> str:
    """A new one-time code such as ``7KMP-Q2XR-9HTD`` (58 random bits); only its digest is kept.

    ``renews`` is the id of a known point whose keys are lost: whoever spends the code takes its place. Codes
    made before for it buy nothing any more.
    """
    if renews is not None:
        lock(connection, renews)
        _void(connection, renews)
    letters = "".join(secrets.choice(_LETTERS) for _ in range(12))
    connection.execute(
        insert(enrol_code).values(
            digest=_digest(letters), commune=commune, hamlet=hamlet, made_at=at, renews=renews
        )
    )
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def enrol(
    connection: Connection, commune: str, code: str, signing_key: str, sealing_key: str, at: str
) -> Enrolled | None:
    """Spend a code: the point and its token; ``None`` if the code buys nothing, or not any more.

    The same code with the same keys again gives the same point a new token: its answer was lost. Keys that
    are known are the same machine, also under another code: what it sent before stays its own.
    """
    digest = _digest(code.upper().replace("-", "").replace(" ", ""))
    wanted = (enrol_code.c.digest == digest, enrol_code.c.commune == commune)
    renews = connection.execute(select(enrol_code.c.renews).where(*wanted)).scalar_one_or_none()
    if renews is not None:
        lock(connection, renews)  # before the code, as whoever makes another one does
    row = connection.execute(select(enrol_code).where(*wanted).with_for_update()).first()
    if row is None or _is_too_old(row.made_at, at):
        return None
    if row.point is not None:
        return _enrol_again(connection, row.point, signing_key, sealing_key, at)
    renewed = row.renews or _with_keys(connection, commune, signing_key, sealing_key)
    if renewed is not None:
        made = _renew(connection, renewed, row.hamlet, signing_key, sealing_key, at)
    else:
        made = _add_point(connection, commune, row.hamlet, signing_key, sealing_key, at)
    connection.execute(update(enrol_code).where(enrol_code.c.digest == digest).values(point=made.point.id))
    _void(connection, made.point.id)
    return made


def void_codes(connection: Connection) -> None:
    """Codes that were not spent buy nothing any more: a restored hub cannot tell which were meanwhile."""
    connection.execute(delete(enrol_code).where(enrol_code.c.point.is_(None)))


def lock(connection: Connection, point_id: str) -> None:
    """Nobody else changes this point until the transaction ends."""
    connection.execute(select(point.c.id).where(point.c.id == point_id).with_for_update())


def by_id(connection: Connection, point_id: str) -> Point:
    return of_row(connection.execute(select(point).where(point.c.id == point_id)).one())


def find(connection: Connection, commune: str, point_id: str) -> Point | None:
    """A point of this commune, revoked or not; ``None`` if there is no such point."""
    wanted = (point.c.id == point_id, point.c.commune == commune)
    row = connection.execute(select(point).where(*wanted)).first()
    return of_row(row) if row else None


def hamlets(connection: Connection, commune: str) -> dict[str, str]:
    """Where the commune's points stand, by id; those that were shut out, too."""
    query = select(point.c.id, point.c.hamlet).where(point.c.commune == commune)
    return {row.id: row.hamlet for row in connection.execute(query)}


def revoke(connection: Connection, commune: str, point_id: str, at: str) -> bool:
    """Shut a point out from its next request on; ``False`` if there is no such point."""
    wanted = (point.c.id == point_id, point.c.commune == commune)
    done = connection.execute(update(point).where(*wanted).values(revoked_at=at))
    return done.rowcount == 1


def _void(connection: Connection, point_id: str) -> None:
    """The other codes by which a machine could take this point's place."""
    connection.execute(
        delete(enrol_code).where(enrol_code.c.renews == point_id, enrol_code.c.point.is_(None))
    )


def _is_too_old(made_at: str, at: str) -> bool:
    return datetime.fromisoformat(at) - datetime.fromisoformat(made_at) > timedelta(days=CODE_DAYS)


def _digest(letters: str) -> str:
    return hashlib.sha256(b"enrol " + letters.encode()).hexdigest()


def _add_point(
    connection: Connection, commune: str, hamlet: str, signing_key: str, sealing_key: str, at: str
) -> Enrolled:
    made = Point(new_id(), commune, hamlet, signing_key, sealing_key, revoked=False, token_at=at)
    token = new_token(made.id)
    connection.execute(
        insert(point).values(
            id=made.id,
            commune=commune,
            hamlet=hamlet,
            signing_key=signing_key,
            sealing_key=sealing_key,
            token_digest=token_digest(token),
            enrolled_at=at,
            token_at=at,
            news_number=0,
        )
    )
    return Enrolled(made, token)


def _with_keys(connection: Connection, commune: str, signing_key: str, sealing_key: str) -> str | None:
    """The point that has these keys, shut out or not."""
    wanted = (
        point.c.commune == commune,
        point.c.signing_key == signing_key,
        point.c.sealing_key == sealing_key,
    )
    return connection.execute(select(point.c.id).where(*wanted).limit(1)).scalar_one_or_none()


def _renew(
    connection: Connection, point_id: str, hamlet: str, signing_key: str, sealing_key: str, at: str
) -> Enrolled:
    """The known point under these keys from now on, also one that was shut out: its code says so."""
    lock(connection, point_id)
    known = by_id(connection, point_id)
    changed = (known.signing_key, known.sealing_key) != (signing_key, sealing_key)
    keys = {"signing_key": signing_key, "sealing_key": sealing_key, "hamlet": hamlet, "revoked_at": None}
    connection.execute(update(point).where(point.c.id == point_id).values(**keys))
    token = _new_token_of(connection, point_id, at)
    return Enrolled(by_id(connection, point_id), token, changed)


def _enrol_again(
    connection: Connection, point_id: str, signing_key: str, sealing_key: str, at: str
) -> Enrolled | None:
    known = by_id(connection, point_id)
    if known.revoked or (known.signing_key, known.sealing_key) != (signing_key, sealing_key):
        return None
    return Enrolled(replace(known, token_at=at), _new_token_of(connection, point_id, at))


def _new_token_of(connection: Connection, point_id: str, at: str) -> str:
    """A token in force at once, because the point that asked for it has no other; the one before is dead."""
    token = new_token(point_id)
    connection.execute(
        update(point)
        .where(point.c.id == point_id)
        .values(
            token_digest=token_digest(token),
            next_token_digest=None,
            old_token_digest=point.c.token_digest,
            token_at=at,
        )
    )
    return token


def of_row(row: Any) -> Point:
    """A point from a row of its table."""
    return Point(
        row.id,
        row.commune,
        row.hamlet,
        row.signing_key,
        row.sealing_key,
        revoked=row.revoked_at is not None,
        token_at=row.token_at,
    )
