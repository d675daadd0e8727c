"""Date and time functions of ODK; texts in ISO form in and out."""

from datetime import datetime

from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.function import Function
from kiosk.forms.xpath.moments import (
    Moment,
    day_fraction,
    days_of_stamp,
    is_date,
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
    zone = context.world.zone
    if isinstance(value, float):
        return stamp_of_days(value, zone) if value == value else None
    text = to_text(value).strip()
    stamp = parse_stamp(text, zone)
    if stamp is not None:
        return stamp.astimezone(zone)
    number = text_to_number(text, zone)
    return stamp_of_days(number, zone) if number == number else None


def _date(context: Context, value: Value) -> Moment:
    stamp = _stamp(context, value)
    return Moment("") if stamp is None else iso_date(stamp)


def _date_time(context: Context, value: Value) -> Moment:
    """A date stays what it is: every client of ODK gives it back without a time."""
    text = "" if isinstance(value, float) else to_text(value).strip()
    if is_date(text):
        return Moment(text)
    stamp = _stamp(context, value)
    return Moment("") if stamp is None else iso_stamp(stamp)


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
