"""A line that breaks four requests in ten: everything arrives, once, and the point knows it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of
from sync.client.backoff import Pace
from sync.client.loop import run_round
from tests.support import fake_hub, netfault
from tests.support.fake_hub import FakeHub
from tests.support.netfault import FAULTS, Line
from tests.support.point import make_point

DOSSIERS = 100


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_dossiers_over_a_line_that_breaks_forty_per_cent(tmp_path: Path, seed: int) -> None:
    with fake_hub.running(FakeHub()) as hub:
        line = Line(("127.0.0.1", int(hub.url.rpartition(":")[2])), rate=0.4, seed=seed)
        with netfault.running(line):
            through = replace(hub.enrolment, hub_url=line.url, authority=line.trust.authority)
            point = make_point(tmp_path, through)
            hub.sealing_key = keys.recipient_of(point.identity)
            link = point.enrol(through, hub.token)
            link.pace = Pace(limit_bytes=16 * 1024)
            items = [point.queue(papers=(20_000,) if number % 5 == 0 else ()) for number in range(DOSSIERS)]
            rounds = 0
            while set(point.states().values()) != {"received"} and rounds < 400:
                run_round(link)
                rounds += 1
            link.transport.close()
        states = point.states()
        point.database.close()
    assert Counter(states.values()) == {"received": DOSSIERS}
    assert sorted(hub.arrivals) == sorted(item.id for item in items)
    assert all(digest_of(hub.events[item.id].body) == item.digest for item in items)
    assert all(hub.has(sha) for item in items for sha in item.papers)
    assert sum(line.counts.values()) - line.counts["none"] > 0.25 * sum(line.counts.values())
    assert len([fault for fault in FAULTS if line.counts[fault]]) >= 5
