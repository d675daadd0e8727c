"""Mistakes in forms: each is found, at its place, with its fix."""

from pathlib import Path

import pytest

from kiosk.author.check import check
from kiosk.packs.content import assets_folder
from tests.author.forms import YES_NO, form, found, only, row, said

AGE = row("integer", "tuoi", "Tuổi")
PICK = row("select_one yn", "chon", "Chọn")
BORN = row("date", "sinh", "Ngày sinh")


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (". == 3", "double_equals"),
        (". = 'abc", "unclosed_quote"),
        (". = “abc”", "curly_quote"),
        (". > 1 && . < 3", "foreign_operator"),
        (". > 1 || . < 3", "foreign_operator"),
        (". > 1; . < 3", "sign_instead"),
        (". > 1 # . < 3", "foreign_sign"),
        (". <> 1", "sign_instead"),
        (". > 1 AND . < 3", "sign_instead"),
        (". > 3 – 1", "sign_instead"),
        ("$b > 1", "bad_reference"),
        ("{b} > 1", "bad_reference"),
        ("(. > 1", "bracket_missing"),
        (". > 1)", "extra_bracket"),
        (". > 1 . < 3", "operator_missing"),
        (". > 1 and", "expression_ends"),
        (". > )", "operand_missing"),
        ("selecte(., 'a')", "unknown_function"),
        ("area(.) > 1", "excluded_function"),
        ("distance(.) > 1", "excluded_function"),
        ("geofence(., .)", "excluded_function"),
        ("string-length(., 1) > 2", "wrong_arity"),
        ("count('a') > 2", "wrong_kind"),
        ("sideways::a = 1", "unknown_axis"),
        ("/data/khong_co = 1", "unknown_path"),
        ("${khong_co} = 1", "unknown_name"),
        (". > 'ba'", "wrong_literal_number"),
    ],
)
def test_a_mistake_in_an_expression(tmp_path: Path, expression: str, code: str) -> None:
    finding = only(tmp_path, form(row("text", "a", "A"), row("integer", "b", "B", constraint=expression)))
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, "survey", 3, "constraint")
    assert finding.error


@pytest.mark.parametrize("column", ["relevant", "required", "calculation", "choice_filter"])
def test_the_column_is_named(tmp_path: Path, column: str) -> None:
    cells = {column: "selecte(., 'a')"}
    finding = only(tmp_path, form(row("select_one yn", "a", "A", **cells), choices=YES_NO))
    assert (finding.row, finding.column, finding.params["nearest"]) == (2, column, "selected")


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    finding = only(tmp_path, form(AGE, row("text", "a", "A", relevant="${tuoii} > 3")))
    assert (finding.code, finding.params["nearest"]) == ("unknown_name", "tuoi")


def test_a_name_in_a_label(tmp_path: Path) -> None:
    finding = only(tmp_path, form(AGE, row("text", "a", "Ông ${ten}")))
    assert (finding.code, finding.row, finding.column) == ("unknown_name", 3, "label")


@pytest.mark.parametrize(
    "expression",
    [
        "${chon} = 'yes'",
        "'yes' != ${chon}",
        "selected(${chon}, 'yes')",
        "if(${chon} = 'yes', 1, 0) = 1",
        "${chon} = 3",
    ],
)
def test_a_choice_that_does_not_exist(tmp_path: Path, expression: str) -> None:
    finding = only(tmp_path, form(PICK, row("text", "a", "A", relevant=expression), choices=YES_NO))
    assert (finding.code, finding.row, finding.column) == ("unknown_choice", 3, "relevant")
    assert finding.params["names"] == "co, khong"


@pytest.mark.parametrize(
    "expression", ["${chon} = 'co'", "${chon} = ''", "selected(${chon}, 'khong')", "${chon} > 3"]
)
def test_choices_that_exist_are_left_alone(tmp_path: Path, expression: str) -> None:
    assert found(tmp_path, form(PICK, row("text", "a", "A", relevant=expression), choices=YES_NO)) == []


def test_several_choices_at_once(tmp_path: Path) -> None:
    several = row("select_multiple yn", "chon", "Chọn")
    good = row("text", "a", "A", relevant="${chon} = 'co khong'")
    assert found(tmp_path, form(several, good, choices=YES_NO)) == []


def test_choices_of_a_file_are_known(tmp_path: Path) -> None:
    (tmp_path / "mau.csv").write_text("name,label\ndo,Đỏ\n", encoding="utf-8")
    picked = row("select_one_from_file mau.csv", "mau", "Màu")
    assert found(tmp_path, form(picked, row("text", "a", "A", relevant="${mau} = 'do'"))) == []
    assert (
        only(tmp_path, form(picked, row("text", "a", "A", relevant="${mau} = 'Đỏ'"))).code == "unknown_choice"
    )


def test_a_missing_list_file_is_a_warning(tmp_path: Path) -> None:
    finding = only(tmp_path, form(row("select_one_from_file mau.csv", "mau", "Màu")))
    assert (finding.code, finding.error, finding.row) == ("no_list_file", False, 2)


@pytest.mark.parametrize("literal", ["'2020'", "'hôm qua'", "2020", "'20/11/2020'"])
def test_a_date_against_what_is_no_date(tmp_path: Path, literal: str) -> None:
    finding = only(tmp_path, form(BORN, row("text", "a", "A", relevant=f"${{sinh}} < {literal}")))
    assert finding.code == "wrong_literal_date"


@pytest.mark.parametrize(
    "expression", ["${sinh} < '2020-11-20'", "${sinh} != ''", "today() - ${sinh} > 60", "${tuoi} = '3'"]
)
def test_comparisons_that_are_meant(tmp_path: Path, expression: str) -> None:
    assert found(tmp_path, form(BORN, AGE, row("text", "a", "A", relevant=expression))) == []


def test_today_against_a_year(tmp_path: Path) -> None:
    assert (
        only(tmp_path, form(row("text", "a", "A", relevant="today() > '2020'"))).code == "wrong_literal_date"
    )


@pytest.mark.parametrize("condition", ["false()", "not(true())", "0", "${chon} = 'co' and ${chon} = 'khong'",
                                       "(false() and ${chon} = 'co') or false()"])  # fmt: skip
def test_a_question_that_nobody_will_see(tmp_path: Path, condition: str) -> None:
    finding = only(tmp_path, form(PICK, row("text", "a", "A", relevant=condition), choices=YES_NO))
    assert (finding.code, finding.row, finding.column) == ("unreachable", 3, "relevant")


def test_a_group_and_its_question_that_exclude_each_other(tmp_path: Path) -> None:
    rows = [PICK, row("begin_group", "g", "G", relevant="${chon} = 'co'"),
            row("text", "a", "A", relevant="${chon} = 'khong'"), row("end_group", "")]  # fmt: skip
    assert [(one.code, one.row) for one in found(tmp_path, form(*rows, choices=YES_NO))] == [
        ("unreachable", 4)
    ]


def test_a_condition_that_may_hold(tmp_path: Path) -> None:
    either = row("text", "a", "A", relevant="${chon} = 'co' or ${chon} = 'khong'")
    assert found(tmp_path, form(PICK, either, choices=YES_NO)) == []


def test_a_cycle_names_the_questions(tmp_path: Path) -> None:
    rows = [row("calculate", "c1", calculation="${c2} + 1"), row("calculate", "c2", calculation="${c1} + 1")]
    finding = only(tmp_path, form(AGE, *rows))
    assert (finding.code, finding.column) == ("cycle", "calculation")
    assert {"c1", "c2"} == {part.rpartition("/")[2] for part in finding.params["names"].split(" → ")}


def test_two_questions_of_one_name(tmp_path: Path) -> None:
    finding = only(tmp_path, form(AGE, AGE))
    assert (finding.code, finding.row, finding.params["other"]) == ("name_twice", 3, "2")


def test_the_same_name_in_two_groups_is_allowed(tmp_path: Path) -> None:
    rows = [
        part for name in ("g", "h") for part in (row("begin_group", name, name), AGE, row("end_group", ""))
    ]
    assert found(tmp_path, form(*rows)) == []


def test_a_question_without_a_label(tmp_path: Path) -> None:
    finding = only(tmp_path, form(AGE, row("text", "a")))
    assert (finding.code, finding.row, finding.column) == ("no_label", 3, "label")


def test_an_unknown_list(tmp_path: Path) -> None:
    finding = only(tmp_path, form(row("select_one yno", "a", "A"), PICK, choices=YES_NO))
    assert (finding.code, finding.row, finding.column, finding.params["nearest"]) == (
        "unknown_list",
        2,
        "type",
        "yn",
    )


@pytest.mark.parametrize(
    ("rows", "code", "number"),
    [
        ([row("teext", "a", "A")], "unknown_type", 2),
        ([row("text", "a b", "A")], "bad_name", 2),
        ([row("text", "", "A")], "no_name", 2),
        ([row("begin_group", "g", "G"), AGE], "begin_without_end", 2),
        ([AGE, row("end_group", "")], "end_without_begin", 3),
        ([row("calculate", "c")], "no_calculation", 2),
    ],
)
def test_what_pyxform_finds_is_said_in_our_words(
    tmp_path: Path, rows: list[str], code: str, number: int
) -> None:
    finding = only(tmp_path, form(*rows))
    assert (finding.code, finding.row) == (code, number)


@pytest.mark.parametrize(
    ("choices", "code"),
    [("| | yn | co | Có |\n| | yn | co | Không |", "choice_twice"), ("| | yn | | Có |", "choice_name")],
)
def test_mistakes_in_the_choices(tmp_path: Path, choices: str, code: str) -> None:
    finding = only(tmp_path, form(PICK, choices=choices))
    assert (finding.code, finding.sheet) == (code, "choices")


def test_what_we_have_no_words_for_keeps_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.md"
    settings = "| settings |\n| | public_key | omit_instanceID |\n| | abc | true |\n"
    path.write_text(form(row("text", "a", "A")) + settings, encoding="utf-8")
    code, output = said(capsys, "check", path)
    assert code == 1
    assert "Cannot omit instanceID" in output


def test_one_mistake_does_not_hide_the_others(tmp_path: Path) -> None:
    rows = [
        row("text", "a", "A", constraint=". == 1"),
        row("text", "b"),
        row("select_one la", "c", "C"),
        row("text", "d", "D", relevant="false()"),
        row("text", "d", "D", relevant="${khong} = 1"),
    ]
    codes = [one.code for one in found(tmp_path, form(*rows))]
    assert sorted(codes) == [
        "double_equals",
        "name_twice",
        "no_label",
        "unknown_list",
        "unknown_name",
        "unreachable",
    ]


def test_a_line_says_where_what_and_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "don.md"
    path.write_text(form(row("text", "a", "A", constraint=". == 1")), encoding="utf-8")
    assert said(capsys, "check", path) == (
        1,
        f"{path}:3: sheet survey, row 2, column constraint: Có hai dấu bằng liền nhau. Chỉ viết một dấu =. / "
        "Two equals signs in a row. – fix: write one = only\n",
    )


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("don.md", "# Đơn\n\nLời dẫn.\n\n| survey |\n| | type | name | label | constraint |\n"
                   "| | text | a | A | . == 1 |\n", 7),
        ("don.csv", 'survey\n,type,name,label,constraint\n,note,a,"A\nB",\n,text,b,B,. == 1\n', 5),
    ],
)  # fmt: skip
def test_a_line_of_a_text_file_is_one_that_its_author_finds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, line: int
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    output = said(capsys, "check", path)[1]
    assert output.startswith(f"{path}:{line}: sheet survey, row {2 if line == 7 else 3}, column constraint: ")


def test_several_mistakes_in_the_choices_are_all_reported(tmp_path: Path) -> None:
    lines = ["co | Có", "co | Lại có", " | Không tên", "a b | Có cách", "x | "]
    choices = "\n".join(f"| | yn | {line} |" for line in lines) + "\n| | | y | Không danh sách |"
    several = form(row("select_multiple yn", "chon", "Chọn", relevant=". = 1 +"), choices=choices)
    findings = [(one.sheet, one.row, one.code) for one in found(tmp_path, several) if one.sheet == "choices"]
    assert findings == [
        ("choices", 3, "choice_twice"), ("choices", 4, "choice_name"), ("choices", 5, "choice_space"),
        ("choices", 7, "no_list_name"),
    ]  # fmt: skip


def test_mistakes_in_the_name_of_an_instance(tmp_path: Path) -> None:
    settings = "| settings |\n| | instance_name |\n| | concat(${khong}, 1 |\n"
    findings = found(tmp_path, form(AGE, settings=settings))
    assert [(one.sheet, one.row, one.column, one.code) for one in findings] == [
        ("settings", 2, "instance_name", "unknown_name"),
        ("settings", 2, "instance_name", "bracket_missing"),
    ]


@pytest.mark.parametrize(
    ("kind", "near"), [("tex", "text"), ("chon mot yn", "chọn một"), ("so nguyen", "số nguyên"), ("zzz", "")]
)
def test_the_nearest_type_is_named(tmp_path: Path, kind: str, near: str) -> None:
    finding = only(tmp_path, form(row(kind, "a", "A")))
    assert (finding.code, finding.row, finding.params["nearest"]) == ("unknown_type", 2, near)


def test_several_files_are_all_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(form(AGE), encoding="utf-8")
    bad.write_text(form(row("text", "a")), encoding="utf-8")
    code, output = said(capsys, "check", bad, good, tmp_path / "missing.md")
    assert code == 1
    assert len(output.splitlines()) == 3
    assert said(capsys, "check", good)[0] == 0


def test_every_form_that_we_ship_is_sound() -> None:
    forms = sorted((assets_folder() / "procedures").glob("*/form.md"))
    assert forms
    assert [one for path in forms for one in check(path, [assets_folder() / "lists"]).findings] == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xml", b"<a>", "xform_not_xml"),
        ("a.xml", b"<a/>", "xform_not_xform"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "xform_doctype"),
        ("a.xlsx", b"not a workbook", "not_a_workbook"),
        ("a.xls", b"not a workbook", "not_a_workbook"),
        ("a.md", b"\xff\xfe", "not_utf8"),
        ("a.csv", b"\xff\xfe", "not_utf8"),
        ("a.md", b"", "no_survey"),
        ("a.md", b"| choices |\n| | x |\n| settings |\n| | y |\n", "no_survey"),
        ("a.pdf", b"%PDF", "file_kind"),
        ("a.md", b"| survey |\n| | name | label |\n| | a | A |\n", "column_missing"),
        ("a.md", b"| survey |\n| | type | name | label | type |\n| | text | a | A | x |\n", "column_twice"),
    ],
)
def test_files_that_are_no_forms(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert [one.code for one in check(path).findings] == [code]


def test_a_map_is_named(tmp_path: Path) -> None:
    text = "| survey |\n| | type | name | label | appearance |\n| | geopoint | noi | Nơi | placement-map |\n"
    finding = only(tmp_path, text)
    assert (finding.code, finding.row, finding.column) == ("map_widget", 2, "appearance")


def test_a_group_in_which_nothing_is_asked(tmp_path: Path) -> None:
    rows = [AGE, row("begin_group", "g", "G"), row("calculate", "c", calculation="1"), row("end_group", "")]
    finding = only(tmp_path, form(*rows))
    assert (finding.code, finding.row, finding.params["name"]) == ("empty_group", 3, "g")


def test_where_pyxform_stops_we_go_on(tmp_path: Path) -> None:
    rows = [
        row("teext", "a", "A"),
        row("calculate", "b"),
        row("text", "c d", "C"),
        row("text", "", "D"),
        row("text", "e", "E", relevant="false()"),
    ]
    codes = [(one.code, one.row) for one in found(tmp_path, form(*rows))]
    assert codes == [
        ("unknown_type", 2),
        ("no_calculation", 3),
        ("bad_name", 4),
        ("no_name", 5),
        ("unreachable", 6),
    ]


def test_the_type_of_another_row_is_no_name(tmp_path: Path) -> None:
    finding = only(tmp_path, form(row("text", "a", "A"), row("note", "b", "B", relevant="${text} = 1")))
    assert (finding.code, finding.params["name"]) == ("unknown_name", "text")


def test_metadata_without_a_name_is_known_by_its_type(tmp_path: Path) -> None:
    assert (
        found(tmp_path, form(row("today", "today"), row("text", "a", "A", relevant="${today} != ''"))) == []
    )


@pytest.mark.parametrize("expression", ["date('2020-13-45') < today()", "date('hôm nay') = today()"])
def test_a_day_that_does_not_exist(tmp_path: Path, expression: str) -> None:
    assert only(tmp_path, form(row("text", "a", "A", relevant=expression))).code == "wrong_literal_date"


def test_days_that_exist(tmp_path: Path) -> None:
    good = "date('2020-02-29') < today() and date(18000) < today() and date-time('2020-01-01T10:00') < now()"
    assert found(tmp_path, form(row("text", "a", "A", relevant=good))) == []
