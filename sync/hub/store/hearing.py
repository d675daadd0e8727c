"""What the hub must know before it answers points: asked in one journey, while their rows are locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, literal_column, select, update

from sync.hub.store.asking import ask_all, many
from sync.hub.store.events import KNOWN_EVENT, KnownEvent
from sync.hub.store.rounds import STATE, CommuneState, LastRound, Life
from sync.hub.store.tables import commune, event, incarnation, point

_MEET = (
    update(point)
    .where(point.c.id.in_(many("ids")))
    .values(last_contact=bindparam("now"))
    .returning(point.c.id, point.c.news_number)
)
"""Also where others write to PostgreSQL, one round or paper of a point is taken at a time."""
_LIVES = select(incarnation).where(incarnation.c.point.in_(many("ids")), incarnation.c.id.in_(many("lives")))
_EPOCH = select(commune.c.epoch).where(commune.c.id == bindparam("owner")).scalar_subquery()
_LATE = (
    select(*KNOWN_EVENT)
    .where(
        event.c.point == bindparam("point"),
        event.c.receipt_epoch == _EPOCH,
        event.c.receipt_number
        > case((bindparam("epoch") == _EPOCH, bindparam("number")), else_=literal_column("0")),
    )
    .order_by(event.c.receipt_number)
)


@dataclass(frozen=True)
class Voice:
    """Who speaks, and up to where it has the hub's receipts."""

    life: Life
    epoch: str
    receipt: int


@dataclass(frozen=True)
class Before:
    """How things stood when the points spoke; by point, but the rounds by life."""

    marks: CommuneState
    newest: Mapping[str, int]
    """The number of the newest statement for it, 0 if there was none."""
    rounds: Mapping[Life, LastRound]
    """Of those who have spoken before."""
    receipts: Mapping[str, Sequence[KnownEvent]]
    """What has a receipt of this epoch that the point has not got, lowest number first."""


def meet(connection: Connection, owner: str, voices: Sequence[Voice], at: str) -> Before:
    """Points are heard of; nobody else changes their rows until the transaction ends."""
    by_point = {one.life[0]: one for one in voices}
    wanted = {one.life for one in voices}
    named = {"ids": list(by_point), "lives": [life for _, life in wanted]}
    late = [
        (_LATE, {"owner": owner, "point": one, "epoch": said.epoch, "number": said.receipt})
        for one, said in by_point.items()
    ]
    met, (marks,), lives, *given = ask_all(
        connection,
        (_MEET, {"ids": named["ids"], "now": at}),
        (STATE, {"owner": owner}),
        (_LIVES, named),
        *late,
    )
    rounds = {(row.point, row.id): LastRound(row.sequence, row.digest, bytes(row.answer)) for row in lives}
    return Before(
        CommuneState(marks.epoch, marks.receipt_number, marks.safe),
        {row.id: row.news_number for row in met},
        {life: last for life, last in rounds.items() if life in wanted},
        {one: [KnownEvent(*row) for row in rows] for one, rows in zip(by_point, given, strict=True)},
    )
