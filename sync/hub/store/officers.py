"""People who work at the commune's end, and their log-ins."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, insert, select

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from sync.hub.store.tables import office_session, officer


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
    """PHC text of argon2id."""


@dataclass(frozen=True)
class Session:
    """A log-in: whose it is, and the token that every form must carry."""

    officer: Officer
    csrf: str


def add(connection: Connection, owner: str, name: str, role: Role, password: str, at: str) -> None:
    """A new officer. Raises WorldError ``hub.user_exists``."""
    if by_name(connection, owner, name) is not None:
        raise WorldError("hub.user_exists")
    connection.execute(
        insert(officer).values(
            id=new_id(), commune=owner, name=name, role=role.value, password=password, made_at=at
        )
    )


def by_name(connection: Connection, owner: str, name: str) -> Officer | None:
    wanted = (officer.c.commune == owner, officer.c.name == name)
    row = connection.execute(select(officer).where(*wanted)).mappings().first()
    return _officer(row) if row else None


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


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _officer(row: RowMapping) -> Officer:
    return Officer(row["id"], row["name"], Role(row["role"]), row["password"])
