"""Days of return that officers promised, when they were met, and the counts of the overview."""

from dataclasses import dataclass, fields
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, select, update

from kiosk.domain.dossier import State
from sync.hub.store.dossiers import HubDossier, Narrow
from sync.hub.store.tables import deadline, dossier

_COLUMNS = [dossier.c[field.name] for field in fields(HubDossier)]


class Due(StrEnum):
    """How a day of return stands, as the inbox filters it."""

    LATE = "qua_han"
    SOON = "sap_den"
    OPEN = "con_han"


@dataclass(frozen=True)
class Promise:
    """Days as ISO 8601; ``done_on`` is empty until there is a result."""

    due_on: str
    done_on: str


@dataclass(frozen=True)
class Count:
    """One line of the overview. ``name`` is a procedure's code or a hamlet."""

    name: str
    arrived: int
    waiting: int
    """Waits for an officer: new, seen, or formally received without a result."""
    citizens: int
    """Waits for the citizen: asked for more, invited, or a result to collect."""
    closed: int
    on_time: int
    """Results on or before the promised day."""
    late: int
    """Results after it, and promises that are broken already."""


_WAITING = (State.AT_HUB, State.SEEN, State.RECEIVED)
_CITIZENS = (State.ASKED_FOR_MORE, State.INVITED, State.RESULT_READY)


def promise(connection: Connection, owner: str, dossier_id: str, due_on: str) -> None:
    """Remember the day of return; a later word replaces an earlier one."""
    mine = deadline.c.dossier == dossier_id
    if connection.execute(update(deadline).where(mine).values(due_on=due_on, done_on="")).rowcount == 0:
        connection.execute(
            insert(deadline).values(dossier=dossier_id, commune=owner, due_on=due_on, done_on="")
        )


def take_back(connection: Connection, dossier_id: str) -> None:
    """There was no day of return after all."""
    connection.execute(delete(deadline).where(deadline.c.dossier == dossier_id))


def keep(connection: Connection, dossier_id: str, day: str) -> None:
    """There is a result since this day; the first day counts."""
    still = and_(deadline.c.dossier == dossier_id, deadline.c.done_on == "")
    connection.execute(update(deadline).where(still).values(done_on=day))


def of_dossier(connection: Connection, dossier_id: str) -> Promise | None:
    row = connection.execute(select(deadline).where(deadline.c.dossier == dossier_id)).first()
    return Promise(row.due_on, row.done_on) if row else None


def of_dossiers(connection: Connection, dossiers: list[str]) -> dict[str, Promise]:
    """The promises of a page of the inbox."""
    found = connection.execute(select(deadline).where(deadline.c.dossier.in_(dossiers)))
    return {row.dossier: Promise(row.due_on, row.done_on) for row in found}


def standing(due: Due, today: str, soon: str) -> ColumnElement[bool]:
    """The condition of a filter; ``soon`` is the last day that counts as near."""
    chosen = select(deadline.c.dossier).where(deadline.c.done_on == "", _within(due, today, soon))
    return dossier.c.id.in_(chosen)


def soonest(
    connection: Connection,
    owner: str,
    due: Due,
    today: str,
    soon: str,
    narrow: Narrow,
    limit: int,
    offset: int,
) -> list[HubDossier]:
    """A page of what was promised and is not done, the earliest day of return first; of ``narrow`` all but
    its own ``due`` counts."""
    conditions = [deadline.c.commune == owner, deadline.c.done_on == "", _within(due, today, soon)]
    wanted = {"state": narrow.state, "hamlet": narrow.hamlet, "procedure": narrow.procedure}
    conditions += [dossier.c[name] == str(value) for name, value in wanted.items() if value]
    query = select(*_COLUMNS).join(deadline, deadline.c.dossier == dossier.c.id).where(*conditions)
    query = query.order_by(deadline.c.due_on, deadline.c.dossier).limit(limit).offset(offset)
    rows = connection.execute(query).mappings()
    return [HubDossier(**{**row, "state": State(row["state"])}) for row in rows]


def _within(due: Due, today: str, soon: str) -> ColumnElement[bool]:
    return {
        Due.LATE: deadline.c.due_on < today,
        Due.SOON: and_(deadline.c.due_on >= today, deadline.c.due_on <= soon),
        Due.OPEN: deadline.c.due_on > soon,
    }[due]


def counts(connection: Connection, owner: str, by: str, month: str, today: str) -> list[Count]:
    """The overview by ``procedure`` or ``hamlet`` of what arrived in a month (``2026-11``, empty for all)."""
    name = {"procedure": dossier.c.procedure, "hamlet": dossier.c.hamlet}[by]
    met = and_(deadline.c.done_on != "", deadline.c.done_on <= deadline.c.due_on)
    missed = and_(deadline.c.done_on == "", deadline.c.due_on < today)
    missed |= and_(deadline.c.done_on != "", deadline.c.done_on > deadline.c.due_on)
    waiting, citizens = dossier.c.state.in_(_WAITING), dossier.c.state.in_(_CITIZENS)
    query = (
        select(
            name,
            func.count(),
            *(_number(condition) for condition in (waiting, citizens, ~(waiting | citizens), met, missed)),
        )
        .outerjoin(deadline, deadline.c.dossier == dossier.c.id)
        .where(dossier.c.commune == owner, dossier.c.arrived_at.like(f"{month}%"))
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    return [Count(*row) for row in connection.execute(query)]


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
