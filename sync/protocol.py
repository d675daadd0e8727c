"""The conversation between a point and its hub: the single source of PROTOCOL.md and of the OpenAPI.

Two append-only streams and two cursors are the whole protocol: events go up, news come down.
Both ends use these records; bodies that a person may not read on the way are sealed bytes
(base64 in JSON). Field meanings stand beside the fields, because PROTOCOL.md is checked against them.
"""

from enum import StrEnum

import msgspec

VERSION = 1
ROUND_PATH = "/v1/round"
ENROL_PATH = "/v1/enrol"
HELLO_PATH = "/v1/hello"
PAPERS_PATH = "/v1/papers"
PACKS_PATH = "/v1/packs"
"""``GET`` with the digest of an offered pack behind it, by ``Range``."""
RESULTS_PATH = "/v1/results"
"""``GET`` with the sealed digest of a result behind it, by ``Range``."""
RECONCILE_PATH = "/v1/reconcile"
TOKEN_PATH = "/v1/token"  # noqa: S105 (an address)
MEDIA_TYPE = "application/json"
ENCODING = "zstd"
MAX_ROUND_BYTES = 8 * 1024 * 1024
"""Limit of a round's decompressed body, both ways."""
MAX_PAPER_BYTES = 20 * 1024 * 1024
"""Limit of one sealed paper."""
MAX_RECONCILE = 2000
"""Events that one ``ReconcileRequest`` may ask about."""
MAX_NUMBER = 2**53
"""All counters stay below this: every JSON reader and every database can hold them."""

MAX_COUNTED = 2**31
"""A hub of ours counts sequences, receipts and news below this: so wide are its columns."""
MAX_REVISION = 10_000
"""Revisions of a dossier stay below this."""
MAX_EVENT_PAPERS = 200
"""Papers that one event may name."""
MAX_EVENTS = 10_000
"""Events that one round may carry."""
MAX_ROUND_PAPERS = 20_000
"""Papers that all events of a round may name together."""
MAX_RECEIPTS = 2000
"""Receipts of earlier rounds that a hub of ours puts into one answer."""
MAX_WINDOW = 8 * 1024 * 1024
"""zstd bodies unfold with no more memory than this (RFC 9659)."""


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """Base of every message: unknown fields are ignored, so that a newer end may add some."""


class Hello(Message, frozen=True, kw_only=True):
    """Answer of ``GET /v1/hello``: who is there, before anything is trusted."""

    version: int
    """Highest protocol version that the hub speaks."""
    commune: str
    trial: bool
    """Made by ``hamlet-hub init --trial``: synthetic people only."""


class EnrolRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/enrol``: a one-time code buys a point its identity."""

    code: str
    signing_key: str
    """The point's Ed25519 public key, hex."""
    sealing_key: str
    """The point's age recipient: what comes back is sealed to it."""


class EnrolAnswer(Message, frozen=True, kw_only=True):
    """What the point keeps for ever, and its bearer token."""

    point: str
    token: str
    hamlet: str
    commune: str
    hub_key: str
    """Ed25519 public key of the hub (hex): verifies receipts."""
    commune_key: str
    """age recipient of the commune: dossiers are sealed to it."""
    epoch: str
    trial: bool


class TokenRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/token``: the point made itself a new token and keeps it; from its first use on it counts.

    The signature is the whole proof, so that a point whose token nobody knows any more gets in again.
    """

    version: int
    point: str
    digest: str
    """SHA-256 (hex) of the new token."""
    signature: str
    """Ed25519 (hex) of the point's key over the canonical text (``kiosk.envelope.tokens``)."""


class TokenAnswer(Message, frozen=True, kw_only=True):
    """The hub knows the next token. The one in force stays so until the next one is used."""

    version: int
    digest: str
    """Echo of the request's."""


class Event(Message, frozen=True, kw_only=True):
    """One outbox item on its way up."""

    id: str
    """Made on the point (UUIDv7): the idempotency key, valid for ever."""
    kind: str
    """``dossier``, ``supplement``, ``portal_filed``, ``withdrawn`` or ``handed_back``."""
    dossier: str
    revision: int
    procedure: str
    """National code of the procedure; readable, so that the hub can sort without opening."""
    digest: str
    """SHA-256 (hex) of ``body``."""
    body: bytes
    """The sealed envelope."""
    papers: list[str] = []
    """Sealed digests of the papers that belong to it."""


class GuideEnds(Message, frozen=True, kw_only=True):
    """How often walkthroughs ended there in a month; nothing about who walked."""

    month: str
    """Such as ``2026-11``."""
    guide: str
    exit: str
    reason: str
    """Ids of the guide's content, never free text."""
    times: int
    """All of that month so far: a newer number replaces an older one."""


class PointReport(Message, frozen=True, kw_only=True):
    """How a point stands, for the commune's list of points; nothing about any citizen."""

    program: str
    """Version of the program."""
    pack: str = ""
    """Number of the newest content pack; empty for the program's own content."""
    queue: int = 0
    """Events that wait, also for their papers or receipt."""
    parked: int = 0
    """Events that need a person."""
    free_mb: int = 0
    """Room on the point's disk, MB."""
    last_visit: str = ""
    """Day of the last visit, ISO 8601; empty if never."""
    guide_ends: list[GuideEnds] = []
    """The newest counts; may be left out, such as in rounds that carry events."""


class RoundRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/round``: everything a point says at once. The same sequence with the same digest
    is answered with the stored answer; another digest or a lower sequence is 409."""

    version: int
    point: str
    incarnation: str
    """New for every life of the point's database; a restored snapshot opens a new one."""
    sequence: int
    """Grows by one each new round within an incarnation."""
    epoch: str
    """The hub's epoch as last seen by the point, empty before the first round."""
    receipt: int
    """Highest receipt number that the point holds of that epoch."""
    safe: int
    """Highest SAFE mark that the point has seen of that epoch."""
    cursor: int
    """Number of the last news item applied by the point."""
    events: list[Event] = []
    report: PointReport | None = None
    """How the point stands; may be left out."""
    brief: bool = False
    """The receipts inside the verdicts may be brief: the point has what they repeat at hand."""


class Verdict(StrEnum):
    """What became of an event."""

    ACCEPTED = "accepted"
    ALREADY = "already_accepted"
    REFUSED = "refused"
    LATER = "try_later"

    @classmethod
    def _missing_(cls, value: object) -> "Verdict":  # noqa: ARG003 (signature of enum)
        """A verdict of a newer hub that we do not know: nothing is lost if it counts as "later"."""
        return cls.LATER


class SignedReceipt(Message, frozen=True, kw_only=True, omit_defaults=True):
    """A receipt and the hub's Ed25519 signature over its canonical text (``kiosk.envelope.receipts``).

    A brief one (``RoundRequest.brief``) leaves out dossier, revision and digest: the point has the event.
    """

    epoch: str
    number: int
    event: str
    dossier: str = ""
    revision: int = 0
    digest: str = ""
    received_at: str
    signature: str


class EventVerdict(Message, frozen=True, kw_only=True):
    """The hub's answer to one event. Accepted without a receipt: papers are still missing."""

    event: str
    verdict: Verdict
    code: str = ""
    """Why it was refused or postponed; ASCII, stable."""
    sentence: str = ""
    """The same for people, in Vietnamese."""
    missing_papers: list[str] = []
    """Sealed digests that the hub still waits for; the receipt follows when they are there."""
    receipt: SignedReceipt | None = None


class News(Message, frozen=True, kw_only=True):
    """One statement of the commune for this point, sealed to the point's own key."""

    number: int
    """Grows by one for each item of this point; the cursor."""
    body: bytes
    """age file; its plain text is the JSON of ``kiosk.domain.events.NewsItem``."""


class PackOffer(Message, frozen=True, kw_only=True):
    """A content pack that waits at the hub; its own signatures say whether it may be installed."""

    version: int
    size: int
    sha256: str
    """Of the file, hex."""


class RoundAnswer(Message, frozen=True, kw_only=True):
    """Everything the hub says back. Nothing in it counts before its receipts are verified."""

    version: int
    epoch: str
    """New after a restored backup: what is not SAFE must be sent again."""
    receipt_number: int
    """Highest receipt number ever given in this epoch."""
    safe: int
    """Receipts up to this number were restored and re-hashed from a copy on another volume."""
    sequence: int
    """Echo of the request's sequence."""
    verdicts: list[EventVerdict] = []
    receipts: list[SignedReceipt] = []
    """Receipts for events of earlier rounds whose papers have arrived since."""
    news: list[News] = []
    cursor: int = 0
    """Number of the last news item in this answer, or the request's cursor."""
    more: bool = False
    """Further news wait: begin another round at once."""
    pack: PackOffer | None = None
    """A newer content pack than the point reports."""
    token_due: bool = False
    """The point's token is old: it should take a new one (``TokenRequest``)."""


class HeldEvent(Message, frozen=True, kw_only=True):
    """An event for which the point has a receipt."""

    id: str
    digest: str
    """SHA-256 (hex) of its sealed body."""


class ReconcileRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/reconcile``: about once a week, the set of events that the point believes received."""

    version: int
    point: str
    events: list[HeldEvent]


class ReconcileAnswer(Message, frozen=True, kw_only=True):
    """What of it the hub does not hold with a receipt; those go up again."""

    version: int
    missing: list[str] = []


class Problem(Message, frozen=True, kw_only=True):
    """Body of every refusal (4xx and 5xx)."""

    code: str
    sentence: str
    highest_sequence: int | None = None
    """With 409: the highest sequence seen; the point continues after it."""
