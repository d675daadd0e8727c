"""What was searched for, as a part of an address that only the hub can read.

A name must not stand in an address (histories and logs keep those), yet going back, paging and narrowing have
to work. So the words are sealed to the commune, which the hub alone can open.
"""

import base64
import binascii

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import open_bytes, seal_bytes
from sync.hub.context import Hub

_LONGEST = 4096
_MARK = b"search:"
"""Nothing else that is sealed to the commune begins so: a link opens searches only."""


def packed(hub: Hub, words: str) -> str:
    """The words sealed; empty for none."""
    if not words:
        return ""
    return base64.urlsafe_b64encode(seal_bytes(_MARK + words.encode(), hub.settings.commune_key)).decode(
        "ascii"
    )


def unpacked(hub: Hub, text: str) -> str:
    """The words again; empty for what this hub did not write."""
    if not text or len(text) > _LONGEST or not text.isascii():
        return ""
    try:
        opened = open_bytes(base64.urlsafe_b64decode(text), hub.keys.identity)
        return opened.removeprefix(_MARK).decode() if opened.startswith(_MARK) else ""
    except (WorldError, binascii.Error, UnicodeDecodeError):
        return ""
