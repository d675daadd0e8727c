"""Everything that is wrong with one form file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kiosk.author.attached import csv_rows, find_file
from kiosk.author.cells import meant
from kiosk.author.columns import canonical
from kiosk.author.compiler import Compiled, compile_checked
from kiosk.author.findings import Finding
from kiosk.author.known_lists import Lists
from kiosk.author.places import Places
from kiosk.author.sheets import check_form_id
from kiosk.author.source import Source, read_source
from kiosk.author.strict import Strict
from kiosk.author.xform import XFormError
from kiosk.forms.xpath.registry import FUNCTIONS

HARMLESS = frozenset(
    {
        "unknown_path", "unknown_choice", "wrong_literal_date", "wrong_literal_number", "unreachable",
        "map_widget", "map_question", "empty_group", "reads_itself", "bad_file",
        "wrong_default", "unknown_instance", "unknown_column", "bad_pattern", "time_as_text",
        "column_spelling", "unknown_language", "no_questions", "bad_date_sign", "range_order",
        "form_id",
    }
)  # fmt: skip
"""Mistakes with which a form still runs as ODK runs it."""


@dataclass
class Checked:
    """A form file, what was found, and the compiled form if it could be made at all."""

    source: Source
    findings: list[Finding]
    compiled: Compiled | None
    places: Places | None

    @property
    def sound(self) -> bool:
        return not any(one.error for one in self.findings)

    @property
    def obstacles(self) -> list[Finding]:
        """The mistakes that keep the form from running at all; the rest its author should mend."""
        return [one for one in self.findings if one.error and not _harmless(one)]

    @property
    def runs(self) -> bool:
        return self.compiled is not None and not self.obstacles


def check(path: Path, lists: Sequence[Path] = ()) -> Checked:
    """Check a form; ``lists`` are folders with lists, beside its own. ``OSError`` if it cannot be read."""
    source = read_source(path)
    places = Places(source.workbook) if source.workbook else None
    compiled, found = _compiled(source, [path.parent, *lists])
    if places is not None:
        found = [places.placed(one) for one in found]
        found = [_by_label(one, places) for one in found]
    if source.workbook:
        found = [*check_form_id(source.workbook), *found]
    news = [one for one in found if not _said(one, source.findings)]
    unique = {
        (one.code, one.item, one.row, one.column, str(one.params)): one for one in [*source.findings, *news]
    }
    return Checked(source, sorted(unique.values(), key=lambda one: one.row), compiled, places)


def _compiled(source: Source, folders: Sequence[Path]) -> tuple[Compiled | None, list[Finding]]:
    if source.xform is None:
        return None, []
    try:
        compiled = compile_checked(source.xform, lenient=True, folders=folders)
    except XFormError as error:
        if source.errors:
            return None, []
        return None, [Finding(f"xform_{error.code}", params=error.params)]
    except RecursionError:
        return None, [Finding("too_deep")]
    own = [_stern(one, compiled) for one in compiled.findings]
    return compiled, [*own, *Strict(compiled.form, lists_in(folders)).findings()]


def _by_label(finding: Finding, places: Places) -> Finding:
    """Whoever wrote the label of a choice meant its name."""
    name = places.choice_labelled(finding.params["name"]) if finding.code == "unknown_choice" else ""
    if not name or name not in finding.params["names"].split(", "):
        return finding
    return replace(finding, params=finding.params | {"nearest": name})


def _stern(finding: Finding, compiled: Compiled) -> Finding:
    """For an author an unknown path is a mistake, even though the form would run."""
    name = finding.params.get("name", "")
    if finding.code == "unknown_path":
        known = frozenset(item["name"] for item in compiled.form["items"])
        if name in FUNCTIONS:
            return replace(finding, error=True, params={"name": name, "nearest": f"{name}()"})
        asked = {"name": name, "nearest": f"${{{name}}}"} if name in known else meant(name, known)
        return replace(finding, error=True, params=asked)
    if finding.code == "unknown_function":
        return replace(finding, params=meant(name, frozenset(FUNCTIONS)))
    return finding


def _said(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether the cell of a finding has a mistake already."""
    place = (finding.row, canonical(finding.column))
    return finding.row > 0 and any(place == (one.row, canonical(one.column)) for one in findings if one.error)


def _harmless(finding: Finding) -> bool:
    if finding.code == "curly_quote":
        return finding.params["sign"] in "“”‘’"
    return finding.code in HARMLESS


def lists_in(folders: Sequence[Path]) -> Lists:
    """The rows of external lists, looked for in folders."""

    @cache
    def rows(file: str) -> Sequence[Mapping[str, str]] | None:
        path = find_file(file, folders) if file.endswith(".csv") else None
        return None if path is None else csv_rows(path)

    return rows
