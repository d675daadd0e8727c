"""What the harder official forms need: tables with heads, frames, notes at the foot, photo frames."""

from pathlib import Path

import pytest

from kiosk.documents.layout import Layout
from kiosk.documents.marks import PAGE_HEIGHT, Area, Block, Box, Page, Rule, Text
from kiosk.documents.reading import LayoutError
from kiosk.domain.filled_form import FilledEntry, FilledForm
from tests.documents.geometry import all_text, faults
from tests.documents.samples import EMPTY, form
from tests.documents.test_compose import layout_of, leaders, marks, pages_of, texts


def people(*names: str, kind: str = "") -> FilledForm:
    rows = tuple(form({"ho_ten": name, "loai": kind or name}) for name in names)
    return FilledForm("f", "1", (FilledEntry("con", "repeat", "", str(len(rows)), "", rows),))


def placed(pages: list[Page], text: str) -> list[tuple[int, float, float]]:
    """Page, x and y of every run that begins so."""
    return [
        (number, mark.x, top + mark.y)
        for number, page in enumerate(pages)
        for top, block in page.placed
        for mark in block.marks
        if isinstance(mark, Text) and mark.text.startswith(text)
    ]


def grid(folder: Path, *, least: int = 0) -> Layout:
    return layout_of(
        folder,
        r"TT \| Họ tên | C B cells 10:90; grid; head | ",
        r"(1) \| (2) | C cells 10:90; grid; head | ",
        rf"{{#}} \| {{con.ho_ten}} | cells 10:90; grid; align C:L; repeat con; least {least} | ",
        "Sau bảng | L | ",
    )


def test_the_head_of_a_table_comes_again_on_the_next_page(tmp_path: Path) -> None:
    pages = pages_of(grid(tmp_path), people(*(f"Người {n}" for n in range(90))))
    assert len(pages) > 1
    heads = placed(pages, "TT")
    assert [page for page, _, _ in heads] == list(range(len(pages)))
    for (page, _, y), (_, _, second) in zip(heads, placed(pages, "(1)"), strict=True):
        rows = [other for number, _, other in placed(pages, "Người") if number == page]
        assert y > second > max(rows)
    assert faults(pages, grid(tmp_path).front.margins) == []
    assert len(placed(pages, "Sau bảng")) == 1


def test_a_head_is_not_left_alone_at_the_foot(tmp_path: Path) -> None:
    for lines in range(40, 60):
        rows = [f"dòng {n} | L | " for n in range(lines)]
        table = (r"Đầu \| bảng | cells 50:50; grid; head | ", r"ô \| ô | cells 50:50; grid | ")
        pages = pages_of(layout_of(tmp_path, *rows, *table))
        assert [page for page, _, _ in placed(pages, "Đầu")] == [placed(pages, "ô")[0][0]]


@pytest.mark.parametrize("lines", range(44, 54))
def test_a_caption_stays_with_its_table_and_the_head_stands_there_once(tmp_path: Path, lines: int) -> None:
    rows = [f"dòng {n} | L | " for n in range(lines)]
    table = (
        "Bảng: | L; keep | ",
        r"Đầu \| bảng | cells 50:50; grid; head | ",
        r"ô \| ô | cells 50:50; grid | ",
    )
    pages = pages_of(layout_of(tmp_path, *rows, *table))
    (caption,), (head,) = placed(pages, "Bảng"), placed(pages, "Đầu")
    assert caption[0] == head[0] == placed(pages, "ô")[0][0]


def test_rows_are_numbered_and_empty_ones_stay_empty(tmp_path: Path) -> None:
    pages = pages_of(grid(tmp_path, least=4), people("Cam", "Mận"))
    assert [text for text in texts(pages) if text in ("1", "2", "3")] == ["1", "2"]
    assert leaders(pages) == []
    cells = {round(y) for _, block in pages[0].placed for y in [block.height] if _has_grid(block)}
    assert len([b for _, b in pages[0].placed if _has_grid(b)]) == 2 + 4, cells


def _has_grid(block: Block) -> bool:
    return any(isinstance(mark, Rule) and mark.x1 == mark.x2 for mark in block.marks)


def test_cells_have_their_own_alignment_and_may_break_their_lines(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, r"Một<br>hai \| chữ | cells 50:50; grid; align C:R | ")
    pages = pages_of(layout)
    (_, one_x, one_y), (_, two_x, two_y) = placed(pages, "Một")[0], placed(pages, "hai")[0]
    assert one_y > two_y
    assert abs(one_x - two_x) < 10
    right = 210 * 72 / 25.4 - 20 * 72 / 25.4
    text = next(m for m in marks(pages) if isinstance(m, Text) and m.text == "chữ")
    assert text.x + text.width == pytest.approx(right - 3, abs=0.5)


def test_a_row_can_be_high_enough_for_the_hand(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, r"a \| b | cells 50:50; grid; high 20 | ", "sau | L | ")
    pages = pages_of(layout)
    assert placed(pages, "a")[0][2] - placed(pages, "sau")[0][2] >= 20 * 72 / 25.4


def test_only_the_wanted_rows_of_a_list_are_printed(tmp_path: Path) -> None:
    layout = layout_of(
        tmp_path, "Lương: {con.ho_ten} đồng | repeat con where con.loai=luong; least 1 | ", "cuối | L | "
    )
    assert "Lương: 500 đồng" in " ".join(texts(pages_of(layout, people("500", kind="luong"))))
    other = pages_of(layout, people("700", kind="khac"))
    assert "700" not in all_text(other)
    assert len(leaders(other)) == 1


def test_neighbours_share_one_frame(tmp_path: Path) -> None:
    rows = ("trước | L | ", "một: {a} | frame LDR | ", "hai | frame; ind 10 | ", "sau | L | ")
    pages = pages_of(layout_of(tmp_path, *rows), form({"a": "chữ " * 80}))
    sides = [mark for mark in marks(pages) if isinstance(mark, Rule) and not mark.dotted]
    across = [rule for rule in sides if rule.y1 == rule.y2]
    assert len(across) == 2
    left, right = min(rule.x1 for rule in across), max(rule.x2 for rule in across)
    for name in ("một", "hai", "chữ"):
        for _, x, _ in placed(pages, name):
            assert left < x < right
    assert faults(pages, layout_of(tmp_path, *rows).front.margins) == []


def test_columns_can_be_framed_for_photos_and_opinions(tmp_path: Path) -> None:
    rows = (
        "Ảnh nữ | C; col 1 of 30:40:30; frame; high 40 | ",
        "giữa | C; col 2 of 30:40:30 | ",
        "Ảnh nam | C; col 3 of 30:40:30; frame; high 40 | ",
        "sau | L | ",
    )
    pages = pages_of(layout_of(tmp_path, *rows))
    boxes = [mark for mark in marks(pages) if isinstance(mark, Area)]
    assert len(boxes) == 2
    assert all(box.height >= 40 * 72 / 25.4 for box in boxes)
    assert boxes[0].x + boxes[0].width < placed(pages, "giữa")[0][1] < boxes[1].x
    assert placed(pages, "sau")[0][2] < PAGE_HEIGHT - 40 * 72 / 25.4


def test_a_header_of_two_columns_has_its_own_line_under_the_motto(tmp_path: Path) -> None:
    rows = (
        "TÊN CƠ QUAN | C B; col 1 of 40:60 | ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | C B; col 2 of 40:60 | ",
        "Độc lập - Tự do - Hạnh phúc | C B; col 2 of 40:60 | ",
        "(thin line) | C drawn; col 2 of 40:60 | ",
    )
    pages = pages_of(layout_of(tmp_path, *rows))
    rule = next(mark for mark in marks(pages) if isinstance(mark, Rule))
    motto = next(mark for mark in marks(pages) if isinstance(mark, Text) and mark.text.startswith("Độc"))
    assert motto.x < rule.x1 < rule.x2 < motto.x + motto.width


def test_dots_have_the_length_that_the_form_gives_them(tmp_path: Path) -> None:
    short, long = (
        leaders(pages_of(layout_of(tmp_path, f"Số {{a}} cấp | L; dots {length} | ")))[0]
        for length in (10, 60)
    )
    assert (long.x2 - long.x1) - (short.x2 - short.x1) == pytest.approx(50 * 72 / 25.4, abs=0.1)


def test_figures_stand_in_groups_of_three(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "Vốn: {von:so} đồng ({von:so_chu}) | L | ")
    assert "Vốn: 15.000.000 đồng" in " ".join(texts(pages_of(layout, form({"von": "15000000"}))))


def test_notes_stand_at_the_foot_of_the_page_with_their_mark(tmp_path: Path) -> None:
    rows = [f"dòng {n} | L | " for n in range(70)]
    rows[5] = "có dấu<sup>1</sup> | L | "
    rows[65] = "có dấu hai<sup>2</sup> | L | "
    notes = (
        "<sup>1</sup> Ghi chú một | 11; note 1 | ",
        "tiếp một | 11; note 1 | ",
        "Ghi chú hai | 11; note 2 | ",
    )
    layout = layout_of(tmp_path, *rows, *notes)
    pages = pages_of(layout)
    one, two = placed(pages, "Ghi chú một")[0], placed(pages, "Ghi chú hai")[0]
    assert (one[0], two[0]) == (placed(pages, "có dấu")[0][0], placed(pages, "có dấu hai")[0][0])
    assert one[0] < two[0]
    lines = [y for page, _, y in placed(pages, "dòng") if page == one[0]]
    assert min(lines) > one[2] > placed(pages, "tiếp một")[0][2]
    assert faults(pages, layout.front.margins) == []


@pytest.mark.parametrize("size", [1, 12, 60])
def test_notes_of_any_length_cover_nothing(tmp_path: Path, size: int) -> None:
    rows = [f"dòng {n}<sup>{n}</sup> | L | " for n in range(60)]
    notes = [f"Ghi chú {n}: {'chữ ' * 20 * size} | 11; note {n} | " for n in range(0, 60, 7)]
    layout = layout_of(tmp_path, *rows, *notes)
    pages = pages_of(layout)
    assert faults(pages, layout.front.margins) == []
    for number in range(0, 60, 7):
        assert len(placed(pages, f"Ghi chú {number}:")) == 1
    assert len(placed(pages, "dòng")) == 60


def test_ticks_of_a_matrix_stand_in_their_cells(tmp_path: Path) -> None:
    layout = layout_of(
        tmp_path,
        r"1.1 \| Mềm nhẽo \| ☐{kt.k1=co} \| ☐{kt.k1=khong} | cells 7:64:13:11; grid; align C:L:C:C | ",
    )
    boxes = [mark for mark in marks(pages_of(layout, form({"kt.k1": "khong"}))) if isinstance(mark, Box)]
    assert [box.ticked for box in boxes] == [False, True]
    assert faults(pages_of(layout, EMPTY), layout.front.margins) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("a | L head | ", "head"),
        (r"a \| b | cells 1:1; grid; align C | ", "understood"),
        (r"a \| b | cells 1:1; grid; align C:L:R | ", "align"),
        ("a | note 9 | ", "<sup>9</sup>"),
        ("a | repeat con where x | ", "understood"),
    ],
)
def test_slips_are_refused(tmp_path: Path, row: str, wrong: str) -> None:
    with pytest.raises(LayoutError, match=wrong):
        layout_of(tmp_path, row)
