"""The slip (Phiếu chuẩn bị hồ sơ): what the citizen takes home; readable with weak eyes, never a receipt."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Margins, Style, Words
from kiosk.documents.marks import MILLIMETRE, Block, Group, Page
from kiosk.documents.one_page import Say, on_one_page
from kiosk.documents.painting import paint
from kiosk.documents.qr import qr_marks
from kiosk.documents.sheet import Pen, beside, framed, pair, space
from kiosk.domain.clock import shown_day
from kiosk.domain.dossier import Road
from kiosk.domain.slip import Slip, SlipPaper
from kiosk.domain.told_fact import ToldFact

_MARGINS = Margins(left=16, right=16, top=11, bottom=10)
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
"""Letters as large as one page allows, never smaller than the last."""
_SOURCE_SIZE = 9.5
"""Where a fact comes from is for whoever checks it; the citizen's own lines keep the room."""
_QR = 27 * MILLIMETRE
_CODE_COLUMN = 52 * MILLIMETRE
_COLUMN_GAP = 7 * MILLIMETRE


def slip(content: Slip, fonts: Path, say: Say) -> bytes:
    """The slip as PDF: one A4 page unless the checklist is very long.

    Raises ``WorldError`` as a declaration does: ``document.glyph``, ``document.fonts``.
    """
    return paint(slip_pages(content, fonts, say), say("document.slip.title"), load_faces(fonts))


def slip_pages(content: Slip, fonts: Path, say: Say) -> list[Page]:
    """The composed pages of a slip, in the largest letters that still fit on one page."""
    return on_one_page(lambda pen: _groups(content, pen, say), fonts, _MARGINS, _SIZES)


def _groups(content: Slip, pen: Pen, say: Say) -> Iterator[Group]:
    """The slip from top to bottom; what belongs together stays on one page."""
    yield Group((_head(content, pen, say), space(6), _band(pen, say), space(4)), keep=True)
    yield Group(tuple(pen.text(content.procedure, bold=True, size=pen.size + 3)), keep=True)
    yield Group(tuple(pen.text(say("document.slip.procedure_code", code=content.procedure_code))))
    yield Group(tuple(_where(content, pen, say)), keep=True)
    yield from _checklist(content.papers, pen, say)
    yield pair(_fee(content, pen, say), _time_limit(content, pen, say))
    yield Group(tuple(_next_steps(content, pen, say)), keep=True)
    yield pair(_commune(content, pen, say), _data(content, pen, say))


def _head(content: Slip, pen: Pen, say: Say) -> Block:
    """Title and maker on the left, QR and short code on the right."""
    frame = pen.frame
    left = pen.within(0, frame.width - _CODE_COLUMN)
    title = [
        *left.text(say("document.slip.title"), bold=True, size=22),
        space(2),
        *left.text(say("document.slip.point", hamlet=content.hamlet), bold=True),
        *left.text(say("document.slip.prepared", day=shown_day(content.prepared_on))),
    ]
    if content.practice:
        title += [space(4), *left.text(say("document.slip.practice"), bold=True)]
    right = pen.within(frame.width - _CODE_COLUMN, _CODE_COLUMN)
    qr_left = right.frame.left + (_CODE_COLUMN - _QR) / 2
    centred = Style(align="C", size=15)
    code = [
        Block(_QR, tuple(qr_marks(content.qr_text, qr_left, 0, _QR))),
        *right.paragraph(Words(say("document.slip.code")), style=Style(align="C", size=13)),
        *right.paragraph(Words(content.code, bold=True), style=centred),
    ]
    return beside(title, code)


def _band(pen: Pen, say: Say) -> Block:
    """The frame that says what this paper is not."""
    words = [
        space(4),
        *pen.paragraph(Words(say("document.slip.not_a_receipt"), bold=True), style=Style(align="C", size=18)),
        *pen.paragraph(Words(say("document.slip.not_a_receipt_why")), style=Style(align="C", size=pen.size)),
        space(5),
    ]
    return framed(words, pen.frame, thickness=2)


def _where(content: Slip, pen: Pen, say: Say) -> Iterator[Block]:
    """Who decides and how it is filed, as the notice says it."""
    said = {"authority": content.authority, "channels": "; ".join(content.channels)}
    for name, text in said.items():
        label = Words(say(f"document.slip.{name}") + " ")
        yield from pen.paragraph(label, Words(text or say("document.slip.unknown")))


def _checklist(papers: tuple[SlipPaper, ...], pen: Pen, say: Say) -> Iterator[Group]:
    head = pen.heading(say("document.slip.papers"), say("document.slip.papers_hint") if papers else "")
    if not papers:
        yield Group((*head, *pen.text(say("document.slip.no_papers"))), keep=True)
    for index, paper in enumerate(papers):
        words = [Words(paper.name, bold=True)] + ([Words(f" – {paper.note}")] if paper.note else [])
        lines = pen.check(*words, ticked=paper.have)
        yield Group((*head, *lines) if index == 0 else tuple(lines), keep=True)


def _fee(content: Slip, pen: Pen, say: Say) -> list[Block]:
    half = _half(pen, 0)
    return [*half.heading(say("document.slip.fee")), *_fact(content.fee, half, say)]


def _time_limit(content: Slip, pen: Pen, say: Say) -> list[Block]:
    half = _half(pen, 1)
    return [*half.heading(say("document.slip.time_limit")), *_fact(content.time_limit, half, say)]


def _fact(fact: ToldFact, pen: Pen, say: Say) -> list[Block]:
    """A fact with where it comes from; what nobody verified says so."""
    if fact.text is None:
        blocks = pen.text(say("document.slip.unknown"), bold=True)
        return blocks + [block for each in fact.more for block in pen.text(each)]
    doubt = [Words(f" ({say('document.slip.unknown')})", bold=True)] if fact.doubtful else []
    blocks = pen.paragraph(Words(fact.text), *doubt)
    blocks += [block for each in fact.more for block in pen.text(each)]
    if fact.source and fact.checked:
        sentence = say("document.slip.source", source=fact.source, day=shown_day(fact.checked))
        blocks += pen.text(sentence, italic=True, size=_SOURCE_SIZE)
    elif fact.source:
        sentence = say("document.slip.source_undated", source=fact.source)
        blocks += pen.text(sentence, italic=True, size=_SOURCE_SIZE)
    return blocks


def _next_steps(content: Slip, pen: Pen, say: Say) -> list[Block]:
    """The road that was chosen, and what happens on it."""
    road = "commune_road" if content.road is Road.COMMUNE else "portal_road"
    blocks = pen.heading(f"{say('document.slip.next')}: {say(f'document.slip.{road}.head')}")
    for number, step in enumerate(("first", "second", "third"), 1):
        sentence = say(f"document.slip.{road}.{step}", code=content.portal_code or "." * 40)
        blocks += pen.item(f"{number}.", Words(sentence))
    return blocks


def _commune(content: Slip, pen: Pen, say: Say) -> list[Block]:
    """Where to go and whom to call; what the commune did not tell us is to be asked there."""
    half = _half(pen, 0)
    commune = content.commune
    unknown = say("document.slip.ask_commune")
    blocks = half.heading(say("document.slip.commune"))
    blocks += half.text(commune.name or unknown, bold=True)
    for name, text in (("address", commune.address), ("hours", commune.hours), ("hotline", commune.hotline)):
        label = Words(say(f"document.slip.{name}") + " ")
        blocks += half.paragraph(label, Words(text or unknown, bold=name == "hotline"))
    if commune.suggestion_box:
        blocks += half.text(say("document.slip.suggestion_box", place=commune.suggestion_box))
    return blocks + [block for each in commune.notices for block in half.text(each, italic=True)]


def _data(content: Slip, pen: Pen, say: Say) -> list[Block]:
    """What is kept until when, and how to have it erased."""
    half = _half(pen, 1)
    blocks = half.heading(say("document.slip.data"))
    for kept in content.kept:
        blocks += half.text(say("document.slip.kept", what=kept.what, until=kept.until))
    if not content.kept:
        blocks += half.text(say("document.slip.kept_unknown"))
    key = "document.slip.erasure" if content.data_contact else "document.slip.erasure_unknown"
    return blocks + half.text(say(key, code=content.code, contact=content.data_contact or ""))


def _half(pen: Pen, side: int) -> Pen:
    """The left (0) or right (1) half of the page."""
    width = (pen.frame.width - _COLUMN_GAP) / 2
    return pen.within(side * (width + _COLUMN_GAP), width)
