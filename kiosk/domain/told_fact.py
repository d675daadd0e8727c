"""A fee, a time limit or a result as it is told to people, on paper and on the screen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ToldFact:
    """As the catalogue knows it; ``text`` ``None`` = nobody verified it, to be asked at the commune."""

    text: str | None
    source: str = ""
    checked: date | None = None
    """The day on which somebody last compared it with its source."""
    doubtful: bool = False
    """Printed with "hỏi xã": few or weak sources say so."""
    more: tuple[str, ...] = ()
    """What else is to be said: a day of return as an example, what comes next."""
