"""The hub's disk dies: it is restored from yesterday's copy, and what was not SAFE arrives again."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from kiosk.domain.events import OutboxItem
from kiosk.storage import outbox
from sync.hub.cli import main
from sync.hub.copies import digest_file
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.store.database import open_database
from sync.hub.store.tables import dossier, event, paper
from tests.scenarios.conftest import Enrolled
from tests.support.point import Point, talk

Enrol = Callable[..., Enrolled]


def hub_command(name: str, hub: TrialHub, *more: str) -> None:
    assert main([name, "--home", str(hub.home), *more]) == 0


def copy(hub: TrialHub, volume: Path, *, verified: bool) -> None:
    """What the nightly timer does, while the hub serves."""
    hub_command("backup", hub, "--to", str(volume))
    if verified:
        hub_command("verify", hub, "--from", str(volume))


def dies(hub: TrialHub) -> None:
    """The disk is gone; what the commune keeps elsewhere is its key."""
    hub.kill()
    for name in ("hub.db", "hub.db-wal", "hub.db-shm"):
        (hub.home / name).unlink(missing_ok=True)
    shutil.rmtree(hub.home / "papers")
    shutil.rmtree(hub.home / "uploads")


def held(hub: TrialHub) -> tuple[Counter[str], Counter[str], set[str]]:
    """Events and dossiers by id, and the papers that lie whole on the hub's disk."""
    home = Home(hub.home)
    with (
        closing(open_database(home.database_url(home.settings()))) as database,
        database.read() as connection,
    ):
        events = Counter(connection.execute(select(event.c.id)).scalars())
        dossiers = Counter(connection.execute(select(dossier.c.id)).scalars())
        rows = connection.execute(select(paper.c.point, paper.c.sha256)).all()
    papers = {sha for point, sha in rows if digest_file(home.papers / point / f"{sha}.age") == sha}
    return events, dossiers, papers


def bodies(point: Point) -> dict[str, bool]:
    """Which sealed papers the point still has."""
    return {file.stem: True for file in (point.database.home / outbox.FOLDER).glob("*.age")}


def papers_of(items: list[OutboxItem]) -> set[str]:
    return {sha for item in items for sha in item.papers}


def test_everything_that_was_not_safe_arrives_again_and_nothing_twice(
    own_hub: TrialHub, enrolled: Enrol, tmp_path: Path
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    point, link = enrolled(own_hub)
    other, other_link = enrolled(own_hub)
    safe = [point.queue(papers=(2_000, 900)), point.queue(), point.queue()]
    talk(link)
    copy(own_hub, volume, verified=True)
    talk(link)
    assert set(point.states().values()) == {"safe"}
    assert bodies(point) == {}, "what is SAFE is erased here"

    copied = [point.queue(papers=(1_500,)), point.queue(), other.queue(papers=(700,))]
    talk(link), talk(other_link)
    copy(own_hub, volume, verified=False)
    lost = [point.queue(papers=(1_200,)), point.queue(), other.queue()]
    talk(link), talk(other_link)
    assert set(bodies(point)) == papers_of([copied[0], lost[0]]), "RECEIVED is not SAFE"

    epoch = point.link_state().epoch
    link.transport.close()
    other_link.transport.close()
    dies(own_hub)
    hub_command("restore", own_hub, "--from", str(volume), "--over")
    back = start_trial_hub(own_hub.home, own_hub.port)
    last = point.queue()
    for _ in range(3):
        talk(link), talk(other_link)

    everything = [*safe, *copied, *lost, last]
    events, dossiers, papers = held(back)
    assert events == Counter(item.id for item in everything)
    assert dossiers == Counter(item.dossier for item in everything)
    assert papers == papers_of(everything)
    assert point.link_state().epoch != epoch
    assert [point.states()[item.id] for item in safe] == ["safe"] * 3
    assert Counter(point.states().values())["received"] == 5
    assert set(other.states().values()) == {"received"}

    copy(back, volume, verified=True)
    talk(link), talk(other_link)
    assert set(point.states().values()) == set(other.states().values()) == {"safe"}
    assert bodies(point) == bodies(other) == {}
    link.transport.close()
    other_link.transport.close()
    back.stop()


def test_a_hub_whose_disk_is_the_only_thing_that_came_back_older_is_noticed(
    own_hub: TrialHub, enrolled: Enrol, tmp_path: Path
) -> None:
    """Somebody played an old disk image back without ``restore``: the same epoch, smaller numbers."""
    point, link = enrolled(own_hub)
    first = point.queue()
    talk(link)
    link.transport.close()
    own_hub.stop()
    shutil.copytree(own_hub.home, tmp_path / "image")
    again = start_trial_hub(own_hub.home, own_hub.port)
    second = point.queue(papers=(500,))
    talk(link)
    link.transport.close()
    again.stop()
    shutil.rmtree(own_hub.home)
    shutil.copytree(tmp_path / "image", own_hub.home)
    again = start_trial_hub(own_hub.home, own_hub.port)
    for _ in range(3):
        talk(link)
    events, _, papers = held(again)
    assert events == Counter([first.id, second.id])
    assert papers == set(second.papers)
    assert set(point.states().values()) == {"received"}
    link.transport.close()
    again.stop()
