"""A workbook without the cells that have mistakes, so that one mistake does not hide the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kiosk.author.columns import EXPRESSIONS, canonical
from kiosk.author.findings import Finding
from kiosk.author.workbook import Row, Workbook


def without_mistakes(workbook: Workbook, errors: Sequence[Finding]) -> Workbook:
    """A copy that pyxform can make a form of; the workbook itself where it has no mistakes.

    Curly quotes stay: pyxform makes them straight.
    """
    by_row: dict[int, list[Finding]] = defaultdict(list)
    for one in errors:
        if one.sheet == "survey" and one.code != "curly_quote":
            by_row[one.row].append(one)
    if not by_row:
        return workbook
    survey = workbook.sheets["survey"]
    rows = [_row(row, by_row[row.number]) if row.number in by_row else row for row in survey.rows]
    mended = replace(survey, rows=rows, written={"label": "label"} | survey.written)
    return replace(workbook, sheets=workbook.sheets | {"survey": mended})


def _row(row: Row, errors: Iterable[Finding]) -> Row:
    cells = dict(row.cells)
    for one in errors:
        if one.code == "no_label":
            cells["label"] = "?"
        elif one.code == "unknown_list":
            cells = {column: text for column, text in cells.items() if column != "choice_filter"}
            cells["type"] = "text"
        elif one.code == "name_twice":
            cells[one.column] = f"{cells[one.column]}_{row.number}"
        else:
            _empty(cells, one.column)
    return Row(row.number, cells)


def _empty(cells: dict[str, str], column: str) -> None:
    """Take a cell out; a calculation and a label are needed, so they become empty ones."""
    if canonical(column) == "calculation":
        cells[column] = "''"
    elif canonical(column) in EXPRESSIONS or canonical(column) not in ("label", "name", "type"):
        cells.pop(column, None)
    else:
        cells[column] = "?"
