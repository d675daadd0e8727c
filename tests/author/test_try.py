"""``hamlet-forms try``, ``open``, ``new`` and ``build`` as a clerk uses them."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.author.cli import main
from kiosk.author.source import read_source
from kiosk.author.try_session import read_answers
from kiosk.packs.content import assets_folder
from tests.author.forms import YES_NO, form, row, said

KHAI_SINH = assets_folder() / "procedures" / "khai_sinh" / "form.md"
FAMILY = form(
    row("select_one yn", "chon", "Chọn", required="yes"),
    row("text", "vi_sao", "Vì sao", relevant="${chon} = 'khong'"),
    row("begin_repeat", "con", "Con"),
    row("text", "ten", "Tên"),
    row("select_multiple yn", "hai", "Hai"),
    row("integer", "tuoi", "Tuổi", constraint=". < 18"),
    row("end_repeat", ""),
    row("calculate", "tong", calculation="sum(${tuoi})"),
    row("date", "ngay", "Ngày", default="today()"),
    choices=YES_NO,
)


def play(
    folder: Path, capsys: pytest.CaptureFixture[str], answers: object, text: str = FAMILY
) -> tuple[int, Any]:
    """The exit code and what a session gives."""
    path, given = folder / "form.md", folder / "answers.json"
    path.write_text(text, encoding="utf-8")
    given.write_text(json.dumps(answers), encoding="utf-8")
    code, output = said(capsys, "try", path, "--answers", given, "--today", "2026-11-20")
    return code, json.loads(output) if output else None


def test_a_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {
        "chon": "co",
        "vi_sao": "a",
        "con[2].tuoi": 20,
        "con[1].tuoi": 3,
        "con[1].hai": ["co", "khong"],
    }
    code, result = play(tmp_path, capsys, answers)
    assert code == 0
    assert result["values"] == {
        "chon": "co", "vi_sao": "a", "con": "2", "tong": "23", "ngay": "2026-11-20",
        "con[1].ten": "", "con[1].hai": "co khong", "con[1].tuoi": "3",
        "con[2].ten": "", "con[2].hai": "", "con[2].tuoi": "20",
    }  # fmt: skip
    assert result["relevant"]["vi_sao"] is False
    assert result["relevant"]["con[2].ten"] is True
    assert [(one["name"], one["code"]) for one in result["problems"]] == [("con[2].tuoi", "constraint")]
    assert "vi_sao" not in result["filled"]
    assert [one["tuoi"]["value"] for one in result["filled"]["con"]] == ["3", "20"]
    assert [one["name"] for one in result["screens"]] == ["chon", "con", "ngay"]
    assert result["unknown"] == []


def test_values_of_one_session_restore_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, first = play(tmp_path, capsys, {"chon": "khong", "vi_sao": "a", "con": 3, "con[3].ten": "C"})
    assert first["values"]["con"] == "3"
    assert play(tmp_path, capsys, first["values"])[1] == first


def test_a_name_that_the_form_does_not_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = play(tmp_path, capsys, {"khong_co": "1", "con[1].khong": "1", "chon": "co"})
    assert (code, result["unknown"], result["values"]["chon"]) == (1, ["khong_co", "con[1].khong"], "co")


def test_a_form_with_mistakes_is_not_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(tmp_path, capsys, {}, form(row("text", "a", "A", relevant="1 == 1"))) == (1, None)


def test_a_form_that_only_puzzles_is_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = play(tmp_path, capsys, {}, form(row("text", "a", "A", relevant="false()")))
    assert (code, result["relevant"]) == (0, {"a": False})


def test_a_missing_list_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.md"
    path.write_text(form(row("select_one_from_file khong_co.csv", "a", "A")), encoding="utf-8")
    assert main(["try", str(path)]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["values"] == {"a": ""}
    assert "khong_co.csv" in output.err


@pytest.mark.parametrize(
    "content",
    [
        b"[1]", b"3", b"null", b'[["a"]]', b"nonsense", b"[" * 100_000, b"\xff\xfe{}", b'{"a": NaN}',
        b'{"a": 1e999}', b'{"a": {"b": 1}}', b'{"a": [[1]]}',
    ],
)  # fmt: skip
def test_answers_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    answers = tmp_path / "a.json"
    answers.write_bytes(content)
    assert main(["try", str(KHAI_SINH), "--answers", str(answers)]) == 1
    assert "Tệp câu trả lời không đúng" in capsys.readouterr().err


def test_answers_of_a_text_editor_may_begin_with_its_mark(tmp_path: Path) -> None:
    answers = tmp_path / "a.json"
    answers.write_bytes(b"\xef\xbb\xbf{}")
    assert main(["try", str(KHAI_SINH), "--answers", str(answers)]) == 0


@pytest.mark.parametrize(
    "name",
    ["con[x].ten", "con[0].ten", "con[-1].ten", "con[1000000].ten", "con[²].ten", "con[].ten", "con]", ""],
)
def test_rows_that_nobody_can_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, result = play(tmp_path, capsys, {name: "1", "chon": "co"})
    assert (code, result["unknown"]) == (1, [name])
    assert result["values"]["chon"] == "co"
    assert int(result["values"]["con"]) < 2


def test_what_the_form_works_out_cannot_be_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, result = play(tmp_path, capsys, {"con[1].tuoi": 3, "tong": "99"})
    assert result["values"]["tong"] == "3"


def test_answers_as_texts() -> None:
    assert read_answers('[["a", true], ["b", [1, "x"]], ["c", null], ["d", 5.0]]') == [
        ("a", "true"),
        ("b", "1 x"),
        ("c", ""),
        ("d", "5"),
    ]


def test_opening_tells_what_is_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.md"
    path.write_text(FAMILY, encoding="utf-8")
    code, output = said(capsys, "open", path)
    facts = json.loads(output)
    assert (code, facts["loads"], facts["why"]) == (0, True, [])
    assert (facts["questions"], facts["repeats"], facts["choices"]) == (6, 1, 2)
    assert facts["functions"] == {"instance": 2, "sum": 1, "today": 1}
    assert facts["bytes"] == path.stat().st_size


def test_opening_names_what_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xml = tmp_path / "form.xml"
    source = tmp_path / "form.md"
    source.write_text(
        form(row("text", "a", "A"), row("calculate", "b", calculation="number(${a})")), encoding="utf-8"
    )
    xform = read_source(source).xform
    assert xform is not None
    xml.write_bytes(xform.replace(b"number(", b"area("))
    code, output = said(capsys, "open", xml)
    facts = json.loads(output)
    assert (code, facts["loads"], facts["excluded_functions"]) == (1, False, ["area"])
    assert "area()" in facts["why"][0]


def test_opening_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, output = said(capsys, "open", tmp_path / "a.md")
    assert (code, json.loads(output)["loads"]) == (1, False)


@pytest.mark.parametrize(
    ("name", "form_id"),
    [
        ("Đơn xin 1.md", "don_xin_1"),
        ("form.md", "moi"),
        ("7.md", "don_7"),
        ("Đơn.xlsx", "don"),
        ("a.csv", "a"),
    ],
)
def test_a_new_form_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, form_id: str
) -> None:
    folder = tmp_path / "moi"
    folder.mkdir()
    assert said(capsys, "new", folder / name, "--title", "Đơn | xin")[0] == 0
    assert said(capsys, "check", folder / name)[0] == 0
    assert json.loads(said(capsys, "open", folder / name)[1])["id"] == form_id
    assert json.loads(said(capsys, "open", folder / name)[1])["title"] == "Đơn | xin"
    assert said(capsys, "new", folder / name)[0] == 1, "an existing file is never overwritten"


def test_a_new_form_of_a_kind_that_nobody_reads_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "new", tmp_path / "don.docx")[0] == 1
    assert not list(tmp_path.iterdir())


def test_building(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack"
    assert said(capsys, "build", "--procedures", KHAI_SINH.parents[1], "--out", out)[0] == 0
    index = json.loads((out / "index.json").read_text(encoding="utf-8"))
    for place, digest in index["files"].items():
        content = (out / place).read_bytes()
        assert digest == {"length": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    assert f"forms/{index['forms'][0]}.json" in index["files"]


def test_a_mistake_stops_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "procedures" / "don"
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(form(row("text", "a", "A", relevant="1 == 1")), encoding="utf-8")
    code, output = said(capsys, "build", "--procedures", folder.parent, "--out", tmp_path / "pack")
    assert (code, (tmp_path / "pack").exists()) == (1, False)
    assert "column relevant" in output
