"""What travels: small events up (outbox), news down. Both streams only grow."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.consent import Consent


class EventKind(StrEnum):
    """Kinds of outbox events, protocol version 1."""

    DOSSIER = "dossier"
    SUPPLEMENT = "supplement"
    PORTAL_FILED = "portal_filed"
    WITHDRAWN = "withdrawn"
    HANDED_BACK = "handed_back"


@dataclass(frozen=True)
class OutboxItem:
    """One event waiting to go up; ``body`` is sealed already, so the point cannot read it any more."""

    id: str
    kind: EventKind
    dossier: str
    revision: int
    procedure: str
    body: bytes
    digest: str
    """SHA-256 (hex) of ``body``: what the hub's receipt must repeat."""
    papers: tuple[str, ...]
    """Sealed digests of the papers that belong to it."""
    queued_at: str
    attempts: int = 0


@dataclass(frozen=True)
class Receipt:
    """The hub's word that it holds an envelope; only its signature proves that."""

    epoch: str
    number: int
    event: str
    dossier: str
    revision: int
    digest: str
    received_at: str


@dataclass(frozen=True)
class ResultFile:
    """A copy of the result, for information: a labelled PDF, sealed to the point."""

    sealed_sha256: str
    sealed_size: int
    plain_sha256: str
    original_at: str
    """Where the citizen gets the original."""


@dataclass(frozen=True)
class DossierFacts:
    """What a point keeps of a dossier that it handed over, for one that lost its memory."""

    slug: str
    """The procedure's short name in the content."""
    procedure: str
    road: str
    slip_code: str
    form: str
    form_version: str
    digest: str
    """Of the last revision's envelope: what a correction or supplement builds on."""
    prepared_on: str
    number: str
    """The first identity number in it. The point makes its mark of it and keeps no number."""
    consent: Consent | None


@dataclass(frozen=True)
class NewsItem:
    """One statement of the commune about a dossier, opened with the point's own key."""

    number: int
    dossier: str
    revision: int
    state: str
    at: str
    sentence: str = ""
    portal_code: str = ""
    """The mã hồ sơ, when the officer received formally."""
    papers: tuple[str, ...] = ()
    """Kinds of papers that the officer asks for."""
    answers: tuple[tuple[str, str], ...] = ()
    """With "asked for more": the answers themselves, which become the draft of the next revision."""
    form: str = ""
    form_version: str = ""
    result: ResultFile | None = None
    """With "result ready": the copy that waits at the hub."""
    day: str = ""
    """ISO 8601: with "invited" the day to come, with "received" the promised day of return."""
    facts: DossierFacts | None = None
    """For a point that enrolled again: so that it knows the dossier."""
