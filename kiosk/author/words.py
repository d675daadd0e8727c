"""Findings as lines that a person reads: where, what in Vietnamese and in English, and how to mend it."""

from pathlib import Path

from kiosk.author.findings import Finding
from kiosk.author.places import Places
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.packs.content import assets_folder


class Words:
    """The sentences about findings in both languages."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or assets_folder() / "texts"
        self.vietnamese = load_texts(folder)
        self._english = load_texts(folder, "en")

    def line(self, finding: Finding, file: str, places: Places | None = None) -> str:
        """``file: sheet survey, row 7, column constraint: … / … – fix …`` for one finding.

        A text file's name is followed by the line, where that is not the row: ``file.md:9: …``.
        """
        where = ", ".join(_where(finding, places))
        line = places.line(finding) if places else 0
        begin = f"{file}:{line}" if line else file
        place = f"{begin}: {where}: " if where else f"{begin}: "
        params = _shown(finding)
        ours, theirs = (_said(texts, finding, params) for texts in (self.vietnamese, self._english))
        kind = "" if finding.error else self.vietnamese("forms.said.warning") + " "
        return f"{place}{kind}{ours[0]} {ours[1]} / {theirs[0]} – fix: {theirs[1]}"


def _said(texts: Texts, finding: Finding, params: dict[str, str]) -> tuple[str, str]:
    code = finding.code
    fix = f"forms.fix.{code}"
    near = texts("forms.said.nearest", nearest=params["nearest"]) if params.get("nearest") else ""
    return texts(f"forms.finding.{code}", **params), f"{near} {texts(fix, **params)}".strip()


def _shown(finding: Finding) -> dict[str, str]:
    """The parameters of a sentence, and the piece of the expression where it goes wrong."""
    at = max(finding.position - 12, 0)
    opened = finding.text.rfind("${", 0, at)
    if opened >= 0 and "}" not in finding.text[opened:at]:
        at = opened
    piece = finding.text[at : finding.position + 18].strip()
    params = {name: _visible(text) for name, text in finding.params.items()}
    return {"piece": piece, "number": str(finding.position + 1)} | params


def _visible(text: str) -> str:
    """A sign that nobody can see by its number, as ``U+2009``."""
    return f"U+{ord(text):04X}" if len(text) == 1 and (text.isspace() or not text.isprintable()) else text


def _where(finding: Finding, places: Places | None) -> list[str]:
    sheet, column = places.written(finding) if places else (finding.sheet, finding.column)
    found = [f"sheet {sheet}"] if sheet else []
    if finding.row:
        found.append(f"row {finding.row}")
    elif finding.item:
        found.append(f"question {finding.item}")
    if column:
        found.append(f"column {column}")
    return found
