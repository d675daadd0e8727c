"""Break a line's pieces at the right edge and set each line as a block of marks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.documents.layout import Style
from kiosk.documents.marks import MILLIMETRE, Block, Box, Mark, Rule, Text
from kiosk.documents.pieces import BOX_SIDE, Piece

_RAISE = 0.34
"""How far a raised mark stands above the line, as a part of the letters' size."""
_LEADER_GAP = 1.5
_SHORTEST_LEADER = 4.0
_FIGURE_HEIGHT = 0.66
"""How high a figure is, as a part of its size."""
_DOT = 0.75
_DESCENT = 0.26
"""Part of the line height below the base line."""


@dataclass(frozen=True)
class Frame:
    """Where lines are set: from ``left`` (points), ``width`` wide, ``line`` times as high as the letters."""

    left: float
    width: float
    line: float


def set_paragraph(pieces: list[Piece], style: Style, frame: Frame) -> list[Block]:
    """The blocks of one paragraph, one per line."""
    height = style.size * frame.line
    if not pieces:
        return [Block(height, ())]
    indent = style.indent * MILLIMETRE
    lines = list(_break(_fit(pieces, frame.width), frame.width - indent, frame.width))
    blocks = []
    for index, line in enumerate(lines):
        first = indent if index == 0 else 0.0
        room = Frame(frame.left + first, frame.width - first, frame.line)
        blocks.append(Block(height, _set_line(line, style, room, last=index == len(lines) - 1)))
    return blocks


def dotted_line(frame: Frame, height: float) -> Block:
    """An empty dotted line for a value that goes on by hand."""
    return Block(height, (_leader(frame.left, frame.left + frame.width, -height * (1 - _DESCENT)),))


def _fit(pieces: list[Piece], width: float) -> Iterator[Piece]:
    """Cut what is wider than a whole line, so that nothing can run over the edge."""
    for piece in pieces:
        if piece.width <= width:
            yield piece
        elif piece.stretch or piece.box:
            yield replace(piece, width=width)
        else:
            yield from _chop(piece, width)


def _chop(piece: Piece, width: float) -> Iterator[Piece]:
    """Parts of a word that is longer than a line."""
    start, total = 0, 0.0
    for end, letter in enumerate(piece.text):
        letter_width = piece.face.width(letter) * piece.size
        if total + letter_width > width and end > start:
            yield replace(
                piece, text=piece.text[start:end], width=total, starts=True, gap=0 if start else piece.gap
            )
            start, total = end, 0.0
        total += letter_width
    yield replace(piece, text=piece.text[start:], width=total, starts=True, gap=0)


def _break(pieces: Iterator[Piece], first: float, rest: float) -> Iterator[list[Piece]]:
    """Greedy lines: as many units (pieces without a space between them) as fit."""
    line: list[Piece] = []
    room, used = first, 0.0
    for unit in _units(pieces, rest):
        width = sum(piece.width for piece in unit) + sum(piece.gap for piece in unit[1:])
        if unit[0].stretch == "break":
            yield line
            line, used, room = [], 0.0, rest
            continue
        gap = unit[0].gap if line else 0.0
        if line and used + gap + width > room + 0.01:
            yield line
            line, used, gap, room = [], 0.0, 0.0, rest
        elif not line and width > room + 0.01 and room < rest:
            room = rest
            yield []
        used += gap + width
        line += unit
    yield line


def _units(pieces: Iterator[Piece], width: float) -> Iterator[list[Piece]]:
    """Pieces that belong together; a unit that no line can hold falls into its pieces."""
    unit: list[Piece] = []
    total = 0.0
    for piece in pieces:
        if unit and (piece.starts or unit[-1].stretch == "break" or total + piece.gap + piece.width > width):
            yield unit
            unit, total = [], 0.0
        total += piece.gap + piece.width
        unit.append(piece)
    if unit:
        yield unit


def _set_line(line: list[Piece], style: Style, frame: Frame, *, last: bool) -> tuple[Mark, ...]:
    """Place the pieces of one line: share what is left among leaders or spaces, then align."""
    natural = sum(piece.width for piece in line) + sum(piece.gap for piece in line[1:])
    room = _room(style, frame)
    slack = max(0.0, room - natural)
    stretching = _stretching(line, style, last=last)
    spread = 0.0
    if stretching:
        line = _stretched(line, stretching, slack)
        slack = 0.0
    elif style.align == "J" and not last and not style.leader:
        gaps = sum(1 for piece in line[1:] if piece.gap)
        spread, slack = (slack / gaps, 0.0) if gaps else (0.0, slack)
    if style.align in "CR":
        rest = frame.width - (natural if not stretching else max(natural, room))
        return _marks(
            line, frame.left + max(0.0, rest) / (2 if style.align == "C" else 1), style, frame, spread
        )
    return _marks(line, frame.left, style, frame, spread)


def _room(style: Style, frame: Frame) -> float:
    """How wide a line with leaders becomes."""
    if not style.leader_end:
        return frame.width
    end = min(style.leader_end * MILLIMETRE, frame.width)
    return 2 * end - frame.width if style.align == "C" else end


def _stretching(line: list[Piece], style: Style, *, last: bool) -> list[Piece]:
    """The leaders that take up what is left of the line."""
    blanks = [piece for piece in line if piece.stretch == "blank"]
    tails = [piece for piece in line if piece.stretch == "tail"]
    if style.leader:
        return blanks or tails
    if style.align == "J" and blanks and (not last or line[-1] is blanks[-1]):
        return blanks[-1:] if last else blanks
    return []


def _stretched(line: list[Piece], stretching: list[Piece], slack: float) -> list[Piece]:
    share = slack / len(stretching)
    chosen = {id(piece) for piece in stretching}
    return [replace(piece, width=piece.width + share) if id(piece) in chosen else piece for piece in line]


def _marks(line: list[Piece], x: float, style: Style, frame: Frame, spread: float) -> tuple[Mark, ...]:
    """The marks of a placed line; neighbours of one look become one run of text."""
    base = -style.size * frame.line * (1 - _DESCENT)
    marks: list[Mark] = []
    run: list[Piece] = []
    start = x
    for index, piece in enumerate(line):
        gap = piece.gap + spread if index and piece.gap else 0.0
        if run and not _joins(run[-1], piece):
            marks += _run_marks(run, start, x, base, spread)
            run = []
        x += gap
        if piece.stretch:
            if piece.width >= _SHORTEST_LEADER and piece.stretch in ("blank", "tail"):
                marks.append(_leader(x + _LEADER_GAP, x + piece.width - _LEADER_GAP, base))
        elif piece.box == "figure":
            marks += _figure(piece, x, base)
        elif piece.box:
            marks.append(Box(x, base - piece.size * 0.06, piece.size * BOX_SIDE, piece.box == "ticked"))
        else:
            start = start if run else x
            run.append(piece)
        x += piece.width
    return tuple(marks + (_run_marks(run, start, x, base, spread) if run else []))


def _joins(one: Piece, other: Piece) -> bool:
    same = one.face is other.face and one.size == other.size and one.raised == other.raised
    same = same and one.underlined == other.underlined and one.struck == other.struck
    return same and not other.stretch and not other.box


def _run_marks(run: list[Piece], start: float, end: float, base: float, spread: float) -> list[Mark]:
    first = run[0]
    text = first.text + "".join(f" {piece.text}" if piece.gap else piece.text for piece in run[1:])
    y = base + (first.size / 0.62 * _RAISE if first.raised else 0.0)
    marks: list[Mark] = [Text(start, y, end - start, text, first.face.name, first.size, spread)]
    if first.underlined:
        marks.append(Rule(start, y - first.size * 0.12, end, y - first.size * 0.12, 0.6))
    if first.struck:
        marks.append(Rule(start, y + first.size * 0.26, end, y + first.size * 0.26, 0.8))
    return marks


def _figure(piece: Piece, x: float, base: float) -> list[Mark]:
    """A box with one figure in its middle."""
    box = Box(x, base - (piece.width - piece.size * _FIGURE_HEIGHT) / 2, piece.width, ticked=False)
    if not piece.text:
        return [box]
    width = piece.face.width(piece.text) * piece.size
    middle = x + (piece.width - width) / 2
    return [box, Text(middle, base, width, piece.text, piece.face.name, piece.size)]


def _leader(start: float, end: float, y: float) -> Rule:
    return Rule(start, y + _DOT / 2, end, y + _DOT / 2, _DOT, dotted=True)
