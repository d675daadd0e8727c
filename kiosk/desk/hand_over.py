"""Handing over: the dossier is signed, sealed and queued, and this point can read it no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.desk import checks, fill, visit_people
from kiosk.desk.attach_files import goes_along
from kiosk.desk.desk import Desk, timestamp
from kiosk.desk.fill import Filling
from kiosk.desk.marks import person_mark
from kiosk.desk.outgoing import payload_of, sealed_event
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Answer, Road, Source, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.paper import Paper, SealedPaper
from kiosk.domain.point import Enrolment
from kiosk.envelope.payload import Payload, dictionary_name
from kiosk.envelope.seal import digest_of, seal_bytes
from kiosk.forms.session import Problem
from kiosk.storage import drafts, news, outbox, papers
from kiosk.storage.durable import make_folder, write_file
from kiosk.storage.trouble import disk_error

_NOT_ANSWERS = frozenset({"note", "calculate", "trigger"})


@dataclass(frozen=True)
class HandedOver:
    """What may be said to the citizen: it is safe in the machine and will travel by itself."""

    dossier: str
    revision: int
    slip_code: str
    queued_at: str


@dataclass(frozen=True)
class Contact:
    """How to reach the citizen; kept only with consent for this very purpose."""

    name: str
    phone: str


def problems(desk: Desk, filling: Filling) -> tuple[Problem, ...]:
    """What is to be mended before handing over, in the order of the form; consent last. Practice is not among
    them: there is nothing to mend, and ``hand_over`` refuses it."""
    found = list(fill.problems(filling))
    say = desk.content.texts
    if filling.road is Road.COMMUNE and not filling.consent.allows(Purpose.SEND_TO_COMMUNE):
        found.append(Problem("consent", "consent", say("error.consent.send_to_commune")))
    return tuple(found)


def hand_over(desk: Desk, filling: Filling, contact: Contact | None = None) -> HandedOver:
    """Seal the papers, flush them, then queue the envelope and erase the draft in one transaction.

    Raises ``WorldError``: practice.never_sent, consent.send_to_commune, hand_over.problems (``n`` of
    them), hand_over.asks (``n`` sentences without a tick), hand_over.road (it goes by the portal),
    point.not_enrolled (the dossier stays ready here),
    draft.closed, envelope.too_big, and those of the disk. Then nothing is lost and nothing is queued.
    """
    _check(filling)
    confirmed = _all_ticked(desk, filling)
    enrolment = desk.enrolment
    if enrolment is None:
        _make_ready(desk, filling)
        raise WorldError("point.not_enrolled")
    sealed_papers = [seal_paper(desk, enrolment, paper) for paper in _papers(desk, filling)]
    payload = _payload(desk, filling, enrolment, sealed_papers, confirmed)
    dictionary = desk.content.dictionaries.get(dictionary_name(filling.form, filling.form_version), b"")
    item = sealed_event(desk, enrolment, payload, timestamp(desk), dictionary)
    with desk.database.write() as connection:
        visit_people.remember(connection, filling)
        _close_draft(connection, filling, item.digest, person_mark(desk, filling), item.queued_at)
        outbox.add(connection, item, sealed_papers)
        if contact is not None and filling.consent.allows(Purpose.CONTACT):
            version = filling.consent.text_version
            drafts.save_contact(
                connection, filling.dossier, contact.name, contact.phone, version, item.queued_at
            )
    filling.wipe()
    desk.database.tidy()
    return HandedOver(filling.dossier, filling.revision, filling.slip_code, item.queued_at)


def _check(filling: Filling) -> None:
    if filling.practice:
        raise WorldError("practice.never_sent")
    if filling.road is not Road.COMMUNE:
        raise WorldError("hand_over.road")
    if not filling.consent.allows(Purpose.SEND_TO_COMMUNE):
        raise WorldError("consent.send_to_commune")
    if found := fill.problems(filling):
        raise WorldError("hand_over.problems", n=len(found))


def _all_ticked(desk: Desk, filling: Filling) -> tuple[str, ...]:
    """The sentences that the volunteer acknowledged, which must be all."""
    with desk.database.read() as connection:
        row = drafts.load(connection, filling.dossier)
    if row is None or row.draft != filling.revision:
        raise WorldError("draft.closed")
    asked = checks.asks(desk, filling)
    if left := sum(1 for ask in asked if not ask.ticked):
        raise WorldError("hand_over.asks", n=left)
    return tuple(ask.text for ask in asked)


def _make_ready(desk: Desk, filling: Filling) -> None:
    """Finished, and waiting for the point to be enrolled."""
    with desk.database.write() as connection:
        row = drafts.load(connection, filling.dossier)
        if row is not None and row.state is State.DRAFT:
            drafts.change(connection, filling.dossier, state=State.READY, changed_at=timestamp(desk))


def _papers(desk: Desk, filling: Filling) -> list[Paper]:
    """What goes along; a file whose question does not count stays here."""
    with desk.database.read() as connection:
        there = papers.of_dossier(connection, filling.dossier)
    return [paper for paper in there if goes_along(filling, paper)]


def seal_paper(desk: Desk, enrolment: Enrolment, paper: Paper) -> SealedPaper:
    """Seal one paper into a file that survives a power cut; without its row it is swept at opening."""
    with desk.database.read() as connection:
        body = papers.body_of(connection, paper.id)
    sealed = seal_bytes(body, enrolment.commune_key)
    name = digest_of(sealed)
    path = outbox.paper_path(desk.home, name)
    try:
        make_folder(path.parent)
        write_file(path, sealed)
    except OSError as error:
        raise disk_error(error) from error
    return SealedPaper(paper.kind, paper.media_type, paper.pages, paper.sha256, name, len(sealed))


def _payload(
    desk: Desk,
    filling: Filling,
    enrolment: Enrolment,
    sealed_papers: list[SealedPaper],
    confirmed: tuple[str, ...],
) -> Payload:
    return payload_of(
        desk,
        filling,
        enrolment,
        EventKind.DOSSIER,
        form=filling.form,
        form_version=filling.form_version,
        answers=tuple(_answers(filling.session.filled(), filling.sources)),
        papers=tuple(sealed_papers),
        base_digest=filling.base_digest,
        confirmed=confirmed,
    )


def _answers(filled: FilledForm, sources: Mapping[str, Source]) -> Iterator[Answer]:
    """The answers that count, in the order of the form: what a condition hides does not leave the point."""
    for entry in filled:
        if entry.rows:
            for number, row in enumerate(entry.rows, start=1):
                for inner in _answers(row, {}):
                    name = f"{entry.name}[{number}].{inner.name.removeprefix(entry.name + '.')}"
                    yield Answer(name, inner.value, sources.get(name, Source.DEFAULT))
        elif entry.value and entry.kind not in _NOT_ANSWERS:
            yield Answer(entry.name, entry.value, sources.get(entry.name, Source.DEFAULT))


def _close_draft(connection: Connection, filling: Filling, digest: str, mark: str, at: str) -> None:
    """Nothing readable of the content stays; from now on the commune says how it stands."""
    row = drafts.load(connection, filling.dossier)
    if row is None or row.draft != filling.revision:
        raise WorldError("draft.closed")
    drafts.wipe(connection, filling.dossier)
    news.forget_answers(connection, filling.dossier)
    drafts.change(
        connection,
        filling.dossier,
        state=State.QUEUED,
        revision=filling.revision,
        draft=None,
        place="",
        base_digest=digest,
        person_mark=mark,
        sentence="",
        asked_papers=(),
        reason="",
        changed_at=at,
    )
