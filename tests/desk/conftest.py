"""A point in the morning: unlocked, enrolled with a commune whose key the test holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk import opening
from kiosk.desk.desk import Desk
from kiosk.envelope.keys import generate_age_identity, recipient_of
from kiosk.packs.content import Content
from kiosk.storage import link
from tests.support.content import real_content
from tests.support.points import CHEAP, PIN, StoppedClock, enrolment


@pytest.fixture(scope="session")
def content() -> Content:
    return real_content()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="session")
def commune_identity() -> str:
    return generate_age_identity()


@pytest.fixture
def fresh(home: Path, content: Content, clock: StoppedClock) -> Iterator[Desk]:
    """A point that is not enrolled yet."""
    made = opening.create(home, content, clock, "Lê Văn Thử", PIN, CHEAP)
    yield made
    opening.close(made)


@pytest.fixture
def desk(fresh: Desk, commune_identity: str) -> Desk:
    with fresh.database.write() as connection:
        link.save_enrolment(connection, enrolment(recipient_of(commune_identity)), "p-1.token")
    return fresh
