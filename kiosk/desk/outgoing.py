"""What leaves the point: an event about a dossier, sealed to the commune and ready for the queue."""

from typing import Any

from kiosk.desk.desk import Desk, today
from kiosk.desk.fill import Filling
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.ids import new_id
from kiosk.domain.point import Enrolment
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import seal
from kiosk.storage.drafts import DossierRow


def payload_about(desk: Desk, row: DossierRow, enrolment: Enrolment, kind: EventKind, **more: Any) -> Payload:
    """What every event says of a dossier that was begun here; ``more`` are further fields of ``Payload``."""
    return Payload(
        kind=kind,
        dossier=row.id,
        revision=row.revision,
        procedure=row.procedure,
        road=row.road,
        slip_code=row.slip_code,
        **_from_here(desk, enrolment),
        **more,
    )


def payload_of(desk: Desk, filling: Filling, enrolment: Enrolment, kind: EventKind, **more: Any) -> Payload:
    """What an event says of a dossier that is open, with its consent; ``more`` as in ``payload_about``."""
    return Payload(
        kind=kind,
        dossier=filling.dossier,
        revision=filling.revision,
        procedure=filling.procedure.reference,
        road=filling.road,
        slip_code=filling.slip_code,
        consent=filling.consent,
        **_from_here(desk, enrolment),
        **more,
    )


def _from_here(desk: Desk, enrolment: Enrolment) -> dict[str, Any]:
    here = {"point": enrolment.point, "hamlet": enrolment.hamlet}
    return {**here, "prepared_on": today(desk).isoformat()}


def sealed_event(
    desk: Desk, enrolment: Enrolment, payload: Payload, at: str, dictionary: bytes = b""
) -> OutboxItem:
    """Sign and seal an event as the queue keeps it: what stays readable is its dossier and procedure alone.

    ``dictionary`` is that of the form's version, where answers travel. ``WorldError`` envelope.too_big.
    """
    sealed = seal(payload, desk.secrets.signing_key, enrolment.commune_key, dictionary)
    return OutboxItem(
        id=new_id(),
        kind=payload.kind,
        dossier=payload.dossier,
        revision=payload.revision,
        procedure=payload.procedure,
        body=sealed.body,
        digest=sealed.digest,
        papers=tuple(paper.sealed_sha256 for paper in payload.papers),
        queued_at=at,
    )
