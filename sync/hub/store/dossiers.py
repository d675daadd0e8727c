"""Dossiers as the commune sees them: state, history, and the marks by which they are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    select,
    update,
)

from kiosk.domain.dossier import State
from sync.hub.store.tables import dossier, history, search_key


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


def add(connection: Connection, new: HubDossier) -> None:
    connection.execute(
        insert(dossier).values(
            id=new.id,
            commune=new.commune,
            point=new.point,
            hamlet=new.hamlet,
            procedure=new.procedure,
            revision=new.revision,
            state=new.state.value,
            arrived_at=new.arrived_at,
            changed_at=new.changed_at,
        )
    )


def find(connection: Connection, dossier_id: str, owner: str | None = None) -> HubDossier | None:
    """A dossier by id, locked while writing; with ``owner`` only that commune's."""
    query = select(dossier).where(dossier.c.id == dossier_id)
    if owner is not None:
        query = query.where(dossier.c.commune == owner)
    row = connection.execute(query).mappings().first()
    return _dossier(row) if row else None


def lock(connection: Connection, dossier_id: str) -> None:
    """Nobody else changes this dossier until the transaction ends."""
    connection.execute(select(dossier.c.id).where(dossier.c.id == dossier_id).with_for_update())


def change(connection: Connection, dossier_id: str, state: State, revision: int, at: str) -> None:
    connection.execute(
        update(dossier)
        .where(dossier.c.id == dossier_id)
        .values(state=state.value, revision=revision, changed_at=at)
    )


def note(connection: Connection, owner: str, dossier_id: str, line: HistoryLine) -> None:
    """Add a line to the dossier's history."""
    connection.execute(
        insert(history).values(
            commune=owner,
            dossier=dossier_id,
            revision=line.revision,
            at=line.at,
            actor=line.actor,
            state=line.state.value,
            note=line.note,
        )
    )


def history_of(connection: Connection, dossier_id: str) -> list[HistoryLine]:
    found = connection.execute(select(history).where(history.c.dossier == dossier_id).order_by(history.c.id))
    return [HistoryLine(r.at, r.actor, r.revision, State(r.state), bytes(r.note)) for r in found]


def add_marks(connection: Connection, owner: str, dossier_id: str, marks: Iterable[str]) -> None:
    """Add search marks; those already there stay."""
    there = set(
        connection.execute(select(search_key.c.key).where(search_key.c.dossier == dossier_id)).scalars()
    )
    rows = [{"dossier": dossier_id, "key": m, "commune": owner} for m in sorted(set(marks) - there)]
    if rows:
        connection.execute(insert(search_key), rows)


def listed(
    connection: Connection, owner: str, narrow: Narrow, marks: Sequence[str], limit: int, offset: int
) -> list[HubDossier]:
    """A page of the inbox, newest arrival first; with marks only dossiers that carry all of them."""
    query = _filtered(select(dossier), owner, narrow, marks)
    query = query.order_by(dossier.c.arrived_at.desc(), dossier.c.id.desc()).limit(limit).offset(offset)
    return [_dossier(row) for row in connection.execute(query).mappings()]


def counts(connection: Connection, owner: str) -> dict[State, int]:
    """How many dossiers stand in each state."""
    found = connection.execute(
        select(dossier.c.state, func.count()).where(dossier.c.commune == owner).group_by(dossier.c.state)
    )
    return {State(state): number for state, number in found}


def carrying(connection: Connection, owner: str, marks: Sequence[str], state: State) -> list[tuple[str, str]]:
    """Mark and dossier of those in a state that carry one of the marks."""
    if not marks:
        return []
    found = connection.execute(
        select(search_key.c.key, search_key.c.dossier)
        .join(dossier, dossier.c.id == search_key.c.dossier)
        .where(search_key.c.commune == owner, search_key.c.key.in_(marks), dossier.c.state == state.value)
        .order_by(dossier.c.arrived_at, dossier.c.id)
    )
    return [(row.key, row.dossier) for row in found]


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


def _filtered(
    query: Select[*tuple[Any, ...]], owner: str, narrow: Narrow, marks: Sequence[str]
) -> Select[*tuple[Any, ...]]:
    query = query.where(dossier.c.commune == owner)
    if narrow.state is not None:
        query = query.where(dossier.c.state == narrow.state.value)
    if narrow.hamlet:
        query = query.where(dossier.c.hamlet == narrow.hamlet)
    if narrow.procedure:
        query = query.where(dossier.c.procedure == narrow.procedure)
    if narrow.due is not None:
        query = query.where(narrow.due)
    for mark in marks:
        wanted = and_(search_key.c.commune == owner, search_key.c.key == mark)
        query = query.where(dossier.c.id.in_(select(search_key.c.dossier).where(wanted)))
    return query


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
