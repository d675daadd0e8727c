"""What may stand in an answer of each data type, and how results of expressions are stored."""

import math
import re
from datetime import UTC

from kiosk.domain.partial_date import PartialDate
from kiosk.forms.xpath.moments import is_date, is_time, parse_stamp, parse_time
from kiosk.forms.xpath.values import Value, number_to_text, to_text

_INT = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_POINT = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?){1,3}")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def fits(value: str, data_type: str, appearance: str) -> bool:
    """Whether a non-empty text is of the data type; unknown types take any text."""
    if data_type == "int":
        return _INT.fullmatch(value) is not None
    if data_type == "decimal":
        return _DECIMAL.fullmatch(value) is not None
    if data_type == "date":
        return is_date(value)
    if data_type == "time":
        return is_time(value)
    if data_type == "dateTime":
        return "T" in value and _stamp(value)
    if data_type in ("geopoint", "geotrace", "geoshape"):
        return all(_POINT.fullmatch(point.strip()) for point in value.rstrip("; ").split(";"))
    if data_type == "boolean":
        return value in ("true", "false", "1", "0")
    return "partial-date" not in appearance.split() or is_partial_date(value)


def _stamp(value: str) -> bool:
    return parse_stamp(value, UTC) is not None


def is_partial_date(value: str) -> bool:
    """Whether a text is ``1945``, ``1945-03`` or ``1945-03-12``, of days that exist."""
    match = _PARTIAL.fullmatch(value)
    if match is None:
        return False
    year, month, day = match.groups()
    try:
        PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return False
    return True


def stored(value: Value, data_type: str) -> str:
    """The result of an expression as a node stores it: NaN is empty, whole types lose their fraction."""
    if isinstance(value, float) and not isinstance(value, bool):
        if math.isnan(value):
            return ""
        if data_type == "int" and math.isfinite(value):
            return str(int(value))
        return number_to_text(value)
    text = str(to_text(value))
    if data_type == "int":
        return _whole(text)
    if data_type == "date" and "T" in text:
        return text.partition("T")[0]
    return text


def _whole(text: str) -> str:
    if not _DECIMAL.fullmatch(text):
        return text
    return str(int(float(text)))


def shown(value: str, data_type: str, appearance: str) -> str:
    """What a person reads: dates as dd/mm/yyyy, as coarse as they were asked; times as hh:mm; everything
    else as it is stored."""
    looks = appearance.split()
    if data_type == "time":
        return _clock(value)
    if data_type == "dateTime":
        day, _, time = value.partition("T")
        return f"{shown(day, 'date', '')} {_clock(time)}".strip()
    if data_type == "date" or "partial-date" in looks:
        parts = value.split("-")[: _PARTS.get(next((each for each in looks if each in _PARTS), ""), 3)]
        return "/".join(reversed(parts)) if is_partial_date(value) else value
    return value


_PARTS = {"year": 1, "month-year": 2}
"""How many parts of a date are asked; the others are stored as 01, which nobody said."""


def _clock(value: str) -> str:
    parsed = parse_time(value)
    return f"{parsed[0]:%H:%M}" if parsed else value
