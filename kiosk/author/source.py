"""A form file of any kind as an XForm, and what its author should know of the way there."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kiosk.author.cells import check_cells
from kiosk.author.findings import Finding, FormError
from kiosk.author.mending import without_mistakes
from kiosk.author.pyxform_words import as_finding, is_known
from kiosk.author.workbook import Workbook, for_pyxform, read_workbook

XFORM = frozenset({".xml", ".xhtml", ".xform"})
_BY_COLUMN = {"unknown_type": "type", "no_label": "name", "bad_name": "name"}
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
    source = Source(path, None, workbook, check_cells(workbook))
    _convert(source, workbook)
    return source


def _convert(source: Source, workbook: Workbook) -> None:
    """Make the XForm; where pyxform stops at a mistake, try again without it, to find the next."""
    for _ in range(_MOST_MISTAKES):
        error = _try(source, workbook)
        if error is None or is_known(error, source.findings):
            return
        source.findings.append(error)
        if not error.row or error.sheet != "survey":
            return


def _try(source: Source, workbook: Workbook) -> Finding | None:
    try:
        sound = without_mistakes(workbook, source.errors)
        source.xform = convert(xlsform=for_pyxform(sound), warnings=[]).xform.encode()
    except PyXFormError as error:
        return _placed(as_finding(error), workbook)
    except _OTHERS as error:
        if not source.errors:
            return Finding("pyxform", params={"detail": f"{type(error).__name__}: {error}"})
    return None


def _placed(finding: Finding, workbook: Workbook) -> Finding:
    """Some of pyxform's sentences name only the question or the type."""
    name = finding.params.get("name")
    if finding.row or not name or finding.code not in _BY_COLUMN:
        return finding
    column = _BY_COLUMN[finding.code]
    rows = (row for row in workbook.rows("survey") if column in row.cells and name in row[column].split("::"))
    row = next(rows, None)
    return finding if row is None else replace(finding, sheet="survey", row=row.number, column=column)


def xform_of(path: Path) -> bytes:
    """The XForm of a file; ``FormError`` with the reasons if there is none."""
    source = read_source(path)
    if source.xform is None or source.errors:
        raise FormError(source.errors)
    return source.xform
