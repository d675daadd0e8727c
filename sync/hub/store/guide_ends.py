"""How walkthroughs ended at the points: counts, nothing about who walked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, tuple_

from sync.hub.store.tables import guide_end, point
from sync.protocol import GuideEnds, PointReport

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_MOST = 60
_KEY = ("point", "month", "guide", "exit", "reason")


@dataclass(frozen=True)
class EndCount:
    """One line of the points' page; exit and reason are ids of the guide's content."""

    month: str
    hamlet: str
    guide: str
    exit: str
    reason: str
    times: int


def keep(connection: Connection, owner: str, reports: Mapping[str, PointReport]) -> None:
    """A newer number of a month replaces the older one; odd lines are left aside."""
    rows = {
        (point_id, end.month, end.guide, end.exit, end.reason): end.times
        for point_id, report in reports.items()
        for end in report.guide_ends[:_MOST]
        if _is_sound(end)
    }
    if rows:
        key = tuple_(*(guide_end.c[name] for name in _KEY))
        connection.execute(delete(guide_end).where(key.in_(list(rows))))
        new = [{**dict(zip(_KEY, at, strict=True)), "commune": owner, "times": n} for at, n in rows.items()]
        connection.execute(insert(guide_end), new)


def counts(connection: Connection, owner: str, most: int) -> list[EndCount]:
    """By month, hamlet, exit and reason, the newest month and the most frequent first."""
    table = guide_end.c
    names = (table.month, point.c.hamlet, table.guide, table.exit, table.reason)
    times = func.sum(table.times)
    chosen = select(*names, times).join(point, point.c.id == table.point).where(table.commune == owner)
    order = (table.month.desc(), times.desc(), *names[1:])
    return [
        EndCount(*row) for row in connection.execute(chosen.group_by(*names).order_by(*order).limit(most))
    ]


def _is_sound(end: GuideEnds) -> bool:
    ids = all(_ID.fullmatch(part) for part in (end.guide, end.exit, end.reason))
    return bool(_MONTH.fullmatch(end.month)) and ids and 0 < end.times < 2**31
