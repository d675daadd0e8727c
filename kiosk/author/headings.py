"""What the names of columns say: those that are nearly a column, and the languages of labels."""

from collections.abc import Iterator
from difflib import get_close_matches

from kiosk.author.columns import canonical
from kiosk.author.findings import Finding
from kiosk.author.vietnamese import CHOICE_COLUMNS, SETTING_COLUMNS, SURVEY_COLUMNS, column_name
from kiosk.author.workbook import Row, Sheet, Workbook
from kiosk.domain.folding import fold

_ENGLISH = {
    "survey": (*SURVEY_COLUMNS.values(), "readonly", "relevance", "calculate", "autoplay", "save_to", "rows",
               "intent", "big-image", "image", "audio", "video", "query", "disabled"),
    "settings": (*SETTING_COLUMNS.values(), "style", "instance_name", "public_key", "submission_url",
                 "auto_send", "auto_delete", "namespaces", "id_string", "title", "instance_xmlns", "name",
                 "omit_instanceid", "client_editable", "clean_text_values", "prefix", "delimiter"),
    "choices": ("list_name", "name", "label"),
}  # fmt: skip
_OURS = {"survey": SURVEY_COLUMNS, "settings": SETTING_COLUMNS, "choices": CHOICE_COLUMNS}
_FREE = ("bind", "body", "control", "instance", "media", "jr", "sms")
"""What a column may begin with and then be called anything."""
_NEAR = 0.8


def check_headings(workbook: Workbook) -> Iterator[Finding]:
    """Columns that are passed over because of their spelling, and languages that are not all there."""
    for name in ("survey", "choices", "settings"):
        if name in workbook.sheets:
            yield from _misspelt(workbook.sheets[name])
    yield from _languages(workbook)
    typed = "type" in workbook.sheets["survey"].written
    if typed and not any(row["type"] for row in workbook.rows("survey")):
        yield Finding("no_questions", sheet="survey", row=2)


def is_vietnamese(workbook: Workbook) -> bool:
    """Whether the labels are Vietnamese as far as the sheet says so: by the column's own name, or its only
    language."""
    labels = {
        column: written
        for column, written in workbook.sheets["survey"].written.items()
        if canonical(column) == "label"
    }
    named = any(column_name("survey", written) != written for written in labels.values())
    return bool(labels) and (named or all(column.strip().endswith("(vi)") for column in labels))


def _misspelt(sheet: Sheet) -> Iterator[Finding]:
    known = {canonical(column) for column in _ENGLISH[sheet.name]}
    words = {_plain(word): canonical(column) for word, column in _OURS[sheet.name].items()}
    words |= {_plain(column): column for column in known}
    words = {word: column for word, column in words.items() if column != "note"}
    present = {canonical(column) for column in sheet.written} & known
    for column, written in sheet.written.items():
        word = _plain(column.partition("::")[0])
        if canonical(column) in known or word.startswith(_FREE):
            continue
        if not word[:1].isalpha() or word[-1:].isdigit():
            continue
        near = next(iter(get_close_matches(word, words, 1, _NEAR)), "")
        if near and not (sheet.name == "choices" and words[near] in present):
            params = {"name": written, "nearest": words[near]}
            yield Finding("column_spelling", "", column, params=params, sheet=sheet.name, row=1,
                          error=words[near] not in present)  # fmt: skip


def _plain(word: str) -> str:
    return fold(word).replace("_", " ")


def _languages(workbook: Workbook) -> Iterator[Finding]:
    """A default language that no label is in, and texts that one language lacks."""
    labels = [column for column in workbook.sheets["survey"].written if canonical(column) == "label"]
    names = [column.replace("::", ":", 1).partition(":")[2].strip() for column in labels]
    for row in workbook.rows("settings")[:1]:
        wanted = row["default_language"].strip()
        if wanted and names and "" not in names and wanted not in names:
            params = {"name": wanted, "names": ", ".join(names)}
            yield Finding("unknown_language", "", "default_language", params=params, sheet="settings",
                          row=row.number)  # fmt: skip
    for sheet in ("survey", "choices"):
        for row in workbook.rows(sheet):
            yield from _unspoken(workbook.sheets[sheet], row)


def _unspoken(sheet: Sheet, row: Row) -> Iterator[Finding]:
    for wanted in ("label", "hint", "constraint_message", "required_message"):
        columns = [column for column in sheet.written if canonical(column) == wanted]
        empty = [column for column in columns if not row[column]]
        if empty and len(empty) < len(columns):
            name = next((row[column] for column in row.cells if canonical(column) == "name"), "")
            yield Finding("no_translation", "", empty[0], params={"name": name}, sheet=sheet.name,
                          row=row.number, error=False)  # fmt: skip
