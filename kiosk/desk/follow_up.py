"""After hand-over: how each dossier stands, and the next revision when the commune asks for more."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from kiosk.desk.desk import Desk, timestamp
from kiosk.desk.today import TO_TELL, procedure_name
from kiosk.desk.withdraw import MAY_WITHDRAW
from kiosk.domain.dossier import Answer, Source, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.domain.ids import parse_slip_code
from kiosk.storage import drafts, news, outbox, results, stick_copies
from kiosk.storage.drafts import DossierRow
from kiosk.storage.stick_copies import StickCopy

MOST = 20
"""Dossiers of one look: more are found by their slip, or by asking for more."""
_MAY_CORRECT = frozenset({State.ASKED_FOR_MORE, State.NOT_ACCEPTED})


class Whose(StrEnum):
    """Whose move it is: what is in the people's hands is told apart from what waits for somebody."""

    COLLECT = "collect"
    """The result waits to be collected."""
    CITIZEN = "citizen"
    """Waits for the citizen: to sign, supplement, file."""
    POINT = "point"
    """Waits here: for a line, or for a look."""
    COMMUNE = "commune"
    """Waits for an officer."""
    IN_HAND = "in_hand"
    """In the people's hands, nothing waits: the result, or what they filed on the portal themselves."""
    OVER = "over"
    """Taken back; nothing is to come any more."""


_STATES: dict[Whose, frozenset[State]] = {
    Whose.COLLECT: frozenset({State.RESULT_READY}),
    Whose.CITIZEN: frozenset({State.ASKED_FOR_MORE, State.INVITED, State.NOT_ACCEPTED}),
    Whose.POINT: frozenset({State.QUEUED, State.PARKED, State.DRAFT, State.READY}),
    Whose.COMMUNE: frozenset({State.AT_HUB, State.SEEN, State.RECEIVED}),
    Whose.IN_HAND: frozenset({State.HANDED_BACK, State.RESULT_KNOWN, State.FILED_ON_PORTAL}),
    Whose.OVER: frozenset({State.WITHDRAWN}),
}
"""Every state but ERASED."""
_WAITING = (Whose.COLLECT, Whose.CITIZEN, Whose.POINT, Whose.COMMUNE)
"""Where somebody has still something to do."""


@dataclass(frozen=True)
class Followed:
    """A dossier as the commune last spoke of it."""

    dossier: str
    slip_code: str
    procedure: str
    state: State
    sentence: str
    """The officer's words, or why it is parked; empty if nothing was said."""
    portal_code: str
    """The mã hồ sơ, once there is one."""
    at: str
    revision: int
    papers: tuple[str, ...]
    """Kinds of papers that the officer asks for."""
    correctable: bool
    """The commune sent the answers back: the next revision can begin."""
    correcting: bool
    """The next revision has begun."""
    phone: str
    """Whom to call, where the citizen agreed to be called."""
    day: str
    """The day that the commune named (ISO 8601): to come, or of return; empty for none."""
    handed: str
    """When this point put the result into the citizen's hand; empty if it did not."""
    stick: StickCopy | None = None
    """Where it lies besides this machine while it waits here."""

    @property
    def withdrawable(self) -> bool:
        """The person may still take it back here."""
        return self.state in MAY_WITHDRAW

    @property
    def whose(self) -> Whose:
        """Whose move it is."""
        return next(whose for whose, states in _STATES.items() if self.state in states)


@dataclass(frozen=True)
class Overview:
    """The dossiers that left this point: how many stand where, and the last changed of some of them."""

    counts: dict[Whose, int]
    """Of all of them, whatever is shown; groups without a dossier are left out."""
    shown: tuple[Followed, ...]
    more: int
    """How many of those asked for are not shown."""

    @property
    def waiting(self) -> int:
        """How many wait for anybody."""
        return sum(self.counts.get(whose, 0) for whose in _WAITING)

    @property
    def in_hand(self) -> int:
        """How many are in the people's hands."""
        return self.counts.get(Whose.IN_HAND, 0)


def overview(desk: Desk, whose: Whose | None = None, most: int = MOST) -> Overview:
    """``most`` dossiers of a group (``None``: of all), the last changed first, with the counts of all."""
    chosen = [whose] if whose else list(Whose)
    with desk.database.read() as connection:
        counts = _counts(connection)
        rows = drafts.left(connection, [state for one in chosen for state in _STATES[one]], most)
        shown = tuple(_followed(desk, connection, row) for row in rows)
    return Overview(counts, shown, sum(counts.get(one, 0) for one in chosen) - len(shown))


def only(desk: Desk, dossier: str) -> Overview:
    """One dossier (none, if it is not followed), with the counts of all."""
    with desk.database.read() as connection:
        row, counts = drafts.load(connection, dossier), _counts(connection)
        here = row is not None and row.revision > 0 and row.state is not State.ERASED
        return Overview(counts, (_followed(desk, connection, row),) if row and here else (), 0)


def _counts(connection: Connection) -> dict[Whose, int]:
    by_state = drafts.count_left(connection)
    counts = {whose: sum(by_state.get(state, 0) for state in states) for whose, states in _STATES.items()}
    return {whose: count for whose, count in counts.items() if count}


def to_tell(desk: Desk, most: int) -> list[Followed]:
    """What the citizen should hear of, the last changed first; what is being supplemented is known."""
    with desk.database.read() as connection:
        rows = drafts.left(connection, TO_TELL, most, undrafted=True)
        return [_followed(desk, connection, row) for row in rows]


def find(desk: Desk, typed: str) -> Followed | None:
    """The dossier of a slip, whose code somebody typed or a reader read (``THON:1:NHAP-…``).

    Raises ``WorldError`` slip.code for what can be no slip code.
    """
    code = parse_slip_code(typed)
    if code is None:
        raise WorldError("slip.code")
    with desk.database.read() as connection:
        row = drafts.by_slip_code(connection, code)
        return _followed(desk, connection, row) if row else None


def _followed(desk: Desk, connection: Connection, row: DossierRow) -> Followed:
    contact, handed = drafts.contact_of(connection, row.id), results.hand_back_of(connection, row.id)
    return Followed(
        dossier=row.id,
        slip_code=row.slip_code,
        procedure=procedure_name(desk, row.slug),
        state=row.state,
        sentence=row.sentence or _reason(desk, row),
        portal_code=row.portal_code,
        at=row.changed_at,
        revision=row.revision,
        papers=row.asked_papers,
        correctable=row.state in _MAY_CORRECT and (row.draft is not None or bool(_returned(connection, row))),
        correcting=row.draft is not None,
        phone=contact[1] if contact else "",
        day=news.day_of(connection, row.id),
        handed=handed[0] if handed else "",
        stick=stick_copies.of_dossier(connection, row.id),
    )


def _reason(desk: Desk, row: DossierRow) -> str:
    """Why it is parked, in words; the bare code only where nobody wrote a sentence for it."""
    try:
        return desk.content.texts(f"error.{row.reason}")
    except KeyError:
        return row.reason


def _returned(connection: Connection, row: DossierRow) -> NewsItem | None:
    """The last statement that brought answers back, for the revision handed over last."""
    items = [item for item in news.of_dossier(connection, row.id) if item.answers]
    return items[-1] if items and items[-1].revision == row.revision else None


def start_correction(desk: Desk, dossier: str) -> str:
    """Begin the next revision with the answers that came back; the dossier id, to open its draft.

    A correction that was begun is simply gone on with. Raises ``WorldError`` correction.not_asked,
    correction.no_answers.
    """
    with desk.database.write() as connection:
        row = drafts.load(connection, dossier)
        if row is None or (row.draft is None and row.state not in _MAY_CORRECT):
            raise WorldError("correction.not_asked")
        if row.draft is None:
            _begin(desk, connection, row)
    desk.database.tidy()
    return dossier


def _begin(desk: Desk, connection: Connection, row: DossierRow) -> None:
    item = _returned(connection, row)
    if item is None:
        raise WorldError("correction.no_answers")
    version = item.form_version if (item.form, item.form_version) in desk.content.forms else row.form_version
    at, draft = timestamp(desk), row.revision + 1
    drafts.change(connection, row.id, draft=draft, form_version=version, place="", changed_at=at)
    answers = [Answer(name, value, Source.EARLIER) for name, value in item.answers]
    drafts.save(connection, row.id, draft, answers, "", at)
    news.forget_answers(connection, row.id)


def try_again(desk: Desk, dossier: str) -> None:
    """Send a parked dossier once more."""
    with desk.database.write() as connection:
        outbox.unpark(connection, dossier)
