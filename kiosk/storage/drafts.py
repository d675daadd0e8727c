"""Dossiers and their answers while they may still be read and changed here."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.dossier import Answer, Road, Source, State
from kiosk.storage import corrections
from kiosk.storage.tables import answers, contacts, dossiers, draft_papers, dropped_answers, ticks

_NEW_ANSWER = upsert(answers)
_SAVE_ANSWERS = str(
    _NEW_ANSWER.on_conflict_do_update(
        set_={"value": _NEW_ANSWER.excluded.value, "source": _NEW_ANSWER.excluded.source}
    ).compile(dialect=sqlite.dialect())
)
_SAVE_PLACE = str(
    update(dossiers)
    .where(dossiers.c.id == bindparam("dossier"), dossiers.c.draft == bindparam("revision_number"))
    .values(place=bindparam("at_place"), changed_at=bindparam("at_time"))
    .compile(dialect=sqlite.dialect())
)
"""Compiled once: finding them in the engine's cache would cost an edit a third of its time.
Parameters in the order of the columns, and: place, time, dossier, revision."""


@dataclass(frozen=True)
class DossierRow:
    """What stays readable of a dossier for its whole life: no name, no number, no answer."""

    id: str
    visit: str
    slug: str
    procedure: str
    form: str
    form_version: str
    road: Road
    state: State
    revision: int
    """The highest revision handed over; 0 before the first."""
    draft: int | None
    """The revision being edited, if any."""
    place: str
    """Name of the screen where the volunteer was."""
    practice: bool
    slip_code: str
    portal_code: str
    base_digest: str
    """Digest of the last revision handed over; empty before the first."""
    person_mark: str
    sentence: str
    asked_papers: tuple[str, ...]
    reason: str
    created_at: str
    changed_at: str


def add(connection: Connection, row: DossierRow) -> None:
    """Begin a dossier."""
    connection.execute(insert(dossiers).values(**_values(row)))


def load(connection: Connection, dossier: str) -> DossierRow | None:
    """One dossier, or ``None``."""
    row = connection.execute(select(dossiers).where(dossiers.c.id == dossier)).mappings().one_or_none()
    return _row(row) if row else None


def all_of(connection: Connection) -> list[DossierRow]:
    """Every dossier, the last changed first."""
    query = select(dossiers).order_by(dossiers.c.changed_at.desc())
    return [_row(row) for row in connection.execute(query).mappings()]


def left(
    connection: Connection, states: Iterable[State], most: int, *, undrafted: bool = False
) -> list[DossierRow]:
    """Dossiers in these states that were handed over at least once, the last changed first; ``most`` of them.

    ``undrafted``: without those whose next revision has begun.
    """
    chosen = _left(undrafted).where(dossiers.c.state.in_([state.value for state in states]))
    newest = chosen.order_by(dossiers.c.changed_at.desc(), dossiers.c.id.desc()).limit(most)
    return [_row(row) for row in connection.execute(newest).mappings()]


def count_left(connection: Connection, *, undrafted: bool = False) -> dict[State, int]:
    """How many dossiers were handed over at least once, by state."""
    counted = _left(undrafted).with_only_columns(dossiers.c.state, func.count())
    return {State(state): count for state, count in connection.execute(counted.group_by(dossiers.c.state))}


def _left(undrafted: bool) -> Select[Any]:
    chosen = select(dossiers).where(dossiers.c.revision > 0)
    return chosen.where(dossiers.c.draft.is_(None)) if undrafted else chosen


def open_drafts(connection: Connection) -> list[DossierRow]:
    """Dossiers with a revision being edited, the last changed first."""
    query = select(dossiers).where(dossiers.c.draft.is_not(None)).order_by(dossiers.c.changed_at.desc())
    return [_row(row) for row in connection.execute(query).mappings()]


def practice_of(connection: Connection, visit: str) -> list[DossierRow]:
    """The practice dossiers of a visit that are still there."""
    query = select(dossiers).where(
        dossiers.c.visit == visit, dossiers.c.practice == 1, dossiers.c.draft.is_not(None)
    )
    return [_row(row) for row in connection.execute(query).mappings()]


def by_slip_code(connection: Connection, code: str) -> DossierRow | None:
    """The dossier of a printed slip, or ``None``."""
    row = connection.execute(select(dossiers).where(dossiers.c.slip_code == code)).mappings().one_or_none()
    return _row(row) if row else None


def same_person(connection: Connection, mark: str, but: str) -> list[DossierRow]:
    """Other dossiers of the same person and procedure that are still alive."""
    over = [State.ERASED.value, State.WITHDRAWN.value]
    query = select(dossiers).where(
        dossiers.c.person_mark == mark, dossiers.c.id != but, dossiers.c.state.not_in(over)
    )
    return [_row(row) for row in connection.execute(query).mappings()]


def change(connection: Connection, dossier: str, **values: object) -> None:
    """Set columns of a dossier."""
    plain = {name: _plain(value) for name, value in values.items()}
    connection.execute(update(dossiers).where(dossiers.c.id == dossier).values(**plain))


def lift(connection: Connection, dossier: str, revision: int) -> None:
    """The commune holds a higher revision than this point remembers (it is a restored copy): count on from
    there. A correction that was begun becomes the revision after it."""
    row = load(connection, dossier)
    if row is None or row.revision >= revision:
        return
    change(connection, dossier, revision=revision)
    if row.draft is not None and row.draft <= revision:
        mine = and_(answers.c.dossier == dossier, answers.c.revision == row.draft)
        connection.execute(update(answers).where(mine).values(revision=revision + 1))
        change(connection, dossier, draft=revision + 1)


def save(
    connection: Connection, dossier: str, revision: int, items: Sequence[Answer], place: str, at: str
) -> bool:
    """Keep some answers and where the volunteer is. False, and nothing is kept, if that revision is
    no draft any more: what was handed over is never edited."""
    if not connection.exec_driver_sql(_SAVE_PLACE, (place, at, dossier, revision)).rowcount:
        return False
    if items:
        rows = [(dossier, revision, item.name, item.value, item.source.value) for item in items]
        connection.exec_driver_sql(_SAVE_ANSWERS, rows)
    return True


def answers_of(connection: Connection, dossier: str, revision: int) -> list[Answer]:
    """The answers of a draft, by name."""
    query = (
        select(answers.c.name, answers.c.value, answers.c.source)
        .where(answers.c.dossier == dossier, answers.c.revision == revision)
        .order_by(answers.c.name)
    )
    return [Answer(row.name, row.value, Source(row.source)) for row in connection.execute(query)]


def forget_answers(connection: Connection, dossier: str, revision: int, names: Iterable[str]) -> None:
    """Remove answers, such as those of a row that was taken away."""
    mine = and_(answers.c.dossier == dossier, answers.c.revision == revision)
    connection.execute(delete(answers).where(mine, answers.c.name.in_(list(names))))


def wipe(connection: Connection, dossier: str) -> None:
    """Nothing readable of the content stays: answers (dropped ones too), ticks and draft papers go."""
    corrections.wipe(connection, dossier)
    connection.execute(delete(answers).where(answers.c.dossier == dossier))
    connection.execute(delete(dropped_answers).where(dropped_answers.c.dossier == dossier))
    connection.execute(delete(ticks).where(ticks.c.dossier == dossier))
    connection.execute(delete(draft_papers).where(draft_papers.c.dossier == dossier))


def save_contact(connection: Connection, dossier: str, name: str, phone: str, version: str, at: str) -> None:
    """Keep how to reach the citizen; only with the consent whose text version is named."""
    values = {"dossier": dossier, "name": name, "phone": phone, "consent_version": version, "given_at": at}
    connection.execute(upsert(contacts).values(values).on_conflict_do_update(set_=values))


def contact_of(connection: Connection, dossier: str) -> tuple[str, str] | None:
    """Name and telephone of who may be called, if that was agreed to."""
    query = select(contacts.c.name, contacts.c.phone).where(contacts.c.dossier == dossier)
    row = connection.execute(query).one_or_none()
    return (row.name, row.phone) if row else None


def forget_contact(connection: Connection, dossier: str) -> None:
    """The contact card goes when the dossier is done or the consent is taken back."""
    connection.execute(delete(contacts).where(contacts.c.dossier == dossier))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(value, bool):
        return int(value)
    return value.value if isinstance(value, (Road, State)) else value


def _values(row: DossierRow) -> dict[str, object]:
    return {column.name: _plain(getattr(row, column.name)) for column in dossiers.columns}


def _row(row: RowMapping) -> DossierRow:
    values = dict(row)
    values["road"] = Road(values["road"])
    values["state"] = State(values["state"])
    values["practice"] = bool(values["practice"])
    values["asked_papers"] = tuple(json.loads(values["asked_papers"]))
    return DossierRow(**values)
