"""A hub, a point that is enrolled with it, and the application in a test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.store.officers import Role
from tests.support.hub import HubPoint, add_officer, hub_in
from tests.support.office import OfficeVisitor


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    yield from hub_in(tmp_path / "hub")


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
def anybody(hub: Hub, client: TestClient[Litestar]) -> OfficeVisitor:
    """Who may log in as an officer of any role: they are named like their roles."""
    for role in Role:
        add_officer(hub, role.value, role)
    return OfficeVisitor(client)


@pytest.fixture
def dossier(point: HubPoint) -> str:
    """One that came in by a round."""
    event = point.event()
    point.round(event)
    return event.dossier
