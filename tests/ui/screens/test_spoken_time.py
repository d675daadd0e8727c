"""Times as people say them."""

from datetime import datetime

import pytest

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import VIETNAM
from tests.ui.conftest import ASSETS
from ui.screens.spoken_time import spoken_day, spoken_time

NOW = datetime(2026, 11, 21, 9, tzinfo=VIETNAM)
TEXTS = load_texts(ASSETS / "texts")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-21T08:05:00+07:00", "hôm nay lúc 08:05"),
        ("2026-11-20T23:59:00+07:00", "hôm qua lúc 23:59"),
        ("2026-11-19T08:05:00+07:00", "ngày 19/11/2026"),
        ("2026-11-20T18:30:00+00:00", "hôm nay lúc 01:30"),
        ("2026-11-23T08:05:00+07:00", "ngày 23/11/2026"),
    ],
)
def test_a_moment(at: str, said: str) -> None:
    assert spoken_time(TEXTS, at, NOW) == said


def test_a_day_without_its_hour() -> None:
    assert spoken_day(TEXTS, "2026-11-20T08:00:00+07:00", NOW) == "hôm qua"
