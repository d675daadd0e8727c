"""What can be seen in the cells of a workbook before it becomes a form: names, lists, labels, expressions."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from kiosk.author.columns import EXPRESSIONS, SPOKEN, canonical
from kiosk.author.findings import Finding
from kiosk.author.workbook import Row, Workbook
from kiosk.forms.xpath.errors import XPathSyntaxError
from kiosk.forms.xpath.parser import parse
from kiosk.forms.xpath.registry import EXCLUDED, FUNCTIONS, function_named

REFERENCE = re.compile(r"\$\{\s*(?P<saved>last-saved#)?(?P<name>[^{}]*?)\s*\}")
_CONSTANTS = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_ASKED = frozenset(
    {
        "text", "string", "integer", "int", "decimal", "date", "time", "datetime", "note", "range", "barcode",
        "acknowledge", "trigger", "image", "photo", "audio", "video", "file", "geopoint", "geotrace",
        "geoshape", "rank",
    }
)  # fmt: skip
_CHOSEN = ("select", "add select", "rank", "odk:rank")
_UNLISTED = frozenset({"select_one", "select one", "select1", "select_multiple", "select multiple", "rank"})
_FOREIGN = frozenset({"foreign_sign", "operand_missing", "operator_missing"})
_MEANT = {
    "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "≠": "!=", "＝": "=", "；": ",",
    ";": ",", "–": "-", "—": "-", "−": "-", "×": "*", "÷": "div", "%": "mod", "and": "and", "or": "or",
    "và": "and", "hoặc": "or", "mod": "mod", "div": "div",
}  # fmt: skip
"""Signs and words of other programs, and those of XPath."""
_ELSEWHERE = re.compile(
    "|".join(rf"\b{one}\b" if one.isalpha() else re.escape(one) for one in _MEANT), re.IGNORECASE
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NOT = re.compile(r"\bnot\s+$")
_COMMA = re.compile(r"\b\d+,\d+\b")
_BARE = re.compile(r"\$(?!\{)")
_LISTED = re.compile(
    r"(?P<type>select[_ ]one|select[_ ]multiple|select1|rank)\s+(?P<list>\S+)(?:\s+or[_ ]other)?$"
)


def check_cells(workbook: Workbook) -> list[Finding]:
    """All mistakes that show in single cells, in the order of the rows."""
    rows = [row for row in workbook.rows("survey") if row["type"]]
    names = _names(rows)
    lists = {cell(row, "list_name") for row in workbook.rows("choices")}
    found: list[Finding] = []
    for row in rows:
        found.extend(references(row, names))
        found.extend(_expressions(row))
        found.extend(_list(row, lists))
        found.extend(_silent(row))
    return [*found, *_twins(rows)]


def nearest(name: str, names: Sequence[str] | set[str] | frozenset[str]) -> str:
    """The name that was probably meant, or an empty text."""
    small = {one.lower(): one for one in sorted(names)}
    return next((small[one] for one in get_close_matches(name.lower(), small, 1, 0.6)), "")


def meant(name: str, names: Sequence[str] | set[str] | frozenset[str]) -> dict[str, str]:
    """Parameters of a sentence about a name that is not known."""
    return {"name": name, "nearest": nearest(name, names)}


def cell(row: Row, wanted: str) -> str:
    """The text of the column of that plain name; empty where there is none."""
    return next((text for column, text in row.cells.items() if canonical(column) == wanted), "")


def _names(rows: Sequence[Row]) -> set[str]:
    names = {cell(row, "name") for row in rows}
    names |= {f"{name}_count" for name in names} | {f"{name}_other" for name in names}
    unnamed = {row["type"].strip() for row in rows if not cell(row, "name")}
    return names | unnamed | {"instanceID", "instanceName"}


def at(
    code: str, row: Row, column: str, params: dict[str, str], text: str = "", position: int = 0
) -> Finding:
    """A mistake of a row of the survey sheet."""
    return Finding(code, "", column, text, position, params, sheet="survey", row=row.number)


def references(row: Row, names: set[str]) -> Iterator[Finding]:
    """References of a row to names that no question has."""
    for column, text in row.cells.items():
        if canonical(column) in ("note", "type", "name"):
            continue
        for match in REFERENCE.finditer(text):
            if match["name"] not in names:
                yield at("unknown_name", row, column, meant(match["name"], names), text, match.start())


def _expressions(row: Row) -> Iterator[Finding]:
    chosen = row["type"].strip().lower().startswith(_CHOSEN)
    for column, text in row.cells.items():
        used = canonical(column) in EXPRESSIONS and (chosen or canonical(column) != "choice_filter")
        if used and text.strip().lower() not in _CONSTANTS:
            yield from check_expression(row, column, text)


def check_expression(row: Row, column: str, text: str) -> Iterator[Finding]:
    """What is wrong with the spelling of an expression; references become names of the same length."""
    try:
        parsed = parse(REFERENCE.sub(lambda match: "x" * len(match[0]), text))
    except XPathSyntaxError as error:
        given = {key: _written(value, text, error.position) for key, value in error.params.items()}
        code, params = better_words(error.code, given, text, error.position)
        yield at(code, row, column, params, text, error.position)
        return
    bare = _BARE.search(_QUOTED.sub(lambda match: " " * len(match[0]), text))
    if bare:
        yield at("bad_reference", row, column, {}, text, bare.start())
        return
    for kind, name, position in parsed.marks:
        if kind == "call" and function_named(name) is None:
            if name in EXCLUDED:
                yield at("excluded_function", row, column, {"name": name}, text, position)
            else:
                yield at("unknown_function", row, column, meant(name, frozenset(FUNCTIONS)), text, position)


def _written(word: str, text: str, position: int) -> str:
    """A word of the parsed text as its author wrote it: references were parsed as names of their length."""
    reference = REFERENCE.match(text, position)
    return reference[0] if reference and set(word) == {"x"} else word


def better_words(code: str, params: dict[str, str], text: str, position: int) -> tuple[str, dict[str, str]]:
    """What was probably meant, where an expression is written as in another program."""
    match = _ELSEWHERE.search(text, max(position - 2, 0)) if code in _FOREIGN else None
    if match and match.start() <= position < match.end():
        return "sign_instead", {"sign": match[0], "meant": _MEANT[match[0].lower()]}
    if code == "operator_missing" and _NOT.search(text[:position]):
        return "sign_instead", {"sign": "not", "meant": "not(…)"}
    if code == "operator_missing" and (number := _COMMA.search(text, max(position - 12, 0), position + 12)):
        return "sign_instead", {"sign": number[0], "meant": number[0].replace(",", ".")}
    if code == "foreign_sign" and params.get("sign") in tuple("{}$"):
        return "bad_reference", params
    return code, params


def _list(row: Row, lists: set[str]) -> Iterator[Finding]:
    if row["type"].strip().lower() in _UNLISTED:
        yield at("no_list", row, "type", {"name": row["type"].strip()})
    match = _LISTED.match(row["type"].strip())
    if match and match["list"] not in lists and not match["list"].startswith("${"):
        yield at("unknown_list", row, "type", meant(match["list"], lists))


def _silent(row: Row) -> Iterator[Finding]:
    kind = row["type"].strip().lower()
    asked = kind in _ASKED or kind.startswith(("select", "rank"))
    calculated = any(canonical(column) in ("calculation", "trigger") for column in row.cells)
    if asked and not calculated and not any(canonical(column) in SPOKEN for column in row.cells):
        yield at("no_label", row, "label", {"name": cell(row, "name")})


def _twins(rows: Sequence[Row]) -> Iterator[Finding]:
    """Names that stand twice in one group."""
    seen: list[dict[str, int]] = [{}]
    for row in rows:
        kind, name = row["type"].strip().lower().replace("_", " "), cell(row, "name")
        if kind.startswith("end ") and kind.split()[1] in ("group", "repeat", "loop"):
            seen = seen[:-1] or [{}]
            continue
        if name and name in seen[-1]:
            yield at("name_twice", row, "name", {"name": name, "other": str(seen[-1][name])})
        seen[-1].setdefault(name, row.number)
        if kind.startswith("begin "):
            seen.append({})
