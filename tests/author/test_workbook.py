"""Workbooks in Vietnamese, in English, and mixed; .md, .csv, .xlsx and .xls say the same."""

import csv
import io
import re
import unicodedata
from pathlib import Path

import pytest
from openpyxl import Workbook
from pyxform.xls2xform import convert

from kiosk.author import vietnamese
from kiosk.author.check import check
from kiosk.author.cli import main
from kiosk.author.compiler import compile_xform
from kiosk.author.findings import FormError
from kiosk.author.source import xform_of
from kiosk.author.workbook import for_pyxform, read_workbook
from kiosk.packs.content import assets_folder

SHEETS = {
    "Khảo sát": [
        [
            "Loại",
            "Mã",
            "Nhãn",
            "relevant",
            "Bắt buộc",
            "Ràng buộc",
            "Lời nhắc ràng buộc",
            "Công thức",
            "Kiểu hiện",
        ],
        ["nhóm", "trang", "Trang", "", "", "", "", "", "chung trang"],
        ["Chữ", "ten", "Họ tên", "", "có", "", "", "", "chữ hoa"],
        ["chọn một mau", "mau", "Màu", "", "không", "", "", "", ""],
        ["select_multiple mau", "nhieu", "Nhiều màu", "${mau} = 'do'", "", "", "", "", ""],
        ["số nguyên", "tuoi", "Tuổi", "", "", ". < 150", "Xem lại tuổi.", "", ""],
        ["hết nhóm", "", "", "", "", "", "", "", ""],
        ["tính", "doi", "", "", "", "", "", "${tuoi} * 2", ""],
    ],
    "lựa chọn": [["Danh sách", "Mã", "Nhãn"], ["mau", "do", "Đỏ"], ["mau", "xanh", "Xanh"]],
    "Cài đặt": [["Tên biểu mẫu", "form_id", "Phiên bản"], ["Đơn", "don", "3"]],
}
ENGLISH = """
| survey |
| | type | name | label | relevant | required | constraint | constraint_message | calculation | appearance |
| | begin_group | trang | Trang | | | | | | field-list |
| | text | ten | Họ tên | | yes | | | | name-upper |
| | select_one mau | mau | Màu | | no | | | | |
| | select_multiple mau | nhieu | Nhiều màu | ${mau} = 'do' | | | | | |
| | integer | tuoi | Tuổi | | | . < 150 | Xem lại tuổi. | | |
| | end_group | | | | | | | | |
| | calculate | doi | | | | | | ${tuoi} * 2 | |
| choices |
| | list_name | name | label |
| | mau | do | Đỏ |
| | mau | xanh | Xanh |
| settings |
| | form_title | form_id | version |
| | Đơn | don | 3 |
"""


def write_md(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    lines = [
        f"| {title} |\n" + "".join(f"| | {' | '.join(row)} |\n" for row in rows)
        for title, rows in sheets.items()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_csv(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    out = io.StringIO()
    writer = csv.writer(out)
    for title, rows in sheets.items():
        writer.writerow([title])
        writer.writerows([["", *row] for row in rows])
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path


def write_xlsx(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_formula_without_its_result_is_named_by_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["type", "name", "label"], ["text", "a", "=1+1"], ["text", "b", "B"]]
    path = write_xlsx(tmp_path / "don.xlsx", {"survey": rows, "nháp": [["=2+2"]]})
    assert main(["check", str(path)]) == 1
    told = capsys.readouterr().out
    assert "sheet survey, row 2" in told
    assert "Ô C2 có công thức" in told
    assert "Mở tệp bằng Excel rồi lưu lại" in told
    assert "A1" not in told


def test_formulas_on_sheets_that_are_no_part_of_the_form_do_not_matter(tmp_path: Path) -> None:
    rows = [["type", "name", "label"], ["text", "a", "A"]]
    path = write_xlsx(tmp_path / "don.xlsx", {"survey": rows, "nháp": [["=2+2"]]})
    assert check(path).sound


WRITERS = {"don.md": write_md, "don.csv": write_csv, "don.xlsx": write_xlsx}


def expected(folder: Path) -> object:
    path = folder / "english.md"
    path.write_text(ENGLISH, encoding="utf-8")
    return compile_xform(convert(xlsform=path).xform)


@pytest.mark.parametrize("name", WRITERS)
def test_a_vietnamese_workbook_is_the_same_form(tmp_path: Path, name: str) -> None:
    path = WRITERS[name](tmp_path / name, SHEETS)
    assert check(path).findings == []
    assert compile_xform(xform_of(path)) == expected(tmp_path)


def shouted(text: str) -> str:
    """In capitals, with the marks apart from their letters; English words stay."""
    return text if text.isascii() else unicodedata.normalize("NFD", text.upper())


def test_decomposed_letters_and_other_cases_are_understood(tmp_path: Path) -> None:
    sheets = {
        shouted(title): [[shouted(cell) for cell in rows[0]], *rows[1:]] for title, rows in SHEETS.items()
    }
    survey = sheets[shouted("Khảo sát")]
    survey[1:] = [[row[0] if "mau" in row[0] else shouted(row[0]), *row[1:]] for row in survey[1:]]
    assert compile_xform(xform_of(write_md(tmp_path / "don.md", sheets))) == expected(tmp_path)


@pytest.mark.parametrize("name", WRITERS)
def test_rows_keep_their_numbers(tmp_path: Path, name: str) -> None:
    sheets = {
        "khảo sát": [["Loại", "Mã", "Nhãn", "Ràng buộc"], ["chữ", "a", "A", ""], ["chữ", "b", "B", ". == 1"]]
    }
    (finding,) = check(WRITERS[name](tmp_path / name, sheets)).findings
    assert (finding.row, finding.column) == (3, "constraint")


def test_empty_rows_of_a_spreadsheet_count(tmp_path: Path) -> None:
    rows = [["type", "name", "label", "constraint"], ["", "", "", ""], ["text", "a", "A", ". == 1"]]
    (finding,) = check(write_xlsx(tmp_path / "a.xlsx", {"survey": rows})).findings
    assert finding.row == 3


def test_the_places_are_named_as_they_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_md(
        tmp_path / "a.md", {"khảo sát": [["Loại", "Mã", "Nhãn", "Ràng buộc"], ["chữ", "a", "A", ". == 1"]]}
    )
    assert main(["check", str(path)]) == 1
    assert ": sheet khảo sát, row 2, column Ràng buộc: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("chọn một tỉnh_thành", "select_one tỉnh_thành"),
        ("Chọn nhiều mau", "select_multiple mau"),
        ("chọn một từ tệp xa.csv", "select_one_from_file xa.csv"),
        ("chọn một mau hoặc khác", "select_one mau or_other"),
        ("xếp thứ tự mau", "rank mau"),
        ("hết_lặp", "end_repeat"),
        ("select_one mau", "select_one mau"),
        ("chọn một", "select_one"),
        ("không có loại này", "không có loại này"),
    ],
)
def test_types(ours: str, theirs: str) -> None:
    assert vietnamese.type_name(ours) == theirs


def test_a_language_behind_a_column_stays() -> None:
    assert vietnamese.column_name("survey", "Nhãn::Tiếng Việt (vi)") == "label::Tiếng Việt (vi)"


def test_columns_of_the_choices_that_filters_use_are_left_alone(tmp_path: Path) -> None:
    sheets = dict(SHEETS) | {"lựa chọn": [["Danh sách", "Mã", "Nhãn", "Loại"], ["mau", "do", "Đỏ", "chữ"]]}
    rows = read_workbook(write_md(tmp_path / "a.md", sheets)).rows("choices")
    assert rows[0].cells == {"list_name": "mau", "name": "do", "label": "Đỏ", "Loại": "chữ"}


def test_no_word_means_two_things() -> None:
    tables = [vietnamese.SHEETS, vietnamese.TYPES, vietnamese.LIST_TYPES, vietnamese.SURVEY_COLUMNS,
              vietnamese.CHOICE_COLUMNS, vietnamese.SETTING_COLUMNS, vietnamese.APPEARANCES]  # fmt: skip
    for table in tables:
        assert all(
            word == unicodedata.normalize("NFC", word.casefold()) and "_" not in word for word in table
        )


def test_reading_as_pyxform_reads() -> None:
    path = assets_folder() / "procedures" / "khai_sinh" / "form.md"
    assert convert(xlsform=for_pyxform(read_workbook(path))).xform == convert(xlsform=path).xform


def test_a_workbook_with_mistakes_has_no_xform(tmp_path: Path) -> None:
    path = write_md(
        tmp_path / "a.md", {"survey": [["type", "name", "label", "relevant"], ["text", "a", "A", "1 == 1"]]}
    )
    with pytest.raises(FormError, match="double_equals"):
        xform_of(path)


def test_comments_and_rules_in_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    lines = ["# | survey |", "| survey |", "| | type | name | label |", "|---|---|---|---|"]
    path.write_text("\n".join([*lines, "| | text | a | A \\| B | # nói thêm"]), encoding="utf-8")
    (row,) = read_workbook(path).rows("survey")
    assert row.cells == {"type": "text", "name": "a", "label": "A | B"}


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("Sheet", vietnamese.SHEETS),
        ("Cột của sheet khảo sát", vietnamese.SURVEY_COLUMNS),
        ("Cột của sheet lựa chọn", vietnamese.CHOICE_COLUMNS),
        ("Cột của sheet cài đặt", vietnamese.SETTING_COLUMNS),
        ("Loại", vietnamese.TYPES),
        ("Loại có danh sách", vietnamese.LIST_TYPES),
        ("Kiểu hiện", vietnamese.APPEARANCES),
    ],
)
def test_the_guide_shows_the_very_tables(heading: str, table: dict[str, str]) -> None:
    guide = (assets_folder().parent / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = guide.split(f"### {heading}\n")[1].split("\n#")[0]
    pairs = re.findall(r"^\| ([^|`]+?) \| `([^`]+)` \|", section, re.MULTILINE)
    assert dict(pairs) == dict(table)
