"""What the converter says of a form, in our words and at its place."""

from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
from pyxform.errors import ErrorCode, PyXFormError

from kiosk.author.pyxform_words import as_finding
from kiosk.author.words import Words
from tests.author.forms import YES_NO, form, found, only, row

A = row("text", "a", "A")


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (row("audit", "nhat_ky"), "audit_name", "name"),
        (row("audit", "audit", parameters="location-priority=balanced"), "audit_location", "parameters"),
        (row("audit", "audit", parameters="track-changes=có"), "bad_parameter", "parameters"),
        (row("image", "b", "B", parameters="max-pixels=to"), "bad_parameter", "parameters"),
        (row("select_one yn", "b", "B", parameters="seed=3"), "seed_alone", "parameters"),
        (row("select_one yn", "b", "B", parameters="randomize=có"), "bad_parameter", "parameters"),
        (row("select_one_from_file a.pdf", "b", "B"), "file_ending", "type"),
        (row("select_one_external x", "b", "B", choice_filter="a = 1"), "no_external_choices", "type"),
        (row("background-geopoint", "b"), "map_trigger", "trigger"),
        (row("select_one", "b", "B"), "no_list", "type"),
        (row("rank", "b", "B"), "no_list", "type"),
        (row("include", "b", "B"), "included", "type"),
        (
            row("select_one yn or_other", "b", "B", choice_filter="name != ''"),
            "filter_there",
            "choice_filter",
        ),
        (row("range", "b", "B", parameters="start=1 end=2 step=0"), "bad_range", "parameters"),
    ],
)
def test_sentences_of_the_converter(tmp_path: Path, line: str, code: str, column: str) -> None:
    finding = only(tmp_path, form(A, line, choices=YES_NO))
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, "survey", 3, column)
    assert "converter says" not in Words().line(finding, "f.md")


WARNINGS = "NAMES_002"


@pytest.mark.parametrize(
    "code", [one for one in ErrorCode if not one.name.startswith("INTERNAL") and one.name != WARNINGS]
)
def test_every_coded_mistake_has_our_words(code: ErrorCode) -> None:
    sentence = Formatter().vformat(code.value.msg, (), defaultdict(lambda: "x", row="7"))
    finding = as_finding(PyXFormError(sentence))
    assert finding.code != "pyxform"
    assert "converter says" not in Words().line(finding, "f.md")


def test_a_choice_filter_that_is_not_used_is_not_read(tmp_path: Path) -> None:
    assert found(tmp_path, form(row("text", "a", "A", choice_filter="label::vi != ''"))) == []


def test_a_trigger_makes_a_label_needless(tmp_path: Path) -> None:
    assert found(tmp_path, form(A, row("decimal", "b", trigger="${a}"))) == []


def test_parameters_of_a_position(tmp_path: Path) -> None:
    text = form(row("geopoint", "b", "B", parameters="capture-accuracy=x"))
    assert [(one.code, one.column) for one in found(tmp_path, text) if one.error] == [
        ("bad_geo", "parameters")
    ]
