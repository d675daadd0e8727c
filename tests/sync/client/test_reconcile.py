"""Once a week a point asks whether the hub still holds what it gave receipts for."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.domain.events import EventKind
from kiosk.storage import compared, outbox, tables
from sync import protocol
from sync.client import reconcile
from sync.client.loop import Link, run_round
from sync.client.trouble import Kind
from tests.support.fake_hub import FakeHub, problem
from tests.support.point import Point, talk
from tests.support.points import StoppedClock

WEEK = 7 * 24 * 3600


@pytest.fixture
def clock(line: Link) -> StoppedClock:
    line.clock = StoppedClock()
    return line.clock


def asked(hub: FakeHub) -> list[list[str]]:
    return [[one.id for one in request.events] for request in hub.compared]


def test_the_first_week_begins_with_the_first_round(hub: FakeHub, line: Link, clock: StoppedClock) -> None:
    talk(line)
    clock.pass_time(WEEK - 60)
    talk(line)
    assert asked(hub) == []
    clock.pass_time(120)
    talk(line)
    talk(line)
    assert asked(hub) == [], "nothing was received yet: there is nothing to ask"


def test_a_week_later_it_asks_once_and_all_is_well(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    items = [point.queue(papers=(100,)), point.queue()]
    talk(line)
    clock.pass_time(WEEK)
    talk(line)
    talk(line)
    assert asked(hub) == [[item.id for item in items]]
    assert set(point.states().values()) == {"received"}


def test_what_the_hub_lost_goes_up_again_with_its_papers(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    kept, lost = point.queue(), point.queue(papers=(100,))
    talk(line)
    del hub.events[lost.id]
    hub.receipts["lost"] = hub.receipts.pop(lost.id)
    hub.papers.clear()
    hub.arrivals.remove(lost.id)
    clock.pass_time(WEEK)
    talk(line)
    assert hub.arrivals == [kept.id, lost.id]
    assert hub.has(lost.papers[0])
    assert point.states() == {kept.id: "received", lost.id: "received"}


def test_what_was_erased_here_as_safe_and_is_lost_there_is_told_to_a_person(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    item = point.queue()
    hub.safe = 1
    talk(line)
    assert point.states() == {item.id: "safe"}
    hub.receipts["lost"] = hub.receipts.pop(item.id)
    clock.pass_time(WEEK)
    talk(line)
    assert point.states() == {item.id: "parked"}
    assert point.reason(item.id)[0] == compared.LOST
    with point.database.write() as connection:
        outbox.unpark(connection, item.dossier)
    assert point.states() == {item.id: "parked"}, "there is nothing left to send"


def test_a_line_that_breaks_during_the_question_asks_again(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    point.queue()
    talk(line)
    clock.pass_time(WEEK)
    hub.instead = lambda _method, path, _body: (
        problem(503, "server.busy") if path == protocol.RECONCILE_PATH else None
    )
    assert run_round(line).kind is Kind.SERVER_ERROR
    hub.instead = lambda *_: None
    talk(line)
    assert len(hub.compared) == 1


def test_an_older_hub_that_does_not_know_the_question_is_left_alone(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    item = point.queue()
    talk(line)
    clock.pass_time(WEEK)
    hub.instead = lambda _method, path, _body: (
        problem(404, "request.not_found") if path == protocol.RECONCILE_PATH else None
    )
    assert [outcome.kind for outcome in (run_round(line), run_round(line))] == [Kind.DONE, Kind.DONE]
    assert [path for _, path in hub.requests].count(protocol.RECONCILE_PATH) == 1
    assert point.states() == {item.id: "received"}


def test_events_that_nobody_asked_about_stay_as_they_are(
    hub: FakeHub, point: Point, line: Link, clock: StoppedClock
) -> None:
    item = point.queue()
    talk(line)
    waiting = point.queue()
    with point.database.write() as connection:
        again = compared.send_again(connection, [waiting.id, "no such event"])
    assert (again, point.states()) == (0, {item.id: "received", waiting.id: "waiting"})


def test_many_are_asked_about_in_parts(
    hub: FakeHub, point: Point, line: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [point.queue() for _ in range(5)]
    talk(line)
    monkeypatch.setattr(protocol, "MAX_RECONCILE", 2)
    assert reconcile.compare(point.database, line.transport, point.enrolment.point) == 0
    assert [len(part) for part in asked(hub)] == [2, 2, 1]
    assert [event for part in asked(hub) for event in part] == [item.id for item in items]


@pytest.mark.parametrize(
    ("ago", "due"), [(timedelta(0), False), (timedelta(days=6, hours=23), False), (timedelta(days=7), True)]
)
def test_due_after_a_week(ago: timedelta, due: bool) -> None:
    now = StoppedClock().now()
    assert reconcile.is_due((now - ago).isoformat(), now) is due


def test_a_clock_that_went_back_or_nonsense_asks_at_once() -> None:
    now = StoppedClock().now()
    assert reconcile.is_due((now + timedelta(days=400)).isoformat(), now)
    assert reconcile.is_due("yesterday", now)


def test_only_the_dossier_that_is_still_open_is_parked(point: Point, line: Link) -> None:
    item = point.queue()
    with point.database.write() as connection:
        connection.execute(tables.outbox.update().values(state="safe", body=b""))
        connection.execute(tables.dossiers.update().values(state="handed_back"))
        compared.send_again(connection, [item.id])
        state = connection.execute(select(tables.dossiers.c.state)).scalar_one()
    assert (state, item.kind) == ("handed_back", EventKind.DOSSIER)
