"""The papers that go with a dossier: which are expected, and the scans of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.catalogue.procedures import PaperRule
from kiosk.desk.desk import Desk, today
from kiosk.desk.fill import Filling
from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from kiosk.domain.paper import Paper
from kiosk.packs.as_printed import as_printed
from kiosk.storage import drafts, papers

SIGNED_SHEET = "to_khai_da_ky"
"""Kind of the scans of the printed declarations after the citizen signed them."""
MAX_PAPERS = 30


@dataclass(frozen=True)
class ExpectedPaper:
    """One document of the procedure, as far as it applies to these answers."""

    key: str
    name: str
    needed: bool
    note: str
    attached: tuple[Paper, ...]


def expected(desk: Desk, filling: Filling) -> tuple[ExpectedPaper, ...]:
    """The papers that the answers ask for, in the order of the procedure, and last the signed sheet.
    A paper that is attached is listed even where it does not apply any more."""
    with desk.database.read() as connection:
        there = papers.of_dossier(connection, filling.dossier)
    by_kind = {
        kind: tuple(paper for paper in there if paper.kind == kind) for kind in {p.kind for p in there}
    }
    value_of = filling.session.filled().value
    found = [
        ExpectedPaper(rule.key, rule.name, rule.needed, _note(rule), by_kind.get(rule.key, ()))
        for rule in filling.procedure.papers
        if rule.applies(value_of) or rule.key in by_kind
    ]
    return (*found, _signed(desk, filling, by_kind.get(SIGNED_SHEET, ())))


def _signed(desk: Desk, filling: Filling, attached: tuple[Paper, ...]) -> ExpectedPaper:
    """The sheets that come back signed; without a declaration only the information sheet can be."""
    from kiosk.documents.papers import with_declaration

    say, value_of = desk.content.texts, filling.session.filled().value
    content, procedure = as_printed(desk.content, filling.procedure, (filling.form, filling.form_version))
    if with_declaration(content, procedure, value_of, today(desk)):
        name, note = say("desk.signed_sheet.name"), say("desk.signed_sheet.note")
    else:
        name, note = say("desk.signed_sheet.information"), say("desk.signed_sheet.information_note")
    return ExpectedPaper(SIGNED_SHEET, name, needed=False, note=note, attached=attached)


def _note(rule: PaperRule) -> str:
    return ". ".join(part.rstrip(".") for part in (rule.form, rule.requirement, rule.note) if part)


def attach(desk: Desk, dossier: str, kind: str, files: Sequence[bytes]) -> Paper:
    """Keep the pages of one paper, shrunk and without metadata, in the encrypted database.

    What is scanned for the same paper again are further pages: several declarations are signed one by one.

    Raises ``WorldError`` paper.* (see ``scans.to_paper``), paper.too_many (30 per dossier), draft.closed.
    """
    paper, body = scanned(kind, files)
    with desk.database.write() as connection:
        row = drafts.load(connection, dossier)
        if row is None or row.draft is None:
            raise WorldError("draft.closed")
        keep(connection, dossier, paper, body)
    return paper


def scanned(kind: str, files: Sequence[bytes]) -> tuple[Paper, bytes]:
    """The pages as one paper, shrunk and without metadata. Raises ``WorldError`` paper.*."""
    from kiosk.desk.scans import to_paper

    scan = to_paper(files)
    digest = hashlib.sha256(scan.body).hexdigest()
    return Paper(new_id(), kind, scan.media_type, scan.pages, len(scan.body), digest), scan.body


def keep(connection: Connection, dossier: str, paper: Paper, body: bytes) -> None:
    """Put one more paper beside those of a dossier. Raises ``WorldError`` paper.too_many."""
    if len(papers.of_dossier(connection, dossier)) >= MAX_PAPERS:
        raise WorldError("paper.too_many", limit=MAX_PAPERS)
    papers.add(connection, dossier, paper, body)


def detach(desk: Desk, paper_id: str) -> None:
    """Take a paper away from its draft."""
    with desk.database.write() as connection:
        papers.remove(connection, paper_id)


def content_of(desk: Desk, paper_id: str) -> bytes:
    """The bytes of a draft paper, to show them; raises ``KeyError`` for one that is gone."""
    with desk.database.read() as connection:
        return papers.body_of(connection, paper_id)
