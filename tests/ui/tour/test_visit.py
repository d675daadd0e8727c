"""Visit files: every example is one of the schema; what is wrong is said with its place."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ui.tour.visit import VisitError, covered, load_visit

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = sorted(EXAMPLES.glob("visit-*.json"))
LEAST = {"version": 1, "procedure": "1.001193", "road": "commune", "consent": {}, "answers": {}}


def write(folder: Path, **changes: Any) -> Path:
    path = folder / "visit.json"
    path.write_text(json.dumps(LEAST | changes), encoding="utf-8")
    return path


def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((EXAMPLES / "visit.schema.json").read_text("utf-8")))


def test_there_are_examples() -> None:
    assert len(FILES) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_are_of_the_schema_and_load(path: Path) -> None:
    schema().validate(json.loads(path.read_text("utf-8")))
    assert load_visit(path).title


def test_the_schema_itself_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(
        json.loads((EXAMPLES / "visit.schema.json").read_text("utf-8"))
    )


def test_what_is_left_out_has_the_default_of_the_schema(tmp_path: Path) -> None:
    visit = load_visit(write(tmp_path))
    assert (visit.mode, visit.officer, visit.hand_over) == ("volunteer", "none", True)
    consent = visit.consent
    assert (consent.prepare, consent.send_to_commune, consent.sensitive, consent.contact) == (True,) * 3 + (
        False,
    )


WRONG: list[dict[str, Any]] = [
    {"unknown": 1},
    {"version": 2},
    {"road": "post"},
    {"mode": "expert"},
    {"officer": "sleeps"},
    {"today": "31/02/2026"},
    {"consent": {"marketing": True}},
    {"answers": {"tre_ho_ten": {"first": "An"}}},
    {"cards": [{"text": "a|b"}]},
    {"cards": [{"role": "yc"}]},
    {"cards": [{"role": "yc", "text": "a", "mrz": ["1", "2", "3"]}]},
    {"cards": [{"role": "yc", "mrz": ["1", "2"]}]},
    {"papers": [{"kind": "giay_chung_sinh", "files": []}]},
    {"expect": {"colours": []}},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_what_the_schema_refuses_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = write(tmp_path, **change)
    checker = jsonschema.FormatChecker()
    assert not jsonschema.Draft202012Validator(schema().schema, format_checker=checker).is_valid(
        LEAST | change
    )
    with pytest.raises(VisitError) as told:
        load_visit(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


ALLOWED: list[dict[str, Any]] = [
    {"portal_code": None},
    {"answers": {"a": None, "b": 1, "c": 1.5, "d": True, "e": ["x"], "f": [{"g": "h"}]}},
    {"cards": [{"role": "yc", "text": "x", "choose": {"xa": "Phường Hải Vân", "deep": {"any": [1]}}}]},
    {"expect": {"problems": ["me_giay_to"], "hidden": [], "prefilled": {"a": "b"}, "printed": ["c"]}},
]


@pytest.mark.parametrize("change", ALLOWED, ids=str)
def test_what_the_schema_allows_is_taken(tmp_path: Path, change: dict[str, Any]) -> None:
    schema().validate(LEAST | change)
    load_visit(write(tmp_path, **change))


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '{"version": 1}'])
def test_what_is_no_visit_at_all(tmp_path: Path, text: str) -> None:
    path = tmp_path / "visit.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VisitError):
        load_visit(path)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VisitError):
        load_visit(tmp_path / "visit.json")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(VisitError, match=r"nothing\.json"):
        load_visit(tmp_path / "nothing.json")
    for change in (
        {"signed_sheet": "none.jpg"},
        {"officer_file": "none.jpg"},
        {"papers": [{"kind": "giay_chung_sinh", "files": ["none.jpg"]}]},
        {"cards": [{"role": "yc", "picture": "none.jpg"}]},
    ):
        with pytest.raises(VisitError, match=r"none\.jpg"):
            load_visit(write(tmp_path, **change))


def test_a_group_names_all_its_parts() -> None:
    assert covered("me_giay_to.so", ["me_giay_to"])
    assert covered("me_ho_ten", ["cha_ho_ten", "me_ho_ten"])
    assert not covered("me_giay_to_khac", ["me_giay_to"])
    assert not covered("me_giay_to", ["me_giay_to.so"])
