"""Who may come in: log-in, sessions, CSRF tokens, roles, and the headers of every page."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from anyio import CapacityLimiter, to_thread
from litestar import Response
from litestar.datastructures import Cookie

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.limiter import Limiter
from sync.hub.passwords import hash_password, is_right
from sync.hub.store import audit, officers
from sync.hub.store.audit import AuditLine
from sync.hub.store.officers import Officer, Role, Session, folded
from sync.hub.wire import AnyRequest

OFFICE = "/can-bo"
SESSION_COOKIE = "thon_can_bo"
LOGIN_COOKIE = "thon_dang_nhap"
CSRF_FIELD = "_csrf_token"
_LIFE = 8 * 3600
"""Seconds of a log-in: one working day."""
_AT_ONCE = 2
"""Passwords checked side by side: each takes 19 MiB and a core."""
_CSP = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Gate:
    """What guards the pages of one hub."""

    hub: Hub
    limiter: Limiter
    decoy: str
    """A hash that no password has: an unknown name takes as long as a wrong password."""
    turns: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_AT_ONCE))

    async def log_in_by_turns(self, name: str, password: str, caller: str) -> str:
        """``log_in`` in a thread of its own; who comes in a crowd waits without holding one."""
        return await to_thread.run_sync(self.log_in, name, password, caller, limiter=self.turns)

    def log_in(self, name: str, password: str, caller: str) -> str:
        """The secret of a new session. Raises WorldError ``office.login_wrong`` or ``request.too_many``."""
        keys = (f"name {folded(name)}", f"from {caller}")
        self.limiter.take(*keys)
        with self.hub.database.read() as connection:
            officer = officers.by_name(connection, self.hub.commune, name)
        known = officer is not None and officer.may_log_in
        kept = officer.password if officer is not None and known else self.decoy
        if not is_right(password, kept) or officer is None or not known:
            self._note("login_failed", "-")
            raise WorldError("office.login_wrong")
        secret = self._open(officer)
        for key in keys:
            self.limiter.succeeded(key)
        return secret

    def log_out(self, secret: str) -> None:
        with self.hub.database.write() as connection:
            officers.close_session(connection, secret, self._seconds())

    def session(self, request: AnyRequest) -> Session:
        """Who is logged in; a refusal of the same request knows it, too. Raises WorldError
        ``office.login_needed``."""
        secret = request.cookies.get(SESSION_COOKIE, "")
        with self.hub.database.read() as connection:
            found = officers.session(connection, self.hub.commune, secret, self._seconds())
        if found is None:
            raise WorldError("office.login_needed")
        request.state["session"] = found
        return found

    def _open(self, officer: Officer) -> str:
        """Raises WorldError ``office.login_wrong``: removed, or given another password, a moment ago."""
        with self.hub.database.write() as connection:
            if officers.locked(connection, officer.id) != officer:
                raise WorldError("office.login_wrong")
            secret, _ = officers.open_session(
                connection, self.hub.commune, officer.id, self._seconds() + _LIFE
            )
        self._note("login", officer.name)
        return secret

    def _note(self, action: str, actor: str) -> None:
        with self.hub.database.write() as connection:
            audit.write(connection, self.hub.commune, AuditLine(self.hub.now(), actor, action, None, ""))

    def _seconds(self) -> int:
        return int(self.hub.clock.now().timestamp())


def make_gate(hub: Hub, limiter: Limiter) -> Gate:
    return Gate(hub, limiter, hash_password(secrets.token_urlsafe(16)))


def check_csrf(expected: str, sent: str) -> None:
    """Raises WorldError ``office.csrf``: the form did not come from our own page."""
    if not expected or not secrets.compare_digest(expected.encode(), sent.encode()):
        raise WorldError("office.csrf")


def may_read(officer: Officer) -> None:
    """Dossiers are for officers and their head; an administrator keeps the machine, not the content."""
    if officer.role is Role.ADMIN:
        raise WorldError("office.role")


def may_manage(officer: Officer) -> None:
    """Points are let in and shut out by the head and the administrator."""
    if officer.role is Role.OFFICER:
        raise WorldError("office.role")


def may_audit(officer: Officer) -> None:
    """Who saw what is for the head and the administrator."""
    if officer.role is Role.OFFICER:
        raise WorldError("office.role")


def cookie(name: str, value: str) -> Cookie:
    """A cookie that scripts and other sites never see; empty ``value`` takes it away."""
    return Cookie(
        name,
        value=value,
        path=OFFICE,
        secure=True,
        httponly=True,
        samesite="strict",
        max_age=None if value else 0,
    )


def guarded(response: Response[Any]) -> Response[Any]:
    """Security headers; a handler's own stay."""
    headers = {
        "Content-Security-Policy": _CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response
