"""What leaves the printer: the official declaration, and the slip that the citizen takes home."""

from datetime import date

from kiosk.catalogue.facts import Fact
from kiosk.desk import attach_papers, fill
from kiosk.desk.desk import Desk, today
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Road
from kiosk.domain.filled_form import without_answers
from kiosk.domain.slip import KeptData, Slip, SlipCommune, SlipFact, SlipPaper

_WRONG = frozenset({"type", "constraint"})
"""Problems of an answer that is there."""


def declaration(desk: Desk, filling: Filling) -> bytes:
    """The declaration with its answers as PDF; place and day of signing are left to the hand.

    While problems stand it is marked as a draft and wrong answers stay dotted, so that nobody signs it;
    practice is marked, too. Raises ``WorldError`` document.glyph, document.fonts.
    """
    from kiosk.documents.declaration import declaration as draw
    from kiosk.documents.reading import load_layout

    layout = load_layout(desk.content.layouts[filling.procedure.slug][0])
    found = fill.problems(filling)
    wrong = {problem.name for problem in found if problem.code in _WRONG}
    filled = without_answers(filling.session.filled(), wrong)
    return draw(layout, filled, desk.content.fonts, mark=_mark(desk, filling, bool(found)))


def _mark(desk: Desk, filling: Filling, unfinished: bool) -> str:
    """The words across a sheet that nobody is to sign; empty for one that is whole."""
    keys = {"document.mark.practice": filling.practice, "document.mark.draft": unfinished}
    return " · ".join(desk.content.texts(key) for key, marked in keys.items() if marked)


def slip(desk: Desk, filling: Filling) -> bytes:
    """The slip as PDF: checklist, fee and time limit with their sources, next steps, code."""
    from kiosk.documents.slip import slip as draw

    return draw(slip_of(desk, filling), desk.content.fonts, desk.content.texts)


def slip_of(desk: Desk, filling: Filling) -> Slip:
    """What stands on the slip; no name and no number of anybody."""
    procedure, commune = filling.procedure, desk.content.commune
    enrolment = desk.enrolment
    return Slip(
        code=filling.slip_code,
        procedure=procedure.name,
        procedure_code=procedure.code,
        papers=tuple(_checklist(desk, filling)),
        fee=_fee(desk, filling),
        time_limit=_fact(procedure.time_limit, today(desk)),
        road=filling.road,
        commune=SlipCommune(commune.name, commune.address, commune.hours, commune.hotline),
        hamlet=enrolment.hamlet if enrolment else next(iter(commune.hamlets), ""),
        prepared_on=today(desk),
        kept=_kept(desk, filling),
        data_contact=commune.data_contact,
        portal_code=filling.portal_code,
        practice=filling.practice,
    )


def _checklist(desk: Desk, filling: Filling) -> list[SlipPaper]:
    return [
        SlipPaper(paper.name, bool(paper.attached), paper.note)
        for paper in attach_papers.expected(desk, filling)
        if paper.key != attach_papers.SIGNED_SHEET or filling.road is Road.COMMUNE
    ]


def _fee(desk: Desk, filling: Filling) -> SlipFact:
    """The commune's own words about its fee, if it has any, stand before the country's."""
    local = desk.content.commune.local_fees.get(filling.procedure.slug)
    if local:
        return SlipFact(local, desk.content.commune.name)
    return _fact(filling.procedure.fee, today(desk))


def _fact(fact: Fact, day: date) -> SlipFact:
    """A fact that is not in force on the day is not known."""
    in_force = (fact.effective_from or day) <= day <= (fact.effective_to or day)
    return SlipFact(fact.text if in_force else None, fact.source, fact.checked)


def _kept(desk: Desk, filling: Filling) -> tuple[KeptData, ...]:
    say, days = desk.content.texts, desk.content.commune.draft_days
    draft = KeptData(say("desk.kept.draft.what"), say("desk.kept.draft.until", days=days))
    if filling.practice or filling.road is not Road.COMMUNE:
        return (draft,)
    return (draft, KeptData(say("desk.kept.sealed.what"), say("desk.kept.sealed.until")))
