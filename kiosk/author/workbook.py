"""Reads a form's workbook (.xlsx, .xls, .csv, .md) into sheets in XLSForm's words; all keeps its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.author.findings import Finding, FormError
from kiosk.author.tables import Grid, read_grids
from kiosk.author.vietnamese import cell, column_name, sheet_name

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


@dataclass(frozen=True)
class Row:
    """A row: its number in the sheet (column names stand in row 1) and its cells by XLSForm column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell; empty where there is none."""
        return self.cells.get(column, "")


@dataclass
class Sheet:
    """A sheet in XLSForm's words."""

    name: str
    title: str
    """As the author wrote it."""
    written: dict[str, str]
    """Columns in their order, with the name that the author gave them."""
    rows: list[Row] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    """Where rows stand in a text file; empty for other files."""


@dataclass
class Workbook:
    """All sheets of a form that mean something."""

    stem: str
    titles: list[str]
    sheets: dict[str, Sheet]
    findings: list[Finding] = field(default_factory=list)
    """What was left out: columns and sheets that are there twice."""

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, none if there is no such sheet."""
        found = self.sheets.get(sheet)
        return found.rows if found else []


def read_workbook(path: Path) -> Workbook:
    """The workbook of a file; ``FormError`` if it is none, ``OSError`` if it cannot be read."""
    grids = read_grids(path)
    book = Workbook(path.stem, [grid.title for grid in grids], {})
    for grid in grids:
        name = sheet_name(grid.title)
        if name not in SHEETS and len(grids) == 1:
            name = "survey"
        if name in book.sheets:
            params = {"name": grid.title, "other": book.sheets[name].title}
            book.findings.append(Finding("sheet_twice", params=params, sheet=grid.title, row=1))
        elif name in SHEETS:
            book.sheets[name] = _sheet(name, grid, book.findings)
    if "survey" not in book.sheets:
        raise FormError([Finding("no_survey", params={"sheets": ", ".join(book.titles)})])
    return book


def _sheet(name: str, grid: Grid, findings: list[Finding]) -> Sheet:
    header, rows = (grid.rows[0][1], grid.rows[1:]) if grid.rows else ((), [])
    columns = [column_name(name, text) if text else "" for text in header]
    for place, column in enumerate(columns):
        if column and column in columns[:place]:
            columns[place] = ""
            findings.append(_twin(name, column, header[columns.index(column)], header[place]))
    pairs = zip(columns, header, strict=True)
    sheet = Sheet(name, grid.title, {column: text for column, text in pairs if column}, lines=grid.lines)
    _refuse_unsaved_formulas(sheet, grid)
    sheet.rows = [Row(number, _cells(columns, texts)) for number, texts in rows]
    return sheet


def _twin(sheet: str, column: str, first: str, second: str) -> Finding:
    """Of two columns that mean the same the first one counts."""
    name = second if second == first else f"{second}” = “{first}"
    return Finding("column_twice", column=column, params={"name": name}, sheet=sheet, row=1)


def _refuse_unsaved_formulas(sheet: Sheet, grid: Grid) -> None:
    if grid.unsaved:
        raise FormError(
            [
                Finding("formula_without_value", params={"cell": cell}, sheet=sheet.name, row=row)
                for row, cell in grid.unsaved
            ]
        )


def _cells(columns: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    pairs = zip(columns, texts, strict=False)
    return {column: cell(column, text) for column, text in pairs if column and text}


def for_pyxform(workbook: Workbook) -> dict[str, Any]:
    """The workbook as pyxform takes it; rows stay at their numbers."""
    book: dict[str, Any] = {"sheet_names": _plain_titles(workbook), "fallback_form_name": workbook.stem}
    for sheet in workbook.sheets.values():
        book[sheet.name] = _at_their_numbers(sheet.rows)
        book[f"{sheet.name}_header"] = [dict.fromkeys(sheet.written)]
    return book


def _plain_titles(workbook: Workbook) -> list[str]:
    """pyxform looks for sheets whose names are spelled badly; Vietnamese ones are not."""
    known = {sheet.title: sheet.name for sheet in workbook.sheets.values()}
    return [known.get(title, title) for title in workbook.titles]


def _at_their_numbers(rows: Sequence[Row]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for row in rows:
        found.extend({} for _ in range(row.number - 2 - len(found)))
        found.append(dict(row.cells))
    return found
