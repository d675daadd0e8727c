"""What leaves the printer: the papers to sign, empty forms, and the slip that the citizen takes home."""

from kiosk.catalogue.procedures import Procedure
from kiosk.desk import attach_papers, facts, fill
from kiosk.desk.commune import commune_of, hamlet_of
from kiosk.desk.desk import Desk, today
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Road
from kiosk.domain.filled_form import without_answers
from kiosk.domain.printed_paper import PrintedPaper
from kiosk.domain.slip import KeptData, Slip, SlipPaper
from kiosk.forms import Session, load_form
from kiosk.packs.as_printed import as_printed

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
    content, procedure = as_printed(desk.content, filling.procedure, (filling.form, filling.form_version))
    return tuple(
        papers.draw(content, procedure, number, filled, lambda: filling.session.sheet(wrong), mark)
        for number in papers.titles(content, procedure, whole.value, today(desk))
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
    content, procedure, day = desk.content, filling.procedure, today(desk)
    return Slip(
        code=filling.slip_code,
        procedure=procedure.name,
        procedure_code=procedure.noted_code or desk.content.texts("desk.without.code"),
        authority=procedure.authority,
        channels=procedure.channels,
        papers=tuple(_checklist(desk, filling)),
        fee=facts.fee_on(content, procedure, day),
        time_limit=facts.time_limit_on(content, procedure, day),
        road=filling.road,
        commune=commune_of(content),
        hamlet=hamlet_of(desk),
        prepared_on=day,
        kept=_kept(desk, filling),
        data_contact=content.commune.data_contact,
        portal_code=filling.portal_code,
        practice=filling.practice,
    )


def _checklist(desk: Desk, filling: Filling) -> list[SlipPaper]:
    return [
        SlipPaper(paper.name, bool(paper.attached), paper.note)
        for paper in attach_papers.expected(desk, filling)
        if paper.key != attach_papers.SIGNED_SHEET or filling.road is Road.COMMUNE
    ]


def _kept(desk: Desk, filling: Filling) -> tuple[KeptData, ...]:
    say, days = desk.content.texts, desk.content.commune.draft_days
    draft = KeptData(say("desk.kept.draft.what"), say("desk.kept.draft.until", days=days))
    if filling.practice or filling.road is not Road.COMMUNE:
        return (draft,)
    return (draft, KeptData(say("desk.kept.sealed.what"), say("desk.kept.sealed.until")))
