"""``hamlet-forms eval``: one answer for each line, whatever the line is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.author.eval_command import evaluate, evaluate_lines
from kiosk.domain.clock import ShiftedClock
from tests.author.forms import said

CLOCK = ShiftedClock(date(2026, 11, 20))
DATA = "<data><a>1</a><a>2</a><b x='7'>tre</b><c><d>x</d> <d>y</d></c><e/></data>"
XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms">
<h:head><h:title>t</h:title><model>
<instance><data id="t"><mau>do</mau></data></instance>
<instance id="mau"><root><item><name>do</name><label>Đỏ</label></item>
<item><name>xanh</name><label>Xanh</label></item></root></instance>
</model></h:head><h:body/></h:html>"""


def ask(expression: str, context: str = "/", instance: str = DATA) -> dict[str, Any]:
    return evaluate({"instance": instance, "context": context, "expression": expression}, CLOCK)


@pytest.mark.parametrize(
    ("expression", "kind", "value", "string"),
    [
        ("1 + 2", "number", 3, "3"),
        ("1 div 4", "number", 0.25, "0.25"),
        ("1 div 0", "number", "Infinity", "Infinity"),
        ("-1 div 0", "number", "-Infinity", "-Infinity"),
        ("number('x')", "number", "NaN", "NaN"),
        ("concat('a', 1)", "string", "a1", "a1"),
        ("1 = 1", "boolean", True, "true"),
        ("/data/a", "nodes", ["1", "2"], "1"),
        ("/data/khong", "nodes", [], ""),
        ("/data/b/@x", "nodes", ["7"], "7"),
        ("/data/c", "nodes", ["x y"], "x y"),
        ("sum(/data/a)", "number", 3, "3"),
        ("today()", "string", "2026-11-20", "2026-11-20"),
    ],
)
def test_values(expression: str, kind: str, value: object, string: str) -> None:
    assert ask(expression) == {"type": kind, "value": value, "string": string}


@pytest.mark.parametrize(
    ("context", "value"),
    [("/data/a[2]", ["2"]), ("/data/a", ["1"]), ("/data/b/@x", ["7"]), ("//d[. = 'y']", ["y"])],
)
def test_the_context_is_the_first_node_of_a_path(context: str, value: list[str]) -> None:
    assert ask(".", context)["value"] == value


@pytest.mark.parametrize(
    "expression",
    [
        "selecte(1)",
        "1 +",
        "'a",
        "$x",
        "count(1)",
        "area(/data/a)",
        "regex('a', '(')",
        "uuid(1e99)",
        "uuid(99999999999999999999)",
        "(" * 5000,
        "",
    ],
)
def test_mistakes_are_errors_with_a_reason(expression: str) -> None:
    result = ask(expression)
    assert (result["type"], result["string"]) == ("error", "")
    assert result["value"]


@pytest.mark.parametrize(
    ("instance", "context"),
    [
        ("<data", "/"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "/"),
        (DATA, "/data/khong"),
        (DATA, "1"),
        (DATA, "[["),
    ],
)
def test_a_document_or_context_that_is_none(instance: str, context: str) -> None:
    assert ask("1", context, instance)["type"] == "error"


@pytest.mark.parametrize("condition", ["name = 'xanh'", "name != current()/data/mau"])
def test_an_xform_brings_its_instances(condition: str) -> None:
    assert ask(f"instance('mau')/root/item[{condition}]/label", "/", XFORM)["value"] == ["Xanh"]


def test_the_primary_instance_of_an_xform_is_the_document() -> None:
    assert ask("/data/mau", "/", XFORM)["value"] == ["do"]
    assert ask("../mau", "/data/mau", XFORM)["value"] == ["do"]


def test_instances_beside_the_data_in_a_wrapper() -> None:
    xml = "<root><instance id='a'><root><item><n>1</n></item></root></instance><data><x>5</x></data></root>"
    assert ask("instance('a')/root/item/n", "/root/data", xml)["value"] == ["1"]
    assert ask("x", "/root/data", xml)["value"] == ["5"]


def test_names_with_prefixes() -> None:
    xml = "<data xmlns:p='urn:p' xmlns:q='urn:p'><p:a>1</p:a><a>2</a></data>"
    assert ask("/data/q:a", "/", xml)["value"] == ["1"]
    assert ask("/data/a", "/", xml)["value"] == ["2"]


def test_texts_comments_and_instructions() -> None:
    xml = "<data>a<!-- c --><?p x?><b>z</b><![CDATA[<d>]]></data>"
    assert ask("count(/data/node())", "/", xml)["value"] == 5
    assert ask("string(/data)", "/", xml)["value"] == "az<d>"
    assert ask("/data/comment()", "/", xml)["value"] == [" c "]
    assert ask("/data/processing-instruction('p')", "/", xml)["value"] == ["x"]


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "{}", '{"expression": 3}', '{"expression": null}', "\x00"]
)
def test_a_line_that_is_none_does_not_stop_the_run(line: str) -> None:
    good = json.dumps({"expression": "1"})
    results = list(evaluate_lines([line, "", good], CLOCK))
    assert [one["type"] for one in results] == ["error", "number"]


def test_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "a.jsonl"
    lines = [
        {"instance": DATA, "context": "/data", "expression": "a"},
        {"instance": DATA, "expression": "today()"},
    ]
    batch.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, output = said(capsys, "eval", "--batch", batch, "--today", "2026-11-20")
    assert code == 0
    assert [json.loads(line)["string"] for line in output.splitlines()] == ["1", "2026-11-20"]


def test_a_batch_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "eval", "--batch", tmp_path / "a.jsonl")[0] == 1
