"""Building blocks of our own papers (not official forms): headings, paragraphs, checklists, columns."""

from dataclasses import dataclass, replace

from kiosk.documents.faces import Faces, printable
from kiosk.documents.filling import Answers
from kiosk.documents.layout import Align, Spans, Style, Words
from kiosk.documents.lines import Frame, set_paragraph
from kiosk.documents.marks import PAGE_HEIGHT, Area, Block, Box, Group, Mark, Rule
from kiosk.documents.pages import lowered
from kiosk.documents.pieces import cut_line
from kiosk.domain.filled_form import FilledForm

_NOBODY = Answers(FilledForm("", "", ()))
_BOX = 14.0
_BOX_ROOM = 24.0


@dataclass(frozen=True)
class Pen:
    """Sets words inside a frame; every method returns blocks to be put one under the other."""

    faces: Faces
    frame: Frame
    size: float = 13

    def within(self, left: float, width: float) -> "Pen":
        """A pen for a part of the page: ``left`` points from this frame's left edge."""
        return replace(self, frame=Frame(self.frame.left + left, width, self.frame.line))

    def paragraph(self, *words: Words, style: Style | None = None) -> list[Block]:
        """Words in their own weights, wrapped."""
        clean = tuple(replace(word, text=_printable_run(word.text)) for word in words)
        style = style or Style(size=self.size)
        return set_paragraph(cut_line(clean, style, self.faces, _NOBODY), style, self.frame)

    def spans(self, spans: Spans, *, leader: bool = False, align: Align = "L") -> list[Block]:
        """Words with blanks and boxes for the hand; ``leader``: dots to the right edge."""
        clean = tuple(
            replace(span, text=_printable_run(span.text)) if isinstance(span, Words) else span
            for span in spans
        )
        style = Style(size=self.size, leader=leader, align=align)
        return set_paragraph(cut_line(clean, style, self.faces, _NOBODY), style, self.frame)

    def text(self, text: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> list[Block]:
        return self.paragraph(Words(text, bold, italic), style=Style(size=size or self.size))

    def heading(self, text: str, hint: str = "") -> list[Block]:
        """A section's name with a thin line under it."""
        words = [Words(text, bold=True)] + ([Words(f"  {hint}", italic=True)] if hint else [])
        frame = self.frame
        rule = Rule(frame.left, -2, frame.left + frame.width, -2, 0.6)
        return [space(7), *self.paragraph(*words, style=Style(size=self.size + 1)), Block(5, (rule,))]

    def item(self, sign: str, *words: Words) -> list[Block]:
        """A paragraph that hangs behind a number or a dash."""
        inner = self.within(_BOX_ROOM, self.frame.width - _BOX_ROOM)
        blocks = inner.paragraph(*words)
        return _with_marks(blocks, self.text(sign, bold=True)[0].marks)

    def check(self, *words: Words, ticked: bool) -> list[Block]:
        """A paragraph behind a drawn box."""
        inner = self.within(_BOX_ROOM, self.frame.width - _BOX_ROOM)
        blocks = inner.paragraph(*words)
        box = Box(self.frame.left, -blocks[0].height + (blocks[0].height - _BOX) / 2, _BOX, ticked)
        return [*_with_marks(blocks, (box,)), space(2)]


def space(height: float) -> Block:
    return Block(height, ())


def beside(*stacks: list[Block]) -> Block:
    """Stacks of blocks next to each other as one block."""
    marks: list[Mark] = []
    for stack in stacks:
        y = 0.0
        for block in stack:
            marks += [lowered(mark, y) for mark in block.marks]
            y -= block.height
    return Block(max(sum(block.height for block in stack) for stack in stacks), tuple(marks))


def framed(blocks: list[Block], around: Frame, thickness: float = 1.5) -> Block:
    """A stack of blocks in a frame as wide as the text."""
    inside = beside(blocks)
    frame = Area(around.left, -inside.height, around.width, inside.height, thickness=thickness)
    return Block(inside.height, (frame, *inside.marks))


def pair(left: list[Block], right: list[Block]) -> Group:
    """Two columns on one page; one under the other if a page cannot hold them."""
    block = beside(left, right)
    if block.height > PAGE_HEIGHT / 2:
        return Group((*left, *right))
    return Group((block,), keep=True)


def _with_marks(blocks: list[Block], marks: tuple[Mark, ...]) -> list[Block]:
    first = blocks[0]
    return [Block(first.height, first.marks + marks), *blocks[1:]]


def _printable_run(text: str) -> str:
    """A printable text that keeps one space at its edges, so that runs do not grow together."""
    core = printable(text)
    return f"{' ' if text[:1].isspace() else ''}{core}{' ' if text[-1:].isspace() else ''}"
