"""Public notices (niêm yết) of the catalogue, as the law and the commune have it today."""

from datetime import date

from kiosk.catalogue.catalogue import Found
from kiosk.catalogue.listings import Listing
from kiosk.catalogue.procedures import Change, PaperRule, Procedure
from kiosk.desk import facts
from kiosk.desk.commune import commune_of
from kiosk.desk.desk import Desk, today
from kiosk.domain.clock import shown_day
from kiosk.domain.notice import Notice, NoticeBoard, NoticePaper
from kiosk.domain.told_fact import ToldFact
from kiosk.packs.content import Content


def notice(desk: Desk, found: Found) -> bytes:
    """The notice of one procedure as PDF; ``WorldError`` document.fonts, document.glyph."""
    return _draw(desk, (notice_of(desk.content, found, today(desk)),), ())


def all_notices(desk: Desk) -> bytes:
    """The notices of every procedure in one PDF; those without a form stand at its end, in short."""
    content, day = desk.content, today(desk)
    filled = tuple(notice_of(content, each, day) for each in content.catalogue.procedures())
    listed = tuple(notice_of(content, each, day) for each in content.catalogue.listings())
    return _draw(desk, filled, listed)


def notice_of(content: Content, found: Found, day: date) -> Notice:
    """What is known of a procedure on a day; a fact that is not in force then is not known."""
    return _listed(found) if isinstance(found, Listing) else _known(content, found, day)


def change_sentence(content: Content, change: Change) -> str:
    """A dated change as one sentence."""
    say, begin, end = content.texts, change.effective_from, change.effective_to
    if begin and end:
        return say("desk.change.between", day=shown_day(begin), until=shown_day(end), text=change.text)
    if begin:
        return say("desk.change.from", day=shown_day(begin), text=change.text)
    return say("desk.change.until", day=shown_day(end), text=change.text) if end else change.text


def _draw(desk: Desk, filled: tuple[Notice, ...], listed: tuple[Notice, ...]) -> bytes:
    from kiosk.documents.notice import notices

    board = NoticeBoard(commune_of(desk.content), today(desk), filled, listed)
    return notices(board, desk.content.fonts, desk.content.texts)


def _known(content: Content, procedure: Procedure, day: date) -> Notice:
    changes = [each for each in procedure.changes if (each.effective_to or day) >= day]
    return Notice(
        name=procedure.name,
        plain_name=procedure.plain_name,
        code=procedure.noted_code or content.texts("desk.without.code"),
        former_codes=procedure.former_codes,
        sector=procedure.sector,
        level=procedure.level,
        authority=procedure.authority,
        channels=procedure.channels,
        official_form=procedure.official_form,
        papers=tuple(map(_paper, procedure.papers)),
        fee=facts.fee_on(content, procedure, day),
        time_limit=facts.time_limit_on(content, procedure, day),
        result=facts.result_on(content, procedure, day),
        legal_basis=procedure.legal_basis,
        changes=tuple(change_sentence(content, each) for each in changes),
        sources=procedure.sources,
        checked=procedure.checked,
        has_form=True,
    )


def _listed(listing: Listing) -> Notice:
    def fact(text: str) -> ToldFact:
        return ToldFact(text or None, doubtful=bool(text))

    return Notice(
        name=listing.name,
        plain_name=listing.plain_name,
        code=listing.code,
        former_codes=tuple(listing.former_codes.split()),
        sector=listing.sector,
        level=listing.level,
        authority=listing.authority,
        channels=(),
        official_form="",
        papers=(NoticePaper(listing.papers),) if listing.papers else (),
        fee=fact(listing.fee),
        time_limit=fact(listing.time_limit),
        result=fact(listing.result),
        legal_basis=(listing.legal_basis,) if listing.legal_basis else (),
        changes=(),
        sources=(listing.source,),
        checked=listing.checked_on,
        has_form=False,
    )


def _paper(rule: PaperRule) -> NoticePaper:
    return NoticePaper(rule.name, rule.form, rule.requirement, rule.note)
