"""Taking a dossier back: the person does not want it sent or worked on any more."""

from kiosk.desk.desk import Desk, timestamp
from kiosk.desk.outgoing import payload_about, sealed_event
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.storage import drafts, news, outbox, withdrawn

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
        files = withdrawn.close(connection, dossier, at)
        news.forget_answers(connection, dossier)
        if enrolment is not None:
            payload = payload_about(desk, row, enrolment, EventKind.WITHDRAWN)
            outbox.add(connection, sealed_event(desk, enrolment, payload, at))
    for file in files:
        file.unlink(missing_ok=True)
    desk.database.tidy()
