"""Other people's software beside a hub of ours that runs as a program."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.uploads import paper_file
from tests.support.hub import HubPoint, hub_in, open_hub

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


@dataclass
class Kept:
    """A hub that may be killed, a look inside it, and a point that is enrolled there."""

    hub: TrialHub
    inside: Hub
    point: HubPoint

    def kill_and_restart(self) -> None:
        self.hub.kill()
        self.hub = start_trial_hub(self.hub.home, port=self.hub.port)

    def paper(self, sha256: str) -> bytes:
        """The complete paper as it lies on the hub's disk."""
        return paper_file(self.inside.home, self.point.enrolled.point, sha256).read_bytes()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    hub = start_trial_hub(tmp_path / "hub")
    inside = open_hub(Home(hub.home))
    made = Kept(hub, inside, HubPoint(inside))
    yield made
    made.hub.stop()
    inside.database.close()


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js, with what ``package-lock.json`` names beside it."""
    program = shutil.which("node")
    if program is None or not MODULES.exists():
        pytest.skip("needs node, and npm ci --prefix tests/interop")
    return program


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    yield from hub_in(tmp_path / "hub")
