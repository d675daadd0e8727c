"""Everything that one answer of the hub changes at the point, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from kiosk.domain.events import EventKind
from kiosk.storage import link as link_state
from kiosk.storage import news, outbox, reopened, withdrawn
from kiosk.storage.database import Database
from sync.client.plan import Decision, Ruling
from sync.protocol import Verdict


@dataclass(frozen=True)
class Applied:
    """What an answer came to."""

    received: int
    """Events that have their receipt since."""
    moved: bool
    """Something changed for what waits, so that going on at once makes sense."""
    erased: tuple[Path, ...] = ()
    """Sealed papers that are SAFE at the hub, or whose dossier was erased or withdrawn at the commune."""


def apply_decision(database: Database, decision: Decision, contact: str) -> Applied:
    """Verdicts, receipts, news, epoch, marks and cursor together.

    ``contact`` is when the hub answered (ISO 8601), empty for an answer that came on foot.
    """
    with database.write() as connection:
        applied = apply_within(connection, decision, contact)
    remove_files(applied.erased)
    return applied


def apply_within(connection: Connection, decision: Decision, contact: str) -> Applied:
    """The same within the caller's transaction, who removes the files of ``erased`` after it."""
    before = outbox.summary(connection).waiting
    if decision.forget_above is not None:
        outbox.forget_receipts(connection, decision.epoch, decision.forget_above)
    if decision.send_again:
        outbox.send_again(connection)
    received = sum(outbox.record_receipt(connection, one.receipt, one.signature) for one in decision.receipts)
    ready = [_record(connection, ruling) for ruling in decision.rulings]
    _remember(connection, decision, contact)
    erased = news.apply(connection, decision.news, decision.cursor)
    erased += outbox.make_safe(connection, decision.epoch, decision.safe)
    moved = outbox.summary(connection).waiting < before or any(ready)
    return Applied(received, moved, tuple(erased))


def _record(connection: Connection, ruling: Ruling) -> bool:
    """Note a ruling. True if papers of the event can go now that could not go before."""
    if ruling.verdict is Verdict.REFUSED and _is_settled(connection, ruling):
        return False
    outbox.record_verdict(connection, ruling.event, ruling.verdict.value, ruling.code, ruling.sentence)
    lost = [outbox.paper_missing(connection, paper) for paper in ruling.missing]
    if any(lost):
        outbox.count_attempts(connection, [ruling.event])
    return bool(lost) and not any(lost)


def _is_settled(connection: Connection, ruling: Ruling) -> bool:
    """Whether a refusal ends the matter. A withdrawal that came too late leaves the dossier there."""
    item = outbox.load(connection, ruling.event)
    if not withdrawn.is_settled(connection, ruling.event, ruling.code):
        return False
    if item is not None and item.kind is EventKind.WITHDRAWN and ruling.code == "dossier.closed":
        reopened.reopen(connection, item.dossier)
    return True


def _remember(connection: Connection, decision: Decision, contact: str) -> None:
    state = link_state.get(connection)
    seen = replace(state, epoch=decision.epoch, receipt=decision.receipt, safe=decision.safe)
    if contact:
        error = "hub.not_believed" if decision.not_believed else ""
        seen = replace(seen, last_contact=contact, last_error=error)
    link_state.put(connection, seen)


def remove_files(files: Sequence[Path]) -> None:
    """Sealed papers that nobody needs any more; a file that is held open is swept at the next opening."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except PermissionError:
            continue
