"""The law's limits for requests about one's own data, as the source has them and no further."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.calendar import WorkingCalendar
from kiosk.catalogue.data_requests import load_data_rights

FILE = Path(__file__).parents[2] / "assets" / "parameters" / "data_requests.toml"
FRIDAY = date(2026, 11, 20)


def test_the_limits_count_from_the_day_of_the_request() -> None:
    rights = load_data_rights(FILE)
    calendar = WorkingCalendar({})
    assert rights.acknowledge_by(calendar, FRIDAY) == date(2026, 11, 25), "24/11 is a public holiday"
    assert rights.done_by("withdraw", FRIDAY) == date(2026, 12, 5)
    assert rights.extension_days == 15


def test_a_limit_that_nobody_verified_is_none() -> None:
    assert load_data_rights(FILE).done_by("erase", FRIDAY) is None


@pytest.mark.parametrize(
    "text",
    ["source = 'x'", "source = 'x'\nchecked = 2026-01-01\nconfidence = 'high'\n[[requests]]\nname = 'a'"],
)
def test_a_file_that_lacks_something_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "data.toml").write_text(text, "utf-8")
    with pytest.raises(BadContentError):
        load_data_rights(tmp_path / "data.toml")
