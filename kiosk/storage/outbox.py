"""What waits to go up. A row leaves only with its evidence; one bad item never blocks the others."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from kiosk.domain.dossier import State
from kiosk.domain.events import EventKind, OutboxItem, Receipt
from kiosk.domain.paper import SealedPaper
from kiosk.domain.point import QueueSummary
from kiosk.storage import link
from kiosk.storage.tables import dossiers, outbox, receipts, sealed_papers

FOLDER = "outbox"
"""Folder beside the database where sealed papers lie as ``<sha256>.age``."""
PAPERS_AT_A_TIME = 500
"""More do not go in one turn, however long the queue is."""
_ACCEPTED = frozenset({"accepted", "already_accepted"})
_NOT_SAFE = ("waiting", "accepted", "received")


class PaperToSend(NamedTuple):
    """A sealed paper that the hub does not have yet."""

    sealed_sha256: str
    path: Path
    size: int
    upload_url: str | None
    """Where an upload was begun already; ``None`` to create one."""


def paper_path(home: Path, sealed_sha256: str) -> Path:
    """Where a sealed paper lies."""
    return home / FOLDER / f"{sealed_sha256}.age"


def add(connection: Connection, item: OutboxItem, papers: Sequence[SealedPaper] = ()) -> None:
    """Queue an event with its papers; their files must be durable already. Once per event id."""
    values = {**asdict(item), "kind": item.kind.value, "papers": json.dumps(item.papers)}
    connection.execute(insert(outbox).values(**values, state="waiting", reason="", sentence=""))
    rows = [
        {"sealed_sha256": paper.sealed_sha256, "event": item.id, "size": paper.sealed_size, "arrived": 0}
        for paper in papers
    ]
    if rows:
        connection.execute(insert(sealed_papers), rows)


def waiting(connection: Connection, limit_bytes: int) -> list[OutboxItem]:
    """The next events to send, together within ``limit_bytes`` of bodies but at least one.

    Those tried least come first, so a failing one falls behind; events of one dossier keep their order.
    """
    tried = func.max(outbox.c.attempts).over(partition_by=outbox.c.dossier)
    query = select(outbox.c.id).where(outbox.c.state == "waiting").order_by(tried, outbox.c.position)
    chosen: list[OutboxItem] = []
    left = limit_bytes
    for event in connection.execute(query).scalars():
        item = _item(connection, event)
        left -= len(item.body)
        if left < 0 and chosen:
            break
        chosen.append(item)
    return chosen


def on_the_way(connection: Connection) -> list[str]:
    """Ids of the events that have no receipt yet and are not parked, oldest first."""
    chosen = outbox.c.state.in_(("waiting", "accepted"))
    return list(connection.execute(select(outbox.c.id).where(chosen).order_by(outbox.c.position)).scalars())


def load(connection: Connection, event: str) -> OutboxItem | None:
    """One event, also one that is settled; ``None`` for an id that this point never queued."""
    known = connection.execute(select(outbox.c.id).where(outbox.c.id == event)).scalar_one_or_none()
    return _item(connection, event) if known else None


def papers_missing(connection: Connection, event: str) -> list[PaperToSend]:
    """The sealed papers of an event that the hub does not have yet, smallest first."""
    chosen = and_(sealed_papers.c.event == event, sealed_papers.c.arrived == 0)
    query = select(sealed_papers).where(chosen).order_by(sealed_papers.c.size)
    return [_paper_to_send(connection, row) for row in connection.execute(query)]


def _paper_to_send(connection: Connection, row: Row[Any]) -> PaperToSend:
    home = Path(str(connection.engine.url.database)).parent
    return PaperToSend(row.sealed_sha256, paper_path(home, row.sealed_sha256), row.size, row.upload_url)


def _item(connection: Connection, event: str) -> OutboxItem:
    row = connection.execute(select(outbox).where(outbox.c.id == event)).one()
    return OutboxItem(
        id=row.id,
        kind=EventKind(row.kind),
        dossier=row.dossier,
        revision=row.revision,
        procedure=row.procedure,
        body=row.body,
        digest=row.digest,
        papers=tuple(json.loads(row.papers)),
        queued_at=row.queued_at,
        attempts=row.attempts,
    )


def count_attempts(connection: Connection, events: Iterable[str]) -> None:
    """These were sent and nothing came of it; untried ones go first from now on."""
    chosen = outbox.c.id.in_(list(events))
    connection.execute(update(outbox).where(chosen).values(attempts=outbox.c.attempts + 1))


def record_verdict(connection: Connection, event_id: str, verdict: str, code: str, sentence: str) -> None:
    """Note the hub's answer to one event, by ``sync.protocol.Verdict``: accepted events wait for their
    papers and receipt, refused ones park with the reason, others are tried again later."""
    if verdict in _ACCEPTED:
        still = and_(outbox.c.id == event_id, outbox.c.state == "waiting")
        connection.execute(update(outbox).where(still).values(state="accepted", reason="", sentence=""))
    elif verdict == "refused":
        park(connection, event_id, code, sentence)
    else:
        count_attempts(connection, [event_id])
        chosen = outbox.c.id == event_id
        connection.execute(update(outbox).where(chosen).values(reason=code, sentence=sentence))


def record_receipt(connection: Connection, receipt: Receipt, signature: str) -> bool:
    """Keep a receipt whose signature was verified; the dossier is at the hub from now on.

    False, and nothing is kept, where it does not fit what this point queued. Repeating it is harmless.
    """
    row = connection.execute(
        select(outbox.c.dossier, outbox.c.revision, outbox.c.digest, outbox.c.state).where(
            outbox.c.id == receipt.event
        )
    ).one_or_none()
    if row is None or (row.dossier, row.revision, row.digest) != (
        receipt.dossier,
        receipt.revision,
        receipt.digest,
    ):
        return False
    kept = insert(receipts).prefix_with("OR IGNORE").values(**asdict(receipt), signature=signature)
    connection.execute(kept)
    if row.state != "safe":
        connection.execute(update(outbox).where(outbox.c.id == receipt.event).values(state="received"))
    _move(connection, receipt.dossier, State.AT_HUB, only_from=(State.QUEUED, State.PARKED))
    return True


def park(connection: Connection, event_id: str, reason: str, sentence: str = "") -> None:
    """Put an event aside with its reason; nothing is deleted and the others go on."""
    chosen = and_(outbox.c.id == event_id, outbox.c.state.in_(("waiting", "accepted")))
    values = {"state": "parked", "reason": reason, "sentence": sentence}
    if not connection.execute(update(outbox).where(chosen).values(**values)).rowcount:
        return
    dossier = connection.execute(select(outbox.c.dossier).where(outbox.c.id == event_id)).scalar_one()
    if _move(connection, dossier, State.PARKED, only_from=(State.QUEUED,)):
        told = update(dossiers).where(dossiers.c.id == dossier)
        connection.execute(told.values(reason=reason, sentence=sentence))


def park_by_paper(connection: Connection, sealed_sha256: str, reason: str, sentence: str = "") -> None:
    """A paper can never arrive (its file is damaged, or the hub refuses it): its event needs a person."""
    chosen = sealed_papers.c.sealed_sha256 == sealed_sha256
    event = connection.execute(select(sealed_papers.c.event).where(chosen)).scalar_one_or_none()
    if event is not None:
        park(connection, event, reason, sentence)


def unpark(connection: Connection, dossier: str) -> None:
    """Try the parked events of a dossier again, as if they were new; one whose content was erased stays."""
    here = func.length(outbox.c.body) > 0
    chosen = and_(outbox.c.dossier == dossier, outbox.c.state == "parked", here)
    again = update(outbox).where(chosen).values(state="waiting", attempts=0, reason="")
    if not connection.execute(again).rowcount:
        return
    if _move(connection, dossier, State.QUEUED, only_from=(State.PARKED,)):
        connection.execute(update(dossiers).where(dossiers.c.id == dossier).values(reason="", sentence=""))


def _move(connection: Connection, dossier: str, then: State, only_from: tuple[State, ...]) -> bool:
    chosen = and_(dossiers.c.id == dossier, dossiers.c.state.in_([state.value for state in only_from]))
    return connection.execute(update(dossiers).where(chosen).values(state=then.value)).rowcount > 0


def papers_to_send(connection: Connection) -> list[PaperToSend]:
    """The next papers that the hub still lacks, of events that it accepted, smallest first."""
    query = (
        select(sealed_papers)
        .join(outbox, outbox.c.id == sealed_papers.c.event)
        .where(sealed_papers.c.arrived == 0, outbox.c.state == "accepted")
        .order_by(sealed_papers.c.size, outbox.c.position)
        .limit(PAPERS_AT_A_TIME)
    )
    return [_paper_to_send(connection, row) for row in connection.execute(query)]


def set_upload_url(connection: Connection, sealed_sha256: str, url: str | None) -> None:
    """Remember where an upload was begun, to resume it after any interruption; ``None`` forgets it."""
    chosen = sealed_papers.c.sealed_sha256 == sealed_sha256
    connection.execute(update(sealed_papers).where(chosen).values(upload_url=url))


def paper_arrived(connection: Connection, sealed_sha256: str) -> None:
    """The hub has every byte of it; the file stays until the event is SAFE.

    With the last paper of an event, the event itself is sent once more, to get its receipt.
    """
    chosen = sealed_papers.c.sealed_sha256 == sealed_sha256
    connection.execute(update(sealed_papers).where(chosen).values(arrived=1, upload_url=None))
    event = select(sealed_papers.c.event).where(chosen).scalar_subquery()
    lacking = select(sealed_papers.c.event).where(sealed_papers.c.arrived == 0)
    whole = and_(outbox.c.id == event, outbox.c.state == "accepted", outbox.c.id.not_in(lacking))
    connection.execute(update(outbox).where(whole).values(state="waiting"))


def paper_missing(connection: Connection, sealed_sha256: str) -> bool:
    """The hub says that it lacks a paper. True if it was sent whole before: it goes again from the start."""
    chosen = and_(sealed_papers.c.sealed_sha256 == sealed_sha256, sealed_papers.c.arrived == 1)
    sent_again = update(sealed_papers).where(chosen).values(arrived=0, upload_url=None)
    return connection.execute(sent_again).rowcount > 0


def forget_receipts(connection: Connection, epoch: str, above: int) -> None:
    """The hub was restored without a new epoch: its receipts above this number name other events now."""
    gone = and_(receipts.c.epoch == epoch, receipts.c.number > above)
    connection.execute(delete(receipts).where(gone))


def send_again(connection: Connection) -> None:
    """The hub was restored (new epoch): everything that is not SAFE goes up again, papers too."""
    events = select(outbox.c.id).where(outbox.c.state.in_(_NOT_SAFE))
    again = update(sealed_papers).where(sealed_papers.c.event.in_(events))
    connection.execute(again.values(arrived=0, upload_url=None))
    chosen = outbox.c.state.in_(_NOT_SAFE)
    connection.execute(update(outbox).where(chosen).values(state="waiting", attempts=0))


def make_safe(connection: Connection, epoch: str, safe: int) -> list[Path]:
    """Erase the bodies of events whose receipts of ``epoch`` are within the SAFE mark.

    Returns the sealed papers' files: remove them after the commit (leftovers are swept at opening).
    """
    covered = select(receipts.c.event).where(receipts.c.epoch == epoch, receipts.c.number <= safe)
    chosen = and_(outbox.c.state == "received", outbox.c.id.in_(covered))
    events = list(connection.execute(select(outbox.c.id).where(chosen)).scalars())
    if not events:
        return []
    connection.execute(update(outbox).where(outbox.c.id.in_(events)).values(state="safe", body=b""))
    theirs = sealed_papers.c.event.in_(events)
    names = list(connection.execute(select(sealed_papers.c.sealed_sha256).where(theirs)).scalars())
    connection.execute(delete(sealed_papers).where(theirs))
    home = Path(str(connection.engine.url.database)).parent
    return [paper_path(home, name) for name in names]


def summary(connection: Connection) -> QueueSummary:
    """Honest counters: what waits (also for its papers or receipt), since when, what is parked."""
    on_the_way = outbox.c.state.in_(("waiting", "accepted"))
    query = select(func.count(), func.min(outbox.c.queued_at)).where(on_the_way)
    count, oldest = connection.execute(query).one()
    parked = connection.execute(select(func.count()).where(outbox.c.state == "parked")).scalar_one()
    return QueueSummary(count, oldest, parked, link.get(connection).last_contact or None)


def sweep_papers(connection: Connection, home: Path) -> int:
    """Remove sealed files that no row names: left by a hand-over that a power cut stopped. How many."""
    known = {f"{sha}.age" for sha in connection.execute(select(sealed_papers.c.sealed_sha256)).scalars()}
    leftovers = [file for file in (home / FOLDER).glob("*") if file.name not in known]
    for file in leftovers:
        file.unlink()
    return len(leftovers)


def receipt_of(connection: Connection, dossier: str) -> tuple[Receipt, str] | None:
    """The hub's newest receipt for a dossier, with its signature; ``None`` before there is one."""
    query = select(receipts).where(receipts.c.dossier == dossier).order_by(receipts.c.revision.desc())
    row = connection.execute(query.limit(1)).mappings().one_or_none()
    if row is None:
        return None
    facts = dict(row)
    signature = facts.pop("signature")
    return Receipt(**facts), signature
