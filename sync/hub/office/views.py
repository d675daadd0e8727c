"""What the page of one dossier shows: plain records, made from an opened dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.ids import slip_code
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.erasure import ON_REQUEST
from sync.hub.office import differences, due_dates, paper_names, portal_doubles, reading
from sync.hub.office.actions import possible
from sync.hub.office.notes import read_note
from sync.hub.office.words import (
    ACTIONS,
    detail_words,
    looks_like_portal_code,
    shown_day,
    shown_time,
    state_words,
)
from sync.hub.store import audit, deadlines, dossiers
from sync.hub.store.dossiers import HubDossier

_POINT = "Điểm hỗ trợ"


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

    @property
    def is_pdf(self) -> bool:
        return self.media_type == "application/pdf"


@dataclass(frozen=True)
class HistoryRow:
    at: str
    actor: str
    words: str
    revision: int
    sentence: str
    portal_code: str
    odd_code: bool
    due: str
    """The day to come or of return, in words; empty for none."""
    papers: Sequence[str]
    copy_kb: int


@dataclass(frozen=True)
class AuditRow:
    """One line of who saw or did what, in words."""

    at: str
    actor: str
    action: str
    detail: str
    dossier: str
    code: str
    """The slip code of the dossier."""


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
    seen_by: Sequence[AuditRow]
    actions: Sequence[str]
    doubles: Sequence[portal_doubles.Double]
    due: str
    due_words: str
    suggested_due: str
    due_hint: str
    """The day of return that the procedure's limit gives, to be compared with the official paper."""
    promised: str
    """The day of return that was written down; empty for none."""
    said: str
    """The last sentence of an officer."""
    original_at: str
    """Where the original of a result is usually handed out."""
    portal_code: str
    odd_code: bool


def dossier_page(hub: Hub, opened: reading.OpenDossier) -> DossierPage:
    """The page of a dossier that may only partly be readable."""
    dossier, payload = opened.dossier, opened.current
    names = paper_names.names_of(hub, dossier.procedure)
    papers = _papers(hub, opened, names)
    history = _history(hub, opened, names)
    code = next((row.portal_code for row in history if row.portal_code), "")
    subject, requester = reading.people(payload) if payload else ("", "")
    with hub.database.read() as connection:
        promise = deadlines.of_dossier(connection, dossier.id)
    due, due_words = due_dates.shown(promise, hub.clock.now().date())
    suggested = due_dates.suggested(hub, dossier.procedure)
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
        askable=list(paper_names.askable(hub, opened).items()),
        history=history,
        seen_by=_seen_by(hub, dossier),
        actions=possible(dossier.state),
        doubles=portal_doubles.doubles(hub, payload) if payload else [],
        due=due,
        due_words=due_words,
        suggested_due=shown_day(suggested),
        due_hint=due_dates.hint(hub, suggested),
        promised=shown_day(promise.due_on) if promise else "",
        said=next((row.sentence for row in history if row.actor != _POINT), ""),
        original_at=hub.settings.commune_name,
        portal_code=code,
        odd_code=bool(code) and not looks_like_portal_code(code),
    )


def _problem(hub: Hub, opened: reading.OpenDossier) -> str:
    """Why the newest content cannot be shown; empty if it can."""
    if opened.current is not None and opened.current.revision == opened.dossier.revision:
        return ""
    errors = [held.payload for held in opened.held if isinstance(held.payload, WorldError)]
    if opened.dossier.state is State.ERASED:
        return hub.library.sentence(_erased(hub, opened.dossier))
    if opened.dossier.state is State.FILED_ON_PORTAL:
        return hub.library.sentence(WorldError("office.on_portal"))
    return hub.library.sentence(errors[-1] if errors else WorldError("office.no_content"))


def _erased(hub: Hub, dossier: HubDossier) -> WorldError:
    """Since when and why nothing of the content is left, as the log of who did what has it."""
    with hub.database.read() as connection:
        lines = audit.of_dossier(connection, hub.commune, dossier.id)
    why = next((line.detail for line in lines if line.action == "erase"), "")
    code = "office.erased_on_request" if why == ON_REQUEST else "office.erased"
    return WorldError(code, day=shown_day(dossier.changed_at[:10]))


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
                line.actor or _POINT,
                _MENDED.get(line.state, "") if note.mended else state_words(line.state),
                line.revision,
                note.sentence,
                note.portal_code,
                bool(note.portal_code) and not looks_like_portal_code(note.portal_code),
                _day_words(line.state, note.due),
                [names.get(kind, kind) for kind in note.papers],
                note.copy_kb,
            )
        )
    return rows


_MENDED = {
    State.RECEIVED: ACTIONS["correct"],
    State.RESULT_READY: ACTIONS["resend"],
    State.SEEN: ACTIONS["retract"],
}
"""Words of a step that mended an earlier one."""


def _day_words(state: State, day: str) -> str:
    if not day:
        return ""
    return f"{'Hẹn đến' if state is State.INVITED else 'Hẹn trả'} ngày {shown_day(day)}."


def _seen_by(hub: Hub, dossier: HubDossier) -> list[AuditRow]:
    with hub.database.read() as connection:
        lines = audit.of_dossier(connection, hub.commune, dossier.id)
    names = paper_names.names_of(hub, dossier.procedure)
    return [shown_audit(line, names) for line in lines]


def shown_audit(line: audit.AuditLine, names: Mapping[str, str]) -> AuditRow:
    """``names`` are those of the kinds of papers and of the points that the line may speak of."""
    words = ACTIONS.get(line.action, line.action)
    code = slip_code(line.dossier) if line.dossier else ""
    detail = names.get(line.detail) or detail_words(line.action, line.detail)
    return AuditRow(shown_time(line.at), line.actor, words, detail, line.dossier or "", code)
