"""What became of the dossier of a tour: read from the point's own database, for the summary."""

from dataclasses import asdict
from typing import Any

from kiosk.desk.desk import Desk
from kiosk.domain.dossier import State
from kiosk.envelope.receipts import verify_receipt
from kiosk.storage import drafts, outbox

_FACTS = ("dossier", "procedure", "form", "revision", "state", "sentence", "portal_code", "slip_code")


def state_of(desk: Desk, dossier: str) -> State | None:
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
    return row.state if row else None


def receipt_of(desk: Desk, dossier: str) -> dict[str, Any]:
    """The hub's receipt with ``verified``: its signature checked once more, against the pinned key."""
    with desk.database.read() as connection:
        found = outbox.receipt_of(connection, dossier)
    enrolment = desk.enrolment
    if found is None or enrolment is None:
        return {"verified": False}
    receipt, signature = found
    verified = verify_receipt(receipt, signature, enrolment.hub_key)
    return {"verified": verified, **asdict(receipt), "signature": signature}


def facts(desk: Desk, dossier: str) -> dict[str, Any]:
    """Dossier, revision, state, the commune's words and the receipt."""
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
    if row is None:
        return dict.fromkeys(_FACTS) | {"receipt": {"verified": False}}
    return {
        "dossier": row.id,
        "procedure": row.procedure,
        "form": f"{row.form}-{row.form_version}",
        "revision": row.revision,
        "state": str(row.state),
        "sentence": row.sentence,
        "portal_code": row.portal_code,
        "slip_code": row.slip_code,
        "receipt": receipt_of(desk, dossier),
    }
