"""Receipts: given in the transaction that completes an event, and only there."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection

from kiosk.domain.events import Receipt
from kiosk.envelope.receipts import sign_receipts
from sync.hub.context import Hub
from sync.hub.store import events, rounds
from sync.hub.store.events import KnownEvent
from sync.protocol import EventVerdict, SignedReceipt


def number(hub: Hub, connection: Connection, known: Sequence[KnownEvent]) -> list[KnownEvent]:
    """The events with their receipts, to be kept in this transaction: their rows and papers are there, or
    come with it. The receipts leave the hub only after the transaction is on the disk."""
    if not known:
        return []
    epoch, last = rounds.next_receipts(connection, hub.commune, len(known))
    at, first = hub.now(), last - len(known) + 1
    numbered = [
        replace(one, receipt_epoch=epoch, receipt_number=first + index, received_at=at)
        for index, one in enumerate(known)
    ]
    signatures = sign_receipts(map(_receipt, numbered), hub.keys.signing_key)
    return [replace(one, signature=made) for one, made in zip(numbered, signatures, strict=True)]


def give_if_complete(hub: Hub, connection: Connection, known: KnownEvent) -> KnownEvent:
    """The event with its receipt, unless papers are missing or this epoch's receipt is there already."""
    epoch = rounds.state(connection, hub.commune).epoch
    if known.receipt_epoch == epoch or events.missing_papers(connection, known):
        return known
    (done,) = number(hub, connection, [known])
    events.set_receipt(connection, done)
    return done


def signed(known: KnownEvent) -> SignedReceipt | None:
    """The receipt as it travels; ``None`` while papers are missing."""
    if known.receipt_number is None or known.signature is None:
        return None
    receipt = _receipt(known)
    return SignedReceipt(
        epoch=receipt.epoch,
        number=receipt.number,
        event=receipt.event,
        dossier=receipt.dossier,
        revision=receipt.revision,
        digest=receipt.digest,
        received_at=receipt.received_at,
        signature=known.signature,
    )


def brief(verdict: EventVerdict) -> EventVerdict:
    """The same, its receipt without what the point reads in its own event."""
    if verdict.receipt is None or verdict.receipt.event != verdict.event:
        return verdict
    return msgspec.structs.replace(
        verdict, receipt=msgspec.structs.replace(verdict.receipt, dossier="", revision=0, digest="")
    )


def _receipt(known: KnownEvent) -> Receipt:
    return Receipt(
        known.receipt_epoch or "",
        known.receipt_number or 0,
        known.id,
        known.dossier,
        known.revision,
        known.digest,
        known.received_at or "",
    )
