"""pyxform's mistakes as findings of our own; those it rarely makes keep its own words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from string import Formatter

from pyxform.errors import ErrorCode, PyXFormError

from kiosk.author.columns import canonical
from kiosk.author.findings import Finding

_CODES = {
    "HEADER_001": "header_missing", "HEADER_002": "column_twice", "HEADER_003": "column_missing",
    "HEADER_004": "choice_column", "LABEL_001": "choice_label", "NAMES_001": "name_twice",
    "NAMES_003": "repeat_name", "NAMES_004": "repeat_name", "NAMES_005": "meta_name",
    "NAMES_006": "choice_name", "NAMES_007": "choice_twice", "NAMES_008": "bad_name", "NAMES_009": "bad_name",
    "NAMES_013": "sheet_name", "PYREF_001": "bad_reference", "PYREF_002": "bad_reference",
    "PYREF_003": "unknown_name", "PYREF_004": "ambiguous_name", "SURVEY_001": "end_without_begin",
    "SURVEY_002": "begin_without_end", "SURVEY_004": "bad_parameters", "SURVEY_005": "bad_parameters",
    "NAMES_010": "bad_name", "NAMES_011": "bad_name", "NAMES_012": "bad_name",
    "NAMES_014": "bad_entity", "NAMES_015": "bad_entity", "HEADER_005": "bad_entity",
}  # fmt: skip
_FAMILIES = {"ENTITY": "bad_entity", "RANGE": "bad_range", "SURVEY": "bad_geo"}
"""Codes of mistakes that are mended in one way each; for codes that are not named above."""
_SENTENCES = (
    (r"Unknown question type '(?P<name>.*?)'", "unknown_type"),
    (r"List name not in (?:external )?(?:choices|columns) sheet: (?P<name>\S+)", "unknown_list"),
    (r"There should be a choices sheet", "no_choices"),
    (r"Question with no type", "no_type"),
    (r"Question or group with no name", "no_name"),
    (r"Missing calculation", "no_calculation"),
    (r"The survey element named '(?P<name>.*?)' has no label or hint", "no_label"),
    (r"Choice names with spaces .*?See \[(?P<name>.*?)\]", "choice_space"),
    (r"There is no survey element named '(?P<name>.*?)'", "unknown_name"),
    (r"There are multiple survey elements named '(?P<name>.*?)'", "ambiguous_name"),
    (r"Audits must always be named", "audit_name"),
    (r"location information in the audit", "audit_location"),
    (r"Parameters must include randomize=true", "seed_alone"),
    (r"(?P<name>location-priority|location-min-interval|location-max-age|track-changes-reasons|track-changes"
     r"|identify-user|randomize|seed|rows|max-pixels)\b.* must ", "bad_parameter"),
    (r"Invalid value for (?P<name>quality)", "bad_parameter"),
    (r"File name for '(?P<name>.*?)' should end with", "file_ending"),
    (r"should be an external_choices sheet", "no_external_choices"),
    (r"same instance id will be generated .*? Instance name: '(?P<name>.*?)'", "instance_twice"),
    (r"Instance names must be unique within a form. The name '(?P<name>.*?)'", "instance_twice"),
    (r"For 'background-geopoint' questions", "map_trigger"),
    (r"Arguments 'itemset' and 'list_name' must not both|Repeat loop without list name", "no_list"),
    (r"This section has not been included", "included"),
    (r"Choice filter not supported", "filter_there"),
    (r"Badly formatted table list", "table_list"),
    (r"The question \$\{(?P<name>.*?)\} is not user-visible", "hidden_trigger"),
    (r"Question '(?P<name>.*?)' (?:is a select from file type, using|uses) 'search\(\)'", "search_list"),
    (r"specify choices for this|should be choices for this question", "no_choices"),
)  # fmt: skip
_ROW = re.compile(r"\[row ?: ?(?P<row>\d+)\]")
_SHEET = re.compile(r"(?:[Oo]n the|for sheet:) '(?P<sheet>\w+)'(?: sheet|\.)")
_HEADERS = frozenset({"header_missing", "column_missing"})
_COLUMN = re.compile(r"the '(?P<column>[^']+)' value")
_RENAMED = {"q": "name", "value": "name", "missing": "name", "rejected": "name", "header": "name",
            "sheet": "name", "other_row": "other"}  # fmt: skip
_NEEDS = ("name", "other", "nearest", "type")


def as_finding(error: PyXFormError) -> Finding:
    """A mistake that pyxform reports, with the place it names."""
    text = " ".join(str(error).split())
    code, params = _recognized(text)
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    given = {_RENAMED.get(key, key): value for key, value in params.items() if value}
    return Finding(
        code,
        column=column["column"] if column else "",
        params=dict.fromkeys(_NEEDS, "") | given | {"detail": text},
        sheet=sheet["sheet"] if sheet else "survey" if row else "",
        row=int(row["row"]) if row else int(code in _HEADERS),
    )


def is_known(found: Finding, findings: Sequence[Finding]) -> bool:
    """Whether our own findings say the same already."""
    return any(_same(found, one) for one in findings if one.error)


def _same(found: Finding, one: Finding) -> bool:
    if found.row and one.row != found.row:
        return False
    if one.code == found.code and found.params.get("name") == one.params.get("name"):
        return True
    return bool(found.row) and canonical(one.column) == canonical(found.column)


def _recognized(text: str) -> tuple[str, dict[str, str]]:
    for pattern, code in _patterns():
        match = pattern.search(text)
        if match:
            return code, {key: value or "" for key, value in match.groupdict().items()}
    return "pyxform", {}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    ours = [(re.compile(pattern), code) for pattern, code in _SENTENCES]
    theirs = [(re.compile(_pattern(one.value.msg)), code) for one in ErrorCode if (code := _code(one.name))]
    return (*theirs, *ours)


def _code(name: str) -> str:
    return _CODES.get(name) or _FAMILIES.get(name.partition("_")[0], "")


def _pattern(template: str) -> str:
    """A pattern for a sentence with its gaps; a gap that comes twice is caught once."""
    return "".join(_pieces(" ".join(template.split())))


def _pieces(template: str) -> Iterator[str]:
    seen: set[str] = set()
    for text, name, _, _ in Formatter().parse(template):
        yield re.escape(text)
        if name:
            yield ".*?" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
