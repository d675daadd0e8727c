"""What is wrong with a form, for its author: a code, a place, and what a sentence needs."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One mistake. ``code`` is a key under ``forms.finding`` of the texts; an error stops the build.

    ``item`` is the path of the question, ``column`` the XLSForm column, ``text`` what stands there and
    ``position`` the 0-based character in it. ``sheet`` and ``row`` (1 is the line of column names) say where
    it stands in a workbook; a row of 0 is not known.
    """

    code: str
    item: str = ""
    column: str = ""
    text: str = ""
    position: int = 0
    params: dict[str, str] = field(default_factory=dict)
    error: bool = True
    sheet: str = ""
    row: int = 0


class FormError(Exception):
    """A form cannot be compiled; ``findings`` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "; ".join(f"{one.code} {one.item} {one.column} {one.text} {one.params}" for one in findings)
        )
        self.findings = findings
