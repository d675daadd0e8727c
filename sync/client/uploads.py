"""Papers by tus 1.0.0: created once, asked for the offset, sent from there."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync import protocol
from sync.client.transport import Reply, Transport, refusal
from sync.client.trouble import Kind, TransportError

_TUS = {"Tus-Resumable": "1.0.0"}
_TYPE = {"Content-Type": "application/offset+octet-stream"}
_SMALL = 64 * 1024
"""A paper up to this size goes with the request that creates its upload: one exchange instead of two."""
UNHEARD = ""
"""Instead of an address: bytes went with a creation whose end we never heard, so the hub may have some."""
_GONE = frozenset({404, 410})
_NO_ADDRESS = frozenset({400, 405})
"""What was kept is no upload's address at all: a line that broke inside ``Location`` leaves half of it."""
_MISMATCH = 460
"""tus: what arrived is not what was announced."""
_OF_THE_POINT = frozenset({401, 403, 407, 408, 425, 429})


@dataclass(frozen=True)
class Upload:
    """One sealed paper on its way, its bytes in memory (at most 20 MiB)."""

    sealed_sha256: str
    body: bytes
    url: str | None
    """Where it was begun in an earlier round; ``UNHEARD`` if that was not said."""
    remember: Callable[[str | None], None]
    """Keeps the address durably before anything is sent to it; ``None`` forgets it."""


def is_whole(sealed_sha256: str, body: bytes) -> bool:
    """Whether a file is still what its name says; a damaged one must not travel."""
    return 0 < len(body) <= protocol.MAX_PAPER_BYTES and digest_of(body) == sealed_sha256


def is_its_own(error: WorldError) -> bool:
    """Whether a hub's word is about one upload alone, so that the other papers may go on."""
    return (
        isinstance(error, TransportError)
        and error.kind is not Kind.CAPTIVE_PORTAL
        and 400 <= error.status < 500
        and error.status not in _OF_THE_POINT
    )


def send_paper(transport: Transport, upload: Upload, piece_bytes: int, go_on: Callable[[], bool]) -> bool:
    """Send what the hub lacks of a paper, piece by piece, as long as ``go_on`` says so.

    True when the hub has every byte (only the event's receipt proves that it holds them).
    Raises TransportError; a begun upload resumes at the hub's offset next time.
    """
    url, offset = _begin(transport, upload, piece_bytes)
    while offset < len(upload.body):
        if not go_on():
            return False
        offset = _send_piece(transport, upload, url, offset, piece_bytes)
    return True


def _begin(transport: Transport, upload: Upload, piece_bytes: int) -> tuple[str, int]:
    """The upload's address and how much of it the hub has."""
    if upload.url:
        offset = _ask(transport, upload.url, len(upload.body))
        if offset is not None:
            return upload.url, offset
        upload.remember(None)
    url, offset = _create_with(transport, upload, _first(upload, piece_bytes))
    if offset != len(upload.body):
        upload.remember(url)
    if offset is None:
        offset = _ask(transport, url, len(upload.body))
    if offset is None:
        raise TransportError(Kind.GARBLED)
    return url, offset


def _first(upload: Upload, piece_bytes: int) -> bytes:
    """What goes with the creation: all of a small paper of which the hub can have nothing yet."""
    fits = len(upload.body) <= min(_SMALL, piece_bytes)
    return upload.body if upload.url is None and fits else b""


def _create_with(transport: Transport, upload: Upload, first: bytes) -> tuple[str, int | None]:
    try:
        return _create(transport, upload, first)
    except TransportError:
        if first:
            upload.remember(UNHEARD)
        raise


def _create(transport: Transport, upload: Upload, first: bytes) -> tuple[str, int | None]:
    """The address, and how much the hub has if it says so."""
    name = base64.b64encode(upload.sealed_sha256.encode("ascii")).decode("ascii")
    headers = {"Upload-Length": str(len(upload.body)), "Upload-Metadata": f"sha256 {name}"}
    headers |= _TYPE if first else {}
    reply = transport.send("POST", protocol.PAPERS_PATH, {**_TUS, **headers}, first)
    if reply.status == _MISMATCH:
        raise TransportError(Kind.TRUNCATED, reply.status)
    if reply.status != 201:
        raise refusal(reply)
    url = transport.absolute(reply.headers.get("location", ""))
    known = "upload-offset" in reply.headers
    return url, _offset(reply, len(upload.body)) if known else None


def _ask(transport: Transport, url: str, length: int) -> int | None:
    """How much the hub has; ``None`` if it does not know the upload (any more), or threw it away."""
    reply = transport.send("HEAD", url, _TUS)
    if reply.status in _GONE | _NO_ADDRESS or reply.status == _MISMATCH:
        return None
    if reply.status not in (200, 204):
        raise refusal(reply)
    return _offset(reply, length)


def _send_piece(transport: Transport, upload: Upload, url: str, offset: int, piece_bytes: int) -> int:
    piece = upload.body[offset : offset + piece_bytes]
    headers = {"Upload-Offset": str(offset), **_TYPE}
    reply = transport.send("PATCH", url, {**_TUS, **headers}, piece)
    if reply.status in _GONE or reply.status == _MISMATCH:
        upload.remember(None)
        raise TransportError(Kind.TRUNCATED, reply.status)
    if reply.status == 409:
        raise TransportError(Kind.TRUNCATED, reply.status)
    if reply.status != 204:
        raise refusal(reply)
    reached = _offset(reply, len(upload.body))
    if reached <= offset:
        raise TransportError(Kind.GARBLED, reply.status)
    return reached


def _offset(reply: Reply, length: int) -> int:
    """The offset that the hub names, if it is possible; a captive portal names none."""
    text = reply.headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= length):
        raise TransportError(Kind.CAPTIVE_PORTAL, reply.status)
    return int(text)
