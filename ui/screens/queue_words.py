"""The counters of home in honest words. Part of the first frame: nothing of the desk may be imported here."""

from datetime import datetime
from typing import TYPE_CHECKING

from ui.screens.spoken_time import spoken_day, spoken_time
from ui.window import TextSource

if TYPE_CHECKING:
    from kiosk.domain.point import QueueSummary

LONG_DAYS = 2
"""Days without a word of the hub after which the stick is the better road."""


def queue_words(texts: TextSource, queue: "QueueSummary", now: datetime) -> list[tuple[str, str, str]]:
    """Name, role and words of each line: how many wait and since when, what lies on a stick, what needs a
    look, when the hub last answered."""
    lines = [("queue", "", _waiting(texts, queue, now))]
    if said := copied_words(texts, queue):
        lines.append(("copied", "muted", said))
    if queue.small:
        key = "small" if queue.waiting > queue.small else "small_alone"
        lines.append(("small", "muted", texts(f"home.point.{key}", n=queue.small)))
    if queue.parked:
        lines.append(("parked", "warn", texts("home.point.parked", n=queue.parked)))
    return [*lines, _contact(texts, queue, now), *_trouble(texts, queue, now)]


def copied_words(texts: TextSource, queue: "QueueSummary") -> str:
    """How many of those that wait lie on a stick, too; empty for none."""
    if queue.copied and queue.copied >= queue.waiting - queue.small:
        return texts("home.point.copied_all")
    return texts("home.point.copied", n=queue.copied) if queue.copied else ""


def is_troubled(queue: "QueueSummary") -> bool:
    """Whether there is something to say about the road to the commune."""
    return queue.last_error.startswith("hub.")


def _waiting(texts: TextSource, queue: "QueueSummary", now: datetime) -> str:
    count = queue.waiting - queue.small
    if count and queue.oldest:
        return texts("home.point.waiting", n=count, since=spoken_day(texts, queue.oldest, now))
    return texts("home.point.nothing_waits")


def _contact(texts: TextSource, queue: "QueueSummary", now: datetime) -> tuple[str, str, str]:
    """When the commune was last heard of, whichever road its word took."""
    moments = [("contact", queue.last_contact), ("contact_stick", queue.last_stick)]
    heard = [(datetime.fromisoformat(at), key, at) for key, at in moments if at]
    if not heard:
        return "contact", "muted", texts("home.point.never")
    _, key, at = max(heard)
    return "contact", "muted", texts(f"home.point.{key}", time=spoken_time(texts, at, now))


def _trouble(texts: TextSource, queue: "QueueSummary", now: datetime) -> list[tuple[str, str, str]]:
    if not is_troubled(queue):
        return []
    since = queue.last_contact or queue.oldest
    days = (now - datetime.fromisoformat(since)).days if since else 0
    if days >= LONG_DAYS and queue.waiting > queue.small:
        return [("trouble", "warn", texts("home.point.long", n=days))]
    return [("trouble", "muted", texts("home.point.no_line"))]
