"""A fake hub and a point that is enrolled with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.envelope import keys
from sync.client.loop import Link
from tests.support import fake_hub
from tests.support.fake_hub import FakeHub
from tests.support.point import Point, make_point


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with fake_hub.running(FakeHub()) as running:
        yield running


@pytest.fixture
def point(hub: FakeHub, tmp_path: Path) -> Iterator[Point]:
    made = make_point(tmp_path / "point", hub.enrolment)
    hub.sealing_key, hub.point_key = keys.recipient_of(made.identity), keys.public_key(made.signing_key)
    yield made
    made.database.close()


@pytest.fixture
def line(hub: FakeHub, point: Point) -> Iterator[Link]:
    opened = point.enrol(hub.enrolment, hub.token)
    yield opened
    opened.transport.close()
