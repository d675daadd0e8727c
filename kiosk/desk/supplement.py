"""Papers alone follow a dossier that the commune asked about; nothing is asked again, no answer changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.desk.attach_papers import SIGNED_SHEET, ExpectedPaper, keep, scanned
from kiosk.desk.desk import Desk, now, timestamp
from kiosk.desk.hand_over import seal_paper
from kiosk.desk.outgoing import payload_about, sealed_event
from kiosk.desk.today import procedure_name
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.ids import made_at
from kiosk.domain.paper import Paper
from kiosk.storage import drafts, news, outbox, papers
from kiosk.storage.drafts import DossierRow


@dataclass(frozen=True)
class Supplement:
    """What the commune wants of one dossier, and which scans of it are here."""

    dossier: str
    procedure: str
    slip_code: str
    sentence: str
    """The officer's words."""
    papers: tuple[ExpectedPaper, ...]
    """First what was asked for; where nothing was named, everything that the procedure knows."""

    @property
    def pages(self) -> int:
        """Pages that wait to be sent."""
        return sum(one.pages for paper in self.papers for one in paper.attached)


def look(desk: Desk, dossier: str) -> Supplement:
    """Raises ``WorldError`` supplement.not_asked."""
    with desk.database.read() as connection:
        row = _open(connection, dossier)
        there = papers.of_dossier(connection, dossier)
    kinds = [kind for kind, _ in _names(desk, row)]
    wanted = list(row.asked_papers) or kinds
    wanted += sorted({paper.kind for paper in there} - set(wanted))
    names = dict(_names(desk, row))
    return Supplement(
        dossier,
        procedure_name(desk, row.slug),
        row.slip_code,
        row.sentence,
        tuple(_expected(names, row, kind, there) for kind in wanted),
    )


def attach(desk: Desk, dossier: str, kind: str, files: Sequence[bytes]) -> Paper:
    """Keep the pages of one paper, shrunk and without metadata, in the encrypted database.

    Raises ``WorldError`` paper.* (see ``scans.to_paper``), paper.too_many, supplement.not_asked.
    """
    paper, body = scanned(kind, files)
    with desk.database.write() as connection:
        _open(connection, dossier)
        keep(connection, dossier, paper, body)
    return paper


def send(desk: Desk, dossier: str) -> int:
    """Seal the scans, flush them, then queue the supplement and erase them in one transaction; how many.

    Raises ``WorldError`` supplement.not_asked, supplement.no_papers, point.not_enrolled, and those of the
    disk. Then nothing is lost and nothing is queued.
    """
    with desk.database.read() as connection:
        row = _open(connection, dossier)
        there = papers.of_dossier(connection, dossier)
    enrolment = desk.enrolment
    if enrolment is None:
        raise WorldError("point.not_enrolled")
    if not there:
        raise WorldError("supplement.no_papers")
    sealed_papers = [seal_paper(desk, enrolment, paper) for paper in there]
    more = {"papers": tuple(sealed_papers), "base_digest": row.base_digest}
    payload = payload_about(desk, row, enrolment, EventKind.SUPPLEMENT, **more)
    item = sealed_event(desk, enrolment, payload, timestamp(desk))
    with desk.database.write() as connection:
        _open(connection, dossier)
        outbox.add(connection, item, sealed_papers)
        papers.remove_all(connection, dossier)
        news.forget_answers(connection, dossier)
        drafts.change(
            connection,
            dossier,
            state=State.QUEUED,
            sentence="",
            asked_papers=(),
            reason="",
            changed_at=item.queued_at,
        )
    desk.database.tidy()
    return len(there)


def erase_old(desk: Desk) -> int:
    """Erase scans that nobody sent for the commune's number of days of a draft; how many. Run at opening."""
    oldest = now(desk) - timedelta(days=desk.content.commune.draft_days + 1)
    with desk.database.write() as connection:
        old = [paper for paper in papers.of_supplements(connection) if made_at(paper) < oldest]
        for paper in old:
            papers.remove(connection, paper)
    if old:
        desk.database.tidy()
    return len(old)


def _open(connection: Connection, dossier: str) -> DossierRow:
    row = drafts.load(connection, dossier)
    if row is None or row.state is not State.ASKED_FOR_MORE or row.draft is not None:
        raise WorldError("supplement.not_asked")
    return row


def _names(desk: Desk, row: DossierRow) -> list[tuple[str, str]]:
    """Kinds of papers of the procedure with their names, the signed sheet last."""
    found = [one for one in desk.content.catalogue.procedures() if one.slug == row.slug]
    names = [(rule.key, rule.name) for procedure in found for rule in procedure.papers]
    return [*names, (SIGNED_SHEET, desk.content.texts("desk.signed_sheet.name"))]


def _expected(names: dict[str, str], row: DossierRow, kind: str, there: Sequence[Paper]) -> ExpectedPaper:
    attached = tuple(paper for paper in there if paper.kind == kind)
    return ExpectedPaper(kind, names.get(kind, kind), kind in row.asked_papers, "", attached)
