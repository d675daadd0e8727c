"""Tables of text out of spreadsheet files, nothing interpreted: sheets, rows with their numbers, cells."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xls_to_dict, xlsx_value_to_str

from kiosk.author.findings import Finding, FormError
from kiosk.author.vietnamese import SHEETS, sheet_name

_MOST_EMPTY_ROWS = 60
"""After so many empty rows a sheet is over, however far its formats reach."""
_MD_ROW = re.compile(r"\s*\|(.*?)(?:(?<!\\)\|)?\s*")
_MD_RULE = re.compile(r"[|\s:-]+")
_MD_COMMENT = re.compile(r"^(.*\|)\s*#[^|]*$")
_MD_PIPE = re.compile(r"(?<!\\)\|")
_FORMULA = re.compile(rb"<f[ >/]")
_SPACES = re.compile(r"\s+")
_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d:\d\d(?:\.\d+)?)")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
"""What web pages leave in copied text: signs without a width, and those that only turn the writing round."""
Cells = Sequence[str]


@dataclass
class Grid:
    """A sheet: its title, and its rows as (number, texts); row 1 holds the names of the columns."""

    title: str
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    """Where the rows of a text file stand in it: number → line; empty for other files."""
    unsaved: list[tuple[int, str]] = field(default_factory=list)
    """Cells with a formula whose result the file does not hold: (row, ``D3``). They read as empty."""

    def add(self, cells: Cells, line: int) -> None:
        """One more row of a text file."""
        number = len(self.rows) + 1
        self.rows.append((number, cells))
        self.lines[number] = line


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a file; ``FormError`` if it is no workbook, ``OSError`` if it cannot be read."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise FormError([Finding("file_kind", params={"kind": path.suffix or path.name})])
    try:
        grids = list(reader(path.read_bytes()))
    except UnicodeDecodeError as error:
        raise FormError([Finding("not_utf8")]) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, PyXFormError, csv.Error) as error:
        raise FormError([Finding("not_a_workbook", params={"detail": str(error)})]) from error
    return [_neat(grid) for grid in grids]


def _neat(grid: Grid) -> Grid:
    """Letters with their marks as one sign (NFC), nothing unseen, the header on one line."""
    grid.title = _composed(grid.title)
    grid.rows = [(number, [_composed(text) for text in texts]) for number, texts in grid.rows]
    if grid.rows:
        number, header = grid.rows[0]
        grid.rows[0] = (number, [_SPACES.sub(" ", text).strip() for text in header])
    return grid


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def markdown(data: bytes) -> Iterator[Grid]:
    """Tables whose first column names the sheet in a line of its own."""
    grid: Grid | None = None
    for place, line in enumerate(data.decode("utf-8").splitlines(), 1):
        cells = _markdown_cells(line)
        if cells is None:
            continue
        if cells[0]:
            if grid is not None:
                yield grid
            grid = Grid(cells[0])
        if grid is not None and any(cells[1:]):
            grid.add(cells[1:], place)
    if grid is not None:
        yield grid


def _markdown_cells(line: str) -> list[str] | None:
    if line.lstrip().startswith("#"):
        return None
    comment = _MD_COMMENT.match(line)
    match = _MD_ROW.fullmatch(comment.group(1) if comment else line)
    if match is None or (_MD_RULE.fullmatch(match.group(1)) and "-" in match.group(1)):
        return None
    return [text.strip().replace(r"\|", "|") for text in _MD_PIPE.split(match.group(1))]


def _csv(data: bytes) -> Iterator[Grid]:
    """All sheets in one file: the first column names the sheet. A file without such names is one sheet."""
    text = data.decode("utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = [([text.strip() for text in row], reader.line_num) for row in reader]
    if not rows or not _names_a_sheet(rows[0][0]):
        yield _one_sheet(rows)
        return
    grid: Grid | None = None
    for row, line in rows:
        if row and row[0]:
            if grid is not None:
                yield grid
            grid = Grid(row[0])
        if grid is not None and any(row[1:]):
            grid.add(row[1:], line)
    if grid is not None:
        yield grid


def _delimiter(text: str) -> str:
    """What parts the cells: spreadsheets set to Vietnamese write semicolons, some write tabs."""
    head = "\n".join([line for line in text.splitlines() if line.strip()][:2])
    return max(",;\t", key=head.count)


def _names_a_sheet(row: Sequence[str]) -> bool:
    """Whether a row begins a sheet; the names of its columns may stand in the same row."""
    return bool(row) and bool(row[0]) and (not any(row[1:]) or sheet_name(row[0]) in SHEETS.values())


def _one_sheet(rows: Iterable[tuple[list[str], int]]) -> Grid:
    grid = Grid("survey")
    for row, line in rows:
        if any(row):
            grid.add(row, line)
    return grid


def _xlsx(data: bytes) -> Iterator[Grid]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    unsaved = _unsaved_formulas(data)
    try:
        for sheet in book.worksheets:
            rows = list(_xlsx_rows(sheet.iter_rows(values_only=True)))
            yield Grid(sheet.title, rows, unsaved=unsaved.get(sheet.title, []))
    finally:
        book.close()


def _unsaved_formulas(data: bytes) -> dict[str, list[tuple[int, str]]]:
    """By sheet: a program that writes a formula without working it out leaves cells that read as empty."""
    if not _has_formulas(data):
        return {}
    written, saved = (load_workbook(io.BytesIO(data), data_only=values) for values in (False, True))
    return {
        sheet.title: [
            (cell.row, cell.coordinate)
            for cell in _formulas(sheet)
            if saved[sheet.title][cell.coordinate].value is None
        ]
        for sheet in written.worksheets
    }


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _formulas(sheet: Worksheet) -> Iterator[Cell]:
    return (
        cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.data_type == "f"
    )


def _xlsx_rows(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, Cells]]:
    empty = 0
    for number, values in enumerate(rows, 1):
        texts = ["" if value is None else _moment(xlsx_value_to_str(value)).strip() for value in values]
        empty = 0 if any(texts) else empty + 1
        if empty > _MOST_EMPTY_ROWS:
            return
        if any(texts):
            yield number, texts


def _moment(text: str) -> str:
    """A cell that the spreadsheet program made a date of, as forms write days and moments."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return text
    return match["day"] if match["time"] == "00:00:00" else f"{match['day']}T{match['time']}"


def _xls(data: bytes) -> Iterator[Grid]:
    book = xls_to_dict(io.BytesIO(data))
    for name in book["sheet_names"]:
        rows = book.get(name.lower())
        if rows is not None:
            header = list(next(iter(book[f"{name.lower()}_header"]), {}))
            numbered = ((number, row) for number, row in enumerate(rows, 2) if row)
            texts = [
                (number, [_moment(row.get(column, "")) for column in header]) for number, row in numbered
            ]
            yield Grid(name, [(1, header), *texts])


_READERS: dict[str, Callable[[bytes], Iterable[Grid]]] = {
    ".md": markdown,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".xls": _xls,
}
