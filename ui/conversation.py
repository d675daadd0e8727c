"""What the sync thread does in one turn: enrol a trial point if need be, then one round with the hub.

Imported in the background only: it brings SQLAlchemy and requests along.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from kiosk.storage import link as link_state
from sync.client.backoff import after_progress
from sync.client.enrol import enrol, keep
from sync.client.loop import Link, open_link, run_round
from sync.client.trouble import Kind
from ui.hub_access import HubAccess
from ui.sync_thread import Turn

_NOT_ENROLLED = 30.0
"""Seconds until we look again whether somebody has enrolled the point."""


class Conversation:
    """One point's line, used by one thread."""

    def __init__(self, desk: Desk, access: Callable[[], HubAccess] | None) -> None:
        self._desk = desk
        self._access = access
        self._link: Link | None = None
        self._due = 0.0

    def turn(self) -> Turn:
        """One round; trouble with the line is an answer, not an error.

        One that begins before it was due was asked for ("Gửi ngay", a new dossier): failures count anew.
        """
        try:
            link = self._link = self._current() or self._open()
        except WorldError:
            link = None
        if link is None:
            return Turn(_NOT_ENROLLED, line=False)
        before = self._cursor()
        if self._desk.clock.monotonic() < self._due:
            link.pace = after_progress(link.pace)
        outcome = run_round(link)
        self._due = self._desk.clock.monotonic() + outcome.wait_seconds
        line = outcome.kind in (Kind.DONE, Kind.LATER)
        queue = bool(outcome.sent or outcome.received)
        return Turn(0.0 if outcome.more else outcome.wait_seconds, line, self._cursor() != before, queue)

    def close(self) -> None:
        if self._link is not None:
            self._link.transport.close()
            self._link = None

    def _current(self) -> Link | None:
        """The line, unless the point was enrolled anew since it was opened."""
        with self._desk.database.read() as connection:
            known = link_state.load_enrolment(connection)
        if self._link is not None and known is not None and known[0] != self._link.enrolment:
            self.close()
        return self._link

    def _open(self) -> Link | None:
        if self._access is not None:
            keep_access(self._desk, self._access())
        secrets = self._desk.secrets
        return open_link(self._desk.database, secrets.sealing_identity, secrets.signing_key, self._desk.clock)

    def _cursor(self) -> int:
        with self._desk.database.read() as connection:
            return link_state.get(connection).cursor


def enrol_desk(desk: Desk, hub_url: str, code: str, authority: str) -> None:
    """Trade a one-time code for this point's identity and keep it. ``WorldError`` enrol.…, hub.…."""
    enrolment, token = enrol(
        hub_url, code, authority, desk.secrets.signing_key, desk.secrets.sealing_identity
    )
    keep(desk.database, enrolment, token)


def is_enrolled(desk: Desk) -> bool:
    with desk.database.read() as connection:
        return link_state.load_enrolment(connection) is not None


def keep_access(desk: Desk, access: HubAccess) -> None:
    """Enrol a point at a hub that is at hand, or follow that hub to a new port."""
    with desk.database.read() as connection:
        known = link_state.load_enrolment(connection)
    if known is None:
        enrol_desk(desk, access.url, access.code(), access.authority)
    elif known[0].hub_url != access.url:
        with desk.database.write() as connection:
            link_state.save_enrolment(connection, replace(known[0], hub_url=access.url), known[1])
