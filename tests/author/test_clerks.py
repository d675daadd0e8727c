"""Workbooks as clerks hand them in: what spreadsheets and copied texts do to them; many mistakes at once."""

import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook as Spreadsheet

from kiosk.author.check import check
from kiosk.author.findings import Finding
from kiosk.author.words import Words
from tests.author.forms import YES_NO, form, found, only, row, said

Rows = list[list[object]]
SURVEY: Rows = [["Loại", "Mã", "Nhãn", "Điều kiện hiện", "Mặc định"], ["chữ", "a", "A"]]
PICK = row("select_one yn", "chon", "Chọn")


def workbook(folder: Path, **sheets: Rows) -> Path:
    """A spreadsheet file."""
    book = Spreadsheet()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for cells in rows:
            sheet.append(cells)
    book.remove(book.worksheets[0])
    path = folder / "don.xlsx"
    book.save(path)
    return path


def places(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(one.code, one.row, one.column) for one in findings]


def test_letters_may_be_written_in_parts(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "địa_chỉ")
    rows: Rows = [SURVEY[0], ["chữ", apart, "A"], ["chữ", "b", "B", "${địa_chỉ} = 'x'"]]
    checked = check(workbook(tmp_path, survey=rows))
    assert checked.findings == []


def test_signs_that_cannot_be_seen_mean_nothing(tmp_path: Path) -> None:
    rows: Rows = [SURVEY[0], ["chữ\u200b", "\ufeffa", "A"], ["chữ", "b", "B", "${a}\u200b\u00a0= 'x'"]]
    assert check(workbook(tmp_path, survey=rows)).findings == []


def test_a_sign_that_cannot_be_seen_is_named_by_its_number() -> None:
    finding = Finding("foreign_sign", params={"sign": "\u2063"})
    assert "U+2063" in Words().line(finding, "a.xml")


def test_days_that_a_spreadsheet_made_of_what_was_typed(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 2, 7, 30)  # noqa: DTZ001 -- spreadsheets know no zones
    rows: Rows = [SURVEY[0], ["ngày", "a", "A", None, date(2026, 1, 2)],
                  ["ngày giờ", "b", "B", None, moment]]  # fmt: skip
    checked = check(workbook(tmp_path, survey=rows))
    assert checked.sound
    assert checked.compiled is not None
    assert [item.get("default") for item in checked.compiled.form["items"][1:3]] == [
        "2026-01-02",
        "2026-01-02T07:30:00",
    ]


def test_two_sheets_that_mean_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path, survey=SURVEY, khảo_sát=SURVEY)
    code, text = said(capsys, "check", path)
    assert code == 1
    assert "“survey”" in text
    assert "“khảo sát”" in text


def test_a_column_that_is_there_twice_hides_nothing(tmp_path: Path) -> None:
    rows: Rows = [["type", "name", "label", "Nhãn", "relevent"], ["text", "a", "A", "B"]]
    found = check(workbook(tmp_path, survey=rows)).findings
    assert places(found) == [("column_twice", 1, "label"), ("column_spelling", 1, "relevent")]


def test_a_row_without_its_last_line_counts(tmp_path: Path) -> None:
    text = "| survey |\n| | type | name | label\n| | text | a | A \\|\n| | text | b | ${khong}\n"
    assert places(found(tmp_path, text)) == [("unknown_name", 3, "label")]


def test_the_columns_may_stand_beside_the_sheet_s_name(tmp_path: Path) -> None:
    path = tmp_path / "don.csv"
    survey, choices = "survey,type,name,label\n,select_one l,a,A\n", "choices,list_name,name,label\n,l,x,X\n"
    path.write_text(survey + choices, encoding="utf-8")
    assert check(path).findings == []


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (row("select_one_from_file xa", "b", "B"), "file_ending", "type"),
        (row("select_one_external xa", "b", "B"), "no_external_choices", "type"),
        (row("text", "meta", "B"), "meta_name", "name"),
        (row("text", "b", "B", relevant="${a } = 1"), "bad_reference", "relevant"),
        (row("text", "", "B"), "no_name", "name"),
        (row("chọn một", "b", "B"), "no_list", "type"),
    ],
)
def test_none_of_these_hides_what_follows(tmp_path: Path, line: str, code: str, column: str) -> None:
    after = row("text", "z", "Z", relevant="${a } = 1"), row("text", "y", "Y", relevant="${a} = 'b' + ")
    findings = found(tmp_path, form(row("text", "a", "A"), line, *after))
    seen = places(findings)
    assert (code, 3, column) in seen
    assert ("bad_reference", 4, "relevant") in seen
    assert ("expression_ends", 5, "relevant") in seen


def test_a_trigger_that_nobody_sees_keeps_its_name(tmp_path: Path) -> None:
    lines = row("calculate", "an", calculation="1"), row("text", "b", "B", trigger="${an}")
    assert only(tmp_path, form(*lines)).code == "hidden_trigger"


def test_two_sources_of_one_name_have_a_place(tmp_path: Path) -> None:
    for name in ("xa.csv", "xa.xml"):
        (tmp_path / name).write_text("<root/>" if name.endswith("xml") else "name,label\n", encoding="utf-8")
    lines = row("select_one_from_file xa.csv", "a", "A"), row("select_one_from_file xa.xml", "b", "B")
    assert ("instance_twice", 2, "type") in places(found(tmp_path, form(*lines)))


@pytest.mark.parametrize(
    ("relevant", "code", "given"),
    [
        ("chon = 'co'", "unknown_path", {"nearest": "${chon}"}),
        ("not ${chon} = 'co'", "sign_instead", {"meant": "not(…)"}),
        ("string-length(${chon}) > 'ba'", "wrong_literal_number", {"question": "string-length()"}),
        ("${so} > 3,5", "sign_instead", {"meant": "3.5"}),
        ("${chon} = 'Không'", "unknown_choice", {"name": "Không", "nearest": "khong"}),
        ("selected(${chon}, 'Có ạ')", "unknown_choice", {"name": "Có ạ"}),
        ("${chon} = 'co '", "unknown_choice", {"name": "co ", "nearest": "co"}),
    ],
)
def test_what_was_meant(tmp_path: Path, relevant: str, code: str, given: dict[str, str]) -> None:
    lines = PICK, row("decimal", "so", "Số"), row("text", "b", "B", relevant=relevant)
    finding = only(tmp_path, form(*lines, choices=YES_NO))
    assert finding.code == code
    assert finding.params | given == finding.params


def test_a_piece_of_an_expression_begins_with_a_whole_reference() -> None:
    finding = Finding("bracket_missing", params={"expected": ")"}, text="(${viec} = 'khac'", position=17)
    assert "“${viec} = 'khac'”" in Words().line(finding, "a.md")


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ("name,label\na,A\n".encode("utf-16"), row("select_one_from_file xa.csv", "b", "B"), "list_unread"),
        (b"ma,ten\na,A\n", row("select_one_from_file xa.csv", "b", "B"), "unknown_column"),
        (b"ma,ten\na,A\n", row("select_one_from_file xa.csv", "b", "B", parameters="value=ma label=ten"), ""),
        (b"name,label\na,A\n", row("select_one_from_file xa.csv", "b", "B", choice_filter="cot = 1"),
         "unknown_column"),
        (b"name,label\na,A\n", row("calculate", "b", calculation="pulldata('xa', 'cot', 'name', 'a')"),
         "unknown_column"),
        (b"name,label\na,A\n", row("calculate", "b", calculation="pulldata('xa', 'label', 'name', 'a')"), ""),
        (b"name,label\na,A\n", row("csv-external", "xa"), ""),
    ],
)  # fmt: skip
def test_lists_in_files_are_read_as_they_are(tmp_path: Path, content: bytes, line: str, code: str) -> None:
    (tmp_path / "xa.csv").write_bytes(content)
    findings = found(tmp_path, form(row("text", "a", "A"), line))
    assert [(one.code, one.row) for one in findings] == ([(code, 3)] if code else [])


def test_choices_of_another_column_are_the_choices(tmp_path: Path) -> None:
    (tmp_path / "xa.csv").write_text("ma,ten,name\nx1,Một,khac\n", encoding="utf-8")
    line = row("select_one_from_file xa.csv", "b", "B", parameters="value=ma label=ten")
    right, wrong = (row("text", "c", "C", relevant=f"${{b}} = '{name}'") for name in ("x1", "khac"))
    assert found(tmp_path, form(line, right)) == []
    assert only(tmp_path, form(line, wrong)).code == "unknown_choice"


def test_a_file_that_is_missing_or_broken_has_the_place_of_its_row(tmp_path: Path) -> None:
    (tmp_path / "xa.xml").write_text("<root><item>", encoding="utf-8")
    lines = row("csv-external", "ngoai"), row("select_one_from_file xa.xml", "b", "B")
    found_ = found(tmp_path, form(row("text", "a", "A"), *lines))
    assert ("no_list_file", 3, "type") in places(found_)
    assert ("bad_file", 4, "type") in places(found_)


def test_a_default_language_is_missed_beside_a_single_colon(tmp_path: Path) -> None:
    survey: Rows = [["type", "name", "label::Tiếng Việt (vi)", "label:English"], ["text", "a", "A", "A"]]
    settings: Rows = [["form_id", "default_language"], ["don", "Tieng Viet"]]
    findings = check(workbook(tmp_path, survey=survey, settings=settings)).findings
    assert places(findings) == [("unknown_language", 2, "default_language")]


@pytest.mark.parametrize("chain", [" or ".join(["${a} = 1"] * 900), "if(${a} = 1, 2, " * 90 + "3" + ")" * 90])
def test_long_conditions_are_no_mistake(tmp_path: Path, chain: str) -> None:
    lines = row("integer", "a", "A"), row("calculate", "b", calculation=chain)
    assert found(tmp_path, form(*lines)) == []


def test_what_is_too_long_to_run_is_refused_at_its_cell(tmp_path: Path) -> None:
    lines = row("integer", "a", "A"), row("calculate", "b", calculation=" + ".join(["${a}"] * 400))
    assert places(found(tmp_path, form(*lines))) == [("too_deep", 3, "calculation")]
