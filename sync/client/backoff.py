"""How much to send and how long to wait, learnt from this line. Pure."""

from dataclasses import dataclass, replace
from random import Random

from sync.client.trouble import Kind

LONGEST_SECONDS = 15 * 60.0
_LONGEST_WITHOUT_LINE = 30.0
"""Knocking at a dead line costs one packet, and the queue should drain within a minute after it heals."""
_LINE = frozenset({Kind.NO_LINE, Kind.TRUNCATED, Kind.GARBLED, Kind.CAPTIVE_PORTAL})
"""Troubles of the way to the hub, of which the hub itself knows nothing."""
_FIRST_SECONDS = 2.0
_ROUND_SECONDS = 8.0
"""A round should take about so long on this line: short enough to lose, long enough to be worth it."""
_START = 256 * 1024
_LEAST = 16 * 1024
_MOST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Pace:
    """What was learnt. ``limit_bytes``: how many bytes of sealed bodies the next round may carry."""

    limit_bytes: int = _START
    failures: int = 0
    """Rounds in a row that brought nothing forward, all by the way or all by the hub."""
    trouble: Kind = Kind.DONE
    """What the last of them met."""


def after_success(pace: Pace, sent_bytes: int, seconds: float) -> Pace:
    """A round of ``sent_bytes`` got through in ``seconds``: size the next one by time on this line.

    Small rounds tell nothing (they measure the way, not the width).
    """
    if sent_bytes < _LEAST:
        return pace
    fits = sent_bytes / max(seconds, 0.001) * _ROUND_SECONDS
    limit = int(min(max(fits, _LEAST), pace.limit_bytes * 2, _MOST))
    return replace(pace, limit_bytes=limit)


def after_failure(pace: Pace, kind: Kind) -> Pace:
    """A round failed: wait longer, and send less if the line gave way under it. A hub that answers again
    does not inherit the patience that a dead line taught."""
    gave_way = kind in {Kind.NO_LINE, Kind.TRUNCATED, Kind.REFUSED}
    limit = max(pace.limit_bytes // 2, _LEAST) if gave_way else pace.limit_bytes
    same = (kind in _LINE) == (pace.trouble in _LINE)
    return Pace(limit, pace.failures + 1 if same else 1, kind)


def after_progress(pace: Pace) -> Pace:
    """Something moved, nothing waits, or a person asks: begin to count anew."""
    return replace(pace, failures=0, trouble=Kind.DONE)


def wait_seconds(pace: Pace, kind: Kind, random: Random) -> float:
    """How long to wait after ``pace.failures`` failures: doubling, with jitter, at most 15 minutes."""
    longest = _LONGEST_WITHOUT_LINE if kind in _LINE else LONGEST_SECONDS
    doubled = _FIRST_SECONDS * 2.0 ** min(pace.failures - 1, 20)
    return min(doubled, longest) * random.uniform(0.5, 1.0)
