"""Date and time functions of ODK; texts in ISO form in and out."""

from datetime import datetime

from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.function import Function
from kiosk.forms.xpath.moments import (
    Moment,
    day_fraction,
    days_of_stamp,
    instant_of,
    is_day,
    iso_date,
    iso_stamp,
    parse_stamp,
    stamp_of_days,
)
from kiosk.forms.xpath.values import NAN, Value, text_to_number, to_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE_SIGNS = frozenset("YymnbdeHhMS3a%")
"""What may stand behind a ``%`` in a pattern of ``format-date()`` (ODK XForms); others stay as they are."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _today(context: Context) -> Moment:
    return iso_date(context.world.now().astimezone(context.world.zone))


def _now(context: Context) -> Moment:
    return iso_stamp(context.world.now().astimezone(context.world.zone))


def _stamp(context: Context, value: Value) -> datetime | None:
    """A date, date-time or number of days as an instant in the local zone."""
    return _local(_as_written(context, value), context)


def _as_written(context: Context, value: Value) -> datetime | None:
    """The same in the zone that it is written in; a number counts days in UTC."""
    zone = context.world.zone
    if isinstance(value, float):
        return stamp_of_days(value) if value == value else None
    text = to_text(value)
    stamp = instant_of(text, zone) or parse_stamp(text.strip(), zone)
    if stamp is not None:
        return stamp
    number = text_to_number(text, zone)
    return stamp_of_days(number) if number == number else None


def _local(stamp: datetime | None, context: Context) -> datetime | None:
    try:
        return None if stamp is None else stamp.astimezone(context.world.zone)
    except (OverflowError, ValueError):
        return None


def _date(context: Context, value: Value) -> Moment:
    """The local day. The time that it was made of is kept aside for what asks for one: every client of ODK
    gives the whole instant for ``decimal-date-time(date('…T…'))``."""
    written = _as_written(context, value)
    stamp = _local(written, context)
    if stamp is None:
        return Moment("")
    timed = written if isinstance(value, float) else instant_of(to_text(value), context.world.zone)
    return Moment(iso_date(stamp), timed)


def _date_time(context: Context, value: Value) -> Moment:
    """A date stays what it is: every client of ODK gives it back without a time."""
    text = "" if isinstance(value, float) else to_text(value).strip()
    stamp = _stamp(context, value)
    if stamp is None:
        return Moment("")
    return iso_date(stamp) if is_day(text) else iso_stamp(stamp)


def _decimal_date_time(context: Context, value: Value) -> float:
    stamp = _stamp(context, value)
    return NAN if stamp is None else days_of_stamp(stamp)


def _decimal_time(context: Context, text: str) -> float:
    found = day_fraction(text.strip(), context.world.zone, context.world.now())
    return NAN if found is None else found


def _format(context: Context, value: Value, form: str) -> str:
    stamp = _stamp(context, value)
    if stamp is None:
        return ""
    parts = iter(form)
    return "".join(_part(stamp, next(parts, "")) if sign == "%" else sign for sign in parts)


def _part(stamp: datetime, letter: str) -> str:
    known = {
        "Y": f"{stamp.year:04}",
        "y": f"{stamp.year % 100:02}",
        "m": f"{stamp.month:02}",
        "n": str(stamp.month),
        "b": _MONTHS[stamp.month - 1],
        "d": f"{stamp.day:02}",
        "e": str(stamp.day),
        "H": f"{stamp.hour:02}",
        "h": str(stamp.hour),
        "M": f"{stamp.minute:02}",
        "S": f"{stamp.second:02}",
        "3": f"{stamp.microsecond // 1000:03}",
        "a": _DAYS[stamp.weekday()],
        "%": "%",
    }
    return known.get(letter, f"%{letter}")


FUNCTIONS = (
    Function("today", 0, 0, "a", "date", _today, context=True),
    Function("now", 0, 0, "a", "date", _now, context=True),
    Function("date", 1, 1, "a", "date", _date, context=True),
    Function("date-time", 1, 1, "a", "date", _date_time, context=True),
    Function("decimal-date-time", 1, 1, "a", "num", _decimal_date_time, context=True),
    Function("decimal-time", 1, 1, "s", "num", _decimal_time, context=True),
    Function("format-date", 2, 2, "as", "str", _format, context=True),
    Function("format-date-time", 2, 2, "as", "str", _format, context=True),
)
