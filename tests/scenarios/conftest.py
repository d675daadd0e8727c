"""A real hub as a program of its own, and points that enrol with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.domain.point import Enrolment
from kiosk.envelope import keys
from sync.client.enrol import enrol
from sync.client.loop import Link
from sync.hub.running import TrialHub, start_trial_hub
from tests.support.point import Point, make_point

NOBODY = Enrolment("", "", "", "", "", "", "", True)
Enrolled = tuple[Point, Link]


@pytest.fixture(scope="session")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialHub]:
    """A hub that all scenarios share; it stays up."""
    hub = start_trial_hub(tmp_path_factory.mktemp("commune"))
    yield hub
    hub.stop()


@pytest.fixture
def own_hub(tmp_path: Path) -> Iterator[TrialHub]:
    """A hub of one's own, to be switched off."""
    hub = start_trial_hub(tmp_path / "hub")
    yield hub
    hub.stop()


@pytest.fixture
def enrolled(tmp_path: Path) -> Iterator[Callable[..., Enrolled]]:
    """Enrols a point with a hub, directly or through another address."""
    made: list[Enrolled] = []

    def enrol_point(hub: TrialHub, url: str = "", authority: str = "") -> Enrolled:
        point = make_point(tmp_path / f"point-{len(made)}", NOBODY)
        code = hub.new_code("Thôn Thử")
        found = enrol(url or hub.url, code, authority or hub.authority, point.signing_key, point.identity)
        made.append((point, point.enrol(*found)))
        return made[-1]

    yield enrol_point
    for point, link in made:
        link.transport.close()
        point.database.close()


@pytest.fixture
def signing_key() -> str:
    return keys.generate_signing_key()
