"""Public notices (niêm yết): one procedure on a sheet, or all of them with a list of contents."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kiosk.documents.faces import load_faces
from kiosk.documents.layout import Margins, Style, Words
from kiosk.documents.lines import Frame
from kiosk.documents.marks import MILLIMETRE, PAGE_WIDTH, Block, Group, Page
from kiosk.documents.numbering import number_pages
from kiosk.documents.one_page import Say
from kiosk.documents.pages import paginate
from kiosk.documents.painting import paint
from kiosk.documents.sheet import Pen, beside, framed, space
from kiosk.domain.clock import shown_day
from kiosk.domain.notice import Notice, NoticeBoard, NoticePaper
from kiosk.domain.told_fact import ToldFact

_MARGINS = Margins(left=18, right=16, top=13, bottom=15)
_SIZES = (16.0, 15.0, 14.0, 13.0)
"""Letters are as large as the fewest pages allow."""
_SOURCE_SIZE = 10.0
_LABEL = 44 * MILLIMETRE
_NUMBER = 16 * MILLIMETRE
_GAP = 3 * MILLIMETRE


def notices(board: NoticeBoard, fonts: Path, say: Say) -> bytes:
    """The notices as PDF; more than one (or entries without a form) get a list of contents before them.

    Raises ``WorldError`` as a declaration does: ``document.glyph``, ``document.fonts``.
    """
    faces = load_faces(fonts)
    pages = notice_pages(board, fonts, say)
    number_pages(pages, faces, say("document.notice.page"))
    return paint(pages, say("document.notice.title"), faces)


def notice_pages(board: NoticeBoard, fonts: Path, say: Say) -> list[Page]:
    """The composed pages, contents first."""
    pen = _pen(fonts)
    parts = [(each, _one(each, board, pen, say)) for each in board.notices]
    short = paginate(_short(board, pen, say), _MARGINS) if board.listed else []
    if len(parts) == 1 and not short:
        return parts[0][1]
    contents: list[Page] = []
    for _ in range(2):  # how many pages the contents take is known only when they are laid
        first = len(contents) + 1
        contents = paginate(_contents(board, parts, first, pen, say), _MARGINS)
    return [*contents, *(page for _, pages in parts for page in pages), *short]


def _pen(fonts: Path) -> Pen:
    left = _MARGINS.left * MILLIMETRE
    return Pen(
        load_faces(fonts), Frame(left, PAGE_WIDTH - left - _MARGINS.right * MILLIMETRE, 1.2), _SIZES[-1]
    )


def _one(notice: Notice, board: NoticeBoard, pen: Pen, say: Say) -> list[Page]:
    """On as few pages as the smallest letters need, in the largest letters that need no more."""
    sizes = {size: Pen(pen.faces, pen.frame, size) for size in _SIZES}
    fewest = paginate(_groups(notice, board, sizes[_SIZES[-1]], say), _MARGINS)
    for larger in _SIZES[:-1]:
        pages = paginate(_groups(notice, board, sizes[larger], say), _MARGINS)
        if len(pages) == len(fewest):
            return pages
    return fewest


def _groups(notice: Notice, board: NoticeBoard, pen: Pen, say: Say) -> Iterator[Group]:
    """One notice from top to bottom; what belongs together stays on one page."""
    yield Group((*_masthead(board, pen, say), *_title(notice, pen, say)), keep=True)
    if notice.code:
        yield _row("code", _codes(notice, say), pen, say)
    yield _row("sector", notice.sector, pen, say)
    yield _row("authority", notice.authority, pen, say)
    yield _row("channels", "; ".join(notice.channels), pen, say)
    yield from _papers(notice, pen, say)
    for name, fact in (("fee", notice.fee), ("time_limit", notice.time_limit), ("result", notice.result)):
        yield Group(tuple(_fact(name, fact, pen, say)), keep=True)
    if notice.legal_basis:
        yield _row("legal_basis", "; ".join(notice.legal_basis), pen, say)
    for index, change in enumerate(notice.changes):
        head = pen.heading(say("document.notice.changes")) if index == 0 else []
        yield Group((*head, *pen.item("–", Words(change))), keep=True)
    yield Group(tuple(_foot(notice, board, pen, say)), keep=True)


def _masthead(board: NoticeBoard, pen: Pen, say: Say) -> list[Block]:
    commune = board.commune
    centred = Style(align="C", size=pen.size)
    name = (commune.name or say("document.notice.unknown")).upper()
    return [
        *pen.paragraph(Words(name, bold=True), style=centred),
        *pen.paragraph(
            Words(say("document.notice.title"), bold=True), style=Style(align="C", size=pen.size + 3)
        ),
        space(5),
    ]


def _title(notice: Notice, pen: Pen, say: Say) -> list[Block]:
    """The name in a frame; in everyday words, too, where those are others."""
    inner = pen.within(8, pen.frame.width - 16)
    words = [space(4), *inner.paragraph(Words(notice.name, bold=True), style=Style("C", pen.size + 5))]
    if notice.plain_name != notice.name:
        words += inner.paragraph(Words(f"({notice.plain_name})"), style=Style("C", pen.size + 1))
    if not notice.has_form:
        words += inner.paragraph(
            Words(say("document.notice.no_form"), italic=True), style=Style("C", pen.size)
        )
    return [framed([*words, space(6)], pen.frame), space(5)]


def _codes(notice: Notice, say: Say) -> str:
    if not notice.former_codes:
        return notice.code
    return say("document.notice.codes", code=notice.code, former=", ".join(notice.former_codes))


def _row(name: str, text: str, pen: Pen, say: Say) -> Group:
    """A label on the left, what is known on the right."""
    left = pen.within(0, _LABEL).text(say(f"document.notice.{name}"), bold=True)
    right = pen.within(_LABEL + _GAP, pen.frame.width - _LABEL - _GAP)
    words = right.text(text or say("document.notice.unknown"), italic=not text)
    return Group((beside(left, words), space(3)), keep=True)


def _papers(notice: Notice, pen: Pen, say: Say) -> Iterator[Group]:
    head = pen.heading(say("document.notice.papers"))
    if notice.official_form:
        yield Group((*head, *pen.item("–", Words(notice.official_form))), keep=True)
        head = []
    for paper in notice.papers:
        yield Group((*head, *pen.item("–", *_paper_words(paper))), keep=True)
        head = []
    if head:
        yield Group((*head, *pen.text(say("document.notice.unknown"), italic=True)), keep=True)


def _paper_words(paper: NoticePaper) -> list[Words]:
    details = ". ".join(filter(None, (paper.form, paper.requirement, paper.note)))
    return [Words(paper.name, bold=True)] + ([Words(f" – {details}")] if details else [])


def _fact(name: str, fact: ToldFact, pen: Pen, say: Say) -> list[Block]:
    """What is known with its source and the day of checking; what is not known says so."""
    blocks = pen.heading(say(f"document.notice.{name}"))
    if fact.text is None:
        blocks += pen.text(say("document.notice.unknown"), bold=True)
        return blocks + [block for each in fact.more for block in pen.text(each)]
    doubt = [Words(f" ({say('document.notice.unknown')})", italic=True)] if fact.doubtful else []
    blocks += pen.paragraph(Words(fact.text), *doubt)
    blocks += [block for each in fact.more for block in pen.text(each)]
    if fact.source:
        blocks += pen.text(_source(fact.source, fact.checked, say), italic=True, size=_SOURCE_SIZE)
    return blocks


def _source(source: str, checked: date | None, say: Say) -> str:
    if checked is None:
        return say("document.notice.source_undated", source=source)
    return say("document.notice.source", source=source, day=shown_day(checked))


def _foot(notice: Notice, board: NoticeBoard, pen: Pen, say: Say) -> list[Block]:
    """Where to ask, and how old this is."""
    commune, unknown = board.commune, say("document.notice.ask_commune")
    blocks = pen.heading(say("document.notice.contact"))
    for name, text in (("address", commune.address), ("hours", commune.hours), ("hotline", commune.hotline)):
        label = Words(say(f"document.notice.{name}") + " ")
        blocks += pen.paragraph(label, Words(text or unknown, bold=name == "hotline"))
    if commune.suggestion_box:
        blocks += pen.text(say("document.notice.suggestion_box", place=commune.suggestion_box))
    sources = _source("; ".join(notice.sources), notice.checked, say)
    printed = say("document.notice.printed", day=shown_day(board.printed_on))
    return [*blocks, space(4), *pen.text(f"{sources} {printed}", italic=True, size=_SOURCE_SIZE)]


def _contents(
    board: NoticeBoard, parts: list[tuple[Notice, list[Page]]], first: int, pen: Pen, say: Say
) -> Iterator[Group]:
    """All procedures with their pages; ``first`` is the page of the first notice."""
    yield Group((*_masthead(board, pen, say), *pen.heading(say("document.notice.contents"))), keep=True)
    number = first
    for index, (notice, pages) in enumerate(parts, 1):
        yield Group((_contents_row(f"{index}. {notice.name}", notice.code, number, pen), space(3)), keep=True)
        number += len(pages)
    if board.listed:
        count = say("document.notice.listed", n=len(board.listed))
        yield Group((_contents_row(count, "", number, pen),), keep=True)


def _contents_row(text: str, code: str, page: int, pen: Pen) -> Block:
    room = pen.frame.width - _NUMBER
    words = pen.within(0, room).paragraph(Words(text), *([Words(f"  ({code})")] if code else []))
    number = pen.within(room, _NUMBER).paragraph(Words(str(page), bold=True), style=Style("R", pen.size))
    return beside(words, number)


def _short(board: NoticeBoard, pen: Pen, say: Say) -> Iterator[Group]:
    """Entries without a form: name, code, and the little that is known, to be asked at the commune."""
    heading = pen.heading(say("document.notice.listed", n=len(board.listed)))
    yield Group((*heading, *pen.text(say("document.notice.no_form"), italic=True), space(4)), keep=True)
    for notice in board.listed:
        unknown = say("document.notice.unknown")
        facts = say(
            "document.notice.in_short",
            code=notice.code,
            fee=notice.fee.text or unknown,
            time_limit=notice.time_limit.text or unknown,
        )
        source = _source("; ".join(notice.sources), notice.checked, say)
        yield Group(
            (
                *pen.text(notice.name, bold=True),
                *pen.text(facts),
                *pen.text(source, italic=True, size=_SOURCE_SIZE),
                space(6),
            ),
            keep=True,
        )
