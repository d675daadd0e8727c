"""What came since the first revision: answers that were added, changed or taken back, and papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.events import EventKind
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.office.reading import Change, Held, OpenDossier, changes
from sync.hub.office.words import shown_time


@dataclass(frozen=True)
class NewPaper:
    """A paper that was not there before."""

    sha256: str
    name: str
    pages: int
    here: bool


@dataclass(frozen=True)
class Step:
    """One revision against the one before it, or one supplement."""

    revision: int
    before: int
    """Revision that it is compared with; 0 for a supplement, which changes no answer."""
    arrived: str
    """When the hub had all of it; empty while papers are still on their way."""
    answers: Sequence[Change]
    papers: Sequence[NewPaper]


def steps(hub: Hub, opened: OpenDossier, names: Mapping[str, str], here: set[str]) -> list[Step]:
    """Newest first. ``names`` are those of the kinds of papers, ``here`` the sealed digests that the hub has.

    A revision that cannot be opened is passed over: the next one is compared with the last that can.
    """
    return list(reversed(list(_steps(hub, opened.held, names, here))))


def _steps(hub: Hub, held: Sequence[Held], names: Mapping[str, str], here: set[str]) -> Iterator[Step]:
    last: Payload | None = None
    seen: set[str] = set()
    for each in held:
        payload = each.payload
        if not isinstance(payload, Payload) or payload.kind not in (EventKind.DOSSIER, EventKind.SUPPLEMENT):
            continue
        alone = payload.kind is EventKind.SUPPLEMENT
        papers = [
            _new_paper(paper, names, here) for paper in payload.papers if paper.plain_sha256 not in seen
        ]
        if last is not None or alone:
            answers = [] if alone or last is None else changes(hub, last, payload)
            before = 0 if alone or last is None else last.revision
            arrived = shown_time(each.event.received_at) if each.event.received_at else ""
            yield Step(payload.revision, before, arrived, answers, papers)
        seen |= {paper.plain_sha256 for paper in payload.papers}
        last = last if alone else payload


def _new_paper(paper: SealedPaper, names: Mapping[str, str], here: set[str]) -> NewPaper:
    sha256 = paper.sealed_sha256
    return NewPaper(sha256, names.get(paper.kind, paper.kind), paper.pages, sha256 in here)
