"""Names that a point can give on its own, without asking anybody."""

import os
import time
import unicodedata
import uuid
from datetime import UTC, datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read over the telephone survives."""
_CONFUSED = str.maketrans("ILO", "110")
_PREFIX = "NHAP"
"""Local codes must never look like a mã hồ sơ, which only the administration gives."""
_READ = "THON1"
"""What stands before it in the slip's QR code, without its colons."""


def new_id() -> str:
    """A UUIDv7 (RFC 9562) as text: unique without a server, sorted by the time it was made."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds & ((1 << 48) - 1)) << 80
    number = high | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & ((1 << 62) - 1)
    return str(uuid.UUID(int=number))


def slip_code(dossier: str) -> str:
    """The short code printed on a slip, such as ``NHAP-7K3M-9Q2PX``: 40 random bits and a check letter."""
    number = uuid.UUID(dossier).int & ((1 << 40) - 1)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{_PREFIX}-{letters[:4]}-{letters[4:]}{_check_letter(letters)}"


def parse_slip_code(typed: str) -> str | None:
    """The canonical slip code for what somebody typed or a reader read (``THON:1:NHAP-…``).

    Case, spaces, dashes, dots and tone marks ("nháp") do not count. ``None`` if it cannot be one.
    """
    bare = unicodedata.normalize("NFKD", typed).upper()
    letters = "".join(filter(str.isalnum, bare)).removeprefix(_READ).removeprefix(_PREFIX)
    letters = letters.translate(_CONFUSED)
    if len(letters) != 9 or any(letter not in _ALPHABET for letter in letters):
        return None
    if _check_letter(letters[:8]) != letters[8]:
        return None
    return f"{_PREFIX}-{letters[:4]}-{letters[4:]}"


def made_at(id_: str) -> datetime:
    """When an id of ``new_id`` was made, by the wall clock of its point."""
    return datetime.fromtimestamp((uuid.UUID(id_).int >> 80) / 1000, UTC)


def _check_letter(letters: str) -> str:
    """A weighted sum modulo 31 (a prime), which notices one wrong letter and two exchanged ones."""
    return _ALPHABET[sum(_ALPHABET.index(c) * (i + 1) for i, c in enumerate(letters)) % 31]
