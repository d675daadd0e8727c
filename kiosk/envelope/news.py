"""News of the commune, sealed to the one point that they are for."""

import msgspec

from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope.reading import read_json
from kiosk.envelope.seal import open_bytes, seal_bytes

_DECODER = msgspec.json.Decoder(NewsItem)
_ENCODER = msgspec.json.Encoder(order="sorted")


def seal_news(item: NewsItem, recipient: str) -> bytes:
    """One statement as an age file for the point's recipient. Raises WorldError ``envelope.key``."""
    return seal_bytes(_ENCODER.encode(item), recipient)


def open_news(body: bytes, identity: str) -> NewsItem:
    """Open a statement. Raises WorldError ``envelope.unreadable`` or ``envelope.damaged``."""
    try:
        return read_json(_DECODER, open_bytes(body, identity))
    except msgspec.DecodeError as error:
        raise WorldError("envelope.damaged") from error
