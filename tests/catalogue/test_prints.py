"""What a procedure prints, and a clerk's slips in it."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.prints import Print, read_prints
from kiosk.catalogue.tables import load_table

GOOD = """\
[[prints]]
layout = "to_khai"
when = { question = "loai", values = ["moi"] }
effective_to = 2026-12-31

[[prints]]
layout = "ct01/to_khai"
title = "Tờ khai CT01"
unless = { question = "loai", values = ["moi"] }
[prints.answers]
"kinh_gui.xa" = "cong_an.xa"
me_giay_to = "nc_giay_to"
"yc_*" = "chu_ho_*"
noi_dung = "'Đăng ký cho con {tre_ho_ten} vào hộ {chu_ho}'"

[[prints]]
information_sheet = true
title = "Bản thông tin chuẩn bị"
why = "Chưa có mẫu giấy."
pages = ["trang_mot"]
"""


def read(folder: Path, text: str = GOOD) -> tuple[Print, ...]:
    path = folder / "procedure.toml"
    path.write_text(text, encoding="utf-8")
    return read_prints(load_table(path), "khai_sinh")


def test_papers_are_read_in_order(tmp_path: Path) -> None:
    first, second, third = read(tmp_path)
    assert (first.layout, second.layout, third.layout) == ("khai_sinh/to_khai", "ct01/to_khai", "")
    assert (first.title, second.title) == ("", "Tờ khai CT01")
    assert second.answers["kinh_gui.xa"] == "cong_an.xa"
    assert (third.why, third.pages) == ("Chưa có mẫu giấy.", ("trang_mot",))


def test_a_paper_applies_by_answer_and_by_day(tmp_path: Path) -> None:
    first, second, third = read(tmp_path)
    new = {"loai": "moi"}.get
    assert [one.applies(lambda name: new(name, "")) for one in (first, second, third)] == [True, False, True]
    assert first.holds_on(date(2026, 12, 31))
    assert not first.holds_on(date(2027, 1, 1))


def test_it_names_the_questions_of_this_form(tmp_path: Path) -> None:
    first, second, _ = read(tmp_path)
    assert list(first.questions()) == [("when", "loai")]
    assert {name for _, name in second.questions()} == {
        "loai", "cong_an.xa", "nc_giay_to", "chu_ho_*", "tre_ho_ten", "chu_ho",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('layout = "to_khai"', 'layout = "../to_khai"', 2, "a layout is named"),
        ('layout = "to_khai"', "", 1, "a text is needed"),
        ('"yc_*" = "chu_ho_*"', '"yc_*" = "chu_ho"', 13, "a question of this form"),
        ('"nc_giay_to"', '"nc giấy tờ"', 12, "a question of this form"),
        ('why = "Chưa có mẫu giấy."', "", 16, "a text is needed"),
        ("information_sheet = true", 'information_sheet = true\nlayout = "x"', 18, "an unknown key"),
        ('pages = ["trang_mot"]', 'pages = ["trang_mot"]\nanswers = { a = "b" }', 21, "own questions"),
    ],
)
def test_slips_are_refused_with_their_line(tmp_path: Path, old: str, new: str, line: int, why: str) -> None:
    assert old in GOOD
    with pytest.raises(BadContentError, match=why) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line == line
