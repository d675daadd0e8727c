"""People who work at the commune's end, and their log-ins."""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from sync.hub.store.tables import office_session, officer

_MOST_NAME = 64


class Role(StrEnum):
    """Officers work on dossiers; a head and an administrator may read who saw what, too."""

    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"


@dataclass(frozen=True)
class Officer:
    id: str
    name: str
    role: Role
    password: str
    """PHC text of argon2id; empty for somebody who was removed."""

    @property
    def may_log_in(self) -> bool:
        return self.password != ""


@dataclass(frozen=True)
class Session:
    """A log-in: whose it is, and the token that every form must carry."""

    officer: Officer
    csrf: str


def folded(name: str) -> str:
    """How a name is kept and compared: without spaces around it, in small letters."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def add(connection: Connection, owner: str, name: str, role: Role, password: str, at: str) -> str:
    """A new officer; the name as it is kept. Raises WorldError ``hub.user_name``, ``hub.user_exists`` (also
    of somebody who was removed: one name in the history is one person)."""
    kept = folded(name)
    if not kept or len(kept) > _MOST_NAME or not all(sign.isalnum() or sign in " ._@-" for sign in kept):
        raise WorldError("hub.user_name", most=_MOST_NAME)
    if by_name(connection, owner, kept) is not None:
        raise WorldError("hub.user_exists")
    connection.execute(
        insert(officer).values(
            id=new_id(), commune=owner, name=kept, role=role.value, password=password, made_at=at
        )
    )
    return kept


def by_name(connection: Connection, owner: str, name: str) -> Officer | None:
    """Somebody by name, removed or not; names of older programs may differ by their case only."""
    wanted = folded(name)
    known = everybody(connection, owner)
    exact = [one for one in known if one.name == name]
    return next(iter(exact or [one for one in known if folded(one.name) == wanted]), None)


def everybody(connection: Connection, owner: str) -> Sequence[Officer]:
    """All of a commune, also who was removed, by name."""
    query = select(officer).where(officer.c.commune == owner).order_by(officer.c.name)
    return [_officer(row) for row in connection.execute(query).mappings()]


def locked(connection: Connection, officer_id: str) -> Officer:
    """As this officer is now; nobody else changes the row until the transaction ends."""
    found = connection.execute(select(officer).where(officer.c.id == officer_id).with_for_update())
    return _officer(found.mappings().one())


def set_password(connection: Connection, owner: str, name: str, password: str) -> str:
    """Another password, by which somebody who was removed comes back; open log-ins end. The name as it is
    kept. Raises WorldError ``hub.user_unknown``."""
    known = _known(connection, owner, name)
    _change(connection, known.id, password)
    return known.name


def remove(connection: Connection, owner: str, name: str) -> str:
    """May not log in any more, and is out at once; the name stays where work was done under it.

    Raises WorldError ``hub.user_unknown``, ``hub.last_admin``.
    """
    known = _known(connection, owner, name)
    if known.role is Role.ADMIN and known.may_log_in:
        wanted = (officer.c.commune == owner, officer.c.role == Role.ADMIN.value, officer.c.password != "")
        left = connection.execute(
            select(officer.c.id).where(*wanted).order_by(officer.c.id).with_for_update()
        )
        if len(left.all()) < 2:
            raise WorldError("hub.last_admin")
    _change(connection, known.id, "")
    return known.name


def open_session(connection: Connection, owner: str, officer_id: str, expires_at: int) -> tuple[str, str]:
    """A new log-in: its secret for the cookie and its CSRF token. The database keeps a digest only."""
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    connection.execute(
        insert(office_session).values(
            digest=_digest(secret), commune=owner, officer=officer_id, csrf=csrf, expires_at=expires_at
        )
    )
    return secret, csrf


def session(connection: Connection, owner: str, secret: str, now: int) -> Session | None:
    """The log-in of a cookie, unless it has run out."""
    row = (
        connection.execute(
            select(officer, office_session.c.csrf)
            .join(office_session, office_session.c.officer == officer.c.id)
            .where(
                office_session.c.digest == _digest(secret),
                office_session.c.commune == owner,
                office_session.c.expires_at > now,
            )
        )
        .mappings()
        .first()
    )
    return Session(_officer(row), row["csrf"]) if row else None


def close_session(connection: Connection, secret: str, now: int) -> None:
    """Log out; sessions that ran out go, too."""
    connection.execute(
        delete(office_session).where(
            (office_session.c.digest == _digest(secret)) | (office_session.c.expires_at <= now)
        )
    )


def _known(connection: Connection, owner: str, name: str) -> Officer:
    found = by_name(connection, owner, name)
    if found is None:
        raise WorldError("hub.user_unknown")
    return found


def _change(connection: Connection, officer_id: str, password: str) -> None:
    connection.execute(update(officer).where(officer.c.id == officer_id).values(password=password))
    connection.execute(delete(office_session).where(office_session.c.officer == officer_id))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _officer(row: RowMapping) -> Officer:
    return Officer(row["id"], row["name"], Role(row["role"]), row["password"])
