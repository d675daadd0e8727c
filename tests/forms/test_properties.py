"""What holds for any form and any order of answers."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Form, Session
from tests.forms.made import DAY, birth, form, fresh, look, names

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.sampled_from(["", "a", "b", "1", "7", "co", "2024-02-29", "1945", "x y"])

MIXED = """
| | type | name | label | relevant | required | constraint | calculation | choice_filter |
| | text | a | A | | yes | | | |
| | integer | b | B | ${a} != 'x' | ${a} = 'b' | . < 5 or ${a} = 'a' | | |
| | begin_group | g | G | ${b} > 0 | | | | |
| | text | c | C ${a} | ${a} != '' | | string-length(.) < 3 | | |
| | select_one xs | d | D | | | | | nhom = ${a} |
| | calculate | e | | | | | concat(${a}, '-', ${c}, '-', ${b} + 1) | |
| | end_group | | | | | | | |
| | begin_repeat | r | R | ${a} != '1' | | | | |
| | text | s | S | ../../a = ${e} or ${a} = 'a' | | . != ${a} | | |
| | calculate | t | | | | | concat(position(..), ${s}) | |
| | end_repeat | | | | | | | |
| | calculate | u | | | | | concat(count(${s}), join('', ${t}), ${e}) | |
| | note | n | Chú ý ${u} | string-length(${u}) > 3 | | | | |
"""
CHOICES = """
| | list_name | name | label | nhom |
| | xs | 1 | Một | a |
| | xs | 7 | Bảy | a |
| | xs | b | Bê | b |
"""
FORM: Form = form(MIXED, CHOICES)
ASKED = ("a", "b", "g.c", "g.d", "r[1].s", "r[2].s")


def started() -> Session:
    some = Session(FORM, ShiftedClock(DAY))
    some.add_row("r")
    return some


ANSWERS = st.lists(st.tuples(st.sampled_from(ASKED), TEXTS), max_size=12)


@QUICK
@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_change_what_comes_of_them(
    answers: list[tuple[str, str]], random: Any
) -> None:
    last = dict(answers)
    shuffled = list(last.items())
    random.shuffle(shuffled)
    one, other = started(), started()
    for name, value in answers:
        one.answer(name, value)
    for name, value in shuffled:
        other.answer(name, value)
    assert look(one) == look(other)


@QUICK
@given(ANSWERS)
def test_a_form_comes_back_as_it_was_left(answers: list[tuple[str, str]]) -> None:
    some = started()
    for name, value in answers:
        some.answer(name, value)
    assert look(fresh(some)) == look(some)


@QUICK
@given(ANSWERS, st.sampled_from(ASKED), TEXTS)
def test_an_answer_taken_back_leaves_no_trace(answers: list[tuple[str, str]], name: str, value: str) -> None:
    some = started()
    for each, text in answers:
        some.answer(each, text)
    before, old = look(some), some.values()[name]
    some.answer(name, value)
    some.answer(name, old)
    assert look(some) == before


@QUICK
@given(ANSWERS, st.sampled_from(ASKED), TEXTS)
def test_every_change_is_told(answers: list[tuple[str, str]], name: str, value: str) -> None:
    some = started()
    for each, text in answers:
        some.answer(each, text)
    before = {each: some.question(each) for each in names(some)}
    told = some.answer(name, value)
    changed = {each for each in names(some) if some.question(each) != before[each]}
    assert changed <= told


@QUICK
@given(ANSWERS)
def test_what_does_not_apply_is_kept_and_not_printed(answers: list[tuple[str, str]]) -> None:
    some = started()
    for name, value in answers:
        some.answer(name, value)
    last = dict(answers)
    assert {name: some.values()[name] for name in last} == last
    for name in ("a", "b", "g.c", "g.d"):
        assert (name in some.filled()) == some.question(name).relevant
    problems = {problem.name for problem in some.problems()}
    assert all(some.question(name).relevant for name in problems)
    rows = some.filled().rows("r")
    assert len(rows) == (2 if last.get("a", "") != "1" else 0)


@QUICK
@given(st.lists(st.one_of(st.just("add"), st.integers(1, 4)), max_size=10))
def test_rows_added_and_removed_keep_their_places(steps: list[Any]) -> None:
    some, expected, made = Session(FORM, ShiftedClock(DAY)), [""], 0
    for step in steps:
        if step == "add":
            some.add_row("r")
            made += 1
            some.answer(f"r[{len(expected) + 1}].s", f"s{made}")
            expected.append(f"s{made}")
        elif step <= len(expected):
            some.remove_row("r", step)
            expected.pop(step - 1)
    values = some.values()
    assert [values[f"r[{place}].s"] for place in range(1, len(expected) + 1)] == expected
    assert f"r[{len(expected) + 1}].s" not in values
    assert values["r"] == str(len(expected))
    places = [values[f"r[{place}].t"] for place in range(1, len(expected) + 1)]
    shown = [some.question(f"r[{place}].s").relevant for place in range(1, len(expected) + 1)]
    assert places == [
        f"{place}{text if shows else ''}"
        for place, (text, shows) in enumerate(zip(expected, shown, strict=True), 1)
    ]


NESTED = form("""
| | type | name | label | relevant | repeat_count | calculation |
| | integer | n | N | | | |
| | begin_repeat | ngoai | Ngoài | | | |
| | text | a | A | | | |
| | begin_repeat | trong | Trong | ../a != 'x' | | |
| | text | b | B | | | |
| | calculate | cho | | | | concat(position(../..), '.', position(..), ${b}) |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | begin_repeat | dem | Đếm | | ${n} | |
| | text | c | C | | | |
| | calculate | thu | | | | concat(position(..), ${c}) |
| | end_repeat | | | | | |
""")
NESTED_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 3), st.integers(1, 3)),
        st.tuples(st.just("count"), st.integers(0, 4), st.just(0)),
    ),
    max_size=14,
)


def step_nested(some: Session, rows: list[list[str]], step: tuple[str, int, int], mark: str) -> None:
    """Do one step to the form and to plain lists that stand for it; ``0`` means the outer rows."""
    kind, outer, place = step
    if kind == "count":
        some.answer("n", str(outer))
    elif kind == "add" and outer == 0:
        some.add_row("ngoai")
        rows.append([""])
    elif kind == "add" and outer <= len(rows):
        some.add_row(f"ngoai[{outer}].trong")
        rows[outer - 1].append(mark)
        some.answer(f"ngoai[{outer}].trong[{len(rows[outer - 1])}].b", mark)
    elif kind == "remove" and outer == 0 and place <= len(rows):
        some.remove_row("ngoai", place)
        rows.pop(place - 1)
    elif kind == "remove" and 0 < outer <= len(rows) and place <= len(rows[outer - 1]):
        some.remove_row(f"ngoai[{outer}].trong", place)
        rows[outer - 1].pop(place - 1)


@QUICK
@given(NESTED_STEPS)
def test_rows_in_rows_and_counted_rows_keep_their_places(steps: list[tuple[str, int, int]]) -> None:
    some, expected = Session(NESTED, ShiftedClock(DAY)), [[""]]
    for number, step in enumerate(steps):
        step_nested(some, expected, step, f"m{number}")
    values = some.values()
    assert values["ngoai"] == str(len(expected))
    for outer, inner in enumerate(expected, 1):
        assert values[f"ngoai[{outer}].trong"] == str(len(inner))
        for place, mark in enumerate(inner, 1):
            assert values[f"ngoai[{outer}].trong[{place}].cho"] == f"{outer}.{place}{mark}"
    assert values["dem"] == (values["n"] or "0")
    assert [values[f"dem[{place}].thu"] for place in range(1, int(values["dem"]) + 1)] == [
        str(place) for place in range(1, int(values["dem"]) + 1)
    ]
    assert look(fresh(some)) == look(some)


@QUICK
@given(st.lists(st.tuples(st.sampled_from(ASKED), TEXTS), max_size=8), st.data())
def test_all_answers_taken_back_in_any_order_leave_the_form_as_it_began(
    answers: list[tuple[str, str]], data: st.DataObject
) -> None:
    some = started()
    began, empty = look(some), some.values()
    for name, value in answers:
        some.answer(name, value)
    for name in data.draw(st.permutations(sorted({name for name, _ in answers}))):
        some.answer(name, empty[name])
    assert look(some) == began


HIDING = form("""
| | type | name | label | relevant | calculation |
| | integer | x | X | | |
| | integer | y | Y | ${x} > 3 | |
| | begin_group | g | G | ${y} != 2 | |
| | integer | z | Z | | |
| | end_group | | | | |
| | calculate | doc | | | concat('[', ${y}, '/', ${z}, ']') |
""")


@QUICK
@given(st.lists(st.tuples(st.sampled_from(("x", "y", "g.z")), st.sampled_from(["", "2", "5"])), max_size=9))
def test_what_does_not_apply_is_read_as_empty_and_comes_back_as_it_was(
    answers: list[tuple[str, str]],
) -> None:
    some = Session(HIDING, ShiftedClock(DAY))
    for name, value in answers:
        some.answer(name, value)
    given_last = {"x": "", "y": "", "g.z": ""} | dict(answers)
    y = given_last["y"] if given_last["x"] == "5" else ""
    z = given_last["g.z"] if y != "2" else ""
    assert some.values()["doc"] == f"[{y}/{z}]"
    assert {name: some.values()[name] for name in given_last} == given_last


BIRTH = (
    "loai_khai_sinh", "loai_dang_ky", "tre_ngay_sinh", "me_ngay_sinh", "me_giay_to.loai", "me_giay_to.so",
    "kinh_gui.tinh", "kinh_gui.xa", "yc_quan_he.chon", "cha_me_ket_hon", "cap_ban_sao", "so_ban_sao",
)  # fmt: skip
BIRTH_ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(BIRTH),
        st.sampled_from(["", "ca_cha_lan_me", "bi_bo_roi", "dung_han", "2026-01-02", "1990", "5", "2", "01",
                         "00004", "khac", "co", "khong", "0", "3", "048195001234"]),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(BIRTH_ANSWERS, st.sampled_from(BIRTH), st.sampled_from(["", "ca_cha_lan_me", "5", "co", "79", "2027"]))
def test_the_birth_declaration_forgets_and_hides_nothing(
    answers: list[tuple[str, str]], name: str, value: str
) -> None:
    some = birth()
    for each, text in answers:
        some.answer(each, text)
    assert look(fresh(some)) == look(some)
    before = {each: some.question(each) for each in names(some)}
    old = some.values()[name]
    told = some.answer(name, value)
    assert {each for each in before if some.question(each) != before[each]} <= told
    some.answer(name, old)
    assert {each: some.question(each) for each in before} == before
