"""What the list of dossiers shows: plain records, made from opened dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.ids import parse_slip_code, slip_code
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.office import due_dates, portal_doubles, reading
from sync.hub.office.words import STATES, shown_time, state_words
from sync.hub.opening import search_words
from sync.hub.store import deadlines, dossiers
from sync.hub.store.deadlines import Due, Promise
from sync.hub.store.dossiers import HubDossier, Narrow

PAGE = 50
_BETWEEN = str.maketrans("", "", " .-")
"""Signs that people put between the digits of a number."""
_COMMAS = str.maketrans(",;", "  ")
"""Between words that were copied from a sentence."""


@dataclass(frozen=True)
class InboxRow:
    id: str
    code: str
    procedure: str
    subject: str
    requester: str
    hamlet: str
    arrived: str
    state: str
    state_words: str
    revision: int
    due: str
    due_words: str
    doubled: bool
    """Filed on the portal, too."""


@dataclass(frozen=True)
class Wanted:
    """What the officer wants to see; odd values narrow nothing."""

    state: State | None = None
    hamlet: str = ""
    procedure: str = ""
    due: Due | None = None
    page: int = 1

    @property
    def query(self) -> Mapping[str, str]:
        """The same as parameters of an address, without the page."""
        parts = {"trang_thai": self.state, "thon": self.hamlet, "thu_tuc": self.procedure, "han": self.due}
        return {name: str(value) for name, value in parts.items() if value}


@dataclass(frozen=True)
class Inbox:
    rows: Sequence[InboxRow]
    filters: Sequence[tuple[str, str, str]]
    """State, words, number of dossiers as far as it is counted; empty for none."""
    hamlets: Sequence[str]
    procedures: Sequence[tuple[str, str]]
    dues: Sequence[tuple[str, str]]
    wanted: Wanted
    more: bool
    searched: bool
    soonest_first: bool
    """The earliest day of return stands first, not the newest arrival."""


def inbox(hub: Hub, wanted: Wanted, typed: str = "") -> Inbox:
    """One page of the list; every word of ``typed`` must fit."""
    marks = [hub.keys.mark(word) for word in words_of(typed)]
    with hub.database.read() as connection:
        counts = dossiers.counts(connection, hub.commune)
        found = _found(hub, connection, wanted, marks)
        opened = reading.newest_payloads(hub, connection, found[:PAGE])
        promises = deadlines.of_dossiers(connection, [one.id for one in found[:PAGE]])
        hamlets, procedures = dossiers.named(connection, hub.commune)
        readable = [payload for _, payload in opened if isinstance(payload, Payload)]
        doubled = portal_doubles.doubled(hub, connection, readable)
    filters = [(one.value, text, _number(counts.get(one, 0))) for one, text in STATES.items()]
    return Inbox(
        [
            _inbox_row(hub, dossier, payload, promises.get(dossier.id), doubled=dossier.id in doubled)
            for dossier, payload in opened
        ],
        filters,
        hamlets,
        [(code, hub.library.procedure_name(code)) for code in procedures],
        [(due.value, words) for due, words in due_dates.FILTERS.items()],
        wanted,
        len(found) > PAGE,
        bool(typed),
        bool(wanted.due and not marks),
    )


def _found(hub: Hub, connection: Connection, wanted: Wanted, marks: Sequence[str]) -> list[HubDossier]:
    """One more than a page, to know whether there is another."""
    day, skipped = hub.clock.now().date(), PAGE * (wanted.page - 1)
    today, soon = day.isoformat(), due_dates.soon(day)
    narrow = Narrow(wanted.state, wanted.hamlet, wanted.procedure)
    if wanted.due and not marks:
        return deadlines.soonest(connection, hub.commune, wanted.due, today, soon, narrow, PAGE + 1, skipped)
    if wanted.due:
        narrow = replace(narrow, due=deadlines.standing(wanted.due, today, soon))
    return dossiers.listed(connection, hub.commune, narrow, marks, PAGE + 1, skipped)


def words_of(typed: str) -> list[str]:
    """The words that a search is for: a number may be typed in groups, a slip code without its hyphens."""
    together = typed.translate(_BETWEEN)
    if together.isdigit():
        return [together]
    code = parse_slip_code(typed)
    return search_words(code or typed.translate(_COMMAS))


def _number(counted: int) -> str:
    if counted > dossiers.COUNTED:
        return f"hơn {dossiers.COUNTED}"
    return str(counted) if counted else ""


def _inbox_row(
    hub: Hub,
    dossier: HubDossier,
    payload: Payload | WorldError,
    promise: Promise | None,
    *,
    doubled: bool,
) -> InboxRow:
    due, due_words = due_dates.shown(promise, hub.clock.now().date())
    subject, requester = reading.people(payload) if isinstance(payload, Payload) else ("", "")
    return InboxRow(
        dossier.id,
        slip_code(dossier.id),
        hub.library.procedure_name(dossier.procedure),
        subject,
        requester,
        dossier.hamlet,
        shown_time(dossier.arrived_at),
        dossier.state.value,
        state_words(dossier.state),
        dossier.revision,
        due,
        due_words,
        doubled,
    )
