"""Every mistake has its sentence and its fix, in both languages, with the same gaps."""

import ast
import re
import string
from pathlib import Path

import pytest

from kiosk.author.findings import Finding
from kiosk.author.pyxform_words import _CODES, _SENTENCES
from kiosk.author.words import Words
from kiosk.catalogue.texts import load_texts
from kiosk.packs.content import assets_folder

TEXTS = {language: load_texts(assets_folder() / "texts", language) for language in ("vi", "en")}
SOURCES = [
    *(assets_folder().parent / "kiosk").glob("author/*.py"),
    *(assets_folder().parent / "kiosk").glob("forms/**/*.py"),
]
ALL = TEXTS["vi"].keys()
CODES = sorted(key.removeprefix("forms.finding.") for key in ALL if key.startswith("forms.finding."))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def raised() -> set[str]:
    """The codes that stand in the program: arguments of findings and of syntax errors."""
    names = {"Finding", "note", "XPathSyntaxError", "_at"}
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in names and node.args:
                found |= {one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Call) and _name(node.func) == "XFormError":
                found |= {f"xform_{one.value}" for one in node.args if isinstance(one, ast.Constant)}
    return {one for one in found if isinstance(one, str) and re.fullmatch("[a-z_]+", one)} - {"xform_"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_every_code_has_its_sentence() -> None:
    known = set(CODES)
    assert {code for code in raised() if code not in known} == set()
    assert {*_CODES.values(), *(code for _, code in _SENTENCES)} <= known


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_it_and_how_to_mend_it(code: str) -> None:
    for part in ("finding", "fix"):
        ours, theirs = (TEXTS[language]._sentences[f"forms.{part}.{code}"] for language in ("vi", "en"))
        assert ours != theirs
        assert gaps(theirs) - {"type"} <= gaps(ours) | {"name", "text", "number", "piece"}
    assert TEXTS["vi"]._sentences[f"forms.fix.{code}"].endswith(".")


def test_a_warning_says_so() -> None:
    line = Words().line(Finding("no_list_file", params={"name": "a.csv"}, error=False), "f.md")
    assert line.startswith("f.md: (nên xem lại) Không tìm thấy tệp danh sách a.csv.")


def test_the_piece_of_a_long_expression() -> None:
    text = "string-length(.) > 3 and (. = 'a' or . = 'b'"
    finding = Finding("bracket_missing", "/data/a", "constraint", text, len(text), {"expected": ")"})
    line = Words().line(finding, "f.xml")
    assert line.startswith(
        "f.xml: question /data/a, column constraint: Thiếu dấu đóng ngoặc ) ở “' or . = 'b'”."
    )


def test_files_are_named_as_they_were_given() -> None:
    assert (
        Words()
        .line(Finding("no_survey", params={"sheets": "x"}), str(Path("a") / "b.md"))
        .startswith(f"{Path('a') / 'b.md'}: ")
    )
