"""The birth declaration as PDF, line by line beside the official form."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from kiosk.documents.declaration import blank_declaration, declaration
from kiosk.documents.layout import Words
from kiosk.documents.reading import load_layout
from kiosk.domain.errors import WorldError
from kiosk.domain.filled_form import FilledForm
from tests.documents.samples import FONTS, birth, birth_layout, flat, pdf_text

OFFICIAL = (Path(__file__).parent / "official_khai_sinh.txt").read_text(encoding="utf-8").splitlines()
"""Every fixed piece of text of the official form, in the order of reading, without raised marks."""


def plain(text: str) -> str:
    """Text in one line, without raised marks (``pdftotext -layout`` puts some on a line of their own)."""
    return flat(re.sub(r"\([1-6]\)", "", text))


def assert_in_order(text: str, expected: list[str]) -> None:
    at = 0
    for words in expected:
        found = text.find(words, at)
        assert found >= 0, f"“{words}” is not printed after “…{text[max(0, at - 60) : at]}”"
        at = found + len(words)


@pytest.mark.parametrize("filled", [birth(), FilledForm("khai_sinh", "1", ())], ids=["filled", "blank"])
def test_every_official_line_is_printed_in_order(filled: FilledForm) -> None:
    assert_in_order(plain(pdf_text(declaration(birth_layout(), filled, FONTS))), OFFICIAL)


def test_every_raised_mark_of_the_form_is_printed() -> None:
    text = pdf_text(blank_declaration(birth_layout(), FONTS))
    assert [text.count(f"({mark})") for mark in range(1, 7)] == [2, 8, 4, 2, 3, 2]


def test_the_layout_holds_every_official_word_and_no_other() -> None:
    rows = birth_layout().rows
    fixed = "".join(
        span.text
        for row in rows
        for cell in row.cells
        for span in cell
        if isinstance(span, Words) and not span.raised
    )
    rest = "".join(fixed.split())
    for words in OFFICIAL:
        squeezed = "".join(words.split())
        assert squeezed in rest
        rest = rest.replace(squeezed, "", 1)
    assert set(rest) <= {"."}


def test_a_filled_declaration_prints_the_answers_beside_their_labels() -> None:
    text = plain(pdf_text(declaration(birth_layout(), birth(), FONTS)))
    assert_in_order(
        text,
        [
            "Kính gửi: Ủy ban nhân dân xã Hòa Vang, thành phố Đà Nẵng",
            "tên người yêu cầu: Nguyễn Thị Bưởi",
            "Ngày, tháng, năm sinh: 05/08/1996",
            "tùy thân: Thẻ căn cước số 048196001234 do Cục Cảnh sát QLHC về TTXH cấp ngày 20/11/2021",
            "Quan hệ với người được khai sinh: Mẹ",
            "Họ, chữ đệm, tên: TRẦN NGUYỄN BẢO NGỌC",
            "sinh: 12/08/2026 ghi bằng chữ: ngày mười hai tháng tám năm hai nghìn không trăm hai mươi sáu",
            "Giới tính: Nữ Dân tộc: Kinh Quốc tịch: Việt Nam",
            "Nơi sinh: Trung tâm Y tế khu vực Hòa Vang, xã Hòa Vang, thành phố Đà Nẵng",
            "Quê quán: phường Hải Vân, thành phố Đà Nẵng",
            "người mẹ: Nguyễn Thị Bưởi",
            "Năm sinh: 05/08/1996 Dân tộc: Quốc tịch: Nơi cư trú: Giấy tờ",
            "Thẻ căn cước số 048196001234 Họ",
            "người cha: Trần Văn Cam",
            "Năm sinh: 1990 Dân tộc: Cơ Tu Quốc tịch: Việt Nam",
            "Nơi cư trú: Thôn Phò Nam, phường Hải Vân, thành phố Đà Nẵng",
            "Hộ chiếu số C1234567",
            "Số: 27/2024, Quyển số: 01/2024, đăng ký ngày 14 tháng 02 năm 2024 tại UBND xã Hòa Bắc",
            "Số lượng: 2 bản",
        ],
    )


def test_a_father_who_is_not_determined_leaves_dotted_blanks() -> None:
    names = [name for name in dict.fromkeys(birth_layout().names()) if name.startswith(("cha_", "gcnkh_"))]
    filled = birth(**{name.replace(".", "__"): None for name in names})
    text = plain(pdf_text(declaration(birth_layout(), filled, FONTS)))
    assert "tên người cha: Năm sinh: Dân tộc: Quốc tịch: Nơi cư trú: Giấy tờ tùy thân: Thông tin" in text


def test_a_name_of_120_letters_is_whole_and_in_capitals() -> None:
    name = ("Nguyễn Phúc Công Tằng Tôn Nữ " * 5)[:120].strip()
    text = plain(pdf_text(declaration(birth_layout(), birth(tre_ho_ten=name), FONTS)))
    assert name.upper() in text


def test_the_form_takes_two_pages_and_is_a4() -> None:
    for pdf in (declaration(birth_layout(), birth(), FONTS), blank_declaration(birth_layout(), FONTS)):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert len(document.pages) == 2
            assert [round(float(side)) for side in document.pages[0].mediabox] == [0, 0, 595, 842]


def test_only_embedded_tinos_is_used(tmp_path: Path) -> None:
    path = tmp_path / "to_khai.pdf"
    path.write_bytes(declaration(birth_layout(), birth(), FONTS))
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True).stdout.decode()
    rows = [row.split() for row in listed.splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == {
        "Tinos-Regular",
        "Tinos-Bold",
        "Tinos-Italic",
        "Tinos-BoldItalic",
    }
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_preview_equals_print() -> None:
    assert declaration(birth_layout(), birth(), FONTS) == declaration(birth_layout(), birth(), FONTS)


def test_the_file_says_its_title_and_nothing_about_the_person() -> None:
    with pikepdf.open(io.BytesIO(declaration(birth_layout(), birth(), FONTS))) as document:
        assert str(document.docinfo.Title) == "TỜ KHAI ĐĂNG KÝ KHAI SINH"
        assert "Bưởi" not in str(dict(document.docinfo.items()))


@pytest.mark.parametrize(("name", "sign"), [("Bảo 😀", "U+1F600"), ("陳", "U+9673")])
def test_a_sign_that_no_letter_shows_is_refused_not_dropped(name: str, sign: str) -> None:
    with pytest.raises(WorldError) as caught:
        declaration(birth_layout(), birth(tre_ho_ten=name), FONTS)
    assert caught.value.code == "document.glyph"
    assert caught.value.params == {"sign": sign}


def test_missing_fonts_are_said(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"document\.fonts"):
        blank_declaration(birth_layout(), tmp_path)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "assets/procedures").glob("*/to_khai*.md")), ids=str
)
def test_every_layout_can_be_printed_as_a_blank_form(path: Path) -> None:
    assert blank_declaration(load_layout(path), FONTS).startswith(b"%PDF")


def _questions(path: Path) -> list[str]:
    """The external names of what a form asks; pages (field-list) are not part of a name."""
    groups: list[str] = []
    found = []
    for line in path.read_text(encoding="utf-8").split("| choices |")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")[2:]]
        if len(cells) < 12 or cells[0] in ("type", "note", "calculate"):
            continue
        if cells[0] in ("begin_group", "begin_repeat"):
            groups.append("" if "field-list" in cells[10] else cells[1])
        elif cells[0] in ("end_group", "end_repeat"):
            groups.pop()
        elif cells[0]:
            found.append(".".join([*filter(None, groups), cells[1]]))
    return found


def test_every_question_of_the_form_is_printed_or_has_a_reason() -> None:
    layout = birth_layout()
    printed = set(layout.names()) | {name for name, _ in layout.not_printed}
    asked = _questions(Path(__file__).parents[2] / "assets/procedures/khai_sinh/form.md")
    assert len(asked) > 40
    assert [
        name for name in asked if not {name, name.removesuffix(".chon"), name.removesuffix(".khac")} & printed
    ] == []
    form = (Path(__file__).parents[2] / "assets/procedures/khai_sinh/form.md").read_text(encoding="utf-8")
    rules = {rule.condition.name for row in layout.rows for rule in row.rules}
    assert all(name in asked or f"| calculate | {name} |" in form for name in rules)
    known = {*asked, *(name.rpartition(".")[0] for name in asked)}
    assert {name for name in printed if not name.startswith("lam_tai.")} <= known


def test_no_number_of_copies_where_none_are_asked_for() -> None:
    filled = birth(cap_ban_sao="khong", so_ban_sao="0")
    assert "Số lượng: bản" in plain(pdf_text(declaration(birth_layout(), filled, FONTS)))
