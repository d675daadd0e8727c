"""A line cut into pieces that can be measured: words, leaders, boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.documents.faces import Face, Faces
from kiosk.documents.filling import Answers, value_text
from kiosk.documents.layout import Break, Gap, HandBlank, Span, Spans, Style, Tick, Value, Words
from kiosk.documents.marks import MILLIMETRE

_BLANKS = {"dd": 8.0, "mm": 8.0, "yyyy": 12.0, "hh": 8.0, "mi": 8.0}
"""Millimetres of an empty blank that is not the usual one."""
_BLANK = 25.0
_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"(\([^()]*\))")
_RAISED_SIZE = 0.62
_BOX_GAP = 2.0
"""Points between a box and what follows."""
_FIGURE_SIDE = 1.1
BOX_SIDE = 0.82
"""Side of a box, as a part of the letters' size."""


@dataclass(slots=True)
class Piece:
    """Something that is not broken. ``gap`` is the space before it; ``starts``: a line may begin here."""

    text: str
    face: Face
    size: float
    width: float
    gap: float = 0.0
    starts: bool = False
    raised: bool = False
    underlined: bool = False
    struck: bool = False
    stretch: str = ""
    """``blank`` = an empty blank, ``tail`` = dots after a value, both drawn as a leader; ``gap`` = only room;
    ``break`` = a new line."""
    box: str = ""
    """``empty`` or ``ticked``, or ``figure``: one figure of a number in a box of its own."""


@dataclass(frozen=True)
class _Cut:
    """How a run of words looks."""

    face: Face
    size: float
    raised: bool = False
    underlined: bool = False
    struck: bool = False


class _Cutter:
    """Collects the pieces of one line; remembers whether a space stands between two spans."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._space: Face | None = None
        self._space_size = 0.0

    def words(self, text: str, cut: _Cut) -> None:
        """Add words; the spaces around them become gaps."""
        for index, word in enumerate(_SPACES.split(text)):
            if index:
                self._space, self._space_size = cut.face, cut.size
            if word:
                size = cut.size * _RAISED_SIZE if cut.raised else cut.size
                piece = Piece(word, cut.face, size, cut.face.width(word) * size)
                piece.raised, piece.underlined, piece.struck = cut.raised, cut.underlined, cut.struck
                self.add(piece)

    def add(self, piece: Piece) -> None:
        if self._space:
            piece.gap = self._space.width(" ") * self._space_size
            piece.starts = True
            self._space = None
        self.pieces.append(piece)


def cut_line(spans: Spans, style: Style, faces: Faces, answers: Answers) -> list[Piece]:
    """The pieces of one cell with the answers in it."""
    cutter = _Cutter()
    label = True
    for span in spans:
        label = label and not isinstance(span, Value | HandBlank)
        if isinstance(span, Words):
            struck = span.struck is not None and answers.is_ticked(span.struck.name, span.struck.choice)
            for words, cut in _word_cuts(span, style, faces, label=label, struck=struck):
                cutter.words(words.upper() if style.caps else words, cut)
        else:
            _cut_blank(cutter, span, style, faces, answers)
    return cutter.pieces


def _word_cuts(
    span: Words, style: Style, faces: Faces, *, label: bool, struck: bool
) -> Iterator[tuple[str, _Cut]]:
    """Runs of one look; text in brackets may be set apart."""
    bold = span.bold or style.bold or (style.label_bold and label and not span.raised)
    runs = _BRACKETS.split(span.text) if style.bracket_italic else [span.text]
    for run in runs:
        italic = span.italic or style.italic or (style.bracket_italic and run.startswith("("))
        face = faces.pick(bold=bold, italic=italic)
        yield run, _Cut(face, style.size, span.raised, span.underlined or style.underlined, struck)


def _cut_blank(cutter: _Cutter, span: Span, style: Style, faces: Faces, answers: Answers) -> None:
    """Add a blank: its value with dots after it, or dots alone; or a box."""
    face = faces.pick(bold=style.bold, italic=style.italic)
    if isinstance(span, Tick):
        state = "ticked" if answers.is_ticked(span.name, span.choice) else "empty"
        cutter.add(Piece("", face, style.size, style.size * BOX_SIDE + _BOX_GAP, box=state))
    elif isinstance(span, HandBlank):
        cutter.add(_leader(face, style.size, span.millimetres, "blank"))
    elif isinstance(span, Break):
        cutter.add(Piece("", face, style.size, 0, starts=True, stretch="break"))
    elif isinstance(span, Gap):
        cutter.add(_leader(face, style.size, span.millimetres, "gap"))
    elif isinstance(span, Value):
        text = value_text(span, answers)
        count = _figure_boxes(span)
        if count and len(text) <= count:
            _cut_figures(cutter, text.ljust(count), face, style)
            return
        if text:
            cutter.words(text.upper() if style.value_caps or style.caps else text, _Cut(face, style.size))
            if style.leader:
                cutter.add(_leader(face, style.size, 0, "tail"))
        elif not style.grid:  # an empty cell of a table stays empty
            length = style.blank or sum(_BLANKS.get(part.form, _BLANK) for part in span.parts[:1])
            cutter.add(_leader(face, style.size, length, "blank"))


def _figure_boxes(value: Value) -> int:
    """How many boxes for single figures a blank has; 0 for an ordinary blank."""
    form = value.parts[0].form
    return int(form[1:]) if form[:1] == "o" else 0


def _cut_figures(cutter: _Cutter, text: str, face: Face, style: Style) -> None:
    """A number, one figure to a box; a longer one is printed as ordinary text instead of being cut."""
    side = style.box or style.size * _FIGURE_SIDE
    for figure in text:
        cutter.add(Piece(figure.strip(), face, style.size, side, box="figure"))


def _leader(face: Face, size: float, millimetres: float, stretch: str) -> Piece:
    return Piece("", face, size, millimetres * MILLIMETRE, starts=stretch == "tail", stretch=stretch)
