"""Receipts: the only proof that the commune's hub holds an envelope."""

from collections.abc import Iterable

from kiosk.domain.events import Receipt
from kiosk.envelope import keys

_FORMAT = "thon-receipt-1"


def canonical_text(receipt: Receipt) -> bytes:
    """What the hub signs: the format's name, then one ``name value`` line for each fact.

    Raises ValueError if a fact holds a line break or another control character.
    """
    facts = (
        ("epoch", receipt.epoch),
        ("number", str(receipt.number)),
        ("event", receipt.event),
        ("dossier", receipt.dossier),
        ("revision", str(receipt.revision)),
        ("digest", receipt.digest),
        ("received_at", receipt.received_at),
    )
    if not all(value.isprintable() for _, value in facts):
        raise ValueError("a receipt holds a control character")
    return "".join(f"{line}\n" for line in (_FORMAT, *(f"{name} {value}" for name, value in facts))).encode()


def sign_receipt(receipt: Receipt, signing_key: str) -> str:
    """The hub's Ed25519 signature (hex) over the canonical text. Sign only after the fsync."""
    return keys.sign(canonical_text(receipt), signing_key)


def sign_receipts(receipts: Iterable[Receipt], signing_key: str) -> list[str]:
    """The same for each."""
    return keys.sign_each(map(canonical_text, receipts), signing_key)


def verify_receipt(receipt: Receipt, signature: str, hub_key: str) -> bool:
    """Whether the hub with public key ``hub_key`` (hex) signed exactly these facts."""
    try:
        text = canonical_text(receipt)
    except ValueError:
        return False
    return keys.verify(text, signature, hub_key)
