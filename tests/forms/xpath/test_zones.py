"""Dates as numbers east and west of Greenwich: the day of a number is the day that the number came from."""

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.author.eval_command import evaluate

WEST, EAST = "America/Phoenix", "Asia/Ho_Chi_Minh"
ZONES = (WEST, EAST, "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland")


class _Somewhere:
    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 2, 30, tzinfo=UTC).astimezone(self._zone)

    def monotonic(self) -> float:
        return 0.0


def _value(expression: str, zone: str) -> Any:
    found = evaluate({"instance": "<a/>", "expression": expression}, _Somewhere(ZoneInfo(zone)))
    assert found["type"] != "error", found
    return found["value"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["1945-09-02", "1969-12-31", "1970-01-01", "2024-02-29", "2026-07-01"])
def test_the_day_of_a_number_is_the_day_that_it_came_from(zone: str, day: str) -> None:
    assert _value(f"date(number('{day}'))", zone) == day
    assert _value(f"date('{day}' + 0)", zone) == day
    assert _value(f"date(decimal-date-time('{day}'))", zone) == day
    assert _value(f"date('{day}') + 1 - date('{day}')", zone) == pytest.approx(1)


@pytest.mark.parametrize("zone", ["UTC", EAST, "Asia/Kathmandu", "Pacific/Auckland"])
def test_east_of_greenwich_a_date_is_a_whole_number(zone: str) -> None:
    assert _value("number('1970-01-02')", zone) == 1
    assert _value("date('1970-01-02') + 1", zone) == 2
    assert _value("int(today()) = number(today())", zone) is True


def test_west_of_greenwich_a_date_is_its_first_instant() -> None:
    assert _value("number('1970-01-01')", WEST) == pytest.approx(7 / 24)
    assert _value("10 + date('2012-07-24')", WEST) == pytest.approx(15555 + 7 / 24)
    assert _value("date('2018-01-01' + 1)", WEST) == "2018-01-02"


@pytest.mark.parametrize("zone", ZONES)
def test_number_of_a_date_time_is_the_day_that_it_names(zone: str) -> None:
    assert _value("number('2026-08-27T08:27:00.000+07:00')", zone) == 20692
    assert _value("number(date('1970-01-01T00:00:00.000+00:00'))", zone) == 0
    assert _value("'1970-01-02T12:00:00Z' + 0", zone) == 1.5


@pytest.mark.parametrize("zone", ZONES)
def test_a_date_keeps_the_time_that_it_was_made_of_aside(zone: str) -> None:
    assert _value("decimal-date-time(date('1970-01-02T12:00:00Z'))", zone) == 1.5
    assert _value("date-time(14127) = date('2008-09-05T00:00:00.000+00:00')", zone) is True
    assert _value("date-time(14127) = date('2008-09-05T00:00:01.000+00:00')", zone) is False
    assert _value("date(now()) = today()", zone) is True
    assert _value("date(now()) = now()", zone) is True
