"""The sheet "Phiếu hướng dẫn bước tiếp theo": where a walkthrough stopped, where to go, what to bring."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Margins, Style, Words
from kiosk.documents.marks import MILLIMETRE, Block, Group, Page
from kiosk.documents.one_page import Say, on_one_page
from kiosk.documents.painting import paint
from kiosk.documents.sheet import Pen, beside, framed, space
from kiosk.domain.clock import shown_day
from kiosk.domain.next_step import NextStep, Phone, Statement

_MARGINS = Margins(left=18, right=16, top=13, bottom=12)
_SIZES = (20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0)
"""Letters as large as one page allows."""
_SOURCE_SIZE = 9.5
_CODE_COLUMN = 60 * MILLIMETRE
"""The widest code stays on one line."""


def next_step(content: NextStep, fonts: Path, say: Say) -> bytes:
    """The sheet as PDF, on one A4 page.

    Raises ``WorldError`` as a declaration does: ``document.glyph``, ``document.fonts``.
    """
    return paint(next_step_pages(content, fonts, say), say("document.next_step.title"), load_faces(fonts))


def next_step_pages(content: NextStep, fonts: Path, say: Say) -> list[Page]:
    """The composed pages, in the largest letters that still fit on one page."""
    return on_one_page(lambda pen: _groups(content, pen, say), fonts, _MARGINS, _SIZES)


def _groups(content: NextStep, pen: Pen, say: Say) -> Iterator[Group]:
    yield Group((_head(content, pen, say), space(6), _band(content, pen), space(4)), keep=True)
    yield Group(tuple(pen.text(say("document.next_step.reason", reason=content.reason))), keep=True)
    yield _part(pen, say, "where", _numbered(content.where, pen, say))
    yield _part(pen, say, "bring", _boxes(content.bring, pen, say))
    yield _part(pen, say, "tell", _dashes(content.say, pen, say))
    if content.phones:
        yield _part(pen, say, "phones", _phones(content.phones, pen, say))
    heading = "go_commune" if content.goes_to_commune else "ask_commune"
    yield _part(pen, say, heading, _commune(content, pen, say))
    yield Group(tuple(_foot(content, pen, say)), keep=True)


def _head(content: NextStep, pen: Pen, say: Say) -> Block:
    """Title and maker on the left, the code to come back with on the right."""
    width = pen.frame.width - _CODE_COLUMN
    left, right = pen.within(0, width), pen.within(width, _CODE_COLUMN)
    title = [
        *left.text(say("document.next_step.title"), bold=True, size=16),
        *left.text(say("document.next_step.point", hamlet=content.hamlet), size=13),
        *left.text(say("document.next_step.day", day=shown_day(content.prepared_on)), size=13),
    ]
    if content.practice:
        title += left.text(say("document.mark.practice"), bold=True)
    return beside(title, _code(content.code, right, say) if content.code else [])


def _code(code: str, pen: Pen, say: Say) -> list[Block]:
    return [
        *pen.paragraph(Words(say("document.next_step.code")), style=Style(align="C", size=12)),
        *pen.paragraph(Words(code, bold=True), style=Style(align="C", size=13)),
        *pen.paragraph(Words(say("document.next_step.code_use")), style=Style(align="C", size=11)),
    ]


def _band(content: NextStep, pen: Pen) -> Block:
    """What to do next, in a frame."""
    style = Style(align="C", size=pen.size + 6)
    title = [space(5), *pen.paragraph(Words(content.title, bold=True), style=style), space(7)]
    return framed(title, pen.frame, thickness=2)


def _part(pen: Pen, say: Say, heading: str, blocks: list[Block]) -> Group:
    return Group((*pen.heading(say(f"document.next_step.{heading}")), *blocks), keep=True)


def _numbered(lines: tuple[Statement, ...], pen: Pen, say: Say) -> list[Block]:
    if len(lines) == 1:
        return pen.paragraph(*_words(lines[0], say))
    return [
        block for number, each in enumerate(lines, 1) for block in pen.item(f"{number}.", *_words(each, say))
    ]


def _boxes(lines: tuple[Statement, ...], pen: Pen, say: Say) -> list[Block]:
    return [block for each in lines for block in pen.check(*_words(each, say), ticked=False)]


def _dashes(lines: tuple[Statement, ...], pen: Pen, say: Say) -> list[Block]:
    return [block for each in lines for block in pen.item("–", *_words(each, say))]


def _phones(phones: tuple[Phone, ...], pen: Pen, say: Say) -> list[Block]:
    """Number, what for, and who says so."""
    blocks: list[Block] = []
    for phone in phones:
        words = [Words(phone.number, bold=True), Words(f" – {phone.purpose}")]
        if not phone.verified:
            words.append(Words(f" ({say('document.next_step.unverified')})", italic=True))
        source = say("document.next_step.source", source=phone.source)
        blocks += [*pen.item("–", *words), *pen.text(source, italic=True, size=_SOURCE_SIZE)]
    return blocks


def _commune(content: NextStep, pen: Pen, say: Say) -> list[Block]:
    """What the commune's settings say; what it did not tell us is to be asked there."""
    commune, unknown = content.commune, say("document.next_step.unknown")
    blocks = pen.text(commune.name or unknown, bold=True)
    for name, text in (("address", commune.address), ("hours", commune.hours), ("hotline", commune.hotline)):
        label = Words(say(f"document.next_step.{name}") + " ")
        blocks += pen.paragraph(label, Words(text or unknown, bold=name == "hotline"))
    if commune.suggestion_box:
        blocks += pen.text(say("document.next_step.suggestion_box", place=commune.suggestion_box))
    return blocks + [block for each in commune.notices for block in pen.text(each, italic=True)]


def _foot(content: NextStep, pen: Pen, say: Say) -> list[Block]:
    """What never to tell anybody, and how old this advice is."""
    sources = "; ".join(content.sources)
    return [
        space(6),
        *pen.paragraph(Words(say("document.next_step.never"), bold=True), style=Style(size=pen.size - 2)),
        space(2),
        *pen.text(
            say(
                "document.next_step.as_of", guide=content.guide, day=shown_day(content.as_of), sources=sources
            ),
            italic=True,
            size=_SOURCE_SIZE,
        ),
    ]


def _words(statement: Statement, say: Say) -> list[Words]:
    """A sentence; one that nobody verified says so."""
    words = [Words(statement.text)]
    if not statement.verified:
        words.append(Words(f" ({say('document.next_step.unverified')})", italic=True))
    return words
