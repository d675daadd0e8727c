"""Dossiers as the commune sees them: state, history, and the marks by which they are found.

With a hundred thousand dossiers a list must not read them all: every question here walks an index and
stops when the page is full, or counts no further than a person reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    delete,
    func,
    literal,
    select,
    union_all,
    update,
)

from kiosk.domain.dossier import State
from sync.hub.store import bulk
from sync.hub.store.tables import dossier, history, search_key

COUNTED = 5000
"""Dossiers of one state that are counted; where there are more, ``counts`` says one more than this."""
_RARE = 5000
"""Up to how many dossiers of a mark are counted to find the rarest."""


@dataclass(frozen=True)
class HubDossier:
    """One dossier; what is in it stays sealed in its events."""

    id: str
    commune: str
    point: str
    hamlet: str
    procedure: str
    revision: int
    state: State
    arrived_at: str
    changed_at: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened; ``note`` is sealed to the commune, empty for none."""

    at: str
    actor: str
    revision: int
    state: State
    note: bytes


@dataclass(frozen=True)
class Narrow:
    """What the inbox shows; empty parts do not narrow it."""

    state: State | None = None
    hamlet: str = ""
    procedure: str = ""
    due: ColumnElement[bool] | None = None


def add(connection: Connection, *new: HubDossier) -> None:
    rows = [{**vars(one), "state": one.state.value} for one in new]
    bulk.put(connection, dossier, rows)


def find(connection: Connection, dossier_id: str, owner: str | None = None) -> HubDossier | None:
    """A dossier by id, locked while writing; with ``owner`` only that commune's."""
    query = select(dossier).where(dossier.c.id == dossier_id)
    if owner is not None:
        query = query.where(dossier.c.commune == owner)
    row = connection.execute(query).mappings().first()
    return _dossier(row) if row else None


def lock(connection: Connection, dossier_id: str) -> None:
    """Nobody else changes this dossier until the transaction ends."""
    locked(connection, [dossier_id])


def locked(connection: Connection, ids: Iterable[str]) -> dict[str, HubDossier]:
    """Those of the dossiers that are here, whose they ever are; nobody else changes them until the
    transaction ends. All lock in the same order, so that no two wait for each other."""
    query = select(dossier).where(dossier.c.id.in_(ids)).order_by(dossier.c.id).with_for_update()
    return {row["id"]: _dossier(row) for row in connection.execute(query).mappings()}


def change(connection: Connection, dossier_id: str, state: State, revision: int, at: str) -> None:
    connection.execute(
        update(dossier)
        .where(dossier.c.id == dossier_id)
        .values(state=state.value, revision=revision, changed_at=at)
    )


def note(connection: Connection, owner: str, dossier_id: str, line: HistoryLine) -> None:
    """Add a line to the dossier's history."""
    note_all(connection, owner, [(dossier_id, line)])


def note_all(connection: Connection, owner: str, lines: Iterable[tuple[str, HistoryLine]]) -> None:
    """Add lines to the histories of dossiers."""
    rows = [
        {
            "commune": owner,
            "dossier": dossier_id,
            "revision": line.revision,
            "at": line.at,
            "actor": line.actor,
            "state": line.state.value,
            "note": line.note,
        }
        for dossier_id, line in lines
    ]
    bulk.put(connection, history, rows)


def history_of(connection: Connection, dossier_id: str) -> list[HistoryLine]:
    found = connection.execute(select(history).where(history.c.dossier == dossier_id).order_by(history.c.id))
    return [HistoryLine(r.at, r.actor, r.revision, State(r.state), bytes(r.note)) for r in found]


def first_marks(connection: Connection, new: Iterable[tuple[HubDossier, Iterable[str]]]) -> None:
    """The search marks of dossiers that were added in this transaction."""
    rows = [
        {"dossier": one.id, "key": mark, "commune": one.commune, "arrived_at": one.arrived_at}
        for one, marks in new
        for mark in sorted(set(marks))
    ]
    bulk.put(connection, search_key, rows)


def add_marks(connection: Connection, owner: str, marks: Mapping[str, Iterable[str]]) -> None:
    """Add search marks of dossiers; those already there stay."""
    arrived = select(dossier.c.id, dossier.c.arrived_at).where(dossier.c.id.in_(marks))
    known = select(search_key.c.dossier, search_key.c.key).where(search_key.c.dossier.in_(marks))
    there = {(row.dossier, row.key) for row in connection.execute(known)}
    rows = [
        {"dossier": row.id, "key": mark, "commune": owner, "arrived_at": row.arrived_at}
        for row in connection.execute(arrived)
        for mark in sorted(set(marks[row.id]))
        if (row.id, mark) not in there
    ]
    bulk.put(connection, search_key, rows)


def drop_marks(connection: Connection, dossier_id: str, marks: Iterable[str]) -> None:
    """The dossier is found by these no more."""
    wanted = (search_key.c.dossier == dossier_id, search_key.c.key.in_(sorted(marks)))
    connection.execute(delete(search_key).where(*wanted))


def listed(
    connection: Connection, owner: str, narrow: Narrow, marks: Sequence[str], limit: int, offset: int
) -> list[HubDossier]:
    """A page of the inbox, newest arrival first; with marks only dossiers that carry all of them."""
    found = _carriers(connection, owner, narrow, marks) if marks else _inbox(owner, narrow)
    page = found.limit(limit).offset(offset).subquery()
    query = select(dossier).join(page, page.c.id == dossier.c.id)
    query = query.order_by(dossier.c.arrived_at.desc(), dossier.c.id.desc())
    return [_dossier(row) for row in connection.execute(query).mappings()]


def counts(connection: Connection, owner: str) -> dict[State, int]:
    """How many dossiers stand in each state, at most ``COUNTED`` + 1."""
    parts = []
    for state in State:
        mine = select(dossier.c.id).where(dossier.c.commune == owner, dossier.c.state == state.value)
        few = mine.limit(COUNTED + 1).subquery()
        parts.append(
            select(literal(state.value).label("state"), func.count().label("number")).select_from(few)
        )
    found = connection.execute(union_all(*parts))
    return {State(row.state): row.number for row in found if row.number}


def carrying(connection: Connection, owner: str, marks: Sequence[str], state: State) -> list[tuple[str, str]]:
    """Mark and dossier of those in a state that carry one of the marks, oldest arrival first."""
    if not marks:
        return []
    pairs = (
        select(search_key.c.key, search_key.c.dossier)
        .where(search_key.c.commune == owner, search_key.c.key.in_(marks))
        .order_by(search_key.c.arrived_at, search_key.c.dossier)
    )
    found = [(row.key, row.dossier) for row in connection.execute(pairs)]
    if not found:
        return []
    wanted = (dossier.c.id.in_({one for _, one in found}), dossier.c.state == state.value)
    standing = set(connection.execute(select(dossier.c.id).where(*wanted)).scalars())
    return [(mark, one) for mark, one in found if one in standing]


def named(connection: Connection, owner: str) -> tuple[list[str], list[str]]:
    """The hamlets and the procedures of the commune's dossiers, to choose from."""
    return _values(connection, owner, dossier.c.hamlet), _values(connection, owner, dossier.c.procedure)


def _values(connection: Connection, owner: str, column: Column[str]) -> list[str]:
    """The different values of an indexed column, in order: from each a step to the next greater, because
    ``DISTINCT`` would read every row for a dozen names."""
    mine = dossier.c.commune == owner
    known = select(func.min(column).label("value")).where(mine).cte("known", recursive=True)
    next_one = select(func.min(column)).where(mine, column > known.c.value).scalar_subquery()
    known = known.union_all(select(next_one).where(known.c.value.is_not(None)))
    found = connection.execute(select(known.c.value).where(known.c.value.is_not(None)))
    return list(found.scalars())


def _inbox(owner: str, narrow: Narrow) -> Select[tuple[str]]:
    query = select(dossier.c.id).where(dossier.c.commune == owner, *_conditions(narrow))
    return query.order_by(dossier.c.arrived_at.desc(), dossier.c.id.desc())


def _carriers(connection: Connection, owner: str, narrow: Narrow, marks: Sequence[str]) -> Select[tuple[str]]:
    """The dossiers of the rarest mark, newest first, each asked for the other marks: the question ends with
    the page, and never compares two long lists."""
    rarest = min(set(marks), key=lambda mark: _count(connection, owner, mark))
    query = select(search_key.c.dossier.label("id")).where(
        search_key.c.commune == owner, search_key.c.key == rarest
    )
    for mark in sorted(set(marks) - {rarest}):
        query = query.where(_also(mark))
    conditions = _conditions(narrow)
    if conditions:
        query = query.join(dossier, dossier.c.id == search_key.c.dossier).where(*conditions)
    return query.order_by(search_key.c.arrived_at.desc(), search_key.c.dossier.desc())


def _also(mark: str) -> ColumnElement[bool]:
    """A step through the primary key. (``EXISTS`` would be the same, but planners make a join of it that
    reads every dossier of the mark.)"""
    other = search_key.alias()
    step = select(other.c.key).where(other.c.dossier == search_key.c.dossier, other.c.key == mark)
    return step.scalar_subquery().is_not(None)


def _count(connection: Connection, owner: str, mark: str) -> int:
    mine = select(search_key.c.dossier).where(search_key.c.commune == owner, search_key.c.key == mark)
    few = mine.limit(_RARE).subquery()
    return connection.execute(select(func.count()).select_from(few)).scalar_one()


def _conditions(narrow: Narrow) -> list[ColumnElement[bool]]:
    """What besides the commune narrows the list."""
    wanted = [
        (narrow.state is not None, dossier.c.state == narrow.state),
        (bool(narrow.hamlet), dossier.c.hamlet == narrow.hamlet),
        (bool(narrow.procedure), dossier.c.procedure == narrow.procedure),
    ]
    conditions = [condition for asked, condition in wanted if asked]
    return conditions if narrow.due is None else [*conditions, narrow.due]


def _dossier(row: RowMapping) -> HubDossier:
    return HubDossier(
        row["id"],
        row["commune"],
        row["point"],
        row["hamlet"],
        row["procedure"],
        row["revision"],
        State(row["state"]),
        row["arrived_at"],
        row["changed_at"],
    )
