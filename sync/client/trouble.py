"""What can go wrong between a point and its hub, sorted by what the volunteer can do about it."""

from enum import StrEnum

from kiosk.domain.errors import WorldError
from sync.protocol import Problem

_CODES = {
    "request.too_many": "hub.too_many",
    "request.version": "hub.newer",
    "token.proof": "hub.enrol_again",
    "point.revoked": "hub.revoked",
}
"""Words of the hub that a volunteer must hear as they are."""


class Kind(StrEnum):
    """How a round ended. ``DONE`` is the only good one; the others name the trouble."""

    DONE = "done"
    LATER = "later"
    """The hub answered properly, but took nothing of what waits."""
    NO_LINE = "no_line"
    CAPTIVE_PORTAL = "captive_portal"
    """Somebody answered, but not a hub."""
    TRUNCATED = "truncated"
    AUTHORITY = "authority"
    """Another machine answers under the hub's address."""
    REFUSED = "refused"
    SEQUENCE = "sequence"
    SERVER_ERROR = "server_error"
    GARBLED = "garbled"
    STORE = "store"
    """This point's own disk or database is in trouble."""


class TransportError(WorldError):
    """No proper answer came. ``kind`` sorts it; ``problem`` is the hub's own word, where there is one."""

    def __init__(self, kind: Kind, status: int = 0, problem: Problem | None = None) -> None:
        said = _CODES.get(problem.code) if problem is not None else None
        super().__init__(said or f"hub.{kind.value}", status=status)
        self.kind = kind
        self.status = status
        self.problem = problem
