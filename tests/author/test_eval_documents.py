"""What ``hamlet-forms eval`` sees of a document: document types, prefixes, whole XForms, zones."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.author.cli import main
from tests.forms.xpath.lone import fails, result, value

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head><model>
    <itext>
      <translation lang="en"><text id="chao"><value>Hello</value></text></translation>
      <translation lang="vi" default=""><text id="chao"><value>Xin chào</value></text></translation>
    </itext>
    <instance><don version="5"><ten ma="k">Nở</ten></don></instance>
    <instance id="thon"><root><item>1</item><item>2</item></root></instance>
  </model></h:head></h:html>"""
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>1</p><p>2</p></body></html>'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/don/ten", ["Nở"]),
        ("count(//item)", 0),
        ("/h:html/h:head/model/instance[1]/don/ten", ["Nở"]),
        ("count(/h:html//item)", 2),
        ("jr:itext('chao')", "Xin chào"),
        ("jr:itext('lạ')", "lạ"),
        ("version()", "5"),
    ],
)
def test_an_xform_is_its_primary_instance_unless_its_top_is_named(expression: str, expected: Any) -> None:
    assert value(expression, FORM, "/") == expected


def test_a_context_may_name_the_way_from_the_top_of_a_model() -> None:
    model = (
        "<model><instance><d><a k='1'>2</a></d></instance><instance id='x'><d><a>3</a></d></instance></model>"
    )
    assert value("../../a * 2", model, "/model/instance[1]/d/a/@k") == 4
    assert value("/model/instance[@id = 'x']/d/a", model, "/model/instance[1]/d") == ["3"]


def test_elements_of_xhtml_need_their_prefix() -> None:
    assert value("count(//xhtml:p)", PAGE, "/") == 2
    assert value("count(//p)", PAGE, "/") == 0
    assert value("name(/*/*/*)", PAGE, "/") == "p"


def test_a_document_type_is_read_over_and_entities_are_refused() -> None:
    assert value("count(//xhtml:p)", f"<!DOCTYPE html>{PAGE}", "/") == 2
    assert fails("1", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


def test_only_the_language_of_xml_is_a_language() -> None:
    text = '<a xml:lang="pt-BR"><b lang="fr"/></a>'
    assert value("lang('pt') and not(lang('fr'))", text, "/a/b") is True


@pytest.mark.parametrize(
    "expression",
    ["false() and explode(1)", "if(true(), false(), substr())", "not(true() or lạ())", "0 and (1 + sum())"],
)
def test_a_call_that_is_not_reached_does_not_fail(expression: str) -> None:
    assert value(expression) is False


@pytest.mark.parametrize("expression", ["true() and explode()", "substr()", "false() and area(/a)"])
def test_a_call_that_is_reached_or_excluded_fails(expression: str) -> None:
    assert fails(expression)


def test_nodes_of_either_branch_stay_nodes() -> None:
    assert result("if(1 > 2, /a/b, /a/c)", "<a><b>x</b><c>y</c><c>z</c></a>")["value"] == ["y", "z"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("", -7 / 24), ("America/Phoenix", 7 / 24), ("UTC", 0), ("Nowhere/Land", -7 / 24)],
)
def test_the_environment_may_name_the_zone(
    zone: str,
    expected: float,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TZ", zone)
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"expression": "decimal-date-time(\'1970-01-01\')"}\n', encoding="utf-8")
    assert main(["eval", "--batch", str(batch)]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == pytest.approx(expected)


def test_a_text_that_is_read_already_has_no_other_encoding() -> None:
    assert value("string(/a)", "<?xml version='1.0' encoding='ISO-8859-1'?><a>Nở</a>", "/") == "Nở"


def test_bytes_that_are_no_letters_spoil_their_line_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        b'\xef\xbb\xbf{"expression": "1"}',
        b"\xff{",
        b'{"expression": "\'\\ud800\'"}',
        b'{"expression": "2"}\r',
    ]
    batch.write_bytes(b"\n".join(lines))
    assert main(["eval", "--batch", str(batch)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["type"] for each in found] == ["number", "error", "string", "number"]
    assert found[2]["value"] == "\ud800"
