"""What the home screen shows: drafts to go on with, the queue, and how the point stands."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk, now, timestamp
from kiosk.domain.dossier import State
from kiosk.domain.point import QueueSummary
from kiosk.storage import drafts, link, news, outbox, stick_copies
from kiosk.storage.drafts import DossierRow

TO_TELL = frozenset(
    {State.ASKED_FOR_MORE, State.INVITED, State.RECEIVED, State.NOT_ACCEPTED, State.RESULT_READY}
)
"""What the citizen should hear of."""


@dataclass(frozen=True)
class Draft:
    """A dossier that somebody began; named by its procedure and code, never by a person."""

    dossier: str
    slip_code: str
    procedure: str
    revision: int
    changed_at: str
    practice: bool
    place: str


@dataclass(frozen=True)
class Message:
    """A word of the commune for this point; ``at`` is ISO 8601."""

    number: int
    at: str
    text: str


@dataclass(frozen=True)
class HomeView:
    """Everything of the home screen in one look."""

    hamlet: str
    """Empty while the point is not enrolled."""
    commune: str
    enrolled: bool
    trial: bool
    practice: bool
    volunteer: str
    drafts: tuple[Draft, ...]
    queue: QueueSummary
    to_tell: int
    """Dossiers about which the commune said something that the citizen should hear."""
    free_megabytes: int
    messages: tuple[Message, ...] = ()
    """What the commune said to the point, newest first."""


def all_drafts(desk: Desk) -> tuple[Draft, ...]:
    """Drafts, the last changed first."""
    with desk.database.read() as connection:
        rows = drafts.open_drafts(connection)
    return tuple(_draft(desk, row) for row in rows)


def _draft(desk: Desk, row: DossierRow) -> Draft:
    return Draft(
        row.id,
        row.slip_code,
        procedure_name(desk, row.slug),
        row.draft or 0,
        row.changed_at,
        row.practice,
        row.place,
    )


def procedure_name(desk: Desk, slug: str) -> str:
    """As a villager says it; the slug itself where the catalogue does not have it any more."""
    names = {procedure.slug: procedure.plain_name for procedure in desk.content.catalogue.procedures()}
    return names.get(slug, slug)


def queue(desk: Desk) -> QueueSummary:
    """Honest counters of what waits."""
    with desk.database.read() as connection:
        small, copied = stick_copies.count_waiting(connection)
        state = link.get(connection)
        summary = outbox.summary(connection)
    counted = replace(summary, small=small, copied=copied)
    return replace(counted, last_error=state.last_error, last_stick=state.last_stick)


def home(desk: Desk) -> HomeView:
    """The home screen's content."""
    enrolment = desk.enrolment
    with desk.database.read() as connection:
        told = drafts.count_left(connection, undrafted=True)
    return HomeView(
        hamlet=enrolment.hamlet if enrolment else "",
        commune=enrolment.commune if enrolment else desk.content.commune.name,
        enrolled=enrolment is not None,
        trial=enrolment.trial if enrolment else desk.content.commune.trial,
        practice=desk.practice,
        volunteer=desk.volunteer,
        drafts=all_drafts(desk),
        queue=queue(desk),
        to_tell=sum(told.get(state, 0) for state in TO_TELL),
        free_megabytes=shutil.disk_usage(desk.home).free // (1 << 20),
        messages=messages(desk),
    )


def messages(desk: Desk) -> tuple[Message, ...]:
    """What the commune said to the point and nobody put away yet, newest first."""
    with desk.database.read() as connection:
        return tuple(Message(one.number, one.at, one.sentence) for one in news.messages(connection))


def put_away(desk: Desk, number: int) -> None:
    """A message was read."""
    with desk.database.write() as connection:
        news.forget_message(connection, number)


def erase_draft(desk: Desk, dossier: str) -> None:
    """ "Xóa ngay": a draft goes at once. What was handed over earlier stays with the commune."""
    with desk.database.write() as connection:
        row = drafts.load(connection, dossier)
        if row is None or row.draft is None:
            return
        drafts.wipe(connection, dossier)
        drafts.forget_contact(connection, dossier)
        state = row.state if row.revision else State.ERASED
        drafts.change(connection, dossier, state=state, draft=None, place="", changed_at=timestamp(desk))
    desk.database.tidy()


def erase_old_drafts(desk: Desk) -> int:
    """Erase drafts that nobody touched for the commune's number of days; how many. Run at opening.

    A clock that stands before the last change erases nothing.
    """
    oldest = now(desk) - timedelta(days=desk.content.commune.draft_days + 1)
    old = [draft for draft in all_drafts(desk) if datetime.fromisoformat(draft.changed_at) < oldest]
    for draft in old:
        erase_draft(desk, draft.dossier)
    return len(old)
