"""Choices: cascades, external lists, other answers, rows of a repeat, labels, chance."""

from collections.abc import Mapping, Sequence

import pytest

from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
from tests.forms.made import DAY, compiled, rows_of, session

PLACES = """
| | type | name | label | choice_filter | parameters | calculation |
| | select_one_from_file tinh.csv | tinh | Tỉnh | | | |
| | select_one_from_file xa.csv | xa | Xã | tinh = ${tinh} | | |
| | select_one_from_file xa.csv | phuong | Phường | tinh = ${tinh} and starts-with(label, 'Phường') | | |
| | select_one mau or_other | mau | Màu | | | |
| | select_one mau | tron | Trộn | | randomize=true, seed=42 | |
| | select_one mau | tron_khac | Trộn khác | | randomize=true | |
| | calculate | ten_mau | | | | jr:choice-name(${mau}, '${mau}') |
| | calculate | ten_xa | | | | instance('xa')/root/item[name = ${xa}]/label |
| | calculate | tinh_cua_xa | | | | pulldata('xa', 'tinh', 'name', ${xa}) |
"""
COLOURS = """
| | list_name | name | label |
| | mau | do | Đỏ |
| | mau | xanh | Xanh lá |
| | mau | vang | Vàng |
| | mau | tim | Tím |
"""
PEOPLE = """
| | type | name | label | choice_filter |
| | begin_repeat | nguoi | Người | |
| | text | ten | Tên | |
| | integer | tuoi | Tuổi | |
| | end_repeat | | | |
| | select_one ${ten} | chu_ho | Ai là chủ hộ | ${tuoi} >= 18 |
"""


@pytest.fixture
def form() -> Session:
    return session(PLACES, COLOURS)


def offered(form: Session, name: str) -> list[str]:
    return [choice.name for choice in form.question(name).choices]


def test_a_cascade_follows_the_answer_before(form: Session) -> None:
    assert offered(form, "xa") == []
    assert "xa" in form.answer("tinh", "48")
    wanted = [row["name"] for row in rows_of("xa") if row["tinh"] == "48"]
    assert offered(form, "xa") == wanted
    form.answer("tinh", "01")
    assert offered(form, "xa") == [row["name"] for row in rows_of("xa") if row["tinh"] == "01"]


def test_a_filter_may_look_at_several_columns(form: Session) -> None:
    form.answer("tinh", "48")
    labels = [choice.label for choice in form.question("phuong").choices]
    assert labels
    assert all(label.startswith("Phường") for label in labels)
    assert set(offered(form, "phuong")) < set(offered(form, "xa"))


def test_an_answer_that_its_list_lost_is_a_problem(form: Session) -> None:
    form.answer("tinh", "48")
    form.answer("xa", "20194")
    assert form.question("xa").problem is None
    assert "xa" in form.answer("tinh", "01")
    problem = form.question("xa").problem
    assert problem is not None
    assert problem.code == "type"


def test_rules_look_into_external_lists(form: Session) -> None:
    form.answer("tinh", "48")
    form.answer("xa", "20194")
    assert form.values()["tinh_cua_xa"] == "48"
    assert form.values()["ten_xa"] == form.question("xa").text
    form.answer("xa", "99999")
    assert (form.values()["tinh_cua_xa"], form.values()["ten_xa"]) == ("", "")


def test_another_answer_has_a_line_of_its_own(form: Session) -> None:
    assert offered(form, "mau")[-1] == "other"
    assert not form.question("mau_other").relevant
    assert "mau_other" in form.answer("mau", "other")
    assert form.question("mau_other").relevant


def test_the_label_of_a_choice_can_be_used(form: Session) -> None:
    form.answer("mau", "xanh")
    assert form.values()["ten_mau"] == "Xanh lá"
    form.answer("mau", "")
    assert form.values()["ten_mau"] == ""


def test_a_seed_always_mixes_alike(form: Session) -> None:
    assert offered(form, "tron") == offered(session(PLACES, COLOURS), "tron")
    assert sorted(offered(form, "tron")) == sorted(offered(form, "tron_khac"))


def test_chance_decides_once(form: Session) -> None:
    first = offered(form, "tron_khac")
    form.answer("mau", "do")
    assert offered(form, "tron_khac") == first


def test_rows_of_a_repeat_can_be_choices() -> None:
    some = session(PEOPLE)
    some.answer("nguoi[1].ten", "Lan")
    some.answer("nguoi[1].tuoi", "40")
    some.add_row("nguoi")
    assert "chu_ho" in some.answer("nguoi[2].ten", "Bé") | some.answer("nguoi[2].tuoi", "4")
    assert offered(some, "chu_ho") == ["Lan"]
    assert "chu_ho" in some.answer("nguoi[2].tuoi", "18")
    assert offered(some, "chu_ho") == ["Lan", "Bé"]
    some.remove_row("nguoi", 1)
    assert offered(some, "chu_ho") == ["Bé"]


def test_a_list_is_read_only_when_a_question_needs_it() -> None:
    asked: list[str] = []

    def lists(name: str) -> object:
        asked.append(name)
        return rows_of(name)

    some = Session(load_form(compiled(PLACES, COLOURS), lists), ShiftedClock(DAY))  # type: ignore[arg-type]
    some.answer("mau", "do")
    some.question("mau")
    assert not any("tinh" in name for name in asked)
    some.question("tinh")
    assert sum("tinh" in name for name in asked) == 1
    some.question("tinh")
    assert sum("tinh" in name for name in asked) == 1


def test_the_lists_of_a_form_are_read_beforehand_and_once() -> None:
    asked: list[str] = []

    def lists(name: str) -> Sequence[Mapping[str, str]]:
        asked.append(name)
        return rows_of(name)

    form = load_form(compiled(PLACES, COLOURS), lists)
    assert asked == []
    form.read_lists()
    assert sorted(name.removesuffix(".csv") for name in asked) == ["tinh", "xa"]
    session = Session(form, ShiftedClock(DAY), [("tinh", "48")])
    assert any(choice.label == "Phường Hải Vân" for choice in session.question("xa").choices)
    assert len(asked) == 2
