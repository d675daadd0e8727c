"""A form file of any kind as an XForm, and what its author should know of the way there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kiosk.author.cells import cell, check_cells
from kiosk.author.columns import canonical
from kiosk.author.elsewhere import with_itemsets
from kiosk.author.findings import Finding, FormError
from kiosk.author.headings import check_headings, is_vietnamese
from kiosk.author.mending import without_mistakes
from kiosk.author.pyxform_words import as_finding, is_known
from kiosk.author.sheets import check_sheets
from kiosk.author.workbook import Row, Workbook, for_pyxform, read_workbook

XFORM = frozenset({".xml", ".xhtml", ".xform"})
_BY_COLUMN = {"unknown_type": "type", "no_label": "name", "bad_name": "name", "hidden_trigger": "name",
              "search_list": "name", "instance_twice": "name"}  # fmt: skip
_COLUMNS = {"no_name": "name", "no_type": "type", "begin_without_end": "type", "end_without_begin": "type",
            "file_ending": "type", "map_trigger": "trigger", "audit_name": "name",
            "no_calculation": "calculation", "filter_there": "choice_filter"}  # fmt: skip
_BY_PIECE = {"bad_parameter": ("parameters", ""), "seed_alone": ("parameters", "seed"),
             "audit_location": ("parameters", "location-"), "included": ("type", "include"),
             "no_external_choices": ("type", "select_one_external")}  # fmt: skip
"""Where pyxform names nothing: a column, and what stands in the cell (the name, if that is empty)."""
_OR_OTHER = {
    "<name>other</name><label>Other</label>": "<name>other</name><label>Khác</label>",
    "<value>Other</value>": "<value>Khác</value>",
    "<label>Specify other.</label>": "<label>Ghi rõ</label>",
}
_MOST_MISTAKES = 50
_OTHERS = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What pyxform falls over with, on workbooks that are no forms."""


@dataclass
class Source:
    """A form file: its XForm (``None`` where none could be made), and its workbook if it is one.

    Where the workbook has mistakes the XForm is that of the workbook without the cells they stand in: good
    for finding more mistakes, and for nothing else.
    """

    path: Path
    xform: bytes | None
    workbook: Workbook | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.error]


def read_source(path: Path) -> Source:
    """Read a form; mistakes are findings. ``OSError`` if the file cannot be read."""
    if path.suffix.lower() in XFORM:
        return Source(path, path.read_bytes())
    try:
        workbook = read_workbook(path)
    except FormError as error:
        return Source(path, None, findings=error.findings)
    seen = [*workbook.findings, *check_cells(workbook), *check_sheets(workbook), *check_headings(workbook)]
    source = Source(path, None, workbook, seen)
    _convert(source, workbook)
    return source


def _convert(source: Source, workbook: Workbook) -> None:
    """Make the XForm; where pyxform stops at a mistake, try again without it, to find the next. Where it
    stops at the same again, the row is left out but for its name."""
    hopeless: set[int] = set()
    for _ in range(_MOST_MISTAKES):
        error = _try(source, workbook, hopeless)
        if error is None:
            return
        known = is_known(error, source.findings)
        if not known:
            source.findings.append(error)
        if not error.row or error.sheet not in ("survey", "choices"):
            return
        if known and (error.sheet == "choices" or error.row in hopeless):
            return
        if known:
            hopeless.add(error.row)


def _try(source: Source, workbook: Workbook, hopeless: Collection[int]) -> Finding | None:
    try:
        sound = without_mistakes(workbook, source.errors, hopeless)
        made = convert(xlsform=for_pyxform(sound), warnings=[]).xform
        made = with_itemsets(made, [_by_column(row) for row in workbook.rows("external_choices")])
        source.xform = (_other_in_vietnamese(made) if _has_other(workbook) else made).encode()
    except PyXFormError as error:
        return _placed(as_finding(error), workbook)
    except _OTHERS as error:
        if not source.errors:
            return Finding("pyxform", params={"detail": f"{type(error).__name__}: {error}"})
    return None


def _by_column(row: Row) -> dict[str, str]:
    """Its cells by the plain names of their columns; of a text in several languages the first."""
    found: dict[str, str] = {}
    for column, text in row.cells.items():
        found.setdefault(canonical(column), text)
    return found


def _has_other(workbook: Workbook) -> bool:
    others = ("or_other" in row["type"].replace(" ", "_") for row in workbook.rows("survey"))
    return is_vietnamese(workbook) and any(others)


def _other_in_vietnamese(xform: str) -> str:
    """pyxform's words for ``or_other`` in the language of the form's labels."""
    for theirs, ours in _OR_OTHER.items():
        xform = xform.replace(theirs, ours)
    return xform


def _placed(finding: Finding, workbook: Workbook) -> Finding:
    """Some of pyxform's sentences name only the question or the type."""
    name = finding.params.get("name", "")
    if finding.row:
        return _named(finding, workbook)
    if finding.code in _BY_PIECE:
        column, piece = _BY_PIECE[finding.code]
        return _first(finding, workbook, column, lambda cell: (piece or name) in cell)
    if finding.code == "instance_twice":
        finding = _first(finding, workbook, "type", lambda cell: f" {name}." in f" {cell}")
    if name and finding.code in _BY_COLUMN:
        return _first(finding, workbook, _BY_COLUMN[finding.code], lambda cell: name in cell.split("::"))
    return finding


def _named(finding: Finding, workbook: Workbook) -> Finding:
    """With the column, and with the name that is bad: of those pyxform says only where they stand."""
    finding = replace(finding, column=finding.column or _COLUMNS.get(finding.code, ""))
    if finding.code != "bad_name":
        return finding
    number = 2 if finding.sheet == "settings" else finding.row
    row = next((row for row in workbook.rows(finding.sheet) if row.number == number), None)
    name = "" if row is None else cell(row, canonical(finding.column))
    return replace(finding, row=number, params=finding.params | {"name": name or finding.params["name"]})


def _first(finding: Finding, workbook: Workbook, column: str, fits: Callable[[str], bool]) -> Finding:
    for row in workbook.rows("survey"):
        written = next((one for one in row.cells if canonical(one) == column), "")
        if written and fits(row[written]):
            return replace(finding, sheet="survey", row=row.number, column=written)
    return finding


def xform_of(path: Path) -> bytes:
    """The XForm of a file; ``FormError`` with the reasons if there is none."""
    source = read_source(path)
    if source.xform is None or source.errors:
        raise FormError(source.errors)
    return source.xform
