"""Dates and times as ODK writes them: ISO texts that also count as days since 1970-01-01 UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_DATE = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_TIME = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?"
_ZONE = r"(Z|[+-]\d{2}(?::?\d{2})?)?"
_STAMP = re.compile(rf"{_DATE}(?:T(?:{_TIME}{_ZONE})?)?")
_DAY_ONLY = re.compile(_DATE)
_CLOCK = re.compile(rf"{_TIME}{_ZONE}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400.0


class Moment(str):
    """A text that a date function returned: it compares as a day count, not letter by letter.

    ``instant`` is what ``date()`` made the day of, where that had a time, in the zone that it was written in.
    """

    __slots__ = ("instant",)
    instant: datetime | None

    def __new__(cls, text: str, instant: datetime | None = None) -> "Moment":
        made = super().__new__(cls, text)
        made.instant = instant
        return made


def parse_stamp(text: str, zone: tzinfo) -> datetime | None:
    """The instant that an ISO date or date-time names (local midnight for a date), or ``None``."""
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micros = int((fraction or "0").ljust(6, "0")[:6])
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), micros)
        return datetime.combine(date(int(year), int(month), int(day)), clock, _offset(offset) or zone)
    except ValueError:
        return None


def days_of(text: str, zone: tzinfo) -> float | None:
    """Days since 1970-01-01 UTC of an ISO date or date-time; ``None`` if the text is neither."""
    if len(text) < 8 or not text[0].isdigit():
        return None
    stamp = parse_stamp(text, zone)
    return None if stamp is None else days_of_stamp(stamp)


def whole_days_of(text: str, zone: tzinfo) -> float | None:
    """The same for reckoning with dates: a date is a whole number wherever ``date()`` of that number is the
    day again, which is so in every zone east of Greenwich; west of it, its first instant. A date-time keeps
    its fraction."""
    match = _DAY_ONLY.fullmatch(text)
    if match is None:
        return days_of(text, zone)
    try:
        midnight = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=zone)
    except ValueError:
        return None
    days = float(midnight.toordinal() - _EPOCH.toordinal())
    offset = midnight.utcoffset()
    return days if offset is None or offset.days >= 0 else days - offset / timedelta(days=1)


def named_days_of(text: str, zone: tzinfo) -> float | None:
    """Days since 1970-01-01 for ``number()``: a date-time, or a date that was made of one, counts as the day
    that it names, a whole number (JavaRosa and ODK Web Forms)."""
    plain = text.strip()
    stamp = text.instant if isinstance(text, Moment) else None
    if stamp is None and not _DAY_ONLY.fullmatch(plain):
        stamp = parse_stamp(plain, zone)
    return whole_days_of(plain, zone) if stamp is None else _day_number(stamp)


def _day_number(stamp: datetime) -> float:
    return float(stamp.toordinal() - _EPOCH.toordinal())


def days_of_stamp(stamp: datetime) -> float:
    """Days since 1970-01-01 UTC."""
    return (stamp - _EPOCH) / timedelta(days=1)


def stamp_of_days(days: float) -> datetime | None:
    """The instant so many days after 1970-01-01 UTC; ``None`` beyond the calendar."""
    try:
        return _EPOCH + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def instant_of(text: str, zone: tzinfo) -> datetime | None:
    """The instant that a text with a time names, or that ``date()`` was given; ``None`` for a plain date."""
    if isinstance(text, Moment) and text.instant is not None:
        return text.instant
    return None if _DAY_ONLY.fullmatch(text.strip()) else parse_stamp(text.strip(), zone)


def exact_pair(one: str, other: str, zone: tzinfo) -> tuple[float, float] | None:
    """A date that was made of a date-time beside a date-time, as days: there its time counts. ``None`` for
    all other pairs, such as two dates, which are compared by their days."""
    if _has_instant(one) == _has_instant(other):
        return None
    first, second = instant_of(one, zone), instant_of(other, zone)
    return None if first is None or second is None else (days_of_stamp(first), days_of_stamp(second))


def _has_instant(text: str) -> bool:
    return isinstance(text, Moment) and text.instant is not None


def is_date(text: str) -> bool:
    """Whether a text is an existing ISO date (the data type ``date``)."""
    if len(text) != 10:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return text[4] == "-" == text[7]


def is_day(text: str) -> bool:
    """Whether a text is written like a date without a time (``2024-2-9``), existing or not."""
    return _DAY_ONLY.fullmatch(text) is not None


def is_time(text: str) -> bool:
    """Whether a text is a time of the data type ``time``."""
    return parse_time(text) is not None


def parse_time(text: str) -> tuple[time, timedelta | None] | None:
    """A time of day and, where it names one, its offset from UTC; ``None`` if it is no time."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, offset = match.groups()
    micros = int((fraction or "0").ljust(6, "0")[:6])
    try:
        found = time(int(hour), int(minute), int(second or 0), micros)
        zone = _offset(offset)
    except ValueError:
        return None
    return found, zone.utcoffset(None) if zone else None


def clock_of(text: str, zone: tzinfo) -> float | None:
    """Seconds of a time of day since midnight UTC, for putting times in order; ``None`` if it is no time."""
    parsed = parse_time(text)
    if parsed is None:
        return None
    found, offset = parsed
    local = _EPOCH.astimezone(zone).utcoffset() if offset is None else offset
    seconds = found.hour * 3600 + found.minute * 60 + found.second + found.microsecond / 1e6
    return seconds - (local or timedelta()).total_seconds()


def day_fraction(text: str, zone: tzinfo, today: datetime) -> float | None:
    """A time as a fraction of the local day (noon is 0.5); ``None`` if the text is no time."""
    parsed = parse_time(text)
    if parsed is None:
        return None
    found, offset = parsed
    seconds = found.hour * 3600 + found.minute * 60 + found.second + found.microsecond / 1e6
    if offset is not None:
        local = today.astimezone(zone).utcoffset() or timedelta()
        seconds += (local - offset).total_seconds()
    return (seconds % _DAY) / _DAY


def iso_date(stamp: datetime) -> Moment:
    """As the data type ``date`` stores it."""
    return Moment(stamp.strftime("%Y-%m-%d") if stamp.year > 999 else stamp.date().isoformat())


def iso_stamp(stamp: datetime) -> Moment:
    """As the data type ``dateTime`` stores it: milliseconds and the offset."""
    return Moment(stamp.isoformat(timespec="milliseconds"))


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if text[0] == "-" else shift)
