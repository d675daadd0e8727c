"""What can be seen on the choices and settings sheets before they become a form; and types nobody knows."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT

from kiosk.author.cells import at, cell, check_expression, nearest, references
from kiosk.author.findings import Finding
from kiosk.author.vietnamese import LIST_TYPES, TYPES
from kiosk.author.workbook import Workbook
from kiosk.domain.folding import fold

_SHAPES = (RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT, RE_OSM)
_OTHERS = frozenset({"include", "audit", "external", "xml-external", "csv-external", "calculate", "entity"})
_FORM_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_MULTIPLE = ("select_multiple", "select all that apply", "add select multiple")


def check_sheets(workbook: Workbook) -> Iterator[Finding]:
    """Mistakes in types, choices and settings, in the order of the rows of each sheet."""
    for row in workbook.rows("survey"):
        kind = " ".join(row["type"].split())
        if kind and not _known(kind):
            yield at("unknown_type", row, "type", {"name": kind, "nearest": _nearest(kind)})
    yield from _choices(workbook)
    names = {cell(row, "name") for row in workbook.rows("survey")}
    for row in workbook.rows("settings"):
        text = row["instance_name"]
        found = [*references(row, names), *check_expression(row, "instance_name", text)] if text else []
        yield from (replace(one, sheet="settings") for one in found if one.column == "instance_name")


def check_form_id(workbook: Workbook) -> Iterator[Finding]:
    """A form's id names files and dossiers; without one it is the file's own name."""
    row = next(iter(workbook.rows("settings")), None)
    written = row["form_id"] if row is not None else ""
    name = written or workbook.stem
    if not _FORM_ID.fullmatch(name):
        number = row.number if row is not None else 0
        params = {"name": name}
        yield Finding("form_id", column="form_id", text=written, params=params, sheet="settings", row=number)


def _known(kind: str) -> bool:
    plain = kind.lower()
    named = plain in _OTHERS or kind in QUESTION_TYPE_DICT or plain in QUESTION_TYPE_DICT
    return (
        named
        or plain in aliases.select
        or plain in aliases.control
        or any(shape.search(kind) for shape in _SHAPES)
    )


def _nearest(kind: str) -> str:
    """The type of the table that was probably meant: without accents, or with a letter too few."""
    words = [*TYPES, *LIST_TYPES, "text", "integer", "decimal", "select_one", "select_multiple", "calculate"]
    names = {fold(word): word for word in words}
    wanted = fold(kind)
    begun = next((name for name in names if wanted.startswith(f"{name} ")), "")
    return names[begun] if begun else names.get(nearest(wanted, frozenset(names)), "")


def _choices(workbook: Workbook) -> Iterator[Finding]:
    settings = workbook.rows("settings")
    twins = any(
        row["allow_choice_duplicates"].strip().lower() in ("yes", "true", "true()") for row in settings
    )
    multiple = _in_multiple(workbook)
    seen: dict[tuple[str, str], int] = {}
    rows = workbook.rows("choices")
    if not any(cell(row, "name") for row in rows):
        return
    for row in rows:
        key = listed, name = cell(row, "list_name"), cell(row, "name")
        code = _choice(listed, name, listed in multiple, key in seen and not twins)
        if code:
            params = {"name": name, "other": str(seen.get(key, ""))}
            column = "list_name" if code == "no_list_name" else "name"
            found = at(code, row, column, params)
            yield replace(found, sheet="choices", error=code != "no_list_name")
        seen.setdefault(key, row.number)


def _choice(listed: str, name: str, multiple: bool, twice: bool) -> str:
    """The code of what is wrong with a choice; empty where nothing is."""
    if not listed:
        return "no_list_name" if name else ""
    if not name:
        return "choice_name"
    if twice:
        return "choice_twice"
    return "choice_space" if multiple and " " in name else ""


def _in_multiple(workbook: Workbook) -> set[str]:
    """The lists from which several may be chosen."""
    kinds = (" ".join(row["type"].split()) for row in workbook.rows("survey"))
    several = (kind for kind in kinds if kind.lower().startswith(_MULTIPLE))
    return {match["list_name"] for kind in several if (match := RE_SELECT.search(kind))}
