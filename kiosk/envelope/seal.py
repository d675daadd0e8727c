"""Sign, compress and seal; and the same way back.

Under age stand two zstd frames: a *skippable* one that names the format and the dictionary in plain
ASCII, and one with a JSON line (who signed) followed by the payload. ``age -d | zstd -d -D dictionary``
opens an envelope without any of our programs.
"""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import pyrage
import zstandard

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope.payload import Payload, dictionary_name, from_json, to_json
from kiosk.envelope.reading import read_json

MAX_SEALED_BYTES = 1024 * 1024
"""Limit of one sealed envelope: the answers of the longest form take a hundredth of it."""
MAX_PLAIN_BYTES = 4 * 1024 * 1024
"""Limit of an opened envelope, so that a small body cannot fill the memory."""
MAX_BYTES = 24 * 1024 * 1024
"""Limit of anything else that is sealed: papers, news, results."""
_FORMAT = "thon-envelope-1"
_SKIPPABLE = 0x184D2A50
_LEVEL = 19
_SEALINGS = 8
"""The age library puts a line of random length into each header, so that no reader relies on its shape: up to
a tenth of a dossier. The shortest of some sealings travels; each takes half a millisecond."""


@dataclass(frozen=True)
class Sealed:
    """An envelope ready to travel; ``digest`` is the SHA-256 (hex) of ``body``."""

    body: bytes
    digest: str


@dataclass(frozen=True)
class Opened:
    """What was inside, and whose key signed it; whether that key is known is the caller's question."""

    payload: Payload
    point_key: str


class _Header(msgspec.Struct, frozen=True):
    format: str
    point_key: str
    signature: str


_HEADER = msgspec.json.Decoder(_Header)


def seal(payload: Payload, signing_key: str, recipient: str, dictionary: bytes = b"") -> Sealed:
    """Sign ``payload`` with the point's key and seal it to the commune.

    ``dictionary`` is the form version's raw zstd dictionary, empty for none.
    Raises WorldError ``envelope.key`` for an impossible recipient, ``envelope.too_big``.
    """
    content = to_json(payload)
    if len(content) > MAX_PLAIN_BYTES // 2:
        raise WorldError("envelope.too_big", limit=MAX_PLAIN_BYTES // 2)
    header = _Header(_FORMAT, keys.public_key(signing_key), keys.sign(_signed(content), signing_key))
    name = dictionary_name(payload.form, payload.form_version) if dictionary else ""
    plain = _label(name) + _compress(msgspec.json.encode(header) + b"\n" + content, dictionary)
    body = min((seal_bytes(plain, recipient) for _ in range(_SEALINGS)), key=len)
    if len(body) > MAX_SEALED_BYTES:
        raise WorldError("envelope.too_big", limit=MAX_SEALED_BYTES)
    return Sealed(body, digest_of(body))


def open_sealed(body: bytes, identity: str, dictionary_for: Callable[[str], bytes]) -> Opened:
    """Open an envelope and verify its signature.

    ``dictionary_for`` gives the dictionary of a name such as ``khai_sinh-2026.11`` and raises KeyError
    for an unknown one. Raises WorldError ``envelope.unreadable`` (not sealed to us, or damaged on the way),
    ``envelope.damaged``, ``envelope.dictionary``, ``envelope.signature``, ``envelope.too_big``.
    """
    if len(body) > MAX_SEALED_BYTES:
        raise WorldError("envelope.too_big", limit=MAX_SEALED_BYTES)
    name, frame = _split_label(open_bytes(body, identity))
    head, _, content = _decompress(frame, _find_dictionary(name, dictionary_for)).partition(b"\n")
    header = _read_header(head)
    if not keys.verify(_signed(content), header.signature, header.point_key):
        raise WorldError("envelope.signature")
    return Opened(from_json(content), header.point_key)


def seal_bytes(data: bytes, *recipients: str) -> bytes:
    """Seal a paper or a result as one age file that each of the recipients can open.

    Raises WorldError ``envelope.key``, ``envelope.too_big``."""
    if len(data) > MAX_BYTES:
        raise WorldError("envelope.too_big", limit=MAX_BYTES)
    try:
        return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(one) for one in recipients]))
    except pyrage.RecipientError as error:
        raise WorldError("envelope.key") from error


def open_bytes(body: bytes, identity: str) -> bytes:
    """Open an age file. Raises WorldError ``envelope.unreadable``, ``envelope.key``, ``envelope.too_big``."""
    if len(body) > MAX_BYTES + 1024 * 1024:
        raise WorldError("envelope.too_big", limit=MAX_BYTES)
    try:
        return bytes(pyrage.decrypt(body, [pyrage.x25519.Identity.from_str(identity)]))
    except pyrage.IdentityError as error:
        raise WorldError("envelope.key") from error
    except pyrage.DecryptError as error:
        raise WorldError("envelope.unreadable") from error


def digest_of(body: bytes) -> str:
    """SHA-256 in hex: how envelopes and papers are named."""
    return hashlib.sha256(body).hexdigest()


def _signed(content: bytes) -> bytes:
    """What the signature stands over: the format's name first, so that it counts nowhere else."""
    return _FORMAT.encode() + b"\n" + content


def _label(name: str) -> bytes:
    text = f"{_FORMAT} {name}".strip().encode("ascii")
    return struct.pack("<II", _SKIPPABLE, len(text)) + text


def _split_label(plain: bytes) -> tuple[str, bytes]:
    """The dictionary's name from the skippable frame, and the frame behind it."""
    if len(plain) < 8:
        raise WorldError("envelope.damaged")
    magic, size = struct.unpack("<II", plain[:8])
    words = plain[8 : 8 + min(size, 200)].split(b" ")
    if magic != _SKIPPABLE or words[0] != _FORMAT.encode() or len(words) > 2:
        raise WorldError("envelope.damaged")
    return words[1].decode("ascii", "replace") if len(words) == 2 else "", plain[8 + size :]


def _find_dictionary(name: str, dictionary_for: Callable[[str], bytes]) -> bytes:
    try:
        return dictionary_for(name) if name else b""
    except KeyError as error:
        raise WorldError("envelope.dictionary") from error


def _compress(data: bytes, dictionary: bytes) -> bytes:
    return zstandard.ZstdCompressor(
        level=_LEVEL, dict_data=_dictionary(dictionary), write_checksum=True, write_content_size=True
    ).compress(data)


def _decompress(frame: bytes, dictionary: bytes) -> bytes:
    """One zstd frame that declares a size within the limit; anything else is refused before it unfolds."""
    try:
        size = zstandard.frame_content_size(frame)
        if size > MAX_PLAIN_BYTES:
            raise WorldError("envelope.too_big", limit=MAX_PLAIN_BYTES)
        if size < 0:
            raise WorldError("envelope.damaged")
        return zstandard.ZstdDecompressor(dict_data=_dictionary(dictionary)).decompress(
            frame, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise WorldError("envelope.damaged") from error


@lru_cache(maxsize=64)
def _dictionary(data: bytes) -> zstandard.ZstdCompressionDict | None:
    if not data:
        return None
    return zstandard.ZstdCompressionDict(data, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _read_header(line: bytes) -> _Header:
    try:
        header = read_json(_HEADER, line)
    except msgspec.DecodeError as error:
        raise WorldError("envelope.damaged") from error
    if header.format != _FORMAT:
        raise WorldError("envelope.newer")
    return header
