"""A hub, a point that is enrolled with it, and the application in a test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub.app import build
from sync.hub.context import Hub
from tests.support.hub import HubPoint, make_home, open_hub


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
