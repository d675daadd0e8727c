"""What lies on a stick: noted for what is large, counted while it waits, told of the last stick."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from kiosk.domain.events import EventKind, OutboxItem
from kiosk.storage import outbox, stick_copies
from kiosk.storage.database import Database
from kiosk.storage.stick_copies import StickCopy
from tests.support.points import add_queued, outbox_item, receipt_for

AT = "2026-11-21T08:00:00+07:00"


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.write() as opened:
        yield opened


def queued(connection: Connection, kind: EventKind = EventKind.DOSSIER) -> OutboxItem:
    item = outbox_item(add_queued(connection).id, kind=kind)
    outbox.add(connection, item)
    return item


def test_the_last_stick_counts(connection: Connection) -> None:
    item = queued(connection)
    assert stick_copies.of_dossier(connection, item.dossier) is None
    stick_copies.note(connection, [item.id], "A", "2026-11-20T08:00:00+07:00")
    stick_copies.note(connection, [item.id], "B", AT)
    assert stick_copies.of_dossier(connection, item.dossier) == StickCopy("B", AT)
    assert stick_copies.count_waiting(connection) == (0, 1)


def test_short_words_are_counted_and_not_noted(connection: Connection) -> None:
    items = [queued(connection, kind) for kind in EventKind]
    stick_copies.note(connection, [item.id for item in items], "A", AT)
    assert stick_copies.count_waiting(connection) == (len(EventKind) - 2, 2)


@pytest.mark.parametrize("state", ["received", "parked"])
def test_what_waits_no_more_is_not_told(connection: Connection, state: str) -> None:
    item = queued(connection)
    stick_copies.note(connection, [item.id], "A", AT)
    if state == "parked":
        outbox.park(connection, item.id, "envelope.damaged")
    else:
        outbox.record_receipt(connection, receipt_for(item), "sig")
    assert stick_copies.count_waiting(connection) == (0, 0)
    assert stick_copies.of_dossier(connection, item.dossier) is None


def test_an_event_that_is_gone_is_not_noted(connection: Connection) -> None:
    stick_copies.note(connection, ["gone"], "A", AT)
    assert stick_copies.count_waiting(connection) == (0, 0)


def test_the_counters_of_a_long_queue_come_from_indexes(connection: Connection) -> None:
    where = "state IN ('waiting', 'accepted') AND kind NOT IN ('dossier', 'supplement')"
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT count(*) FROM outbox WHERE {where}")
    assert "outbox_small" in " ".join(str(row) for row in plan)
