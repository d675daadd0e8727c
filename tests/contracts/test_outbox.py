"""What the conversation with the hub may rely on: nothing leaves the queue without its evidence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from kiosk.domain.dossier import State
from kiosk.domain.events import OutboxItem
from kiosk.storage import drafts, outbox
from kiosk.storage.database import Database
from tests.support.points import add_queued, empty_database, outbox_item, receipt_for, sealed_paper

PLENTY = 1 << 20


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = empty_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.write() as writing:
        yield writing


def queue(connection: Connection, size: int = 6, papers: tuple[str, ...] = ()) -> OutboxItem:
    item = outbox_item(add_queued(connection).id, b"s" * size, papers)
    outbox.add(connection, item, [sealed_paper(name) for name in papers])
    return item


def waiting(connection: Connection, limit: int = PLENTY) -> list[str]:
    return [item.id for item in outbox.waiting(connection, limit)]


def state_of(connection: Connection, item: OutboxItem) -> State:
    row = drafts.load(connection, item.dossier)
    assert row is not None
    return row.state


def test_an_item_comes_back_as_it_was_queued(connection: Connection) -> None:
    item = queue(connection, papers=("aa", "bb"))
    assert outbox.waiting(connection, PLENTY) == [item]


def test_the_oldest_goes_first(connection: Connection) -> None:
    items = [queue(connection) for _ in range(3)]
    assert waiting(connection) == [item.id for item in items]


def test_a_batch_keeps_within_its_bytes(connection: Connection) -> None:
    items = [queue(connection, size=400) for _ in range(4)]
    assert waiting(connection, 1000) == [item.id for item in items[:2]]


def test_one_item_goes_even_if_it_is_larger_than_the_limit(connection: Connection) -> None:
    item = queue(connection, size=5000)
    queue(connection)
    assert waiting(connection, 10) == [item.id]


def test_a_failing_item_falls_behind(connection: Connection) -> None:
    bad, good, better = (queue(connection) for _ in range(3))
    outbox.record_verdict(connection, bad.id, "try_later", "server.busy", "Bận.")
    assert waiting(connection) == [good.id, better.id, bad.id]
    outbox.count_attempts(connection, [good.id, better.id])
    assert waiting(connection) == [bad.id, good.id, better.id]


def test_events_of_one_dossier_keep_their_order(connection: Connection) -> None:
    first = queue(connection)
    second = outbox_item(first.dossier)
    outbox.add(connection, second)
    other = queue(connection)
    outbox.count_attempts(connection, [first.id])
    assert waiting(connection) == [other.id, first.id, second.id]


@pytest.mark.parametrize("verdict", ["accepted", "already_accepted"])
def test_accepted_without_a_receipt_is_not_yet_at_the_hub(connection: Connection, verdict: str) -> None:
    item = queue(connection)
    outbox.record_verdict(connection, item.id, verdict, "", "")
    assert waiting(connection) == []
    assert state_of(connection, item) is State.QUEUED
    assert outbox.summary(connection).waiting == 1


def test_only_a_receipt_moves_the_dossier(connection: Connection) -> None:
    item = queue(connection)
    assert outbox.record_receipt(connection, receipt_for(item), "sig")
    assert state_of(connection, item) is State.AT_HUB
    assert waiting(connection) == []
    assert outbox.summary(connection).waiting == 0


def test_a_receipt_again_is_harmless(connection: Connection) -> None:
    item = queue(connection)
    for _ in range(2):
        assert outbox.record_receipt(connection, receipt_for(item), "sig")
    kept = connection.exec_driver_sql("SELECT count(*) FROM receipts").scalar_one()
    assert kept == 1


@pytest.mark.parametrize(
    "wrong", [{"digest": "0" * 64}, {"dossier": "another"}, {"revision": 2}, {"event": "unknown"}]
)
def test_a_receipt_for_something_else_counts_for_nothing(
    connection: Connection, wrong: dict[str, object]
) -> None:
    item = queue(connection)
    receipt = receipt_for(item)
    changed = type(receipt)(**{**vars(receipt), **wrong})  # type: ignore[arg-type]
    assert not outbox.record_receipt(connection, changed, "sig")
    assert state_of(connection, item) is State.QUEUED
    assert waiting(connection) == [item.id]


def test_a_late_receipt_does_not_undo_what_the_commune_said(connection: Connection) -> None:
    item = queue(connection)
    drafts.change(connection, item.dossier, state=State.INVITED)
    outbox.record_receipt(connection, receipt_for(item), "sig")
    assert state_of(connection, item) is State.INVITED


def test_refused_parks_with_its_reason_and_the_others_go_on(connection: Connection) -> None:
    bad, good = queue(connection), queue(connection)
    outbox.record_verdict(connection, bad.id, "refused", "envelope.damaged", "Phong bì hỏng.")
    assert waiting(connection) == [good.id]
    row = drafts.load(connection, bad.dossier)
    assert row is not None
    assert (row.state, row.reason, row.sentence) == (State.PARKED, "envelope.damaged", "Phong bì hỏng.")
    assert outbox.summary(connection).parked == 1


def test_a_parked_dossier_can_be_sent_again(connection: Connection) -> None:
    item = queue(connection)
    outbox.park(connection, item.id, "envelope.damaged")
    outbox.unpark(connection, item.dossier)
    assert waiting(connection) == [item.id]
    assert state_of(connection, item) is State.QUEUED


def test_what_has_its_receipt_cannot_be_parked(connection: Connection) -> None:
    item = queue(connection)
    outbox.record_receipt(connection, receipt_for(item), "sig")
    outbox.park(connection, item.id, "late")
    assert state_of(connection, item) is State.AT_HUB


def test_papers_are_sent_once_their_event_is_accepted(connection: Connection, database: Database) -> None:
    item = queue(connection, papers=("aa", "bb"))
    assert outbox.papers_to_send(connection) == []
    outbox.record_verdict(connection, item.id, "accepted", "", "")
    found = outbox.papers_to_send(connection)
    assert [paper.sealed_sha256 for paper in found] == ["aa", "bb"]
    assert found[0] == ("aa", database.home / "outbox" / "aa.age", 10, None)


def test_an_upload_is_resumed_where_it_was_begun(connection: Connection) -> None:
    item = queue(connection, papers=("aa",))
    outbox.record_verdict(connection, item.id, "accepted", "", "")
    outbox.set_upload_url(connection, "aa", "https://hub/v1/papers/7")
    assert outbox.papers_to_send(connection)[0].upload_url == "https://hub/v1/papers/7"
    outbox.set_upload_url(connection, "aa", None)
    assert outbox.papers_to_send(connection)[0].upload_url is None


def test_when_the_last_paper_has_arrived_the_event_asks_for_its_receipt(connection: Connection) -> None:
    item = queue(connection, papers=("aa", "bb"))
    outbox.record_verdict(connection, item.id, "accepted", "", "")
    outbox.paper_arrived(connection, "aa")
    assert waiting(connection) == []
    outbox.paper_arrived(connection, "bb")
    assert outbox.papers_to_send(connection) == []
    assert waiting(connection) == [item.id]
    outbox.record_verdict(connection, item.id, "already_accepted", "", "")
    outbox.record_receipt(connection, receipt_for(item), "sig")
    assert waiting(connection) == []


def test_a_paper_that_the_hub_lost_is_sent_again(connection: Connection) -> None:
    item = queue(connection, papers=("aa",))
    outbox.record_verdict(connection, item.id, "accepted", "", "")
    outbox.set_upload_url(connection, "aa", "https://hub/v1/papers/7")
    outbox.paper_arrived(connection, "aa")
    outbox.record_verdict(connection, item.id, "already_accepted", "", "")
    outbox.paper_missing(connection, "aa")
    assert outbox.papers_to_send(connection)[0].upload_url is None


def test_a_new_epoch_sends_everything_again_that_is_not_safe(connection: Connection) -> None:
    safe, received, fresh = queue(connection), queue(connection, papers=("aa",)), queue(connection)
    outbox.record_receipt(connection, receipt_for(safe, 1), "sig")
    outbox.make_safe(connection, "e-1", 1)
    outbox.record_receipt(connection, receipt_for(received, 2), "sig")
    outbox.paper_arrived(connection, "aa")
    outbox.send_again(connection)
    assert waiting(connection) == [received.id, fresh.id]
    outbox.record_verdict(connection, received.id, "already_accepted", "", "")
    assert [paper.sealed_sha256 for paper in outbox.papers_to_send(connection)] == ["aa"]
    assert state_of(connection, received) is State.AT_HUB


def test_content_is_erased_only_when_safe_in_the_same_epoch(
    connection: Connection, database: Database
) -> None:
    item = queue(connection, papers=("aa",))
    outbox.record_receipt(connection, receipt_for(item, number=5), "sig")
    assert outbox.make_safe(connection, "e-1", 4) == []
    assert outbox.make_safe(connection, "e-2", 9) == []
    body = "SELECT length(body) FROM outbox"
    assert connection.exec_driver_sql(body).scalar_one() == 6
    assert outbox.make_safe(connection, "e-1", 5) == [database.home / "outbox" / "aa.age"]
    assert connection.exec_driver_sql(body).scalar_one() == 0
    assert outbox.make_safe(connection, "e-1", 5) == []


def test_an_event_without_its_receipt_is_never_safe(connection: Connection) -> None:
    item = queue(connection)
    outbox.record_verdict(connection, item.id, "accepted", "", "")
    outbox.make_safe(connection, "e-1", 1000)
    assert outbox.summary(connection).waiting == 1


def test_the_summary_is_honest(connection: Connection) -> None:
    assert outbox.summary(connection) == outbox.QueueSummary(0, None, 0, None)
    first = queue(connection)
    queue(connection)
    assert outbox.summary(connection) == outbox.QueueSummary(2, first.queued_at, 0, None)


def test_the_sweep_takes_only_what_no_row_names(connection: Connection, database: Database) -> None:
    folder = database.home / outbox.FOLDER
    folder.mkdir()
    queue(connection, papers=("aa",))
    for name in ("aa.age", "left.age", "half.age.part"):
        (folder / name).write_bytes(b"x")
    assert outbox.sweep_papers(connection, database.home) == 2
    assert [file.name for file in folder.iterdir()] == ["aa.age"]
    assert outbox.sweep_papers(connection, database.home) == 0


def test_one_bad_item_never_blocks_the_queue(connection: Connection) -> None:
    """However often the bad one fails, the others arrive, and it is still there."""
    bad = queue(connection)
    good = [queue(connection) for _ in range(5)]
    for _ in range(20):
        for item in outbox.waiting(connection, 1)[:1]:
            if item.id == bad.id:
                outbox.record_verdict(connection, item.id, "try_later", "server.busy", "")
            else:
                outbox.record_receipt(connection, receipt_for(item, number=good.index(item) + 1), "sig")
    assert waiting(connection) == [bad.id]
