"""Signed packs reach the points: checked when they are published, offered in rounds, fetched in pieces."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub.backup import back_up
from sync.hub.cli import main
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.publish import lost, newest, offer_to, publish
from sync.hub.restore import restore
from sync.protocol import PointReport, RoundAnswer, RoundRequest
from tests.support.hub import HubPoint
from tests.support.packs import STRANGER, TRUST, Packs


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    (tmp_path / "made").mkdir()
    return Packs(tmp_path / "made", tmp_path / "home")


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    file = tmp_path / "trust.json"
    file.write_bytes(TRUST.to_bytes())
    return file


def converse(point: HubPoint, pack: str) -> RoundAnswer:
    asked = msgspec.json.decode(point.request(), type=RoundRequest)
    report = PointReport(program="0.1.0", pack=pack)
    return point.said(msgspec.json.encode(msgspec.structs.replace(asked, report=report)))


def test_a_published_pack_is_offered_and_fetched_in_pieces(
    hub: Hub, client: TestClient[Litestar], point: HubPoint, packs: Packs, trust: Path
) -> None:
    pack = packs.make(7, name="goi-7.zip")
    assert converse(point, "").pack is None
    assert publish(hub.home, pack, trust) == 7
    offer = converse(point, "").pack
    assert offer is not None
    assert (offer.version, offer.sha256) == (7, digest_of(pack.read_bytes()))
    assert converse(point, "7").pack is None
    assert converse(point, "6").pack == offer
    assert point.round().pack is None
    headers = {"Authorization": f"Bearer {point.enrolled.token}"}
    address = f"/v1/packs/{offer.sha256}"
    half = offer.size // 2
    parts = [
        client.get(address, headers={**headers, "Range": span})
        for span in (f"bytes=0-{half - 1}", f"bytes={half}-")
    ]
    assert [part.status_code for part in parts] == [206, 206]
    assert digest_of(b"".join(part.content for part in parts)) == offer.sha256
    assert client.get(address).status_code == 401
    assert client.get(f"/v1/packs/{'0' * 64}", headers=headers).status_code == 404


def test_a_strangers_pack_and_an_old_one_are_refused(hub: Hub, packs: Packs, trust: Path) -> None:
    with pytest.raises(WorldError, match=r"publish\."):
        publish(hub.home, packs.make(7, name="fremd.zip", keys=(STRANGER,)), trust)
    assert newest(hub.home) is None
    publish(hub.home, packs.make(7, name="goi-7.zip"), trust)
    with pytest.raises(WorldError, match=r"publish\.not_newer"):
        publish(hub.home, packs.make(6, name="goi-6.zip"), trust)
    assert offer_to(hub.home, "nonsense") is not None


def test_a_restored_hub_still_knows_what_was_offered(
    hub: Hub, packs: Packs, trust: Path, tmp_path: Path
) -> None:
    publish(hub.home, packs.make(8, name="goi-8.zip"), trust)
    volume, there = tmp_path / "volume", Home(tmp_path / "there")
    volume.mkdir()
    back_up(hub.home, volume, SystemClock())
    restore(there, volume, SystemClock())
    with pytest.raises(WorldError, match=r"publish\.not_newer"):
        publish(there, packs.make(7, name="goi-7.zip"), trust)
    assert publish(there, packs.make(9, name="goi-9.zip"), trust) == 9


def test_a_restored_hub_says_which_pack_is_to_be_offered_again_and_takes_it(
    hub: Hub, packs: Packs, trust: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also a hub restored from the copy of a hub that was restored."""
    offered = packs.make(8, name="goi-8.zip")
    publish(hub.home, offered, trust)
    homes = [hub.home, Home(tmp_path / "second"), Home(tmp_path / "third")]
    for one, next_one in pairwise(homes):
        volume = tmp_path / f"volume of {one.folder.name}"
        volume.mkdir()
        back_up(one, volume, SystemClock())
        assert main(["restore", "--home", str(next_one.folder), "--from", str(volume)]) == 0
        assert "gói số 8" in capsys.readouterr().out
    third = homes[-1]
    assert lost(third) == 8
    with pytest.raises(WorldError, match=r"publish\.not_newer"):
        publish(third, packs.make(8, name="khac-8.zip", begin=date(2026, 11, 5)), trust)
    assert publish(third, offered, trust) == 8
    assert (lost(third), offer_to(third, "7")) == (0, offer_to(hub.home, "7"))
    with pytest.raises(WorldError, match=r"publish\.not_newer"):
        publish(third, offered, trust)


def test_what_is_wrong_with_a_pack_is_said_to_the_clerk_not_to_a_point(
    hub: Hub, packs: Packs, trust: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = packs.make(8, name="goi-8.zip")
    cut, odd = tmp_path / "cut.zip", tmp_path / "odd.json"
    cut.write_bytes(whole.read_bytes()[:-100])
    odd.write_text("[]", encoding="utf-8")
    foreign = packs.make(8, name="fremd.zip", keys=(STRANGER,))
    for pack, whom, code in (
        (cut, trust, "damaged"),
        (tmp_path / "none.zip", trust, "none"),
        (foreign, trust, "threshold"),
        (whole, tmp_path / "none.json", "no_trust"),
        (whole, odd, "trust"),
    ):
        with pytest.raises(WorldError, match=rf"^publish\.{code}"):
            publish(hub.home, pack, whom)
        assert main(["publish", str(pack), "--home", str(hub.home.folder), "--trust", str(whom)]) == 1
        said = capsys.readouterr().err
        assert said.strip()
        assert "Nội dung đang dùng" not in said
        assert "áo xã" not in said
    assert newest(hub.home) is None


def test_a_damaged_pack_is_refused_by_command_in_words(
    hub: Hub, packs: Packs, trust: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = packs.make(8, name="goi-8.zip")
    where = ["--home", str(hub.home.folder), "--trust", str(trust)]
    assert main(["publish", str(pack), *where]) == 0
    assert "Đã mời các điểm nhận gói nội dung số 8." in capsys.readouterr().out
    past = packs.make(9, end=date(2026, 11, 2), begin=date(2026, 11, 1), name="goi-9.zip")
    with pytest.raises(WorldError, match=r"publish\.expired"):
        publish(hub.home, past, trust, date(2026, 11, 3))
    pack.write_bytes(pack.read_bytes()[:-100])
    assert main(["publish", str(pack), *where]) == 1
    assert capsys.readouterr().err.strip()
    assert main(["publish", str(pack.with_name("none.zip")), *where]) == 1
