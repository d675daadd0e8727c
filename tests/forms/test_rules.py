"""Rules at work: relevance, calculations, events, languages, mistakes that only answers bring about."""

import pytest

from kiosk.author.compiler import compile_xform
from kiosk.author.findings import FormError
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
from tests.forms.made import DAY, compiled, form, fresh, session, xform, xml_session

GROUPS = """
| | type | name | label | relevant | required | required_message | constraint | constraint_message | calculate |
| | text | a | A | | | | | | |
| | begin_group | ngoai | Ngoài | ${a} = 'mở' | | | | | |
| | text | b | B | | ${a} != '' | Cần B. | . != ${a} | B phải khác A. | |
| | begin_group | trong | Trong | ${b} != '' | | | | | |
| | text | c | C | | | | | | |
| | end_group | | | | | | | | |
| | end_group | | | | | | | | |
| | calculate | d | | | | | | | concat('[', ${c}, ']') |
| | text | e | E | ${d} = '[x]' | | | | | |
"""  # noqa: E501


def test_what_is_inside_follows_its_group_and_counts_as_empty() -> None:
    some = session(GROUPS, answers=[("a", "mở"), ("ngoai.b", "1"), ("ngoai.trong.c", "x")])
    assert some.question("e").relevant
    changed = some.answer("a", "đóng")
    assert {"a", "ngoai.b", "ngoai.trong.c", "d", "e"} <= changed
    assert (some.values()["d"], some.values()["ngoai.trong.c"]) == ("[]", "x")
    assert not some.question("e").relevant
    some.answer("a", "mở")
    assert (some.values()["d"], some.question("e").relevant) == ("[x]", True)


def test_messages_are_those_of_the_form() -> None:
    some = session(GROUPS, answers=[("a", "mở")])
    assert [(each.name, each.code, each.message) for each in some.problems()] == [
        ("ngoai.b", "missing", "Cần B.")
    ]
    some.answer("ngoai.b", "mở")
    assert [(each.code, each.message) for each in some.problems()] == [("constraint", "B phải khác A.")]
    assert "ngoai.b" in some.answer("a", "khác")
    assert some.problems() == ()


def test_blanks_are_no_answer() -> None:
    some = session(GROUPS, answers=[("a", "mở")])
    some.answer("ngoai.b", "   ")
    assert [each.code for each in some.problems()] == ["missing"]


def test_a_question_that_nothing_reads_changes_alone() -> None:
    some = session(GROUPS)
    assert some.answer("e", "1") == {"e"}
    assert some.answer("e", "1") <= {"e"}


EVENTS = """
| | type | name | label | trigger | calculation | default | readonly |
| | text | a | A | | | | |
| | text | b | B | ${a} | concat(${a}, '!') | | |
| | text | xoa | Xóa | ${a} | | | |
| | date | hom | Ngày | | | today() | |
| | date | mai | Mai | | | date(today() + 1) | |
| | calculate | mot_lan | | | once(concat('lần ', ${a})) | | |
| | text | khoa | K | | | | ${a} = 'khóa' |
| | begin_repeat | r | R | | | | |
| | text | s | S | | | ${a} | |
| | text | t | T | ${s} | ${s} | | |
| | end_repeat | | | | | | |
"""


def test_dynamic_defaults_are_set_when_a_form_is_begun() -> None:
    some = session(EVENTS)
    assert some.values()["hom"] == "2026-11-21"
    assert some.values()["mai"] == "2026-11-22"
    kept = session(EVENTS, answers=[("hom", "2026-01-02"), ("mai", "")])
    assert (kept.values()["hom"], kept.values()["mai"]) == ("2026-01-02", "")


def test_a_change_sets_what_it_triggers_and_nothing_else_does() -> None:
    some = session(EVENTS)
    some.answer("xoa", "còn")
    changed = some.answer("a", "1")
    assert (some.values()["b"], some.values()["xoa"]) == ("1!", "")
    assert {"a", "b", "xoa"} <= changed
    some.answer("b", "sửa tay")
    some.answer("khoa", "k")
    assert some.values()["b"] == "sửa tay"
    some.answer("a", "1")
    assert some.values()["b"] == "sửa tay", "the same answer is no change"


def test_restored_answers_trigger_nothing() -> None:
    some = session(EVENTS)
    some.answer("a", "1")
    some.answer("b", "sửa tay")
    assert fresh(some).values() == some.values()


def test_rows_have_defaults_and_triggers_of_their_own() -> None:
    some = session(EVENTS)
    some.answer("a", "đầu")
    some.add_row("r")
    assert [some.values()[f"r[{row}].s"] for row in (1, 2)] == ["", "đầu"]
    some.answer("r[1].s", "x")
    assert [some.values()[f"r[{row}].t"] for row in (1, 2)] == ["x", "đầu"]


def test_once_is_once() -> None:
    some = session(EVENTS)
    first = some.values()["mot_lan"]
    some.answer("a", "2")
    assert some.values()["mot_lan"] == first == "lần "


def test_readonly_may_depend_on_an_answer() -> None:
    some = session(EVENTS)
    assert not some.question("khoa").readonly
    assert "khoa" in some.answer("a", "khóa")
    assert some.question("khoa").readonly


SPOKEN = """
| | type | name | LABEL | HINT | constraint | MESSAGE |
| | text | a | Tên | Name | Gợi ý | Hint | . != 'x' | Không phải x | Not x |
| | select_one s | b | Chào ${a} | Hello ${a} | | | | | |
"""
for column in ("label", "hint", "constraint_message"):
    word = column.rpartition("_")[2].upper()
    SPOKEN = SPOKEN.replace(word, f"{column}::Tiếng Việt (vi) | {column}::English (en)")
SPOKEN_CHOICES = """
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | s | 1 | Một | One |
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ("Tên", "Gợi ý", "Không phải x", "Chào An", "Một")),
        ("en", ("Name", "Hint", "Not x", "Hello An", "One")),
    ],
)
def test_a_form_speaks_the_language_that_is_asked_for(language: str, said: tuple[str, ...]) -> None:
    some = xml_session(xform(SPOKEN, SPOKEN_CHOICES), language)
    some.answer("a", "x")
    problem = some.question("a").problem
    some.answer("a", "An")
    some.answer("b", "1")
    question = some.question("a")
    found = (question.label, question.hint, problem.message if problem else "", some.question("b").label)
    assert (*(text.strip() for text in found), some.question("b").text) == said


def test_a_language_that_a_form_lacks_is_its_own() -> None:
    some = xml_session(
        xform(SPOKEN, SPOKEN_CHOICES, "| | form_id | default_language |\n| | x | English (en) |"), "km"
    )
    assert some.question("a").label == "Name"


def test_a_label_that_shows_an_answer_changes_with_it() -> None:
    some = xml_session(xform(SPOKEN, SPOKEN_CHOICES))
    assert "b" in some.answer("a", "Bình")
    assert some.question("b").label.strip() == "Chào Bình"


def refused(survey: str) -> set[str]:
    with pytest.raises(FormError) as caught:
        compile_xform(xform(survey))
    return {finding.code for finding in caught.value.findings}


@pytest.mark.parametrize(
    ("column", "expression", "code"),
    [
        ("relevant", "selecte(${b}, 'x')", "unknown_function"),
        ("relevant", "${b} == 'x'", "double_equals"),
        ("relevant", "${b} = 'x", "unclosed_quote"),
        ("constraint", "regex(.)", "wrong_arity"),
        ("calculation", "area(${b})", "excluded_function"),
        ("calculation", "distance(${b})", "excluded_function"),
        ("relevant", "geofence(${b}, ${b})", "excluded_function"),
        ("calculation", "${b} +", "expression_ends"),
    ],
)
def test_a_mistake_in_a_rule_refuses_the_form(column: str, expression: str, code: str) -> None:
    survey = f"| | type | name | label | {column} |\n| | text | b | B | |\n| | text | a | A | {expression} |"
    assert refused(survey) == {code}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("| | text | a | A | ${b} = '1' | |\n| | text | b | B | ${a} = '1' | |", "cycle"),
        ("| | text | a | A | ${a} = '1' | |", "cycle_inside"),
        ("| | calculate | a | | | ${b} + 1 |\n| | calculate | b | | | ${a} + 1 |", "cycle"),
        (
            "| | begin_group | g | G | ${a} = '1' | |\n| | text | a | A | | |\n| | end_group | | | | |",
            "cycle_inside",
        ),
    ],
)
def test_rules_that_chase_each_other_are_refused(rows: str, code: str) -> None:
    assert refused(f"| | type | name | label | relevant | calculation |\n{rows}") == {code}


def test_a_total_may_look_at_the_row_before() -> None:
    some = session(
        """
| | type | name | label | calculation |
| | begin_repeat | r | R | |
| | integer | x | X | |
| | calculate | tong | | coalesce(indexed-repeat(${tong}, ${r}, position(..) - 1), 0) + ${x} |
| | end_repeat | | | |
"""
    )
    for row, value in enumerate(("1", "10", "100"), 1):
        if row > 1:
            some.add_row("r")
        some.answer(f"r[{row}].x", value)
    assert [some.values()[f"r[{row}].tong"] for row in (1, 2, 3)] == ["1", "11", "111"]
    some.answer("r[1].x", "2")
    assert some.values()["r[3].tong"] == "112"


def test_what_an_answer_makes_unreadable_stops_nobody() -> None:
    some = session(
        """
| | type | name | label | constraint | relevant | calculation |
| | text | mau | Mẫu | | | |
| | text | a | A | regex(., ${mau}) | | |
| | text | b | B | | regex('x', ${mau}) | |
| | calculate | c | | | | digest(${a}, ${mau}) |
"""
    )
    some.answer("mau", "[")
    some.answer("a", "x")
    assert some.question("a").problem is None
    assert some.question("b").relevant
    assert some.values()["c"] == ""
    some.answer("mau", "y")
    assert some.question("a").problem is not None


@pytest.mark.parametrize("damage", [{"format": 0}, {"items": None}, {"rules": [[]]}, {}])
def test_a_damaged_form_is_refused_with_a_reason(damage: dict[str, object]) -> None:
    data = compiled(GROUPS) | damage if damage else {}
    with pytest.raises(ValueError, match=r"\w"):
        load_form(data)


def test_sessions_of_one_form_do_not_meet() -> None:
    shared = form(GROUPS)
    one, other = (Session(shared, ShiftedClock(DAY)) for _ in range(2))
    one.answer("a", "mở")
    assert other.values()["a"] == ""
    assert not other.question("ngoai.b").relevant
