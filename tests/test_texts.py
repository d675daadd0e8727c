"""Every sentence that is asked for exists, every sentence that exists is asked for, and they fit."""

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue.texts import load_texts

ROOT = Path(__file__).parents[1]
TEXTS = load_texts(ROOT / "assets" / "texts")
KEYS = sorted(TEXTS.keys())
SOURCES = sorted(path for package in ("kiosk", "sync", "ui") for path in (ROOT / package).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
PAGES = [
    path.read_text(encoding="utf-8")
    for path in (ROOT / "sync").rglob("*")
    if path.suffix in {".html", ".jinja"}
]
CALLED = {"texts", "_texts", "t"}
"""How the object that holds the sentences is called in the code."""
SAID = {"say", "_say"}
"""Helpers that add some parameters of their own."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Each call of the program with its place."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def pattern(node: ast.expr) -> str | None:
    """A regular expression for a key in the code: a text, an f-string, or a choice between them."""
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(pattern(part) if isinstance(part, ast.Constant) else r"[\w.]+" for part in parts)  # type: ignore[misc]
        case ast.IfExp(body=one, orelse=other):
            both = pattern(one), pattern(other)
            return f"(?:{both[0]}|{both[1]})" if None not in both else None
    return None


def matching(expression: str) -> list[str]:
    return [key for key in KEYS if re.fullmatch(expression, key)]


def placeholders(key: str) -> set[str]:
    with_fields = string.Formatter().parse(sentence(key))
    return {name.split(".")[0] for _, name, _, _ in with_fields if name}


def sentence(key: str) -> str:
    return TEXTS._sentences[key]


ASKED = [
    (place, node, pattern(node.args[0]))
    for place, node in calls()
    if called(node) in CALLED | SAID and node.args
]
RAISED = [
    (place, node, pattern(node.args[0]))
    for place, node in calls()
    if called(node) == "WorldError" and node.args
]


def test_every_key_that_is_asked_for_exists() -> None:
    missing = [f"{place} {asked}" for place, _, asked in ASKED if asked is not None and not matching(asked)]
    assert missing == []


def test_every_error_of_the_world_has_its_sentence() -> None:
    missing = {
        f"{place} {code}" for place, _, code in RAISED if code is not None and not matching(rf"error\.{code}")
    }
    assert sorted(missing) == []


def test_what_a_sentence_needs_is_given_where_it_is_asked_for() -> None:
    wanting = []
    for place, node, asked in ASKED:
        given = {keyword.arg for keyword in node.keywords}
        if (
            not isinstance(node.args[0], ast.Constant)
            or asked is None
            or None in given
            or called(node) in SAID
        ):
            continue
        wanting += [f"{place} {key} {need}" for key in matching(asked) for need in placeholders(key) - given]
    assert wanting == []


def test_what_an_error_says_is_given_where_it_is_raised() -> None:
    wanting = []
    for place, node, code in RAISED:
        given = {keyword.arg for keyword in node.keywords}
        if code is None or None in given:
            continue
        wanting += [
            f"{place} {key} {need}"
            for key in matching(rf"error\.{code}")
            for need in placeholders(key) - given
        ]
    assert wanting == []


def made_keys() -> set[str]:
    """Patterns of the keys that f-strings make; begun by a variable part they tell little."""
    nodes = (node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    made = {pattern(node) or "" for node in nodes}
    asked = {each for _, _, each in ASKED if each is not None}
    raised = {rf"error\.{code}" for _, _, code in RAISED if code is not None}
    return {each for each in made if re.match(r"[a-z_]+\\\.", each)} | asked | raised


def test_no_sentence_is_left_over() -> None:
    """A key counts as used where the code or a page of the hub holds it, or the beginning it is made from."""
    nodes = (node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    constants = {node.value for node in nodes if isinstance(node.value, str)}
    made = re.compile("|".join(f"(?:{each})" for each in made_keys() - {r"error\.[\w.]+"}))
    pages = "\n".join(PAGES)
    left = [
        key
        for key in KEYS
        if not made.fullmatch(key)
        and not made.fullmatch(key.removeprefix("error."))
        and not {key, key.removeprefix("error.")} & constants
        and not re.search(rf"[\"']{re.escape(key)}[\"']", pages)
    ]
    assert left == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "assets" / "texts").rglob("*.toml")), ids=lambda path: path.stem
)
def test_a_file_of_texts_is_tidy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in re.sub(r"(?m)^ +|#.*$", "", text).replace('"""', ""), "no double spaces"
    assert tomllib.loads(text)


@pytest.mark.parametrize("word", ["invalid", "error", "null", "None", "click", "server", "token"])
def test_no_sentence_speaks_like_a_machine(word: str) -> None:
    spoken = [key for key in KEYS if re.search(rf"\b{word}\b", re.sub(r"\{\w*\}", "", sentence(key)))]
    assert spoken == []


def test_errors_end_like_sentences() -> None:
    open_ended = [key for key in KEYS if key.startswith("error.") and sentence(key)[-1] not in ".!?”)"]
    assert open_ended == []
