"""Setting lines and filling pages: nothing is cut, nothing lies over another, everything in its box."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.compose import compose
from kiosk.documents.faces import load_faces
from kiosk.documents.filling import Answers, PlaceAndDay
from kiosk.documents.layout import Layout, Margins
from kiosk.documents.marks import Block, Box, Group, Mark, Page, Rule, Text
from kiosk.documents.pages import paginate
from kiosk.documents.reading import load_layout
from kiosk.domain.filled_form import FilledEntry, FilledForm
from tests.documents.geometry import all_text, faults
from tests.documents.samples import EMPTY, FONTS, birth, birth_layout, form

FACES = load_faces(FONTS)
_FRONT = """| Form | T |
| Procedure | p |
| Number | n |
| In force from | unknown |
| In force to | unknown |
| Source | s |
| Checked | 2026-11-21 |
| Confidence | low |
| Page | A4 portrait; margins L 30, R 20, T 20, B 20 mm |
| Type | body 13, line 1.15 |

## Printed lines

| # | text | style | in khi |
|---|---|---|---|
"""


def layout_of(folder: Path, *rows: str) -> Layout:
    path = folder / "to_khai.md"
    path.write_text(_FRONT + "\n".join(f"| {n} | {row} |" for n, row in enumerate(rows, 1)), encoding="utf-8")
    load_layout.cache_clear()
    return load_layout(path)


def pages_of(layout: Layout, filled: FilledForm = EMPTY) -> list[Page]:
    return compose(layout, Answers(filled), FACES)


def marks(pages: list[Page]) -> list[Mark]:
    return [mark for page in pages for _, block in page.placed for mark in block.marks]


def texts(pages: list[Page]) -> list[str]:
    return [mark.text for mark in marks(pages) if isinstance(mark, Text)]


def leaders(pages: list[Page]) -> list[Rule]:
    return [mark for mark in marks(pages) if isinstance(mark, Rule) and mark.dotted]


_ODD = st.one_of(
    st.text(alphabet="aăâêôơưđĐẤỆỘỮwWiI .,-/'()0123456789", max_size=160),
    st.sampled_from(
        [
            "",
            "W" * 200,
            "i" * 300,
            "Ấ" * 120,
            ("Nguyễn " * 60).strip(),
            "a" + "-" * 150,
            "Nữ",
            "2026-08-12",
            "1945",
        ]
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(set(birth_layout().names())), _ODD)))
def test_any_answers_stay_in_their_boxes(answers: dict[str, str]) -> None:
    layout = birth_layout()
    assert faults(pages_of(layout, form(answers)), layout.front.margins) == []


@settings(max_examples=25, deadline=None)
@given(_ODD)
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    layout = birth_layout()
    printed = all_text(pages_of(layout, birth(yc_ho_ten=name)))
    assert "".join(name.split()) in printed


@settings(max_examples=25, deadline=None)
@given(st.lists(_ODD, min_size=3, max_size=3), st.integers(0, 4))
def test_table_cells_keep_to_their_columns(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], count: int
) -> None:
    rows = (
        r"STT \| Họ tên \| Ghi chú | cells 1:3:2 grid; C B |",
        r"{con.stt} \| {con.ten} \| {con.chu} | cells 1:3:2 grid; repeat con; least 2 |",
    )
    layout = layout_of(tmp_path_factory.mktemp("table"), *rows)
    row = form(dict(zip(("stt", "ten", "chu"), words, strict=True)))
    filled = FilledForm("f", "1", (FilledEntry("con", "repeat", "", "", "", (row,) * count),))
    assert faults(pages_of(layout, filled), layout.front.margins) == []


def test_a_value_is_followed_by_dots_to_the_margin(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "Tên: {ten} | J LDR |"), form({"ten": "An"}))
    (leader,) = leaders(pages)
    text = next(mark for mark in marks(pages) if isinstance(mark, Text))
    assert text.text == "Tên: An"
    assert leader.x1 >= text.x + text.width
    assert leader.x2 == pytest.approx((210 - 20) * 72 / 25.4, abs=2)


def test_an_empty_blank_is_dotted_and_three_blanks_share_the_line(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "Giới tính: {a} Dân tộc: {b} Quốc tịch: {c} | J LDR |"))
    lengths = [rule.x2 - rule.x1 for rule in leaders(pages)]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) < 0.1


def test_continuation_lines_are_used_up_by_a_long_value(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "Nơi: {o} | J LDR |", "…… | CONT |", "…… | CONT |")
    heights = {
        length: sum(
            block.height
            for page in pages_of(layout, form({"o": "Thôn " * length}))
            for _, block in page.placed
        )
        for length in (1, 25, 100)
    }
    assert heights[1] == heights[25] < heights[100]
    assert len(leaders(pages_of(layout))) == 3


def test_a_long_name_starts_a_new_line_instead_of_being_cut(tmp_path: Path) -> None:
    pages = pages_of(
        layout_of(tmp_path, "Tên: {ten} | J LDR; label B; value CAPS |"), form({"ten": "Hoàng " * 20})
    )
    assert len({top for page in pages for top, block in page.placed if block.marks}) > 1
    assert all_text(pages) == "Tên:" + "HOÀNG" * 20


def test_dots_for_the_hand_never_take_an_answer(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "Làm tại: ……, ngày …… | R I |"), form({"x": "1"}))
    assert len(leaders(pages)) == 2


def test_full_lines_are_justified_and_the_last_is_not(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "cam đoan đúng sự thật " * 12 + "| J |"))
    spaces = [mark.word_space for mark in marks(pages) if isinstance(mark, Text)]
    assert all(space > 0 for space in spaces[:-1])
    assert spaces[-1] == 0


def test_alignment(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "trái | L |", "giữa | C |", "phải | R |"))
    left, centre, right = (mark for mark in marks(pages) if isinstance(mark, Text))
    scale = 72 / 25.4
    assert left.x == pytest.approx(30 * scale)
    assert centre.x + centre.width / 2 == pytest.approx((30 + 160 / 2) * scale)
    assert right.x + right.width == pytest.approx(190 * scale)


@pytest.mark.parametrize(("kind", "struck"), [("a", ["thay thế"]), ("b", ["Giấy"]), ("", []), ("c", [])])
def test_words_are_struck_out_by_an_answer(tmp_path: Path, kind: str, struck: list[str]) -> None:
    layout = layout_of(tmp_path, "Số <s loai=b>Giấy</s>/<s loai=a>thay thế</s>: {so} | J 13 |")
    assert "loai" in layout.names()
    found = marks(pages_of(layout, form({"so": "1", "loai": kind}) if kind else EMPTY))
    lines = [mark for mark in found if isinstance(mark, Rule) and not mark.dotted]
    words = {(mark.x, mark.x + mark.width): mark.text for mark in found if isinstance(mark, Text)}
    assert [words[line.x1, line.x2] for line in lines] == struck
    assert all(0 < line.y1 - mark.y < 13 for line in lines for mark in found if isinstance(mark, Text))


def test_looks_of_words(tmp_path: Path) -> None:
    pages = pages_of(
        layout_of(tmp_path, "Tên (ghi chữ hoa): {ten}<sup>(1)</sup> <u>Chú</u> | L; label B; bracket I |"),
        form({"ten": "An"}),
    )
    found = {mark.text: (Path(mark.font).stem, mark.size) for mark in marks(pages) if isinstance(mark, Text)}
    assert found["Tên"] == ("Tinos-Bold", 13)
    assert found["(ghi chữ hoa)"] == ("Tinos-BoldItalic", 13)
    assert found["An"] == ("Tinos-Regular", 13)
    assert found["(1)"][1] < 9
    assert [mark for mark in marks(pages) if isinstance(mark, Rule) and not mark.dotted]


def test_boxes_are_drawn_and_crossed(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "Có ☐{b=co}, Không ☐{b=khong}, khác ☐ | L |"), form({"b": "co"}))
    assert [mark.ticked for mark in marks(pages) if isinstance(mark, Box)] == [True, False, False]


def test_a_number_goes_one_figure_to_a_box(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "Số định danh: {so:o12} | L; before 4 |")
    pages = pages_of(layout, form({"so": "048196001234"}))
    assert all_text(pages) == "Sốđịnhdanh:048196001234"
    boxes = [mark for mark in marks(pages) if isinstance(mark, Box)]
    assert len(boxes) == 12
    figures = [mark for mark in marks(pages) if isinstance(mark, Text)][1:]
    assert all(
        box.x < figure.x and figure.x + figure.width < box.x + box.side
        for box, figure in zip(boxes, figures, strict=True)
    )
    assert sum(isinstance(mark, Box) for mark in marks(pages_of(layout))) == 12


@pytest.mark.parametrize(("style", "side"), [("L 12; before 4", 13.2), ("L 12; before 8; boxes 22", 22)])
def test_a_box_is_as_large_as_wanted_with_its_figure_in_the_middle(
    tmp_path: Path, style: str, side: float
) -> None:
    found = marks(pages_of(layout_of(tmp_path, f"{{so:o12}} | {style} |"), form({"so": "048195001234"})))
    box = next(mark for mark in found if isinstance(mark, Box))
    figure = next(mark for mark in found if isinstance(mark, Text))
    assert box.side == pytest.approx(side)
    below, above = figure.y - box.y, box.y + box.side - (figure.y + 0.66 * figure.size)
    assert below == pytest.approx(above)
    assert below > 0


def test_a_number_too_long_for_its_boxes_is_not_cut(tmp_path: Path) -> None:
    pages = pages_of(layout_of(tmp_path, "Số: {so:o9} | L |"), form({"so": "0481960012345"}))
    assert all_text(pages) == "Số:0481960012345"


def test_a_line_is_left_out_when_its_condition_fails(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "đầu | L | ", "giữa | L | cha_me=co", "cuối | L | ")
    assert texts(pages_of(layout, form({"cha_me": "khong"}))) == ["đầu", "cuối"]
    assert texts(pages_of(layout, form({"cha_me": "co"}))) == ["đầu", "giữa", "cuối"]
    assert texts(pages_of(layout)) == ["đầu", "giữa", "cuối"]


def test_a_table_keeps_its_empty_rows(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, r"{con.ten} \| {con.nam} | cells 1:1 grid; repeat con; least 3 |")
    row = form({"ten": "An", "nam": "2020"})
    filled = FilledForm("f", "1", (FilledEntry("con", "repeat", "", "", "", (row,)),))
    pages = pages_of(layout, filled)
    assert texts(pages) == ["An", "2020"]
    assert sum(1 for page in pages for _, block in page.placed if block.marks) == 3


def test_columns_stand_beside_each_other(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "trái | col 1 of 1:1; L |", "phải | col 2 of 1:1; L |", "dưới | L |")
    left, right, below = (mark for mark in marks(pages_of(layout)) if isinstance(mark, Text))
    assert left.y == right.y
    assert right.x > left.x + left.width
    assert texts(pages_of(layout))[2] == below.text == "dưới"


def test_columns_too_tall_for_a_page_go_one_under_the_other(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, "{a} | col 1 of 1:1; L |", "phải | col 2 of 1:1; L |")
    pages = pages_of(layout, form({"a": "dài " * 2000}))
    assert len(pages) > 1
    assert faults(pages, layout.front.margins) == []


def test_a_new_page_and_lines_that_stay_together(tmp_path: Path) -> None:
    layout = layout_of(
        tmp_path, "một | L |", "hai | L; new page |", "{a} | L |", "giữ | L; keep |", "cùng | L |"
    )
    pages = pages_of(layout, form({"a": "dài " * 1045}))
    assert texts(pages[:1]) == ["một"]
    kept = [page for page in pages if "giữ" in texts([page])]
    assert "cùng" in texts(kept)


@pytest.mark.parametrize("room", [0.5, 1.5])
def test_a_group_moves_to_the_next_page_only_if_it_is_short_of_room(room: float) -> None:
    mark = (Rule(0, 0, 1, 0, 1),)
    margins = Margins(0, 0, 0, 297 - 100 * 25.4 / 72)
    first = Group((Block(100 - 20 * room, mark),))
    pages = paginate(iter([first, Group((Block(10, mark), Block(10, mark)), keep=True)]), margins)
    assert len(pages) == (2 if room < 1 else 1)


def test_what_no_page_holds_is_still_printed() -> None:
    tall = Group(tuple(Block(40, (Rule(0, 0, 1, 0, 1),)) for _ in range(60)), keep=True)
    pages = paginate(iter([tall]), Margins(10, 10, 10, 10))
    assert sum(len(page.placed) for page in pages) == 60


def test_signing_place_and_day_are_printed_when_known() -> None:
    pages = compose(birth_layout(), Answers(birth(), PlaceAndDay("xã Hòa Vang", date(2026, 8, 20))), FACES)
    assert "Làm tại: xã Hòa Vang, ngày 20 tháng 08 năm 2026" in texts(pages)
