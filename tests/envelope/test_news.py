"""News: sealed to one point."""

import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope import keys
from kiosk.envelope.news import open_news, seal_news
from kiosk.envelope.seal import seal_bytes
from tests.envelope.conftest import Keys

ITEM = NewsItem(
    number=4,
    dossier="d",
    revision=1,
    state="asked_for_more",
    at="2026-11-21T10:00:00+07:00",
    sentence="Thiếu giấy chứng sinh.",
    papers=("giay_chung_sinh",),
    answers=(("me.ho_ten", "Vũ Thị Thử"),),
)


def test_it_opens_for_its_point(point: Keys) -> None:
    assert open_news(seal_news(ITEM, point.recipient), point.identity) == ITEM


def test_another_point_cannot_open_it(point: Keys) -> None:
    with pytest.raises(WorldError, match=r"envelope\.unreadable"):
        open_news(seal_news(ITEM, point.recipient), keys.generate_age_identity())


@pytest.mark.parametrize("plain", [b"", b"{}", b"[1]", b'{"number":"four"}', b"\xff"])
def test_what_is_no_news_is_damaged(point: Keys, plain: bytes) -> None:
    with pytest.raises(WorldError, match=r"envelope\.damaged"):
        open_news(seal_bytes(plain, point.recipient), point.identity)
