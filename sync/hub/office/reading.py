"""Open a dossier for the officer's eyes, in memory only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, open_bytes, open_sealed
from kiosk.forms import Session
from sync.hub.context import Hub
from sync.hub.store import dossiers, events, papers
from sync.hub.store.dossiers import HubDossier
from sync.hub.store.events import KnownEvent
from sync.hub.uploads import paper_file


@dataclass(frozen=True)
class Held:
    """One envelope of a dossier, opened; ``payload`` is the error if it cannot be."""

    event: KnownEvent
    payload: Payload | WorldError


@dataclass(frozen=True)
class Line:
    """One answered question."""

    name: str
    label: str
    text: str


_NOTHING = Line("", "", "")


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """One answer that differs from the revision before."""

    label: str
    before: str
    after: str

    @property
    def how(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True)
class OpenDossier:
    """A dossier with all its envelopes, oldest first."""

    dossier: HubDossier
    held: tuple[Held, ...]

    def revisions(self) -> list[Payload]:
        """The readable dossier payloads, oldest first."""
        found = [held.payload for held in self.held if held.event.kind == EventKind.DOSSIER]
        return [payload for payload in found if isinstance(payload, Payload)]

    @property
    def current(self) -> Payload | None:
        """The newest readable revision."""
        return max(self.revisions(), key=lambda payload: payload.revision, default=None)

    def papers(self) -> dict[str, SealedPaper]:
        """All papers of the dossier by sealed digest, those of older revisions and supplements, too."""
        payloads = [held.payload for held in self.held if isinstance(held.payload, Payload)]
        return {paper.sealed_sha256: paper for payload in payloads for paper in payload.papers}


def find_dossier(hub: Hub, connection: Connection, dossier_id: str) -> HubDossier:
    """Raises WorldError ``office.dossier_unknown``, also for another commune's dossier."""
    found = dossiers.find(connection, dossier_id, hub.commune)
    if found is None:
        raise WorldError("office.dossier_unknown")
    return found


def open_dossier(hub: Hub, dossier_id: str) -> OpenDossier:
    """Open every envelope of a dossier. Raises WorldError ``office.dossier_unknown``."""
    with hub.database.read() as connection:
        dossier = find_dossier(hub, connection, dossier_id)
        known = events.of_dossier(connection, dossier.id)
        bodies = [events.body(connection, event.id) for event in known]
    held = tuple(Held(event, _opened(hub, body)) for event, body in zip(known, bodies, strict=True))
    return OpenDossier(dossier, held)


def newest_payloads(
    hub: Hub, connection: Connection, found: Sequence[HubDossier]
) -> list[tuple[HubDossier, Payload | WorldError]]:
    """The newest revision of each, for a page of the inbox."""
    bodies = events.bodies_of_revisions(connection, {one.id: one.revision for one in found})
    nothing = WorldError("office.no_content")
    return [(one, _opened(hub, bodies[one.id]) if one.id in bodies else nothing) for one in found]


def newest_payload(hub: Hub, connection: Connection, dossier: HubDossier) -> Payload | WorldError:
    """Only the newest revision."""
    known = events.of_revision(connection, dossier.id, dossier.revision)
    if known is None:
        return WorldError("office.no_content")
    return _opened(hub, events.body(connection, known.id))


def sections(hub: Hub, payload: Payload) -> list[Section]:
    """The declaration as a person reads it, page by page; raw answers if this hub lacks the form version."""
    session = hub.library.session(payload)
    if session is None:
        return [Section("", tuple(Line(a.name, a.name, a.value) for a in payload.answers if a.value))]
    pages = (Section(page.label, tuple(_lines(session, page.questions))) for page in session.screens())
    return [page for page in pages if page.lines]


def changes(hub: Hub, before: Payload, after: Payload) -> list[Change]:
    """What differs between two revisions, in the order of the form."""
    old, new = _by_name(sections(hub, before)), _by_name(sections(hub, after))
    names = [*new, *(name for name in old if name not in new)]
    pairs = [(name, old.get(name), new.get(name)) for name in names]
    return [
        Change((now or then or _NOTHING).label, (then or _NOTHING).text, (now or _NOTHING).text)
        for _, then, now in pairs
        if (then or _NOTHING).text != (now or _NOTHING).text
    ]


def open_paper(hub: Hub, opened: OpenDossier, sha256: str) -> tuple[SealedPaper, bytes]:
    """A paper's plain bytes, checked against the digest that the point signed.

    Raises WorldError ``office.paper_unknown``, ``office.paper_missing`` (it is still on its way),
    ``office.paper_rotten`` (it was here, and this machine's disk lost it), ``office.paper_damaged``.
    """
    paper = opened.papers().get(sha256)
    if paper is None:
        raise WorldError("office.paper_unknown")
    sealed = _sealed(hub, opened.dossier.point, sha256)
    try:
        plain = open_bytes(sealed, hub.keys.identity)
    except WorldError as error:
        raise WorldError("office.paper_damaged") from error
    if digest_of(plain) != paper.plain_sha256:
        raise WorldError("office.paper_damaged")
    return paper, plain


def _sealed(hub: Hub, point: str, sha256: str) -> bytes:
    """The bytes as they arrived: what does not have its own digest any more is no fault of the point."""
    try:
        sealed = paper_file(hub.home, point, sha256).read_bytes()
    except FileNotFoundError as error:
        with hub.database.read() as connection:
            arrived = papers.is_complete(connection, point, sha256)
        raise WorldError("office.paper_rotten" if arrived else "office.paper_missing") from error
    except OSError as error:
        raise WorldError("office.paper_rotten") from error
    if digest_of(sealed) != sha256:
        raise WorldError("office.paper_rotten")
    return sealed


def is_here(hub: Hub, dossier: HubDossier, sha256: str) -> bool:
    return paper_file(hub.home, dossier.point, sha256).exists()


def people(payload: Payload) -> tuple[str, str]:
    """Names of the person declared and of the requester, as far as the answers hold them."""
    names = {a.name: a.value for a in payload.answers if a.name.rpartition(".")[2].endswith("ho_ten")}
    subject = next((value for name, value in names.items() if not name.startswith("yc_") and value), "")
    return subject, names.get("yc_ho_ten", "")


def _opened(hub: Hub, body: bytes) -> Payload | WorldError:
    try:
        return open_sealed(body, hub.keys.identity, hub.library.dictionary).payload
    except WorldError as error:
        return error


def _lines(session: Session, names: Iterable[str]) -> Iterator[Line]:
    """The answered questions of one page; a part of a composite is named after it."""
    for name in names:
        question = session.question(name)
        if question.text:
            label = f"{question.group} – {question.label}" if question.group else question.label
            yield Line(name, label, question.text)


def _by_name(pages: Iterable[Section]) -> dict[str, Line]:
    return {
        line.name: Line(line.name, f"{page.label}: {line.label}" if page.label else line.label, line.text)
        for page in pages
        for line in page.lines
    }
