"""What a layout is: the printed lines of one official form, read from a Markdown table.

A layout is data that a clerk can check beside the published form; ``docs/layouts.md`` explains
the language. Everything here compares by identity, so that a line's static picture can be cached.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["L", "C", "R", "J"]
ROW_NUMBER = "#"
"""Stands for the number of a row of a repeat, where a question's name would."""


@dataclass(frozen=True)
class Words:
    """Fixed text of a line."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    underlined: bool = False
    struck: "Tick | None" = None
    """Struck out where that box would be crossed."""


@dataclass(frozen=True)
class Part:
    """One placeholder of a value, with the words that stand only beside a filled one."""

    name: str
    form: str = ""
    """Empty, or how it is cut or worded: ``dd mm yyyy hh mi ngay chu so_chu``;
    ``so`` = figures in groups of three; ``o12`` = one figure in each of 12 drawn boxes."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Value:
    """A blank of the form that answers fill; parts without an answer are left out with their words."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class HandBlank:
    """A dotted blank that is always filled by hand; ``millimetres`` long."""

    millimetres: float


@dataclass(frozen=True)
class Tick:
    """A drawn box, crossed when the answer ``name`` is (or, with several choices, contains) ``choice``."""

    name: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Gap:
    """Empty room that a line may not lose; ``millimetres`` wide."""

    millimetres: float


@dataclass(frozen=True)
class Break:
    """A new line begins here."""


Span = Words | Value | HandBlank | Tick | Gap | Break
Spans = tuple[Span, ...]


def _is_static(span: Span) -> bool:
    if isinstance(span, Words):
        return span.struck is None
    return isinstance(span, HandBlank | Gap | Break)


@dataclass(frozen=True)
class Condition:
    """``name`` has one of ``values``; with no values: it has any answer."""

    name: str
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PrintRule:
    """The column "in khi": with no ``names`` the whole line, else only these blanks, depend on it."""

    names: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True)
class Style:
    """How a line is set. Lengths in millimetres, sizes and spaces in points."""

    align: Align = "L"
    size: float = 13
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    caps: bool = False
    label_bold: bool = False
    value_caps: bool = False
    bracket_italic: bool = False
    indent: float = 0
    before: float = 0
    empty_lines: float = 0
    """Lines left empty above it, for a signature."""
    leader: bool = False
    leader_end: float = 0
    """Where a leader ends, from the left margin; 0 = at the right margin."""
    keep: bool = False
    """Stays on one page with the next line."""
    new_page: bool = False
    column: int = 0
    """Number of the column that it stacks in (1, 2 …); 0 = the full width."""
    widths: tuple[float, ...] = ()
    """Relative widths of columns or cells."""
    aligns: tuple[Align, ...] = ()
    """One for each cell, where they differ."""
    grid: bool = False
    head: bool = False
    """Head of a table: it comes again on every page where the table goes on."""
    drawn: bool = False
    """Not words but the thin line under the motto."""
    frame: bool = False
    """Stands in a drawn frame together with its neighbours."""
    high: float = 0
    """At least so many millimetres high, for handwriting, a stamp or a photo."""
    blank: float = 0
    """Millimetres of an empty blank; 0 = the usual length."""
    box: float = 0
    """Points of the side of a box for one figure; 0 = as high as the letters."""
    note: str = ""
    """The mark of the note that this line belongs to; it stands at the foot of the page."""
    repeat: str = ""
    """The repeat whose rows fill this table row."""
    where: Condition | None = None
    """Only these rows of the repeat."""
    least: int = 0
    """How many rows of the repeat are printed at least."""


@dataclass(frozen=True, eq=False)
class Row:
    """One printed line; several cells when it is a table row."""

    number: str
    cells: tuple[Spans, ...]
    style: Style
    rules: tuple[PrintRule, ...] = ()
    continuation: int = 0
    """Dotted lines that follow for a long value."""
    notes: tuple[str, ...] = ()
    """The marks of page notes that stand in it."""

    @property
    def is_static(self) -> bool:
        """Whether it looks the same for every citizen."""
        spans = (span for cell in self.cells for span in cell)
        return not self.rules and all(_is_static(span) for span in spans)


@dataclass(frozen=True)
class Margins:
    """Millimetres of an A4 page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Front:
    """What is known about the form itself; unknown dates are ``None``."""

    title: str
    procedure: str
    number: str
    effective_from: date | None
    effective_to: date | None
    source: str
    checked: date
    confidence: str
    margins: Margins
    size: float
    """Body size in points."""
    line: float
    """Line height as a multiple of the size."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A whole form: its lines, its signature block and its footnotes, one after the other."""

    front: Front
    rows: tuple[Row, ...]
    notes: Mapping[str, tuple[Row, ...]]
    """Notes that stand at the foot of the page with their mark."""
    not_printed: tuple[tuple[str, str], ...]
    """Fields of the form that the paper does not show, each with the reason."""

    def names(self) -> Iterator[str]:
        """The questions that it prints, in order; a name may come twice."""
        spans = (span for row in self.rows for cell in row.cells for span in cell)
        for span in spans:
            if isinstance(span, Value):
                yield from (part.name for part in span.parts if part.name != ROW_NUMBER)
            elif isinstance(span, Tick) and span.name:
                yield span.name
            elif isinstance(span, Words) and span.struck:
                yield span.struck.name

    def holds_on(self, day: date) -> bool:
        """Whether the form is in force on that day, as far as its dates are known."""
        front = self.front
        started = front.effective_from is None or front.effective_from <= day
        return started and (front.effective_to is None or day <= front.effective_to)
