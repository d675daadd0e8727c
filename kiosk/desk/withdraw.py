"""Taking a dossier back: the person does not want it sent or worked on any more."""

from kiosk.desk.desk import Desk, timestamp, today
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.ids import new_id
from kiosk.domain.point import Enrolment
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import seal
from kiosk.storage import drafts, news, outbox, withdrawn
from kiosk.storage.drafts import DossierRow

MAY_WITHDRAW = frozenset(
    {
        State.QUEUED,
        State.PARKED,
        State.AT_HUB,
        State.SEEN,
        State.ASKED_FOR_MORE,
        State.INVITED,
        State.NOT_ACCEPTED,
    }
)
"""Before the commune received it formally: from then on it is taken back at the commune."""


def withdraw(desk: Desk, dossier: str) -> None:
    """Erase what waits here, and tell the commune. Raises ``WorldError`` withdraw.too_late."""
    at, enrolment = timestamp(desk), desk.enrolment
    with desk.database.write() as connection:
        row = drafts.load(connection, dossier)
        if row is None or row.state not in MAY_WITHDRAW:
            raise WorldError("withdraw.too_late")
        files = withdrawn.take_back(connection, dossier)
        drafts.wipe(connection, dossier)
        drafts.forget_contact(connection, dossier)
        news.forget_answers(connection, dossier)
        drafts.change(
            connection, dossier, state=State.WITHDRAWN, draft=None, reason="", sentence="", changed_at=at
        )
        if enrolment is not None:
            outbox.add(connection, _event(desk, row, enrolment, at))
    for file in files:
        file.unlink(missing_ok=True)
    desk.database.tidy()


def _event(desk: Desk, row: DossierRow, enrolment: Enrolment, at: str) -> OutboxItem:
    payload = Payload(
        kind=EventKind.WITHDRAWN,
        dossier=row.id,
        revision=row.revision,
        procedure=row.procedure,
        point=enrolment.point,
        hamlet=enrolment.hamlet,
        prepared_on=today(desk).isoformat(),
        road=row.road,
        slip_code=row.slip_code,
    )
    sealed = seal(payload, desk.secrets.signing_key, enrolment.commune_key)
    return OutboxItem(
        id=new_id(),
        kind=EventKind.WITHDRAWN,
        dossier=row.id,
        revision=row.revision,
        procedure=row.procedure,
        body=sealed.body,
        digest=sealed.digest,
        papers=(),
        queued_at=at,
    )
