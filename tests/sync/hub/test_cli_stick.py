"""``hamlet-hub import``, beside a hub that runs and without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.hub.cli import main
from sync.hub.context import Hub
from tests.support.hub import hub_in, make_home
from tests.support.stick import Pair, make_pair


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Hub]:
    yield from hub_in(tmp_path / "hub")


@pytest.fixture
def pair(own: Hub, tmp_path: Path) -> Iterator[Pair]:
    made = make_pair(tmp_path, own)
    yield made
    made.point.database.close()


def test_a_stick_is_taken_in_and_told_in_words(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    item = pair.point.queue(papers=(500,))
    pair.copy()
    words = ["import", "--home", str(pair.hub.home.folder), str(pair.drive)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "Thôn Một: nhận 1 hồ sơ mới, 0 hồ sơ đã có" in said
    assert "đã ghi vào USB" in said
    assert main(words) == 0
    assert "nhận 0 hồ sơ mới, 1 hồ sơ đã có" in capsys.readouterr().out
    pair.take()
    assert pair.point.states() == {item.id: "received"}


def test_a_folder_without_a_copy_is_an_error(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--home", str(pair.hub.home.folder), str(pair.drive)]) == 1
    assert "Không thấy hồ sơ nào" in capsys.readouterr().err


def test_a_foreign_stick_is_an_error(pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = make_home(tmp_path / "other", ward="20200", name="UBND xã Bên")
    pair.point.queue()
    pair.copy()
    assert main(["import", "--home", str(other.folder), str(pair.drive)]) == 1
    told = capsys.readouterr()
    assert ("của nơi khác" in told.err, told.out) == (True, ""), "once, not on both"


def test_what_cannot_be_taken_is_said_in_its_own_sentence(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, lost = pair.point.queue(), pair.point.queue(papers=(300,)), pair.point.queue(papers=(400,))
    pair.copy()
    (pair.outward / f"{bad.digest}.envelope").write_bytes(b"other")
    (pair.outward / f"{lost.papers[0]}.age").unlink()
    assert main(["import", "--home", str(pair.hub.home.folder), str(pair.drive)]) == 0
    said = capsys.readouterr().out
    assert "nhận 1 hồ sơ mới" in said
    assert "2 tệp trên USB bị thiếu hoặc hỏng" in said
    assert "Còn thiếu 1 giấy tờ" in said
    assert good.id != bad.id


def test_no_stick_at_all_is_said(
    own: Hub, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.volumes.sticks", list)
    assert main(["import", "--home", str(own.home.folder)]) == 1
    assert "Chưa thấy USB" in capsys.readouterr().err
