"""Small forms for tests, written as tables, and what the command line says of them."""

from pathlib import Path

import pytest

from kiosk.author.check import check
from kiosk.author.cli import main
from kiosk.author.findings import Finding

COLUMNS = (
    "type",
    "name",
    "label",
    "relevant",
    "constraint",
    "calculation",
    "required",
    "choice_filter",
    "default",
    "parameters",
    "trigger",
)


def row(kind: str, name: str, label: str = "", **cells: str) -> str:
    """A line of the survey sheet."""
    given = {"type": kind, "name": name, "label": label} | cells
    return "| | " + " | ".join(given.get(column, "").replace("|", r"\|") for column in COLUMNS) + " |"


def form(*rows: str, choices: str = "", settings: str = "") -> str:
    """A form in Markdown."""
    head = "| survey |\n| | " + " | ".join(COLUMNS) + " |\n"
    listed = f"| choices |\n| | list_name | name | label |\n{choices}\n" if choices else ""
    return head + "\n".join(rows) + "\n" + listed + settings


YES_NO = "| | yn | co | Có |\n| | yn | khong | Không |"


def found(folder: Path, text: str) -> list[Finding]:
    """The findings of a form."""
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8")
    return check(path).findings


def only(folder: Path, text: str) -> Finding:
    """The one finding of a form."""
    findings = found(folder, text)
    assert len(findings) == 1, [one.code for one in findings]
    return findings[0]


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code and the output of ``hamlet-forms``."""
    code = main([str(one) for one in arguments])
    return code, capsys.readouterr().out
