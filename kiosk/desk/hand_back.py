"""Handing a result over: against slip and card, with a record, and then nothing of it stays here."""

import hmac
from dataclasses import dataclass, field

from kiosk.desk.desk import Desk, timestamp
from kiosk.desk.marks import mark_of
from kiosk.desk.outgoing import payload_about, sealed_event
from kiosk.desk.today import procedure_name
from kiosk.domain.card import Card
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.ids import parse_slip_code
from kiosk.envelope.seal import digest_of, open_bytes
from kiosk.storage import drafts, outbox, results
from kiosk.storage.drafts import DossierRow


@dataclass(frozen=True)
class Result:
    """What may be handed over now; slip and card were looked at. Only ``receive`` makes one."""

    dossier: str
    procedure: str
    sentence: str
    original_at: str
    """Where the original is; empty if the commune sent no copy."""
    copy: bytes = field(repr=False)
    """The labelled PDF; empty if there is none, or it is still on its way."""
    coming: bool
    """A copy was announced and is not whole yet."""


def receive(desk: Desk, slip: str, card: Card) -> Result:
    """Open the result of a slip for the person whose card this is.

    Raises ``WorldError`` slip.code (no slip code), hand_back.unknown (no such dossier here),
    handed_back.no_result, hand_back.other_person, hand_back.no_number (the dossier holds no number to compare
    with), hand_back.damaged (the copy cannot be opened; it is fetched again).
    """
    code = parse_slip_code(slip)
    if code is None:
        raise WorldError("slip.code")
    with desk.database.read() as connection:
        row = drafts.by_slip_code(connection, code)
        copy = results.of_dossier(connection, row.id) if row else None
    _check(desk, row, card)
    assert row is not None  # noqa: S101 - checked a line ago
    whole = copy is not None and copy.is_whole
    return Result(
        dossier=row.id,
        procedure=procedure_name(desk, row.slug),
        sentence=row.sentence,
        original_at=copy.file.original_at if copy else "",
        copy=_opened(desk, copy) if copy is not None and whole else b"",
        coming=copy is not None and not whole,
    )


def finish(desk: Desk, result: Result, pages: int) -> None:
    """It is in the citizen's hand: record it, tell the commune, erase the copy and the contact card.

    ``pages`` were printed. Raises ``WorldError`` handed_back.no_result.
    """
    at, enrolment = timestamp(desk), desk.enrolment
    with desk.database.write() as connection:
        row = drafts.load(connection, result.dossier)
        if row is None or row.state is not State.RESULT_READY:
            raise WorldError("handed_back.no_result")
        results.record_hand_back(connection, row.id, at, desk.volunteer, pages)
        results.forget(connection, row.id)
        drafts.forget_contact(connection, row.id)
        drafts.change(connection, row.id, state=State.HANDED_BACK, changed_at=at)
        if enrolment is not None:
            payload = payload_about(desk, row, enrolment, EventKind.HANDED_BACK)
            outbox.add(connection, sealed_event(desk, enrolment, payload, at))
    desk.database.tidy()


def _check(desk: Desk, row: DossierRow | None, card: Card) -> None:
    if row is None:
        raise WorldError("hand_back.unknown")
    if row.state is not State.RESULT_READY:
        raise WorldError("handed_back.no_result")
    if not row.person_mark:
        raise WorldError("hand_back.no_number")
    marks = [mark_of(desk, number, row.procedure) for number in (card.number, card.old_number) if number]
    if not any(hmac.compare_digest(mark, row.person_mark) for mark in marks):
        raise WorldError("hand_back.other_person")


def _opened(desk: Desk, copy: results.Copy) -> bytes:
    try:
        plain = open_bytes(copy.body, desk.secrets.sealing_identity)
    except WorldError:
        plain = b""
    if digest_of(plain) != copy.file.plain_sha256:
        with desk.database.write() as connection:
            results.keep(connection, copy.dossier, b"")
        raise WorldError("hand_back.damaged")
    return plain
