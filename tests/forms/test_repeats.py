"""Rows that repeat: names, positions, counts, nesting, totals."""

import pytest

from kiosk.forms import Session
from tests.forms.made import fresh, session, xml_session

CHILDREN = """
| | type | name | label | calculation | relevant |
| | begin_repeat | con | Con | | |
| | text | ten | Tên | | |
| | integer | tuoi | Tuổi | | |
| | calculate | so | | position(..) | |
| | calculate | truoc | | indexed-repeat(${ten}, ${con}, ${so} - 1) | |
| | text | truong | Học trường nào | | ${tuoi} >= 6 |
| | end_repeat | | | | |
| | calculate | tong | | sum(${tuoi}) | |
| | calculate | dem | | count(${con}) | |
| | calculate | ten_het | | join(', ', ${ten}) | |
"""
COUNTED = """
| | type | name | label | repeat_count | calculation |
| | integer | n | Bao nhiêu | | |
| | begin_repeat | con | Con | ${n} | |
| | text | ten | Tên | | |
| | end_repeat | | | | |
| | calculate | dem | | | count-non-empty(${ten}) |
"""
NESTED = """
| | type | name | label | calculation |
| | begin_repeat | ho | Hộ | |
| | text | chu | Chủ hộ | |
| | begin_repeat | nguoi | Người | |
| | integer | tuoi | Tuổi | |
| | calculate | cho | | concat(position(../..), '.', position(..), ' ', ${chu}) |
| | end_repeat | | | |
| | calculate | gia_nhat | | max(${tuoi}) |
| | end_repeat | | | |
| | calculate | tat_ca | | count(${nguoi}) |
"""


@pytest.fixture
def children() -> Session:
    some = session(CHILDREN)
    for name in ("An", "Bình", "Chi"):
        number = len([each for each in some.values() if each.endswith("].ten")])
        if some.values()[f"con[{number}].ten"]:
            some.add_row("con")
            number += 1
        some.answer(f"con[{number}].ten", name)
    return some


def column(some: Session, tail: str) -> list[str]:
    return [value for name, value in some.values().items() if name.endswith(f"].{tail}")]


def test_rows_have_names_with_their_place(children: Session) -> None:
    assert column(children, "ten") == ["An", "Bình", "Chi"]
    assert column(children, "so") == ["1", "2", "3"]
    assert column(children, "truoc") == ["", "An", "Bình"]
    assert children.values()["con"] == "3"
    assert children.values()["ten_het"] == "An, Bình, Chi"


def test_a_row_that_goes_moves_the_others_up(children: Session) -> None:
    changed = children.remove_row("con", 1)
    assert column(children, "ten") == ["Bình", "Chi"]
    assert column(children, "so") == ["1", "2"]
    assert column(children, "truoc") == ["", "Bình"]
    assert children.values()["dem"] == "2"
    assert {"con[1].ten", "con[2].ten", "con[3].ten", "dem", "ten_het"} <= changed


def test_a_rule_reads_its_own_row_only(children: Session) -> None:
    changed = children.answer("con[2].tuoi", "7")
    assert {"con[2].tuoi", "con[2].truong"} <= changed
    assert not {name for name in changed if name.startswith(("con[1]", "con[3]"))}
    relevant = [children.question(f"con[{row}].truong").relevant for row in (1, 2, 3)]
    assert relevant == [False, True, False]


def test_totals_follow_every_row(children: Session) -> None:
    for row, years in enumerate(("1", "7", "12"), 1):
        children.answer(f"con[{row}].tuoi", years)
    assert children.values()["tong"] == "20"
    children.remove_row("con", 3)
    assert children.values()["tong"] == "8"


def test_all_rows_may_go(children: Session) -> None:
    for _ in range(3):
        children.remove_row("con", 1)
    assert children.values()["dem"] == "0"
    assert children.filled().rows("con") == ()
    assert [repeat.name for screen in children.screens() for repeat in screen.repeats] == ["con"]
    children.add_row("con")
    assert column(children, "so") == ["1"]


def test_rows_that_are_not_there_are_refused(children: Session) -> None:
    for place in (0, 4, -1):
        with pytest.raises(KeyError):
            children.remove_row("con", place)
    with pytest.raises(KeyError):
        children.answer("con[4].ten", "Dũng")
    with pytest.raises(KeyError):
        children.add_row("khong_co")


def test_rows_come_back_in_any_order(children: Session) -> None:
    again = fresh(children)
    assert again.values() == children.values()
    assert again.screens() == children.screens()


def test_rows_are_printed_as_forms_of_their_own(children: Session) -> None:
    children.answer("con[2].tuoi", "7")
    rows = children.filled().rows("con")
    assert [row.value("ten") for row in rows] == ["An", "Bình", "Chi"]
    assert ["truong" in row for row in rows] == [False, True, False]


def test_a_page_shows_its_rows(children: Session) -> None:
    (screen,) = children.screens()
    (repeat,) = screen.repeats
    assert (repeat.name, repeat.label, repeat.fixed) == ("con", "Con", False)
    assert repeat.rows[0] == ("con[1].ten", "con[1].tuoi")


def test_a_count_makes_rows_and_takes_them_away() -> None:
    some = session(COUNTED)
    assert column(some, "ten") == []
    some.answer("n", "3")
    for row in (1, 2, 3):
        some.answer(f"con[{row}].ten", f"T{row}")
    some.answer("n", "1")
    assert column(some, "ten") == ["T1"]
    assert some.values()["dem"] == "1"
    some.answer("n", "3")
    assert column(some, "ten") == ["T1", "T2", "T3"], "what was said comes back with its row"
    some.answer("n", "nhiều")
    assert column(some, "ten") == []


def test_rows_of_a_count_are_not_for_the_volunteer_to_add() -> None:
    some = session(COUNTED, answers=[("n", "2")])
    assert some.add_row("con") == frozenset()
    assert some.remove_row("con", 1) == frozenset()
    assert len(column(some, "ten")) == 2
    assert all(repeat.fixed for screen in some.screens() for repeat in screen.repeats)


def test_a_count_out_of_all_measure_stops_somewhere() -> None:
    some = session(COUNTED)
    some.answer("n", "99999999")
    assert len(column(some, "ten")) <= 1000


def test_answers_of_an_older_form_are_no_numbers_of_rows() -> None:
    for answer in ("²", "Nguyễn Văn A", "-3"):
        assert session(CHILDREN, answers=[("con", answer)]).values()["con"] == "0"
    plain = CHILDREN.partition("| | calculate |")[0] + "| | end_repeat | | | | |\n"
    assert session(plain, answers=[("con", "9" * 5000)]).values()["con"] == "1000"


def test_a_count_without_measure_is_the_most_there_may_be() -> None:
    counted = session(COUNTED, answers=[("n", "9999999999")])
    assert counted.values()["con"] == "1000"


def test_repeats_in_repeats() -> None:
    some = session(NESTED)
    assert some.values()["ho[1].nguoi"] == "1"
    some.add_row("ho")
    while some.values()["ho[2].nguoi"] < "2":
        some.add_row("ho[2].nguoi")
    some.answer("ho[2].chu", "Lan")
    some.answer("ho[2].nguoi[2].tuoi", "70")
    some.answer("ho[2].nguoi[1].tuoi", "40")
    some.answer("ho[1].nguoi[1].tuoi", "5")
    values = some.values()
    assert values["ho[2].nguoi[2].cho"] == "2.2 Lan"
    assert (values["ho[1].gia_nhat"], values["ho[2].gia_nhat"]) == ("5", "70")
    assert values["tat_ca"] == "3"
    some.remove_row("ho", 1)
    assert some.values()["ho[1].nguoi[2].cho"] == "1.2 Lan"
    assert fresh(some).values() == some.values()


def test_rows_begin_with_what_the_form_says_of_each() -> None:
    some = xml_session(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><instance><data id="r">
        <p jr:template=""><n/><r>khác</r></p><p><n>An</n><r>cha</r></p><p><n>Bình</n><r>khác</r></p>
        </data></instance></model></h:head><h:body><group ref="/data/p"><label>P</label>
        <repeat nodeset="/data/p"><input ref="/data/p/n"><label>N</label></input>
        <input ref="/data/p/r"><label>R</label></input></repeat></group></h:body></h:html>"""
    )
    assert (column(some, "n"), column(some, "r")) == (["An", "Bình"], ["cha", "khác"])
    some.add_row("p")
    assert (column(some, "n"), column(some, "r")) == (["An", "Bình", ""], ["cha", "khác", "khác"])
