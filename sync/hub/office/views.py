"""What the templates show: plain records, made from opened dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.ids import slip_code
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.office import differences, due_dates, portal_doubles, reading
from sync.hub.office.actions import possible, read_note
from sync.hub.office.words import ACTIONS, STATES, looks_like_portal_code, shown_day, shown_time, state_words
from sync.hub.store import audit, deadlines, dossiers
from sync.hub.store.deadlines import Due, Promise
from sync.hub.store.dossiers import HubDossier, Narrow

PAGE = 50


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
    filters: Sequence[tuple[str, str, int]]
    """State, words, number of dossiers."""
    hamlets: Sequence[str]
    procedures: Sequence[tuple[str, str]]
    dues: Sequence[tuple[str, str]]
    wanted: Wanted
    more: bool
    searched: bool


@dataclass(frozen=True)
class PaperRow:
    sha256: str
    name: str
    media_type: str
    pages: int
    size_kb: int
    here: bool
    revision: str

    @property
    def is_picture(self) -> bool:
        return self.media_type in {"image/jpeg", "image/png"}


@dataclass(frozen=True)
class HistoryRow:
    at: str
    actor: str
    words: str
    revision: int
    sentence: str
    portal_code: str
    odd_code: bool
    papers: Sequence[str]
    copy_kb: int


@dataclass(frozen=True)
class DossierPage:
    """Everything that one dossier's page shows."""

    id: str
    code: str
    procedure: str
    procedure_code: str
    hamlet: str
    arrived: str
    revision: int
    state_words: str
    state: str
    subject: str
    requester: str
    prepared_on: str
    problem: str
    sections: Sequence[reading.Section]
    printed: Mapping[int, str]
    """What the citizen prints: number → title."""
    steps: Sequence[differences.Step]
    """What came after the first revision, newest first."""
    papers: Sequence[PaperRow]
    confirmed: Sequence[str]
    """What the volunteer looked at and ticked, word for word."""
    askable: Sequence[tuple[str, str]]
    history: Sequence[HistoryRow]
    seen_by: Sequence[audit.AuditLine]
    actions: Sequence[str]
    doubles: Sequence[portal_doubles.Double]
    due: str
    due_words: str
    suggested_due: str
    """The day of return that the procedure's limit gives, to be compared with the official paper."""
    original_at: str
    """Where the original of a result is usually handed out."""
    portal_code: str
    odd_code: bool


def inbox(hub: Hub, wanted: Wanted, words: Sequence[str] = ()) -> Inbox:
    """One page of the list; ``words`` are folded and all of them must fit."""
    marks, today = [hub.keys.mark(word) for word in words], hub.clock.now().date()
    due = deadlines.standing(wanted.due, today.isoformat(), due_dates.soon(today)) if wanted.due else None
    narrow = Narrow(wanted.state, wanted.hamlet, wanted.procedure, due)
    with hub.database.read() as connection:
        counts = dossiers.counts(connection, hub.commune)
        found = dossiers.listed(connection, hub.commune, narrow, marks, PAGE + 1, PAGE * (wanted.page - 1))
        opened = reading.newest_payloads(hub, connection, found[:PAGE])
        promises = deadlines.of_dossiers(connection, [one.id for one in found[:PAGE]])
        hamlets, procedures = dossiers.named(connection, hub.commune)
        readable = [payload for _, payload in opened if isinstance(payload, Payload)]
        doubled = portal_doubles.doubled(hub, connection, readable)
    filters = [(one.value, text, counts.get(one, 0)) for one, text in STATES.items()]
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
        bool(words),
    )


def dossier_page(hub: Hub, opened: reading.OpenDossier) -> DossierPage:
    """The page of a dossier that may only partly be readable."""
    dossier, payload = opened.dossier, opened.current
    names = _paper_names(hub, dossier)
    papers = _papers(hub, opened, names)
    history = _history(hub, opened, names)
    code = next((row.portal_code for row in history if row.portal_code), "")
    subject, requester = reading.people(payload) if payload else ("", "")
    with hub.database.read() as connection:
        promise = deadlines.of_dossier(connection, dossier.id)
    due, due_words = due_dates.shown(promise, hub.clock.now().date())
    return DossierPage(
        id=dossier.id,
        code=slip_code(dossier.id),
        procedure=hub.library.procedure_name(dossier.procedure),
        procedure_code=dossier.procedure,
        hamlet=dossier.hamlet,
        arrived=shown_time(dossier.arrived_at),
        revision=dossier.revision,
        state=dossier.state.value,
        state_words=state_words(dossier.state),
        subject=subject,
        requester=requester,
        prepared_on=shown_day(payload.prepared_on) if payload else "",
        problem=_problem(hub, opened),
        sections=reading.sections(hub, payload) if payload else [],
        printed=hub.library.papers(payload) if payload else {},
        steps=differences.steps(hub, opened, names, {row.sha256 for row in papers if row.here}),
        papers=papers,
        confirmed=payload.confirmed if payload else (),
        askable=_askable(opened, names),
        history=history,
        seen_by=_seen_by(hub, dossier),
        actions=possible(dossier.state),
        doubles=portal_doubles.doubles(hub, payload) if payload else [],
        due=due,
        due_words=due_words,
        suggested_due=due_dates.suggested(hub, dossier.procedure),
        original_at=hub.settings.commune_name,
        portal_code=code,
        odd_code=bool(code) and not looks_like_portal_code(code),
    )


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


def _problem(hub: Hub, opened: reading.OpenDossier) -> str:
    """Why the newest content cannot be shown; empty if it can."""
    if opened.current is not None and opened.current.revision == opened.dossier.revision:
        return ""
    errors = [held.payload for held in opened.held if isinstance(held.payload, WorldError)]
    if opened.dossier.state is State.FILED_ON_PORTAL:
        return hub.library.sentence(WorldError("office.on_portal"))
    return hub.library.sentence(errors[-1] if errors else WorldError("office.no_content"))


def _paper_names(hub: Hub, dossier: HubDossier) -> Mapping[str, str]:
    procedure = hub.library.procedure(dossier.procedure)
    rules = {rule.key: rule.name for rule in procedure.papers} if procedure else {}
    return {**rules, "to_khai_da_ky": "Tờ khai đã ký (bản chụp)", "tep_tra_loi": "Tệp trả lời một câu hỏi"}


def _papers(hub: Hub, opened: reading.OpenDossier, names: Mapping[str, str]) -> list[PaperRow]:
    return [
        PaperRow(
            sha,
            names.get(paper.kind, paper.kind),
            paper.media_type,
            paper.pages,
            (paper.sealed_size + 1023) // 1024,
            reading.is_here(hub, opened.dossier, sha),
            _came_with(opened, sha),
        )
        for sha, paper in opened.papers().items()
    ]


def _came_with(opened: reading.OpenDossier, sha256: str) -> str:
    """With which envelope a paper came, in words."""
    payloads = [held.payload for held in opened.held if isinstance(held.payload, Payload)]
    newest = [p for p in payloads if any(paper.sealed_sha256 == sha256 for paper in p.papers)][-1]
    if newest.kind == EventKind.SUPPLEMENT:
        return "gửi bổ sung"
    return "bản này" if newest is opened.current else f"bản {newest.revision}"


def _askable(opened: reading.OpenDossier, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Kinds of papers that can be asked for: the procedure's list and what came with the dossier."""
    kinds = dict(names) | {
        paper.kind: names.get(paper.kind, paper.kind) for paper in opened.papers().values()
    }
    return list(kinds.items())


def _history(hub: Hub, opened: reading.OpenDossier, names: Mapping[str, str]) -> list[HistoryRow]:
    """Newest first."""
    with hub.database.read() as connection:
        lines = dossiers.history_of(connection, opened.dossier.id)
    rows = []
    for line in reversed(lines):
        note = read_note(hub, line)
        rows.append(
            HistoryRow(
                shown_time(line.at),
                line.actor or "Điểm hỗ trợ",
                state_words(line.state),
                line.revision,
                note.sentence,
                note.portal_code,
                bool(note.portal_code) and not looks_like_portal_code(note.portal_code),
                [names.get(kind, kind) for kind in note.papers],
                note.copy_kb,
            )
        )
    return rows


def _seen_by(hub: Hub, dossier: HubDossier) -> list[audit.AuditLine]:
    with hub.database.read() as connection:
        lines = audit.of_dossier(connection, hub.commune, dossier.id)
    return [shown_audit(line) for line in lines]


def shown_audit(line: audit.AuditLine) -> audit.AuditLine:
    """The same line in words."""
    words = ACTIONS.get(line.action, line.action)
    return audit.AuditLine(shown_time(line.at), line.actor, words, line.dossier, line.detail)
