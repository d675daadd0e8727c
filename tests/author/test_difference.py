"""What a clerk is told of a new version of a form."""

import argparse
import json
from pathlib import Path

import pytest

from kiosk.author.diff_command import add_commands, read_shape
from kiosk.author.difference import Change, as_json, as_text, diff
from kiosk.author.shape import Shape, shape_of
from kiosk.catalogue.texts import load_texts
from kiosk.packs.content import assets_folder
from tests.support.content import compiled_forms
from tests.support.next_form import ADDED, GONE, REWORDED, next_form

TEXTS = load_texts(assets_folder() / "texts")
FORM = assets_folder() / "procedures" / "khai_sinh" / "form.md"
HEADER = (
    "| survey |\n| | type | name | label | hint | required | relevant | appearance | constraint "
    "| constraint_message | choice_filter | calculation | default | repeat_count |\n"
)
COLUMNS = 13


def form(tmp_path: Path, rows: list[list[str]], choices: str = "", version: str = "1") -> Shape:
    """A small form; each row is type, name, label and what follows."""
    lines = ["| | " + " | ".join([*row, *[""] * (COLUMNS - len(row))]) + " |" for row in rows]
    listed = f"| choices |\n| | list_name | name | label |\n{choices}" if choices else ""
    settings = f"| settings |\n| | form_title | form_id | version |\n| | Đơn | don | {version} |\n"
    path = tmp_path / f"form-{version}.md"
    path.write_text(HEADER + "\n".join(lines) + "\n" + listed + settings, encoding="utf-8")
    return read_shape(path)


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args(["diff", *arguments])
    return int(options.run(options))


def of(changes: list[Change], what: str) -> list[Change]:
    return [change for change in changes if change.what == what]


def test_a_form_is_like_itself() -> None:
    shape = read_shape(FORM)
    assert diff(shape, shape) == []
    assert as_text(shape, shape, TEXTS).endswith(TEXTS("author.diff.none"))


def test_names_are_those_of_the_compiled_form() -> None:
    compiled = (compiled_forms() / "forms" / "khai_sinh-2026.11.json").read_text(encoding="utf-8")
    shape = read_shape(FORM)
    asked = [name for name, each in shape.questions.items() if each.kind not in ("group", "repeat")]
    assert len(asked) > 50
    assert [name for name in asked if json.dumps(name) not in compiled] == []


def test_next_year_s_form_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(next_form(), encoding="utf-8")
    changes = diff(read_shape(FORM), read_shape(path))
    assert [change.name for change in of(changes, "removed")] == [GONE]
    assert [change.name for change in of(changes, "added")] == [ADDED]
    assert [change.name for change in of(changes, "label")] == [REWORDED]
    assert {change.of for change in of(changes, "choice_removed")} == {"2"}
    assert len(changes) == 6


def test_a_type_that_changed(tmp_path: Path) -> None:
    old = form(tmp_path, [["text", "tuoi", "Tuổi"]])
    new = form(tmp_path, [["integer", "tuoi", "Tuổi"]], version="2")
    assert diff(old, new) == [Change("type", "tuoi", "Tuổi", "string", "int")]
    assert "đổi kiểu từ chữ thành số nguyên" in as_text(old, new, TEXTS)


def test_a_question_in_the_same_words_was_renamed(tmp_path: Path) -> None:
    old = form(tmp_path, [["text", "ten", "Họ tên"], ["text", "a", "Khác"]])
    new = form(tmp_path, [["text", "ho_ten", "Họ tên"], ["text", "a", "Khác"]], version="2")
    assert diff(old, new) == [Change("renamed", "ho_ten", "Họ tên", "ten", "ho_ten")]


def test_two_questions_in_the_same_words_are_not_guessed_at(tmp_path: Path) -> None:
    old = form(tmp_path, [["text", "a", "Họ tên"], ["text", "b", "Họ tên"]])
    new = form(tmp_path, [["text", "c", "Họ tên"], ["text", "d", "Họ tên"]], version="2")
    assert [change.what for change in diff(old, new)] == ["removed", "removed", "added", "added"]


@pytest.mark.parametrize(
    ("column", "before", "after", "what", "rule"),
    [
        (4, "", "yes", "rule_added", "required"),
        (5, "${a} = 'x'", "", "rule_removed", "relevant"),
        (5, "${a} = 'x'", "${a} = 'y'", "rule_changed", "relevant"),
        (7, ". != 'x'", ". != 'y'", "rule_changed", "constraint"),
        (11, "x", "y", "rule_changed", "default"),
    ],
)
def test_rules_that_changed(
    tmp_path: Path, column: int, before: str, after: str, what: str, rule: str
) -> None:
    def with_rule(text: str, version: str) -> Shape:
        row = ["text", "b", "B", *[""] * 9]
        row[column] = text
        return form(tmp_path, [["text", "a", "A"], row], version=version)

    old, new = with_rule(before, "1"), with_rule(after, "2")
    (change,) = diff(old, new)
    assert (change.what, change.name, change.of) == (what, "b", rule)
    assert TEXTS(f"author.rule.{rule}") in as_text(old, new, TEXTS)


def test_spaces_in_a_rule_are_no_change(tmp_path: Path) -> None:
    rows = [["text", "a", "A", "", "", "string-length(.)   >  3"]]
    spaced = [["text", "a", "A", "", "", "string-length(.) > 3"]]
    assert diff(form(tmp_path, rows), form(tmp_path, spaced, version="2")) == []


def test_choices_that_changed(tmp_path: Path) -> None:
    rows = [["select_one mau", "mau", "Màu"]]
    old = form(tmp_path, rows, "| | mau | do | Đỏ |\n| | mau | xanh | Xanh |\n")
    new = form(tmp_path, rows, "| | mau | do | Đỏ tươi |\n| | mau | vang | Vàng |\n", "2")
    assert diff(old, new) == [
        Change("choice_removed", "mau", "Màu", old="Xanh", of="xanh"),
        Change("choice_label", "mau", "Màu", "Đỏ", "Đỏ tươi", "do"),
        Change("choice_added", "mau", "Màu", new="Vàng", of="vang"),
    ]


def test_another_list_and_another_filter(tmp_path: Path) -> None:
    old = form(tmp_path, [["text", "tinh", "Tỉnh"], ["select_one_from_file xa.csv", "xa", "Xã"]])
    rows = [
        ["text", "tinh", "Tỉnh"],
        ["select_one_from_file xa_moi.csv", "xa", "Xã", *[""] * 6, "tinh=${tinh}"],
    ]
    new = form(tmp_path, rows, version="2")
    assert [(change.what, change.of) for change in diff(old, new)] == [("list", ""), ("rule_added", "filter")]


def test_pages_and_repeats_in_names(tmp_path: Path) -> None:
    rows = [
        ["begin_group", "trang", "Trang", "", "", "", "field-list"],
        ["begin_group", "giay_to", "Giấy tờ"],
        ["text", "so", "Số"],
        ["end_group", "", ""],
        ["calculate", "tong", "", *[""] * 7, "1 + 1"],
        ["end_group", "", ""],
        ["begin_repeat", "con", "Con"],
        ["text", "ten", "Tên"],
        ["end_repeat", "", ""],
    ]
    shape = form(tmp_path, rows)
    assert {name: each.kind for name, each in shape.questions.items()} == {
        "trang": "group",
        "giay_to": "group",
        "giay_to.so": "string",
        "tong": "calculate",
        "con": "repeat",
        "con.ten": "string",
    }


def test_json_names_both_versions(tmp_path: Path) -> None:
    old = form(tmp_path, [["text", "a", "A"]])
    new = form(tmp_path, [["text", "a", "A"], ["date", "b", "B"]], version="2")
    plain = as_json(old, new)
    assert (plain["form"], plain["old"], plain["new"]) == ("don", "1", "2")
    assert plain["changes"] == [
        {"what": "added", "name": "b", "label": "B", "old": "", "new": "date", "of": ""}
    ]
    assert json.loads(json.dumps(plain)) == plain


def test_the_command_speaks_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.md"
    path.write_text(next_form(), encoding="utf-8")
    assert run(str(FORM), str(path)) == 0
    assert "+ Thêm “Đã xem bản chính”" in capsys.readouterr().out
    assert run(str(FORM), str(path), "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["changes"]) == 6


@pytest.mark.parametrize("text", ["", "| survey |\n| | type | name |\n| | selecte x | a |\n"])
def test_a_file_that_is_no_form_is_refused(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.md"
    path.write_text(text, encoding="utf-8")
    assert run(str(FORM), str(path)) == 1
    assert run(str(FORM), str(tmp_path / "none.md")) == 1
    assert capsys.readouterr().out.startswith("Chưa làm được")


@pytest.mark.parametrize("xml", ["", "<a/>", "<model><instance/></model>", "<!DOCTYPE a []><a/>"])
def test_what_is_no_xform_is_refused(xml: str) -> None:
    with pytest.raises(ValueError, match=r"XForm|XML"):
        shape_of(xml)
