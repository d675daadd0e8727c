"""Times as people say them: "hôm nay lúc 10:42", "hôm qua", "ngày 19/11/2026"."""

from collections.abc import Callable
from datetime import datetime


def spoken_time(texts: Callable[..., str], at: str, now: datetime) -> str:
    """A stored moment (ISO 8601) with its time of day where that still matters."""
    moment = datetime.fromisoformat(at).astimezone(now.tzinfo)
    day = spoken_day(texts, at, now)
    if (now.date() - moment.date()).days in (0, 1):
        return texts("time.at", day=day, time=moment.strftime("%H:%M"))
    return day


def spoken_day(texts: Callable[..., str], at: str, now: datetime) -> str:
    """A stored moment (ISO 8601) as a day."""
    moment = datetime.fromisoformat(at).astimezone(now.tzinfo)
    days = (now.date() - moment.date()).days
    if days == 0:
        return texts("time.today")
    if days == 1:
        return texts("time.yesterday")
    return texts("time.on_day", day=moment.strftime("%d/%m/%Y"))
