"""Read what the commune's hub wrote to a stick, and apply it as the answer of a round."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.domain.events import OutboxItem
from kiosk.domain.point import Enrolment
from kiosk.envelope.seal import digest_of
from kiosk.storage import link as link_state
from kiosk.storage import outbox, results
from kiosk.storage.database import Database
from sync import stick
from sync.client.applying import apply_within, remove_files
from sync.client.plan import Decision, Standing, decide
from sync.client.stick_disk import StickDisk
from sync.client.usb import outward_folder
from sync.protocol import RoundAnswer
from sync.stick import StickAnswer


@dataclass(frozen=True)
class Taken:
    """What came back on a stick."""

    received: int
    """Events that have their receipt since."""
    news: int
    """Statements of the commune that were new."""
    refused: int
    """Events that the hub will not take as they are; they are parked with their reason."""


def take_from_stick(database: Database, enrolment: Enrolment, identity: str, drive: Path, at: str) -> Taken:
    """Apply every answer for this point that lies on ``drive``, each in one transaction, oldest first.

    ``at`` is now (ISO 8601): for people, when the commune was last heard of by stick.
    What was applied is taken off the stick, with the dossiers that it answers. Raises WorldError
    ``stick.no_answer``, or ``stick.foreign``, ``stick.signature``, ``stick.damaged``, ``request.version``
    where there is nothing better; then nothing has changed.
    """
    found = [(path, _open(path, enrolment, identity)) for path in stick.find_files(drive, stick.ANSWER)]
    answers = [(path, opened) for path, opened in found if isinstance(opened, StickAnswer)]
    if not answers:
        errors = [opened for _, opened in found if isinstance(opened, WorldError)]
        raise errors[-1] if errors else WorldError("stick.no_answer")
    parts = [_apply(database, enrolment, identity, answer, at) for _, answer in answers]
    for folder in {path.parent for path, _ in answers}:
        _take_results(database, folder)
    for path, answer in answers:
        _clear(drive, path, answer)
    return Taken(
        sum(part.received for part in parts),
        sum(part.news for part in parts),
        sum(part.refused for part in parts),
    )


def decide_on_foot(
    standing: Standing, items: Sequence[OutboxItem], said: StickAnswer, hub_key: str, identity: str
) -> Decision:
    """What to make of an answer that may be older than what the line brought meanwhile.

    In the same epoch old counters are no sign of a restored hub. An answer of another epoch counts as a newer
    one only while the point has heard of none since it copied; else only its news count. Pure.
    """
    answer = said.answer
    if answer.epoch != standing.epoch and standing.epoch not in ("", said.epoch):
        answer = _only_news(answer, standing)
    answer = _all_receipts(answer, {item.id for item in items})
    if answer.epoch != standing.epoch:
        return decide(standing, items, answer, hub_key, identity)
    older = replace(standing, receipt=min(standing.receipt, answer.receipt_number))
    decision = decide(older, items, answer, hub_key, identity)
    return replace(decision, receipt=max(standing.receipt, decision.receipt))


def _all_receipts(answer: RoundAnswer, waiting: set[str]) -> RoundAnswer:
    """Receipts count also for events that were settled or parked since they were copied."""
    others = [one.receipt for one in answer.verdicts if one.receipt and one.event not in waiting]
    return msgspec.structs.replace(answer, receipts=[*answer.receipts, *others])


def _only_news(answer: RoundAnswer, standing: Standing) -> RoundAnswer:
    return msgspec.structs.replace(
        answer,
        epoch=standing.epoch,
        receipt_number=standing.receipt,
        safe=standing.safe,
        verdicts=[],
        receipts=[],
    )


def _open(path: Path, enrolment: Enrolment, identity: str) -> StickAnswer | WorldError:
    try:
        answer = stick.open_answer(stick.read_file(path) or b"", identity, enrolment.hub_key)
    except WorldError as error:
        return error
    return answer if answer.point == enrolment.point else WorldError("stick.foreign")


def _apply(database: Database, enrolment: Enrolment, identity: str, said: StickAnswer, at: str) -> Taken:
    """Judge and apply in one transaction: the line may be talking at the same time."""
    with database.write() as connection:
        before = outbox.summary(connection)
        decision = decide_on_foot(
            _standing(connection), _still_waiting(connection, said), said, enrolment.hub_key, identity
        )
        applied = apply_within(connection, decision, "")
        link_state.put(connection, replace(link_state.get(connection), last_stick=at))
        after = outbox.summary(connection)
    remove_files(applied.erased)
    parked = after.parked - before.parked
    return Taken(max(0, before.waiting - after.waiting - parked), len(decision.news), max(0, parked))


def _standing(connection: Connection) -> Standing:
    state = link_state.get(connection)
    return Standing(state.incarnation, state.sequence, state.epoch, state.receipt, state.safe, state.cursor)


def _still_waiting(connection: Connection, said: StickAnswer) -> list[OutboxItem]:
    waiting = set(outbox.on_the_way(connection))
    events = [verdict.event for verdict in said.answer.verdicts if verdict.event in waiting]
    return [item for event in events if (item := outbox.load(connection, event))]


def _take_results(database: Database, folder: Path) -> None:
    """Copies of results that were announced and lie beside the answer; one that is not what was announced
    stays to be fetched."""
    with database.read() as connection:
        announced = [results.of_dossier(connection, dossier) for dossier in results.to_fetch(connection)]
    for copy in announced:
        if copy is None:
            continue
        body = stick.read_file(folder / f"{copy.file.sealed_sha256}{stick.RESULT}") or b""
        if len(body) == copy.file.sealed_size and digest_of(body) == copy.file.sealed_sha256:
            with database.write() as connection:
                results.keep(connection, copy.dossier, body)


def _clear(drive: Path, path: Path, answer: StickAnswer) -> None:
    """The copy has done its work; the dossiers themselves stay in the queue until they are SAFE."""
    back = StickDisk(path.parent)
    back.remove_all([path.name, *(name for name in back.names() if name.endswith(stick.RESULT))])
    outward = StickDisk(outward_folder(drive, answer.point))
    if answer.export + stick.MANIFEST in outward.names():
        outward.remove_all(outward.names())
