"""What stands in a blank."""

from datetime import date

import pytest

from kiosk.documents.filling import Answers, PlaceAndDay, value_text
from kiosk.documents.layout import Condition, PrintRule, Value
from kiosk.documents.spans import parse_spans
from kiosk.domain.filled_form import FilledEntry, FilledForm
from tests.documents.samples import EMPTY, form


def shown(text: str, answers: Answers) -> str:
    (value,) = parse_spans(text)
    assert isinstance(value, Value)
    return value_text(value, answers)


PAPER = "{g.loai} số {g.so} do {g.noi_cap} cấp ngày {g.ngay_cap}"
PLACE = "{o.chi_tiet}, {o.xa}, {o.tinh}"


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (
            {
                "g.loai": ("cccd", "Căn cước công dân"),
                "g.so": "012345678901",
                "g.noi_cap": "Cục CS",
                "g.ngay_cap": "20/11/2021",
            },
            "Căn cước công dân số 012345678901 do Cục CS cấp ngày 20/11/2021",
        ),
        ({"g.loai": "Hộ chiếu", "g.so": "C1"}, "Hộ chiếu số C1"),
        ({"g.loai": "Hộ chiếu", "g.ngay_cap": "20/11/2021"}, "Hộ chiếu cấp ngày 20/11/2021"),
        ({"g.so": "012345678901"}, "số 012345678901"),
        ({}, ""),
    ],
)
def test_an_identity_paper_leaves_out_what_is_not_known(answers: dict[str, str], text: str) -> None:
    assert shown(PAPER, Answers(form(answers))) == text


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (
            {"o.chi_tiet": "Thôn 2", "o.xa": ("1", "Xã Hòa Vang"), "o.tinh": ("48", "Thành phố Huế")},
            "Thôn 2, xã Hòa Vang, thành phố Huế",
        ),
        (
            {"o.xa": ("1", "Đặc khu Lý Sơn"), "o.tinh": ("51", "Tỉnh Quảng Ngãi")},
            "đặc khu Lý Sơn, tỉnh Quảng Ngãi",
        ),
        ({"o.tinh": ("51", "Tỉnh Quảng Ngãi")}, "tỉnh Quảng Ngãi"),
        ({"o.chi_tiet": "Thôn 2"}, "Thôn 2"),
    ],
)
def test_an_address_joins_the_parts_that_are_there(answers: dict[str, str], text: str) -> None:
    assert shown(PLACE, Answers(form(answers))) == text


@pytest.mark.parametrize(("place", "bare"), [("Thành phố Đà Nẵng", "Đà Nẵng"), ("Huế", "Huế")])
def test_a_place_can_leave_its_kind_to_the_words_before_it(place: str, bare: str) -> None:
    assert shown("{o.tinh:ten}", Answers(form({"o.tinh": ("48", place)}))) == bare


def test_words_in_brackets_need_their_answer() -> None:
    assert (
        shown("[Ủy ban nhân dân {k.xa}][, {k.tinh}]", Answers(form({"k.tinh": "Tỉnh Lào Cai"})))
        == "tỉnh Lào Cai"
    )


@pytest.mark.parametrize(
    ("stored", "slices", "whole"),
    [
        ("2024-02-14", ("14", "02", "2024"), "14/02/2024"),
        ("1945-03", ("", "03", "1945"), "03/1945"),
        ("1945", ("", "", "1945"), "1945"),
        ("2024-02-31", ("", "", ""), ""),
        ("26-10-05", ("", "", ""), ""),
        ("", ("", "", ""), ""),
        ("2024-02-14T07:30:00.000+07:00", ("14", "02", "2024"), "14/02/2024"),
    ],
)
def test_slices_of_a_date_show_only_what_is_known(
    stored: str, slices: tuple[str, str, str], whole: str
) -> None:
    answers = Answers(form({"ngay": stored}))
    assert tuple(answers.shown("ngay", part) for part in ("dd", "mm", "yyyy")) == slices
    assert answers.shown("ngay", "ngay") == whole


@pytest.mark.parametrize("stored", ["07:05:00.000+07:00", "2024-02-14T07:05:00.000+07:00"])
def test_slices_of_a_time(stored: str) -> None:
    answers = Answers(form({"gio": stored}))
    assert (answers.shown("gio", "hh"), answers.shown("gio", "mi")) == ("07", "05")


def test_words_of_dates_and_numbers() -> None:
    answers = Answers(form({"ngay": "2026-08-12", "von": "50000000", "la": "năm triệu"}))
    assert answers.shown("ngay", "chu") == "ngày mười hai tháng tám năm hai nghìn không trăm hai mươi sáu"
    assert answers.shown("von", "so_chu") == "năm mươi triệu"
    assert answers.shown("la", "so_chu") == ""
    assert answers.shown("la", "chu") == ""


def test_a_number_with_dashes_is_never_taken_for_a_date() -> None:
    assert Answers(form({"gcnkh_so": "2024-12"})).shown("gcnkh_so") == "2024-12"


def test_other_gives_way_to_what_was_written() -> None:
    assert Answers(form({"q.chon": ("me", "Mẹ")})).shown("q") == "Mẹ"
    assert Answers(form({"q.chon": ("khac", "Khác"), "q.khac": "Bà ngoại"})).shown("q") == "Bà ngoại"


def test_spaces_and_invisible_signs_are_tidied() -> None:
    answers = Answers(form({"ten": "  Nguyê\u0303n \u200b\n Thị\tBưởi\x00 "}))
    assert answers.shown("ten") == "Nguyễn Thị Bưởi"


def test_a_rule_silences_blanks_or_the_line() -> None:
    answers = Answers(form({"a.xa": "Xã A", "b": "B", "in": "0"}))
    unless = Condition("in", frozenset({"1"}))
    quiet = answers.quieted((PrintRule(("a",), unless),))
    assert quiet is not None
    assert (quiet.shown("a.xa"), quiet.shown("b")) == ("", "B")
    assert answers.quieted((PrintRule((), unless),)) is None
    assert answers.quieted((PrintRule((), Condition("b")),)) is answers


def test_a_blank_form_prints_every_line() -> None:
    answers = Answers(EMPTY)
    assert answers.quieted((PrintRule((), Condition("in", frozenset({"1"}))),)) is answers


def test_boxes() -> None:
    answers = Answers(form({"mot": "co", "nhieu": "a b"}))
    assert answers.is_ticked("mot", "co")
    assert not answers.is_ticked("mot", "c")
    assert answers.is_ticked("nhieu", "b")
    assert not answers.is_ticked("", "")


def test_place_and_day_of_signing() -> None:
    signed = Answers(EMPTY, PlaceAndDay("xã Hòa Vang", date(2026, 8, 20)))
    assert signed.shown("lam_tai.noi") == "xã Hòa Vang"
    assert [signed.shown("lam_tai.ngay", part) for part in ("dd", "mm", "yyyy")] == ["20", "08", "2026"]
    assert Answers(EMPTY).shown("lam_tai.noi") == ""


def test_rows_of_a_repeat_know_their_own_names() -> None:
    row = FilledForm("f", "1", (FilledEntry("ho_ten", "string", "", "An", "An"),))
    filled = FilledForm("f", "1", (FilledEntry("con", "repeat", "", "", "", (row,)),))
    (answers,) = Answers(filled).rows("con")
    assert answers.shown("con.ho_ten") == "An"
    assert Answers(filled).rows("khac") == []


@pytest.mark.parametrize("raw", ["2026-02-31", "26-10-05"])
def test_a_stored_day_that_is_none_is_never_printed_raw(raw: str) -> None:
    filled = FilledForm("f", "1", (FilledEntry("ngay", "date", "", raw, raw),))
    assert Answers(filled).shown("ngay") == ""
