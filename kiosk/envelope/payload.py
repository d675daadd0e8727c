"""What is inside an envelope: one revision of a dossier, a supplement, or a small event."""

from dataclasses import dataclass

import msgspec

from kiosk.domain.consent import Consent
from kiosk.domain.dossier import Answer, Road
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.reading import read_json

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class PortalFiling:
    """The small event of the portal road: no content, only what is needed to see a double filing."""

    portal_code: str
    """The mã hồ sơ that the portal gave."""
    person_mark: str = ""
    """HMAC (hex) of identity number and procedure; empty without consent."""
    commune_mark: str = ""
    """The same as every point of the commune makes it (``kiosk.envelope.portal_mark``)."""


@dataclass(frozen=True, kw_only=True)
class Payload:
    """The content that a point signs and seals. Texts are as stored: raw answers, ISO dates."""

    format: int = FORMAT
    kind: EventKind = EventKind.DOSSIER
    dossier: str
    revision: int
    procedure: str
    """National code of the procedure."""
    point: str
    hamlet: str
    prepared_on: str
    """The day in the hamlet, ISO 8601: what the declaration prints."""
    road: Road = Road.COMMUNE
    slip_code: str = ""
    form: str = ""
    form_version: str = ""
    """Which form asked; together they name the compression dictionary, too."""
    answers: tuple[Answer, ...] = ()
    papers: tuple[SealedPaper, ...] = ()
    consent: Consent | None = None
    base_digest: str = ""
    """Digest of the envelope that a correction or supplement builds on; empty for the first."""
    portal: PortalFiling | None = None
    confirmed: tuple[str, ...] = ()
    """The sentences that the volunteer ticked after looking (return reasons, warnings), word for word."""
    note: str = ""
    """A sentence for the officer, such as why a dossier is withdrawn."""


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Payload)
_ANYTHING = msgspec.json.Decoder(dict[str, object])


def dictionary_name(form: str, version: str) -> str:
    """The name of a form version's compression dictionary: ``khai_sinh-2026.11``."""
    return f"{form}-{version}" if form else ""


def to_json(payload: Payload) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8. The signature stands over these very bytes."""
    return _ENCODER.encode(payload)


def from_json(data: bytes) -> Payload:
    """Read a payload; raises WorldError ``envelope.damaged`` or, from a newer point, ``envelope.newer``."""
    try:
        payload = read_json(_DECODER, data)
    except msgspec.DecodeError as error:
        raise WorldError("envelope.newer" if _format_of(data) > FORMAT else "envelope.damaged") from error
    if payload.format > FORMAT:
        raise WorldError("envelope.newer")
    return payload


def _format_of(data: bytes) -> int:
    """The format number of something that could not be read whole; 0 if even that is missing."""
    try:
        number = read_json(_ANYTHING, data).get("format", 0)
    except msgspec.DecodeError:
        return 0
    return number if isinstance(number, int) else 0
