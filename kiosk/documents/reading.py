"""Read a layout from its Markdown file; a bad row is refused with file and line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from kiosk.documents.layout import Condition, Front, Layout, Margins, PrintRule, Row, Words
from kiosk.documents.spans import parse_cells
from kiosk.documents.styles import parse_style

_PRINTED = ("Printed lines", "Signature block", "Footnotes")
_NOT_PRINTED = "Not printed"
_FREE = ("Uncertain", "Earlier wording")
_HEADINGS = (["#", "text", "style"], ["#", "text", "style", "in khi"])
_FRONT = (
    "Form",
    "Procedure",
    "Number",
    "In force from",
    "In force to",
    "Source",
    "Checked",
    "Confidence",
    "Page",
    "Type",
)
_PAGE = re.compile(r"A4 portrait; margins L ([\d.]+), R ([\d.]+), T ([\d.]+), B ([\d.]+) mm")
_TYPE = re.compile(r"body ([\d.]+), line ([\d.]+)")
_RULE = re.compile(
    r"(?:(?P<names>[a-z][a-z0-9_., ]*):\s*)?(?P<name>[a-z][a-z0-9_.]*)(?:=(?P<values>[A-Za-z0-9_.,-]+))?"
)
_REASON = re.compile(r"- `([a-z][a-z0-9_.]*)`: (.+)")
_CELL = re.compile(r"(?<!\\)\|")


class LayoutError(ValueError):
    """A layout that cannot be printed: which file, which line, what is wrong."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path.name}:{line}: {what}")
        self.path = path
        self.line = line


@dataclass(frozen=True)
class _Line:
    path: Path
    number: int
    text: str

    def refuse(self, what: object) -> NoReturn:
        raise LayoutError(self.path, self.number, str(what))

    def cells(self) -> list[str]:
        if not (self.text.startswith("|") and self.text.endswith("|") and len(self.text) > 1):
            self.refuse("a table row begins and ends with “|”")
        return [cell.strip() for cell in _CELL.split(self.text[1:-1])]


@lru_cache(maxsize=64)
def load_layout(path: Path) -> Layout:
    """The layout in a Markdown file. Raises ``LayoutError`` (file and line) or ``OSError``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sections: dict[str, list[_Line]] = {"": []}
    section = ""
    for number, text in enumerate(lines, 1):
        line = _Line(path, number, text.strip())
        if text.startswith("## "):
            section = _section(line, text[3:].strip(), sections)
        elif text.strip():
            sections[section].append(line)
    front = _read_front(path, sections[""])
    rows = [row for name in _PRINTED for row in _read_rows(sections.get(name, []), front.size)]
    if not rows:
        raise LayoutError(path, len(lines), "there is no printed line")
    reasons = tuple(_read_reason(line) for line in sections.get(_NOT_PRINTED, []))
    printed, notes = _notes(path, rows)
    return Layout(front, printed, notes, reasons)


def _notes(path: Path, rows: list[Row]) -> tuple[tuple[Row, ...], dict[str, tuple[Row, ...]]]:
    """The lines of the page, each with the marks of the notes that it calls; and those notes."""
    notes: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        if row.style.note:
            notes[row.style.note] = (*notes.get(row.style.note, ()), row)
    printed = tuple(replace(row, notes=_marks(row, notes)) for row in rows if not row.style.note)
    lost = set(notes) - {mark for row in printed for mark in row.notes}
    if lost:
        raise LayoutError(path, 1, f"no printed line has the mark <sup>{min(lost)}</sup> of a note")
    return printed, notes


def _marks(row: Row, notes: Mapping[str, object]) -> tuple[str, ...]:
    spans = (span for cell in row.cells for span in cell)
    raised = [span.text.strip() for span in spans if isinstance(span, Words) and span.raised]
    return tuple(dict.fromkeys(mark for mark in raised if mark in notes))


def _section(line: _Line, name: str, sections: dict[str, list[_Line]]) -> str:
    if name not in (*_PRINTED, _NOT_PRINTED, *_FREE):
        line.refuse(f"the section “{name}” is not known")
    if name in sections:
        line.refuse(f"the section “{name}” comes twice")
    sections[name] = []
    return name


def _read_front(path: Path, lines: list[_Line]) -> Front:
    found: dict[str, tuple[_Line, str]] = {}
    for line in lines:
        if line.text.startswith("|") and not _is_table_head(line):
            name, text = _pair(line)
            if name not in _FRONT or name in found:
                line.refuse(f"“{name}” is not known here, or comes twice")
            found[name] = (line, text)
    if missing := [name for name in _FRONT if name not in found]:
        raise LayoutError(path, 1, f"the front table lacks “{missing[0]}”")
    page = _match(_PAGE, *found["Page"])
    letters = _match(_TYPE, *found["Type"])
    words = {name: value for name, (_, value) in found.items()}
    return Front(
        title=words["Form"],
        procedure=words["Procedure"],
        number=words["Number"],
        effective_from=_day(*found["In force from"]),
        effective_to=_day(*found["In force to"]),
        source=words["Source"],
        checked=_day(*found["Checked"]) or found["Checked"][0].refuse("a day is needed"),
        confidence=words["Confidence"],
        margins=Margins(*(float(number) for number in page.groups())),
        size=float(letters[1]),
        line=float(letters[2]),
    )


def _pair(line: _Line) -> list[str]:
    cells = line.cells()
    if len(cells) != 2 or not all(cells):
        line.refuse("a name and its value are needed")
    return cells


def _match(pattern: re.Pattern[str], line: _Line, text: str) -> re.Match[str]:
    return pattern.fullmatch(text) or line.refuse(f"expected like “{pattern.pattern}”")


def _day(line: _Line, text: str) -> date | None:
    """A day, or ``None`` for "unknown"."""
    if text == "unknown":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        line.refuse("a day is written 2025-07-01, or “unknown”")


def _is_table_head(line: _Line) -> bool:
    """Whether a line only opens a table (empty heads or dashes)."""
    return all(set(cell) <= set("-: ") for cell in line.cells())


def _read_rows(lines: list[_Line], size: float) -> Iterator[Row]:
    """The rows of one section; a CONT row becomes part of the row before it."""
    if not lines:
        return
    if lines[0].cells() not in _HEADINGS:
        lines[0].refuse("the table begins with | # | text | style | or | # | text | style | in khi |")
    width = len(lines[0].cells())
    last: Row | None = None
    for line in lines[1:]:
        if _is_table_head(line):
            continue
        cells = line.cells()
        if len(cells) != width:
            line.refuse(f"{width} columns are needed, {len(cells)} stand here")
        if cells[2] == "CONT":
            last = _continued(line, last)
            continue
        if last:
            yield last
        last = _read_row(line, *cells, size=size)
    if last:
        yield last


def _continued(line: _Line, row: Row | None) -> Row:
    if row is None or not row.style.leader:
        line.refuse("CONT continues a line with a leader (LDR)")
    return replace(row, continuation=row.continuation + 1)


def _read_row(line: _Line, number: str, text: str, style: str, when: str = "", *, size: float) -> Row:
    text = "" if text == "(blank line)" else text
    try:
        row = Row(number, parse_cells(text), parse_style(style, size), _read_rules(when))
    except ValueError as error:
        line.refuse(error)
    if row.style.drawn:
        return replace(row, cells=((),))
    expected = 1 if row.style.column or not row.style.widths else len(row.style.widths)
    if len(row.cells) != expected:
        line.refuse(f"the style asks for {expected} cells, {len(row.cells)} stand here")
    return row


def _read_rules(when: str) -> tuple[PrintRule, ...]:
    """``condition`` for the whole line, ``names: condition`` for some blanks; several parted by ``;``."""
    rules = []
    for text in filter(None, (part.strip() for part in when.split(";"))):
        match = _RULE.fullmatch(text)
        if not match:
            raise ValueError(f"“{text}” is no condition")
        names = tuple(name.strip() for name in (match["names"] or "").split(",") if name.strip())
        values = frozenset((match["values"] or "").split(",")) - {""}
        rules.append(PrintRule(names, Condition(match["name"], values)))
    return tuple(rules)


def _read_reason(line: _Line) -> tuple[str, str]:
    match = _REASON.fullmatch(line.text)
    return (match[1], match[2]) if match else line.refuse("expected “- `key`: reason”")


def static_text(layout: Layout) -> list[str]:
    """The fixed words of every line, for a person or a test that compares with the published form."""
    return [
        "".join(span.text for cell in row.cells for span in cell if isinstance(span, Words))
        for row in layout.rows
    ]
