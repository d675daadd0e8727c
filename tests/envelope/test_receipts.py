"""Receipts: one changed letter and it is none."""

from dataclasses import replace

import pytest

from kiosk.domain.events import Receipt
from kiosk.envelope import keys
from kiosk.envelope.receipts import canonical_text, sign_receipt, verify_receipt

RECEIPT = Receipt("e-1", 18, "event-1", "dossier-1", 2, "9f" * 32, "2026-11-21T09:15:00+07:00")
HUB = keys.generate_signing_key()


def test_a_true_receipt_counts() -> None:
    assert verify_receipt(RECEIPT, sign_receipt(RECEIPT, HUB), keys.public_key(HUB))


@pytest.mark.parametrize(
    "lie",
    [
        {"epoch": "e-2"},
        {"number": 19},
        {"event": "event-2"},
        {"dossier": "dossier-2"},
        {"revision": 1},
        {"digest": "9e" * 32},
        {"received_at": "2026-11-21T09:15:01+07:00"},
    ],
)
def test_every_fact_is_signed(lie: dict[str, object]) -> None:
    signature = sign_receipt(RECEIPT, HUB)
    assert not verify_receipt(replace(RECEIPT, **lie), signature, keys.public_key(HUB))  # type: ignore[arg-type]


def test_another_hub_cannot_sign_it() -> None:
    signature = sign_receipt(RECEIPT, keys.generate_signing_key())
    assert not verify_receipt(RECEIPT, signature, keys.public_key(HUB))


@pytest.mark.parametrize("signature", ["", "zz", "00" * 64, "ký"])
def test_nonsense_is_no_signature(signature: str) -> None:
    assert not verify_receipt(RECEIPT, signature, keys.public_key(HUB))


@pytest.mark.parametrize("key", ["", "zz", "00" * 31, "ff" * 32])
def test_nonsense_is_no_key(key: str) -> None:
    assert not verify_receipt(RECEIPT, sign_receipt(RECEIPT, HUB), key)


def test_no_fact_can_pretend_to_be_two_lines() -> None:
    sly = replace(RECEIPT, event="event-1\ndossier dossier-2")
    with pytest.raises(ValueError, match="control character"):
        canonical_text(sly)
    assert not verify_receipt(sly, "00" * 64, keys.public_key(HUB))


def test_the_canonical_text_names_the_format_first() -> None:
    assert canonical_text(RECEIPT).splitlines()[:3] == [b"thon-receipt-1", b"epoch e-1", b"number 18"]
    assert canonical_text(RECEIPT).endswith(b"\n")
