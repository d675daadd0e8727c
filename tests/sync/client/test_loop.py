"""Rounds with a small hub: what arrives, what comes back, and what no bad answer may do."""

from kiosk.domain.events import EventKind
from sync.client.loop import Link, run_round
from sync.client.trouble import Kind
from tests.support.fake_hub import FakeHub
from tests.support.point import Point, talk


def test_a_dossier_goes_up_and_its_receipt_comes_back(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    outcome = run_round(line)
    assert (outcome.kind, outcome.sent, outcome.received, outcome.more) == (Kind.DONE, 1, 1, False)
    assert hub.events[item.id].body == item.body
    assert hub.events[item.id].kind == EventKind.DOSSIER
    assert point.states() == {item.id: "received"}


def test_papers_follow_their_dossier(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue(papers=(400_000, 3_000))
    talk(line)
    assert all(hub.has(sha) for sha in item.papers)
    assert point.states() == {item.id: "received"}
    assert hub.arrivals == [item.id]
