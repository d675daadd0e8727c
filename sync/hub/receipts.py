"""Receipts: given in the transaction that completes an event, and only there."""

from dataclasses import replace

import msgspec
from sqlalchemy import Connection

from kiosk.domain.events import Receipt
from kiosk.envelope.receipts import sign_receipt
from sync.hub.context import Hub
from sync.hub.store import events, rounds
from sync.hub.store.events import KnownEvent
from sync.protocol import EventVerdict, SignedReceipt


def give(hub: Hub, connection: Connection, known: KnownEvent) -> KnownEvent:
    """The event with its receipt, once its row and all its papers are there.

    The receipt leaves the hub only after the transaction is on the disk.
    """
    epoch, number = rounds.next_receipt(connection, hub.commune)
    numbered = replace(known, receipt_epoch=epoch, receipt_number=number, received_at=hub.now())
    done = replace(numbered, signature=sign_receipt(_receipt(numbered), hub.keys.signing_key))
    events.set_receipt(connection, done)
    return done


def give_if_complete(hub: Hub, connection: Connection, known: KnownEvent) -> KnownEvent:
    """The same, unless papers are missing or this epoch's receipt is there already."""
    epoch = rounds.state(connection, hub.commune).epoch
    if known.receipt_epoch == epoch or events.missing_papers(connection, known):
        return known
    return give(hub, connection, known)


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
