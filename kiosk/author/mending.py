"""A workbook without the cells that have mistakes, so that one mistake does not hide the others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kiosk.author.cells import cell
from kiosk.author.columns import canonical
from kiosk.author.findings import Finding
from kiosk.author.workbook import Row, Workbook


def without_mistakes(
    workbook: Workbook, errors: Sequence[Finding], hopeless: Collection[int] = ()
) -> Workbook:
    """A copy that pyxform can make a form of; the workbook itself where it has no mistakes.

    Curly quotes stay: pyxform makes them straight. Of ``hopeless`` rows of the survey sheet nothing stays but
    their name, and whether they open or close a group.
    """
    by_row: dict[int, list[Finding]] = defaultdict(list)
    for one in errors:
        if one.sheet == "survey" and one.code != "curly_quote":
            by_row[one.row].append(one)
    workbook = _choices(workbook, errors)
    if not by_row and not hopeless:
        return workbook
    survey = workbook.sheets["survey"]
    rows = [_row(row, by_row[row.number]) if row.number in by_row else row for row in survey.rows]
    rows = [_bare(row) if row.number in hopeless else row for row in rows]
    needed = {"label": "label", "calculation": "calculation", "name": "name"}
    mended = replace(survey, rows=rows, written=needed | survey.written)
    return replace(workbook, sheets=workbook.sheets | {"survey": mended})


def _choices(workbook: Workbook, errors: Sequence[Finding]) -> Workbook:
    """With other names for the choices whose own cannot be."""
    wrong = {one.row for one in errors if one.sheet == "choices"}
    if not wrong or "choices" not in workbook.sheets:
        return workbook
    sheet = workbook.sheets["choices"]
    named = [_renamed(row) if row.number in wrong else row for row in sheet.rows]
    written = {"name": "name"} | sheet.written
    mended = replace(sheet, rows=named, written=written)
    return replace(workbook, sheets=workbook.sheets | {"choices": mended})


def _renamed(row: Row) -> Row:
    return Row(row.number, dict(row.cells) | {_column(row.cells, "name"): f"row_{row.number}"})


def _row(row: Row, errors: Iterable[Finding]) -> Row:
    cells = dict(row.cells)
    for one in errors:
        cells |= _NEEDED.get(one.code, {})
        if one.code in ("unknown_list", "no_list"):
            cells.pop("choice_filter", None)
        elif one.code in _MISNAMED:
            cells[_column(cells, "name")] = f"row_{row.number}"
        elif one.code not in _NEEDED:
            _empty(cells, one.column)
    return Row(row.number, cells)


def _bare(row: Row) -> Row:
    kind = row["type"].strip().lower()
    if kind.startswith("end"):
        return Row(row.number, {"type": row["type"]})
    name = cell(row, "name") or f"row_{row.number}"
    kept = row["type"] if kind.startswith("begin") else "text"
    return Row(row.number, {"type": kept, "name": name, "label": "?"})


_MISNAMED = frozenset({"name_twice", "bad_name", "no_name", "meta_name", "repeat_name", "audit_name"})
_NEEDED = {
    "no_label": {"label": "?"},
    "no_calculation": {"calculation": "''"},
    "unknown_list": {"type": "text"},
    "no_list": {"type": "text"},
    "unknown_type": {"type": "text"},
    "begin_without_end": {"type": "note", "label": "?"},
    "end_without_begin": {"type": "note", "label": "?"},
}
"""What stands in for a cell that a row cannot be without."""


def _column(cells: Mapping[str, str], wanted: str) -> str:
    return next((column for column in cells if canonical(column) == wanted), wanted)


def _empty(cells: dict[str, str], column: str) -> None:
    """Take a cell out; a calculation, a label and a type are needed, so they become empty ones."""
    if canonical(column) == "calculation":
        cells[column] = "''"
    elif canonical(column) == "type" and not cells[column].strip().lower().startswith(("begin", "end")):
        cells |= {column: "text", "label": cells.get("label") or "?"}
    elif canonical(column) == "label":
        cells[column] = "?"
    elif canonical(column) not in ("name", "type"):
        cells.pop(column, None)
