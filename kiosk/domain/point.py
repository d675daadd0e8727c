"""The point itself, and what it knows of the commune's hub."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Enrolment:
    """What a point has after the commune enrolled it (public parts; the token is kept beside)."""

    point: str
    hamlet: str
    commune: str
    hub_url: str
    authority: str
    """The hub's certificate authority in PEM, pinned: no other is believed."""
    hub_key: str
    """Ed25519 public key (hex) that signs receipts."""
    commune_key: str
    """age recipient to which dossiers are sealed."""
    trial: bool


@dataclass(frozen=True)
class QueueSummary:
    """Honest counters for the home screen."""

    waiting: int
    oldest: str | None
    """When the longest-waiting item was queued, ISO 8601; ``None`` if nothing waits."""
    parked: int
    last_contact: str | None
    """When the hub last answered properly, ISO 8601."""
    small: int = 0
    """How many of those that wait are short words (withdrawn, handed back, filed), no dossiers or papers."""
    copied: int = 0
    """How many dossiers and supplements that wait lie on a memory stick, too."""
    last_error: str = ""
    """Code of the trouble of the last try, such as ``hub.no_line``; empty after a good one."""
    last_stick: str = ""
    """When an answer of the hub was last taken from a memory stick, ISO 8601; empty if never."""
