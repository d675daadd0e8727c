"""A hub, a point that is enrolled with it, and the application in a test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.store.officers import Role
from tests.support.hub import HubPoint, add_officer, make_home, open_hub
from tests.support.office import OfficeVisitor


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    opened = open_hub(make_home(tmp_path / "hub"))
    yield opened
    opened.database.close()


@pytest.fixture
def point(hub: Hub) -> HubPoint:
    return HubPoint(hub)


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient[Litestar]]:
    with TestClient(build(hub), base_url="https://hub.test") as opened:
        yield opened


@pytest.fixture
def visitor(hub: Hub, client: TestClient[Litestar]) -> OfficeVisitor:
    """An officer who has logged in."""
    add_officer(hub, "lan", Role.OFFICER)
    visitor = OfficeVisitor(client)
    visitor.log_in("lan")
    return visitor


@pytest.fixture
def dossier(point: HubPoint) -> str:
    """One that came in by a round."""
    event = point.event()
    point.round(event)
    return event.dossier
