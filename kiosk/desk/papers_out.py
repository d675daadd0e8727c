"""What leaves the printer: the papers to sign, empty forms, and the slip that the citizen takes home."""

from datetime import date

from kiosk.catalogue.facts import Fact
from kiosk.catalogue.procedures import Procedure
from kiosk.desk import attach_papers, fill
from kiosk.desk.desk import Desk, today
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Road
from kiosk.domain.filled_form import without_answers
from kiosk.domain.printed_paper import PrintedPaper
from kiosk.domain.slip import KeptData, Slip, SlipCommune, SlipFact, SlipPaper
from kiosk.forms import Session, load_form

_WRONG = frozenset({"type", "constraint"})
"""Problems of an answer that is there."""


def declarations(desk: Desk, filling: Filling) -> tuple[PrintedPaper, ...]:
    """Every paper that these answers ask for, in order; place and day of signing are left to the hand.

    While problems stand they are marked as drafts and wrong answers stay dotted, so that nobody signs them;
    practice is marked, too. Raises ``WorldError`` document.glyph, document.fonts.
    """
    from kiosk.documents import papers

    found = fill.problems(filling)
    wrong = {problem.name for problem in found if problem.code in _WRONG}
    whole = filling.session.filled()
    filled, mark = without_answers(whole, wrong), _mark(desk, filling, bool(found))
    numbers = papers.titles(desk.content, filling.procedure, whole.value, today(desk))
    return tuple(
        papers.draw(
            desk.content, filling.procedure, number, filled, lambda: filling.session.sheet(wrong), mark
        )
        for number in numbers
    )


def blanks(desk: Desk, procedure: Procedure) -> tuple[PrintedPaper, ...]:
    """Every paper of a procedure that is in force today, empty, to be filled in by hand.

    Raises ``WorldError`` document.fonts, form.missing.
    """
    from kiosk.documents import papers

    content = desk.content
    form = load_form(content.form(procedure.form_id, content.newest_version(procedure.form_id)), content.rows)
    empty = Session(form, desk.clock)
    numbers = papers.blank_titles(content, procedure, today(desk))
    return tuple(papers.draw_blank(content, procedure, number, empty.blank_sheet) for number in numbers)


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
