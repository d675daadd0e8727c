"""Content packs come down in pieces and lie whole in a folder, where the volunteer's press finds them."""

from pathlib import Path

import msgspec
import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.client.loop import Link, run_round
from sync.client.packs import FOLDER, fetch_pack
from sync.client.trouble import Kind
from sync.protocol import PackOffer
from tests.support.fake_hub import Answer, FakeHub
from tests.support.point import Point

BODY = b"PK\x03\x04" + bytes(range(256)) * 60


@pytest.fixture
def offer(hub: FakeHub) -> PackOffer:
    offer = PackOffer(version=7, size=len(BODY), sha256=digest_of(BODY))
    hub.results[offer.sha256] = BODY
    hub.tamper = lambda answer: msgspec.structs.replace(answer, pack=offer)
    return offer


@pytest.fixture
def folder(point: Point) -> Path:
    return point.database.path.parent / FOLDER


def asked(hub: FakeHub) -> int:
    return sum(method == "GET" for method, _ in hub.requests)


def test_a_round_brings_the_pack_once(hub: FakeHub, line: Link, offer: PackOffer, folder: Path) -> None:
    for _ in range(3):
        assert run_round(line).kind is Kind.DONE
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("pack-7.zip", BODY)]
    assert asked(hub) == 1


def test_it_goes_on_after_a_cut_and_takes_the_place_of_older_ones(
    hub: FakeHub, point: Point, line: Link, offer: PackOffer, folder: Path
) -> None:
    folder.mkdir()
    (folder / "pack-6.zip").write_bytes(b"older")
    turns = iter([True, True])
    home = folder.parent
    assert fetch_pack(home, line.transport, offer, 4096, lambda: next(turns, False)) is None
    assert (folder / f"{offer.sha256}.part").stat().st_size == 8192
    before = asked(hub)
    assert fetch_pack(home, line.transport, offer, 4096, lambda: True) is None
    assert asked(hub) - before == 2
    assert [path.name for path in folder.iterdir()] == ["pack-7.zip"]


def test_another_file_than_offered_is_thrown_away(
    hub: FakeHub, line: Link, offer: PackOffer, folder: Path
) -> None:
    hub.results[offer.sha256] = BODY[:-1] + b"x"
    assert run_round(line).kind is Kind.GARBLED
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "lie", [{"size": -1}, {"size": 2**40}, {"sha256": "../../x"}, {"sha256": "." * 64}, {"sha256": ""}]
)
def test_an_impossible_offer_is_not_asked_for(
    hub: FakeHub, line: Link, offer: PackOffer, folder: Path, lie: dict[str, object]
) -> None:
    false = msgspec.structs.replace(offer, **lie)
    assert isinstance(fetch_pack(folder.parent, line.transport, false, 4096, lambda: True), WorldError)
    assert asked(hub) == 0
    assert not folder.exists()


def test_a_captive_portal_writes_nothing(hub: FakeHub, line: Link, offer: PackOffer, folder: Path) -> None:
    hub.instead = lambda method, _path, _body: Answer(302, b"log in") if method == "GET" else None
    assert run_round(line).kind is Kind.CAPTIVE_PORTAL
    assert sum(path.stat().st_size for path in folder.iterdir()) == 0
