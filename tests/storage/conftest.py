from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.database import Database
from tests.support.points import StoppedClock, empty_database


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    opened = empty_database(home)
    yield opened
    opened.close()
