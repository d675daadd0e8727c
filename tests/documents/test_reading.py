"""Layout files: what is read, and that a bad row is refused with its file and line."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.documents.layout import Condition, Margins, PrintRule
from kiosk.documents.reading import LayoutError, load_layout, static_text

_FRONT = """# Tờ khai thử

| | |
|---|---|
| Form | TỜ KHAI THỬ |
| Procedure | 9.999999 `thu` |
| Number | không có |
| In force from | 2025-07-01 |
| In force to | unknown |
| Source | không có |
| Checked | 2026-11-21 |
| Confidence | low |
| Page | A4 portrait; margins L 30, R 20, T 20, B 12.5 mm |
| Type | body 12, line 1.2 |

"""
_HEAD = "| # | text | style | in khi |\n|---|---|---|---|\n"
_ROWS = f"## Printed lines\n\n{_HEAD}"
FIRST_ROW = len((_FRONT + _ROWS).splitlines()) + 1


def _write(folder: Path, rows: str, front: str = _FRONT, after: str = "") -> Path:
    path = folder / "to_khai.md"
    path.write_text(f"{front}{_ROWS}{rows}\n{after}", encoding="utf-8")
    return path


def test_front_table(tmp_path: Path) -> None:
    front = load_layout(_write(tmp_path, "| 1 | Tôi là: {ho_ten} | J LDR | |")).front
    assert front.title == "TỜ KHAI THỬ"
    assert front.effective_from == date(2025, 7, 1)
    assert front.effective_to is None
    assert front.margins == Margins(30, 20, 20, 12.5)
    assert (front.size, front.line) == (12, 1.2)


def test_in_force(tmp_path: Path) -> None:
    layout = load_layout(_write(tmp_path, "| 1 | a | L | |", _FRONT.replace("unknown", "2026-12-31")))
    assert layout.holds_on(date(2026, 12, 31))
    assert not layout.holds_on(date(2027, 1, 1))
    assert not layout.holds_on(date(2025, 6, 30))


def test_rows_of_the_three_tables_come_in_order(tmp_path: Path) -> None:
    after = (
        "## Signature block\n\n| # | text | style |\n|---|---|---|\n| S1 | Người khai | R B |\n\n"
        "## Footnotes\n\n| # | text | style |\n|---|---|---|\n| F1 | Chú thích: | L |\n"
    )
    layout = load_layout(_write(tmp_path, "| 1 | Kính gửi: {kinh_gui.xa} | C | |", after=after))
    assert [row.number for row in layout.rows] == ["1", "S1", "F1"]
    assert static_text(layout) == ["Kính gửi: ", "Người khai", "Chú thích:"]
    assert list(layout.names()) == ["kinh_gui.xa"]


def test_continuation_lines_belong_to_the_line_above(tmp_path: Path) -> None:
    layout = load_layout(
        _write(tmp_path, "| 1 | Nơi: {noi} | J LDR | |\n| 2 | …… | CONT | |\n| 3 | …… | CONT | |")
    )
    assert [(row.number, row.continuation) for row in layout.rows] == [("1", 2)]


def test_conditions(tmp_path: Path) -> None:
    layout = load_layout(_write(tmp_path, "| 1 | {a} {b} | L | a, b: c=1,2; d |"))
    assert layout.rows[0].rules == (
        PrintRule(("a", "b"), Condition("c", frozenset({"1", "2"}))),
        PrintRule((), Condition("d")),
    )


def test_a_blank_line_and_the_line_under_the_motto(tmp_path: Path) -> None:
    layout = load_layout(_write(tmp_path, "| 1 | (blank line) | | |\n| 2 | (thin line) | C drawn | |"))
    assert [(row.cells, row.style.drawn) for row in layout.rows] == [(((),), False), (((),), True)]


def test_fields_that_are_not_printed_have_a_reason(tmp_path: Path) -> None:
    after = "## Not printed\n\n- `loai`: chỉ có trên cổng\n"
    assert load_layout(_write(tmp_path, "| 1 | a | L | |", after=after)).not_printed == (
        ("loai", "chỉ có trên cổng"),
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("| 1 | a | L |", "columns"),
        ("| 1 | a | L | | |", "columns"),
        ("1 | a | L | |", "begins and ends"),
        ("| 1 | a | LEFT | |", "style"),
        ("| 1 | {A} | L | |", "not understood"),
        (r"| 1 | a \| b | L | |", "1 cells"),
        (r"| 1 | a \| b | cells 1:1:1 | |", "3 cells"),
        ("| 1 | …… | CONT | |", "CONT"),
        ("| 1 | a | L | c==1 |", "condition"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(LayoutError, match=rf"^to_khai\.md:{FIRST_ROW}: .*{says}") as caught:
        load_layout(_write(tmp_path, row))
    assert caught.value.line == FIRST_ROW


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| Source | không có |\n", "", "lacks “Source”"),
        ("2025-07-01", "01/07/2025", "2025-07-01"),
        ("2026-11-21", "unknown", "day is needed"),
        ("margins L 30", "margins 30", "expected like"),
        ("body 12", "12", "expected like"),
        ("| Number |", "| Nummer |", "Nummer"),
        ("| Number | không có |", "| Number |  |", "name and its value"),
    ],
)
def test_a_bad_front_table_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(LayoutError, match=says):
        load_layout(_write(tmp_path, "| 1 | a | L | |", _FRONT.replace(old, new)))


@pytest.mark.parametrize(
    ("after", "says"),
    [
        ("## Ghi chú\n", "not known"),
        ("## Printed lines\n", "twice"),
        ("## Footnotes\n\n| text | style |\n", "table begins"),
        ("## Not printed\n\n- loai\n", "reason"),
    ],
)
def test_a_bad_section_is_refused(tmp_path: Path, after: str, says: str) -> None:
    with pytest.raises(LayoutError, match=says):
        load_layout(_write(tmp_path, "| 1 | a | L | |", after=after))


def test_a_layout_without_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no printed line"):
        load_layout(_write(tmp_path, ""))


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_layout(tmp_path / "nowhere.md")
