"""Where in the workbook a question of the compiled form stands."""

from dataclasses import replace
from pathlib import Path

from kiosk.author.cells import cell
from kiosk.author.columns import canonical, column_of_rule
from kiosk.author.findings import Finding
from kiosk.author.workbook import Row, Workbook
from kiosk.domain.folding import fold

_OF_FILES = frozenset({"bad_file", "list_unread", "no_list_file"})
_MADE = ("_count", "_other")
"""Ends of the names of questions that pyxform adds to a row's own."""


class Places:
    """Rows of the survey sheet by the path of their question below the top element."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._rows = _by_path(workbook)

    def row(self, item: str) -> Row | None:
        """The row of a question's path, such as ``/data/con/ten``."""
        path = tuple(part.rpartition(":")[2] for part in item.strip("/").split("/"))[1:]
        found = self._rows.get(path)
        if found is None and path:
            own = next((path[-1].removesuffix(end) for end in _MADE if path[-1].endswith(end)), path[-1])
            found = self._rows.get((*path[:-1], own)) or self._rows.get(path[:-1] if own == path[-1] else ())
        return found

    def choice_labelled(self, label: str) -> str:
        """The name of the first choice with such a label; empty where there is none."""
        rows = self._workbook.rows("choices")
        wanted = fold(label)
        return next((cell(row, "name") for row in rows if fold(cell(row, "label")) == wanted), "")

    def placed(self, finding: Finding) -> Finding:
        """The finding with its sheet, row, and the column that the author knows."""
        column = column_of_rule(finding.column)
        row = self.row(finding.item) if finding.item and not finding.row else None
        if row is None and finding.code in _OF_FILES and not finding.row:
            column, row = "type", self._asking(finding.params.get("name") or finding.params["detail"])
        if row is None:
            return replace(finding, column=column)
        if column == "calculation" and finding.item.endswith("_count") and cell(row, "repeat_count"):
            column = "repeat_count"  # pyxform calculates it in a question of its own
        written = next((name for name in row.cells if canonical(name) == column), column)
        return replace(finding, column=written, sheet="survey", row=row.number)

    def _asking(self, file: str) -> Row | None:
        """The first row that names a file, with its ending or, of ``csv-external``, without."""
        file = file.partition(":")[0]
        own = (f"{Path(file).suffix.lstrip('.')}-external", Path(file).stem)
        rows = self._workbook.rows("survey")
        return next(
            (row for row in rows if file in row["type"] or (row["type"], cell(row, "name")) == own), None
        )

    def line(self, finding: Finding) -> int:
        """The line of the file in which a finding's row stands; 0 where it is not told or the same."""
        sheet = self._workbook.sheets.get(finding.sheet)
        line = sheet.lines.get(finding.row, 0) if sheet else 0
        return 0 if line == finding.row else line

    def written(self, finding: Finding) -> tuple[str, str]:
        """The names of a finding's sheet and column as the author wrote them."""
        sheet = self._workbook.sheets.get(finding.sheet)
        if sheet is None:
            return finding.sheet, finding.column
        return sheet.title, sheet.written.get(finding.column, finding.column)


def _by_path(workbook: Workbook) -> dict[tuple[str, ...], Row]:
    found: dict[tuple[str, ...], Row] = {}
    above: list[str] = []
    for row in workbook.rows("survey"):
        kind = row["type"].strip().lower().replace("_", " ")
        name = next((text for column, text in row.cells.items() if canonical(column) == "name"), "")
        if kind.startswith("end ") and kind.split()[1] in ("group", "repeat", "loop"):
            above = above[:-1]
            continue
        found.setdefault((*above, name), row)
        if kind.startswith("begin "):
            above = [*above, name]
    return found
