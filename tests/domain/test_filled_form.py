"""A filled form without some of its answers."""

from kiosk.domain.filled_form import FilledEntry, FilledForm, without_answers


def entry(name: str, value: str, rows: tuple[FilledForm, ...] = ()) -> FilledEntry:
    return FilledEntry(name, "string", name, value, value, rows)


def form(*entries: FilledEntry) -> FilledForm:
    return FilledForm("f", "1", entries)


def test_the_named_answers_are_gone_and_the_others_stay() -> None:
    filled = without_answers(form(entry("a", "1"), entry("b", "2")), {"a"})
    assert (filled.value("a"), filled.text("a"), filled.value("b")) == ("", "", "2")
    assert "a" in filled


def test_a_row_of_a_repeat_is_named_with_its_number() -> None:
    rows = (form(entry("ten", "An")), form(entry("ten", "Ba")))
    filled = without_answers(form(entry("con", "2", rows)), {"con[2].ten"})
    assert [row.value("ten") for row in filled.rows("con")] == ["An", ""]


def test_the_kind_of_a_question_is_known() -> None:
    assert (form(entry("a", "1")).kind("a"), form().kind("a")) == ("string", "")
