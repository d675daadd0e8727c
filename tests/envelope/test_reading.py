"""JSON of others: every way of being wrong is the same error."""

import msgspec
import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope.news import open_news
from kiosk.envelope.payload import from_json
from kiosk.envelope.reading import read_json
from kiosk.envelope.seal import seal_bytes

DEEP = b'{"more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
DECODER = msgspec.json.Decoder(dict[str, int])


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"\xff": 1}', b'{"a": "b"}', b"[" * 100_000, DEEP])
def test_whatever_is_wrong_is_a_decode_error(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_json(DECODER, data)


def test_what_is_right_is_read() -> None:
    assert read_json(DECODER, b'{"a": 1}') == {"a": 1}


def test_brackets_without_end_in_a_payload_or_in_news_are_damage() -> None:
    """A dossier or a news item like this must park or be passed over, not break the round for ever."""
    with pytest.raises(WorldError, match=r"envelope\.damaged"):
        from_json(DEEP)
    identity = keys.generate_age_identity()
    with pytest.raises(WorldError, match=r"envelope\.damaged"):
        open_news(seal_bytes(DEEP, keys.recipient_of(identity)), identity)
