"""Checks of questions in a repeat: every row by itself, the row's own answers beside each other."""

from datetime import date
from pathlib import Path

from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of
from kiosk.catalogue.calendar import WorkingCalendar
from kiosk.catalogue.checks import Check
from kiosk.catalogue.conditions import Condition
from kiosk.desk.rule_checks import Looked, broken
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form

FORM = """\
| survey |
| | type | name | label | appearance |
| | text | ngay_nop | Ngày | partial-date |
| | begin_repeat | con | Con | |
| | text | ten | Tên | |
| | text | ngay_sinh | Ngày sinh | partial-date |
| | text | ngay_mat | Ngày mất | partial-date |
| | begin_group | nha | Nhà | |
| | text | chi_tiet | Số nhà | |
| | end_group | | | |
| | begin_repeat | chau | Cháu | |
| | text | ngay_sinh | Ngày sinh | partial-date |
| | end_repeat | | | |
| | end_repeat | | | |
"""
DAY = date(2026, 11, 21)


def family(folder: Path, *children: dict[str, str]) -> Looked:
    path = folder / "form.md"
    path.write_text(FORM, encoding="utf-8")
    session = Session(load_form(compile_xform(xform_of(path))), ShiftedClock(DAY))
    while "con[1].ten" in session.values():
        session.remove_row("con", 1)
    for number, child in enumerate(children, start=1):
        session.add_row("con")
        for name, value in child.items():
            session.answer(f"con[{number}].{name}", value)
    return Looked(session, WorkingCalendar({}), DAY)


def check(kind: str, question: str, other: str = "", years: int = 0, when: Condition | None = None) -> Check:
    return Check(
        key="k",
        kind=kind,
        question=question,
        at=question,
        other=other,
        on="",
        years=years,
        days=0,
        working=False,
        warn_before=0,
        message="Xem lại.",
        level="stop",
        when=when,
        source="nguồn",
    )


def test_each_row_is_checked_and_named(tmp_path: Path) -> None:
    looked = family(tmp_path, {"ngay_sinh": "2015"}, {"ngay_sinh": "2023-01-01"}, {"ngay_sinh": "2020"})
    found = [
        (each.at, each.unclear) for each in broken(looked, [check("age_below", "con.ngay_sinh", years=6)])
    ]
    assert found == [("con[1].ngay_sinh", False), ("con[3].ngay_sinh", True)]


def test_the_other_question_is_that_of_the_same_row(tmp_path: Path) -> None:
    looked = family(
        tmp_path,
        {"ngay_sinh": "1990", "ngay_mat": "1995"},
        {"ngay_sinh": "1990", "ngay_mat": "1980"},
    )
    rule = check("not_before", "con.ngay_mat", other="con.ngay_sinh")
    assert [each.at for each in broken(looked, [rule])] == ["con[2].ngay_mat"]


def test_a_condition_looks_into_the_same_row(tmp_path: Path) -> None:
    looked = family(tmp_path, {"ten": "An", "ngay_sinh": "1990"}, {"ten": "Bình", "ngay_sinh": "1990"})
    rule = check("age_below", "con.ngay_sinh", years=6, when=Condition("con.ten", ("Bình",)))
    assert [each.at for each in broken(looked, [rule])] == ["con[2].ngay_sinh"]


def test_a_group_in_a_row_is_looked_through(tmp_path: Path) -> None:
    looked = family(tmp_path, {"nha.chi_tiet": "Thôn 1"}, {"nha.chi_tiet": "Thôn 2, huyện B"})
    found = list(broken(looked, [check("known_place", "con.nha")]))
    assert [each.at for each in found] == ["con[2].nha.chi_tiet"]
    assert found[0].values == ("Thôn 2, huyện B",)


def test_without_rows_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert list(broken(family(tmp_path), [check("age_below", "con.ngay_sinh", years=6)])) == []


def test_a_row_within_a_row_sees_the_answers_around_it(tmp_path: Path) -> None:
    looked = family(tmp_path, {"ngay_sinh": "1960"}, {"ngay_sinh": "1990"})
    for number in (1, 2):
        looked.session.add_row(f"con[{number}].chau")
        looked.session.answer(f"con[{number}].chau[1].ngay_sinh", "1980")
    rule = check("not_before", "con.chau.ngay_sinh", other="con.ngay_sinh")
    assert [each.at for each in broken(looked, [rule])] == ["con[2].chau[1].ngay_sinh"]


def test_rows_come_in_their_order(tmp_path: Path) -> None:
    looked = family(tmp_path, *({"ngay_sinh": "1990"} for _ in range(11)))
    found = [each.at for each in broken(looked, [check("age_below", "con.ngay_sinh", years=6)])]
    assert found[1:] == [f"con[{number}].ngay_sinh" for number in range(2, 12)]
