"""Bytes of papers on the hub's disk, also across a crash at the worst moment."""

import errno
import resource
from collections.abc import Callable

import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import uploads
from sync.hub.context import Hub
from sync.hub.store import papers, points
from sync.hub.store.papers import Upload
from sync.hub.store.points import Point
from sync.protocol import MAX_PAPER_BYTES
from tests.support.hub import HubPoint

DATA = bytes(range(256)) * 20


@pytest.fixture
def upload(hub: Hub, point: HubPoint) -> Upload:
    return uploads.begin(hub, point.row, digest_of(DATA), len(DATA))


def add(hub: Hub, upload: Upload, data: bytes) -> None:
    with uploads.appending(hub, upload, uploads.offset(hub, upload)) as take:
        take(data)


def is_complete(hub: Hub, upload: Upload) -> bool:
    with hub.database.read() as connection:
        return papers.is_complete(connection, upload.point, upload.sha256)


def test_the_offset_is_what_lies_on_the_disk(hub: Hub, upload: Upload) -> None:
    assert uploads.offset(hub, upload) == 0
    add(hub, upload, DATA[:100])
    add(hub, upload, DATA[100:150])
    assert uploads.offset(hub, upload) == 150
    assert not is_complete(hub, upload)


def test_bytes_are_with_the_system_as_soon_as_they_were_taken(hub: Hub, upload: Upload) -> None:
    with uploads.appending(hub, upload, 0) as take:
        take(DATA[:10])
        assert uploads.offset(hub, upload) == 10
        take(DATA[10:30])
        assert uploads.offset(hub, upload) == 30


def test_a_finished_paper_has_its_name_and_no_part(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA)
    uploads.finish(hub, upload)
    assert uploads.paper_file(hub.home, upload.point, upload.sha256).read_bytes() == DATA
    assert list(hub.home.uploads.iterdir()) == []
    assert uploads.offset(hub, upload) == len(DATA)
    assert is_complete(hub, upload)


def test_finishing_twice_is_finishing_once(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA)
    uploads.finish(hub, upload)
    uploads.finish(hub, upload)
    assert is_complete(hub, upload)


def test_a_crash_after_the_renaming_is_mended_at_the_next_question(
    hub: Hub, point: HubPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = point.paper()
    point.round(point.event(papers=[paper]))

    def fail(*_: object) -> None:
        raise OSError("the machine went down here")

    with monkeypatch.context() as patch:
        patch.setattr(papers, "complete", fail)
        with pytest.raises(OSError, match="went down"):
            point.send_paper(paper.sealed_sha256)
    assert point.round().receipts == []
    again = uploads.begin(hub, point.row, paper.sealed_sha256, paper.sealed_size)
    assert uploads.offset(hub, again) == paper.sealed_size
    uploads.finish(hub, again)
    assert len(point.round().receipts) == 1


def test_wrong_bytes_are_gone_and_nothing_is_complete(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA[:-1] + b"?")
    with pytest.raises(WorldError) as caught:
        uploads.finish(hub, upload)
    assert caught.value.code == "upload.digest"
    assert uploads.offset(hub, upload) == 0
    assert not is_complete(hub, upload)
    add(hub, upload, DATA)
    uploads.finish(hub, upload)
    assert is_complete(hub, upload)


def test_no_byte_more_than_announced_is_kept(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA[:-1])
    with pytest.raises(WorldError) as caught:
        add(hub, upload, b"xy")
    assert caught.value.code == "upload.too_big"
    assert uploads.offset(hub, upload) == len(DATA) - 1


@pytest.mark.parametrize("finished", [True, False])
def test_no_byte_follows_a_whole_paper(hub: Hub, upload: Upload, finished: bool) -> None:
    add(hub, upload, DATA)
    if finished:
        uploads.finish(hub, upload)
    with pytest.raises(WorldError) as caught:
        add(hub, upload, b"z")
    assert caught.value.code == "upload.too_big"
    with uploads.appending(hub, upload, len(DATA)):
        assert uploads.offset(hub, upload) == len(DATA)
    uploads.finish(hub, upload)
    assert is_complete(hub, upload)
    assert list(hub.home.uploads.iterdir()) == []


def test_a_writer_that_was_overtaken_adds_nothing_more(hub: Hub, upload: Upload) -> None:
    with uploads.appending(hub, upload, 0) as older:
        older(DATA[:10])
        with uploads.appending(hub, upload, 10) as newer:
            newer(DATA[10:30])
        with pytest.raises(uploads.OffsetMovedError):
            older(DATA[10:20])
    assert uploads.offset(hub, upload) == 30


@pytest.mark.parametrize("end", [uploads.finish, uploads.give_up])
def test_a_writer_adds_nothing_to_what_another_ended(
    hub: Hub, upload: Upload, end: Callable[[Hub, Upload], None]
) -> None:
    with uploads.appending(hub, upload, 0) as older:
        older(DATA[:10])
        with uploads.appending(hub, upload, 10) as newer:
            newer(DATA[10:])
        end(hub, upload)
        with pytest.raises(uploads.OffsetMovedError):
            older(DATA[10:20])
    assert uploads.offset(hub, upload) == (len(DATA) if end is uploads.finish else 0)


def test_who_comes_after_the_end_leaves_no_part_behind(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA)
    uploads.finish(hub, upload)
    with (
        uploads.appending(hub, upload, 10) as late,
        pytest.raises(uploads.OffsetMovedError),
    ):
        late(DATA[10:20])
    assert uploads.offset(hub, upload) == len(DATA)
    uploads.finish(hub, upload)
    assert list(hub.home.uploads.iterdir()) == []


def test_what_was_given_up_is_not_finished(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA)
    uploads.give_up(hub, upload)
    with pytest.raises(WorldError) as caught:
        uploads.finish(hub, upload)
    assert caught.value.code == "upload.unknown"
    assert not is_complete(hub, upload)


def test_the_limit_itself_is_allowed_and_one_more_is_not(hub: Hub, point: HubPoint) -> None:
    assert uploads.begin(hub, point.row, "0" * 64, MAX_PAPER_BYTES).length == MAX_PAPER_BYTES
    with pytest.raises(WorldError) as caught:
        uploads.begin(hub, point.row, "0" * 64, MAX_PAPER_BYTES + 1)
    assert caught.value.code == "upload.too_big"


def test_a_full_disk_is_told(hub: Hub, upload: Upload) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(DATA) // 2, hard))
    try:
        with pytest.raises(WorldError) as caught:
            add(hub, upload, DATA)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "server.full"
    assert getattr(caught.value.__cause__, "errno", None) == errno.EFBIG
    add(hub, upload, DATA[uploads.offset(hub, upload) :])
    uploads.finish(hub, upload)
    assert is_complete(hub, upload)


def test_another_points_upload_is_unknown(hub: Hub, upload: Upload) -> None:
    stranger = HubPoint(hub)
    with pytest.raises(WorldError) as caught:
        uploads.find(hub, stranger.row, upload.id)
    assert caught.value.code == "upload.unknown"


def test_two_points_may_send_the_same_bytes(hub: Hub, upload: Upload) -> None:
    stranger = HubPoint(hub)
    other = uploads.begin(hub, stranger.row, upload.sha256, upload.length)
    assert other.id != upload.id
    add(hub, upload, DATA)
    uploads.finish(hub, upload)
    assert uploads.offset(hub, other) == 0
    assert not is_complete(hub, other)


def test_giving_up_forgets_the_part_but_not_a_complete_paper(hub: Hub, upload: Upload) -> None:
    add(hub, upload, DATA[:5])
    uploads.give_up(hub, upload)
    assert list(hub.home.uploads.iterdir()) == []
    again = uploads.begin(hub, _row(hub, upload), upload.sha256, upload.length)
    add(hub, again, DATA)
    uploads.finish(hub, again)
    uploads.give_up(hub, again)
    assert is_complete(hub, upload)


def _row(hub: Hub, upload: Upload) -> Point:
    with hub.database.read() as connection:
        return points.by_id(connection, upload.point)
