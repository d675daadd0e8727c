"""Wrong clocks on either side, and a queue that grew for months."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from kiosk.domain.clock import VIETNAM
from kiosk.domain.ids import new_id
from kiosk.envelope import keys
from kiosk.storage import tables
from sync.client.backoff import Pace
from sync.client.loop import run_round
from sync.hub.context import Hub
from tests.support import fake_hub
from tests.support.fake_hub import FakeHub
from tests.support.hub import HubPoint, make_home, open_hub
from tests.support.point import Point, make_point, talk
from tests.support.points import StoppedClock

DEAD_BATTERY, FAR_AHEAD = datetime(2009, 1, 1, tzinfo=VIETNAM), datetime(2046, 6, 1, tzinfo=VIETNAM)
MANY = 10_000


@pytest.fixture
def far() -> Iterator[FakeHub]:
    with fake_hub.running(FakeHub()) as running:
        yield running


def point_of(far: FakeHub, home: Path) -> Point:
    made = make_point(home, far.enrolment)
    far.sealing_key = keys.recipient_of(made.identity)
    return made


@pytest.mark.parametrize("today", [DEAD_BATTERY, FAR_AHEAD], ids=["2009", "2046"])
def test_a_point_with_a_wrong_clock_sends_and_gets_its_receipts(
    far: FakeHub, tmp_path: Path, today: datetime
) -> None:
    point = point_of(far, tmp_path)
    line = point.enrol(far.enrolment, far.token)
    line.clock = StoppedClock(today)
    items = [point.queue(papers=(900,)) for _ in range(3)]
    talk(line)
    line.clock = StoppedClock(FAR_AHEAD if today is DEAD_BATTERY else DEAD_BATTERY)
    items.append(point.queue())
    talk(line)
    line.transport.close()
    assert point.states() == {item.id: "received" for item in items}
    point.database.close()


@pytest.mark.parametrize("today", [DEAD_BATTERY, FAR_AHEAD], ids=["2009", "2046"])
def test_a_hub_with_a_wrong_clock_enrols_receives_and_orders_by_number(
    tmp_path: Path, today: datetime
) -> None:
    hub: Hub = open_hub(make_home(tmp_path / "hub"), StoppedClock(today))
    point = HubPoint(hub)
    paper = point.paper()
    event = point.event(papers=[paper])
    assert point.round(event).verdicts[0].missing_papers == [paper.sealed_sha256]
    point.send_paper(paper.sealed_sha256)
    late = point.round(point.event())
    assert sorted(receipt.number for receipt in [*late.receipts, late.verdicts[0].receipt] if receipt) == [
        1,
        2,
    ]
    hub.database.close()


@pytest.mark.timeout(400)
def test_ten_thousand_queued_dossiers_leave_in_a_few_rounds(far: FakeHub, tmp_path: Path) -> None:
    point = point_of(far, tmp_path)
    line = point.enrol(far.enrolment, far.token)
    queue_many(point, MANY)
    line.pace = Pace(limit_bytes=1024 * 1024)
    rounds = 0
    while set(point.states().values()) != {"received"} and rounds < 100:
        run_round(line)
        rounds += 1
    line.transport.close()
    assert len(far.arrivals) == len(set(far.arrivals)) == MANY
    assert set(point.states().values()) == {"received"}
    assert rounds <= 20, "one round carries many"
    point.database.close()


def queue_many(point: Point, number: int) -> None:
    """One event over and over, of dossiers of their own: what is inside does not matter to the queue."""
    point.queue()
    with point.database.write() as connection:
        event = dict(connection.execute(tables.outbox.select()).mappings().one())
        dossier = connection.execute(tables.dossiers.select()).mappings().one()
        del event["position"]
        ids = [new_id() for _ in range(number - 1)]
        connection.execute(insert(tables.dossiers), [{**dossier, "id": id_, "slip_code": id_} for id_ in ids])
        connection.execute(insert(tables.outbox), [{**event, "id": new_id(), "dossier": id_} for id_ in ids])
