"""A real point and a real hub on bad days: a line that breaks, a hub that dies. Nothing lost, nothing twice.

usage: python -m tests.faults.campaign line [--dossiers 1000] [--seed 1]
       python -m tests.faults.campaign kills [--kills 200] [--seed 1]

Four requests of ten meet a fault (``tests/support/netfault.py``). The line heals when half of the dossiers
have their receipt; the seconds until the queue is empty are the waits that the point would make and the time
that its rounds take. Killing means SIGKILL at a random moment while dossiers and scans arrive. The oracle is
the point's own record: what has a receipt there must lie at the hub, whole, once.
"""

import argparse
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import select

from kiosk.domain.events import OutboxItem
from kiosk.domain.point import Enrolment
from kiosk.envelope.seal import digest_of
from sync.client.backoff import Pace
from sync.client.enrol import enrol
from sync.client.loop import Link, run_round
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.store import events
from sync.hub.store.database import Database, open_database
from sync.hub.store.tables import event
from sync.hub.uploads import paper_file
from tests.support import netfault
from tests.support.netfault import Line
from tests.support.point import Point, make_point

NOBODY = Enrolment("", "", "", "", "", "", "", True)
FAULTS = 0.4
SCAN_BYTES = (4_000, 40_000)
SCANS_AT_A_KILL = (4_000, 160_000)
"""Some travel in the request that creates their upload, some in pieces after it."""
MOST_ROUNDS = 20_000
PER_KILL = 2


@dataclass(frozen=True)
class Report:
    """What a campaign came to."""

    dossiers: int
    lost: int
    """Dossiers that the hub does not hold whole and with a receipt, though it should."""
    doubled: int
    """Rows at the hub beyond one for each dossier, and receipt numbers given twice."""
    drained_seconds: float = 0.0
    """From the healing of the line until nothing waited."""
    faults: int = 0
    requests: int = 0
    """Those before the line healed, and how many of them met a fault."""
    kills: int = 0


@contextmanager
def enrolled(folder: Path, hub: TrialHub, url: str, authority: str) -> Iterator[tuple[Point, Link]]:
    """A new point that reaches ``hub`` by ``url``."""
    point = make_point(folder / "point", NOBODY)
    link = point.enrol(*enrol(url, hub.new_code("Thôn Thử"), authority, point.signing_key, point.identity))
    try:
        yield point, link
    finally:
        link.transport.close()
        point.database.close()


def over_a_bad_line(folder: Path, dossiers: int, seed: int) -> Report:
    """``dossiers``, each with a small scan, over a line with four faults in ten requests, healed half-way."""
    hub = start_trial_hub(folder / "hub")
    line = Line(("127.0.0.1", hub.port), rate=0.0, seed=seed)
    try:
        with netfault.running(line), enrolled(folder, hub, line.url, line.trust.authority) as (point, link):
            chance = Random(seed)
            items = [point.queue(papers=(chance.randint(*SCAN_BYTES),)) for _ in range(dossiers)]
            link.pace = Pace(limit_bytes=16 * 1024)
            line.rate = FAULTS
            waited = talk_until(point, link, dossiers // 2)
            line.heal()
            requests, whole = sum(line.counts.values()), line.counts["none"]
            began = time.monotonic()
            pauses = last_wait(waited) + sum(talk_until(point, link, dossiers))
            drained = time.monotonic() - began + pauses
            lost, doubled = compare(hub, point, items)
            return Report(dossiers, lost, doubled, drained, requests - whole, requests)
    finally:
        hub.stop()


def talk_until(point: Point, link: Link, received: int) -> list[float]:
    """Rounds without their pauses until so many dossiers have a receipt; the pauses that were due."""
    waits: list[float] = []
    while count_received(point) < received:
        if len(waits) > MOST_ROUNDS:
            raise TimeoutError(f"{count_received(point)} of {received} after {len(waits)} rounds")
        outcome = run_round(link)
        waits.append(0.0 if outcome.more else outcome.wait_seconds)
    return waits


def last_wait(waits: list[float]) -> float:
    return waits[-1] if waits else 0.0


def count_received(point: Point) -> int:
    return sum(state == "received" for state in point.states().values())


def killed_at_random(folder: Path, kills: int, seed: int) -> Report:
    """The hub dies ``kills`` times while dossiers and scans arrive; each time all receipts are checked."""
    hub, chance = start_trial_hub(folder / "hub"), Random(seed)
    items: list[OutboxItem] = []
    lost = 0
    try:
        with enrolled(folder, hub, hub.url, hub.authority) as (point, link):
            for _ in range(kills):
                items += [point.queue(papers=(chance.randint(*SCANS_AT_A_KILL),)) for _ in range(PER_KILL)]
                die_while_talking(hub, link, chance.uniform(0.005, 0.3))
                lost += compare(hub, point, received_of(point, items))[0]
                hub = start_trial_hub(hub.home, port=hub.port)
            talk_until(point, link, len(items))
            still, doubled = compare(hub, point, items)
            return Report(len(items), lost + still, doubled, kills=kills)
    finally:
        hub.stop()
        gc.collect()  # the sockets of hubs that died


def die_while_talking(hub: TrialHub, link: Link, after: float) -> None:
    """Rounds until the hub is gone: SIGKILL comes ``after`` seconds, wherever it is then."""
    timer = threading.Timer(after, hub.process.kill)
    timer.start()
    while timer.is_alive():
        run_round(link)
    timer.join()
    hub.kill()


def received_of(point: Point, items: list[OutboxItem]) -> list[OutboxItem]:
    states = point.states()
    return [item for item in items if states[item.id] == "received"]


def compare(hub: TrialHub, point: Point, items: list[OutboxItem]) -> tuple[int, int]:
    """How many of ``items`` the hub does not hold whole with a receipt, and how many rows are too many."""
    home = Home(hub.home)
    inside = open_database(home.database_url(home.settings()))
    try:
        lost = sum(not holds(home, inside, point, item) for item in items)
        mine = select(event.c.receipt_number).where(event.c.point == point.enrolment.point)
        with inside.read() as connection:
            numbers = list(connection.execute(mine).scalars())
        given = [number for number in numbers if number is not None]
        too_many = max(0, len(numbers) - len(point.states()))
        return lost, too_many + len(given) - len(set(given))
    finally:
        inside.close()


def holds(home: Home, inside: Database, point: Point, item: OutboxItem) -> bool:
    """Whether the hub has the event with a receipt over the same bytes, and every paper whole."""
    with inside.read() as connection:
        kept = events.concerning(connection, [item.id], []).get(item.id)
    if kept is None or kept.receipt_number is None or kept.digest != item.digest:
        return False
    files = [paper_file(home, point.enrolment.point, sha) for sha in item.papers]
    return all(
        file.exists() and digest_of(file.read_bytes()) == sha
        for file, sha in zip(files, item.papers, strict=True)
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("line", "kills"))
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if options.what == "line":
            report = over_a_bad_line(Path(folder), options.dossiers, options.seed)
        else:
            report = killed_at_random(Path(folder), options.kills, options.seed)
    print(report)
    return 1 if report.lost or report.doubled or report.drained_seconds > 60 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
