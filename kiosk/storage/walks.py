"""Walkthroughs under way, by a code that names nobody, and how often each one ended where."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.storage.tables import guide_ends, walks

_NEWEST = (walks.c.changed_at.desc(), walks.c.code.desc())


@dataclass(frozen=True)
class WalkRow:
    """Where a citizen stopped: the answers given, no fact about anybody."""

    code: str
    guide: str
    version: str
    visit: str
    """Empty outside a visit."""
    path: str
    kept: bool
    """Whether the citizen holds a sheet with the code; others go when their visit ends."""
    practice: bool
    changed_at: str


@dataclass(frozen=True)
class EndCount:
    """How often, in a month such as ``2026-11``, walks of a guide ended at an exit for a reason."""

    month: str
    guide: str
    exit: str
    reason: str
    times: int


def save(connection: Connection, row: WalkRow) -> None:
    """Write a walk as it stands now."""
    values = vars(row) | {"kept": int(row.kept), "practice": int(row.practice)}
    written = insert(walks).values(**values)
    connection.execute(written.on_conflict_do_update(index_elements=["code"], set_=values))


def load(connection: Connection, code: str) -> WalkRow | None:
    row = connection.execute(select(walks).where(walks.c.code == code)).mappings().one_or_none()
    return None if row is None else _row(row)


def of_visit(connection: Connection, visit: str, guide: str) -> WalkRow | None:
    """The walk that a visit began last."""
    chosen = select(walks).where(walks.c.visit == visit, walks.c.guide == guide)
    row = connection.execute(chosen.order_by(*_NEWEST)).mappings().first()
    return None if row is None else _row(row)


def all_of(connection: Connection) -> Sequence[WalkRow]:
    """Every walk, the last changed first."""
    return [_row(row) for row in connection.execute(select(walks).order_by(*_NEWEST)).mappings()]


def wipe(connection: Connection, code: str) -> None:
    connection.execute(delete(walks).where(walks.c.code == code))


def wipe_of_visit(connection: Connection, visit: str) -> None:
    """The end of a visit: what nobody holds a sheet for goes, the rest forgets its visit."""
    connection.execute(delete(walks).where(walks.c.visit == visit, walks.c.kept == 0))
    connection.execute(update(walks).where(walks.c.visit == visit).values(visit=""))


def count_end(connection: Connection, month: str, guide: str, exit_id: str, reason: str) -> None:
    """One more walk ended there; nothing else is noted."""
    values = {"month": month, "guide": guide, "exit": exit_id, "reason": reason}
    written = insert(guide_ends).values(**values, times=1)
    more = {"times": guide_ends.c.times + 1}
    connection.execute(written.on_conflict_do_update(index_elements=list(values), set_=more))


def end_counts(connection: Connection, guide: str) -> Sequence[EndCount]:
    """The counts of a guide, the newest month and the most frequent first."""
    chosen = select(guide_ends).where(guide_ends.c.guide == guide)
    order = (guide_ends.c.month.desc(), guide_ends.c.times.desc(), guide_ends.c.exit, guide_ends.c.reason)
    return [EndCount(**row) for row in connection.execute(chosen.order_by(*order)).mappings()]


def newest_ends(connection: Connection, most: int) -> Sequence[EndCount]:
    """The counts of all guides, the newest month first."""
    order = (guide_ends.c.month.desc(), guide_ends.c.times.desc(), guide_ends.c.exit, guide_ends.c.reason)
    chosen = select(guide_ends).order_by(*order).limit(most)
    return [EndCount(**row) for row in connection.execute(chosen).mappings()]


def _row(row: RowMapping) -> WalkRow:
    return WalkRow(**{**row, "kept": bool(row["kept"]), "practice": bool(row["practice"])})
