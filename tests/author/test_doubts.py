"""Values and column names that a form can never use are told to its author, each at its place."""

from pathlib import Path

import pytest

from kiosk.author.check import check
from kiosk.author.doubts import impossible
from kiosk.author.findings import Finding
from kiosk.author.source import xform_of
from kiosk.forms.xpath.functions_date import DATE_SIGNS
from tests.author.forms import YES_NO, form, found, only, row

PICK = row("select_one yn", "chon", "Chọn")
N = row("integer", "n", "N")


@pytest.mark.parametrize(
    ("kind", "bad", "good"),
    [
        ("integer", "abc", "-5"),
        ("integer", "1.5", "12"),
        ("decimal", "1,5", "1.5"),
        ("date", "01/02/2024", "2024-02-01"),
        ("date", "2024-02-30", "2024-02-29"),
        ("time", "25:00", "23:00"),
        ("select_one yn", "Có", "co"),
        ("select_multiple yn", "co zz", "co khong"),
        ("date", "2024", "today()"),
        ("text", "", "anything"),
    ],
)
def test_defaults_fit_their_question(tmp_path: Path, kind: str, bad: str, good: str) -> None:
    if bad:
        finding = only(tmp_path, form(row(kind, "a", "A", default=bad), choices=YES_NO))
        assert (finding.code, finding.row, finding.column) == ("wrong_default", 2, "default")
    assert found(tmp_path, form(row(kind, "a", "A", default=good), choices=YES_NO)) == []


@pytest.mark.parametrize(
    ("calculation", "code", "near"),
    [
        ("instance('ynn')/root/item[name = 'co']/label", "unknown_instance", "yn"),
        ("instance('yn')/root/item[nam = 'co']/label", "unknown_column", "name"),
        ("instance('yn')/root/item[name = 'co']/lable", "unknown_column", "label"),
        ("regex(${chon}, '[a-')", "bad_pattern", ""),
    ],
)
def test_what_an_expression_can_never_find(tmp_path: Path, calculation: str, code: str, near: str) -> None:
    finding = only(tmp_path, form(PICK, row("calculate", "a", calculation=calculation), choices=YES_NO))
    assert (finding.code, finding.row, finding.column) == (code, 3, "calculation")
    assert finding.params.get("nearest", "") == near


def test_lists_may_be_asked_for_what_they_have(tmp_path: Path) -> None:
    asked = (
        "concat(instance('yn')/root/item[name = current()/../chon]/label, count(instance('yn')/root/item))"
    )
    assert found(tmp_path, form(PICK, row("calculate", "a", calculation=asked), choices=YES_NO)) == []


def test_a_filter_by_a_column_that_no_list_has(tmp_path: Path) -> None:
    second = row("select_one yn", "hai", "Hai", choice_filter="tinh = ${chon}")
    finding = only(tmp_path, form(PICK, second, choices=YES_NO))
    assert (finding.code, finding.row, finding.column) == ("unknown_column", 3, "choice_filter")


def test_a_time_is_not_compared_as_text(tmp_path: Path) -> None:
    finding = only(tmp_path, form(row("time", "gio", "Giờ", constraint=". > '08:00'")))
    assert (finding.code, finding.column) == ("time_as_text", "constraint")
    good = form(row("time", "gio", "Giờ", constraint="decimal-time(.) > decimal-time('08:00')"))
    assert found(tmp_path, good) == []


@pytest.mark.parametrize(
    "relevant",
    [
        "1 = 2",
        "'a' = 'b'",
        "not(1 = 1)",
        "${n} > 5 and ${n} < 3",
        "5 < ${n} and 5 >= ${n}",
        "${n} = 3 and ${n} > 3",
    ],
)
def test_questions_that_are_never_shown(tmp_path: Path, relevant: str) -> None:
    assert only(tmp_path, form(N, row("text", "a", "A", relevant=relevant))).code == "unreachable"


@pytest.mark.parametrize(
    "relevant", ["1 = 1", "${n} > 3 and ${n} < 5", "${n} > 5 or ${n} < 3", "${n} <= 3 and ${n} >= 3"]
)
def test_questions_that_may_be_shown(tmp_path: Path, relevant: str) -> None:
    assert found(tmp_path, form(N, row("text", "a", "A", relevant=relevant))) == []


def test_no_bound_is_no_contradiction() -> None:
    assert not impossible([])
    assert impossible([("=", 1.0), ("=", 2.0)])


def test_a_choice_on_a_map_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "| survey |\n| | type | name | label | appearance |\n| | select_one yn | a | A | map |\n"
        f"| choices |\n| | list_name | name | label |\n{YES_NO}\n"
    )
    (finding,) = check(path).findings
    assert (finding.code, finding.row) == ("map_widget", 2)


def headed(tmp_path: Path, *lines: str) -> list[Finding]:
    """The findings of a form with columns of one's own."""
    path = tmp_path / "b.md"
    path.write_text("\n".join(f"| {line} |" for line in lines))
    return check(path).findings


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("relevent", "relevant"),
        ("Điều kiên hiên", "relevant"),
        ("constrain", "constraint"),
        ("requird", "required"),
    ],
)
def test_a_column_that_is_nearly_one(tmp_path: Path, column: str, near: str) -> None:
    (finding,) = headed(tmp_path, "survey", f"| type | name | label | {column}", "| text | a | A |")
    assert (finding.code, finding.row, finding.error) == ("column_spelling", 1, True)
    assert (finding.params["name"], finding.params["nearest"]) == (column, near)


@pytest.mark.parametrize(
    "column", ["label2", "my remark", "bind::relevent", "TYPE OF DATA", "nguồn", "#note", "notes"]
)
def test_columns_of_ones_own_stay(tmp_path: Path, column: str) -> None:
    assert headed(tmp_path, "survey", f"| type | name | label | {column}", "| text | a | A |") == []


def test_columns_and_types_in_capitals(tmp_path: Path) -> None:
    lines = ["survey", "| TYPE | NAME | LABEL", "| TEXT | a | A", "| Select_One yn | b | B", "choices"]
    assert headed(tmp_path, *lines, "| list_name | name | label", "| yn | co | Có") == []


def test_a_default_language_without_labels(tmp_path: Path) -> None:
    (finding,) = headed(
        tmp_path, "survey", "| type | name | label::Việt (vi)", "| text | a | A", "settings",
        "| form_id | default_language", "| f | English (en)",
    )  # fmt: skip
    assert (finding.code, finding.sheet, finding.row) == ("unknown_language", "settings", 2)


def test_a_text_that_one_language_lacks_is_only_a_warning(tmp_path: Path) -> None:
    (finding,) = headed(
        tmp_path, "survey", "| type | name | label::Việt (vi) | label::English (en)", "| text | a | A |"
    )
    assert (finding.code, finding.row, finding.column, finding.error) == (
        "no_translation", 2, "label::English (en)", False,
    )  # fmt: skip


def test_a_form_that_asks_nothing(tmp_path: Path) -> None:
    assert [one.code for one in headed(tmp_path, "survey", "| type | name | label")] == ["no_questions"]


def test_a_function_without_brackets_is_offered_with_them(tmp_path: Path) -> None:
    assert (
        only(tmp_path, form(row("text", "a", "A", relevant="today = '2024-01-01'"))).params["nearest"]
        == "today()"
    )


def test_sentences_show_what_the_author_wrote(tmp_path: Path) -> None:
    assert only(tmp_path, form(N, row("text", "a", "A", relevant="or ${n}"))).params["text"] == "${n}"


@pytest.mark.parametrize("comma", [";", "\t"])
def test_a_csv_of_a_spreadsheet_set_to_another_language(tmp_path: Path, comma: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("survey,,,\n,type,name,label\n,text,a,Tên".replace(",", comma))
    assert check(path).findings == []


def test_a_count_that_cannot_be_read_is_told_at_its_column(tmp_path: Path) -> None:
    lines = [
        "survey",
        "| type | name | label | repeat_count",
        "| begin_repeat | r | R | abc",
        "| text | a | A",
        "| end_repeat",
    ]
    (finding,) = headed(tmp_path, *lines)
    assert (finding.code, finding.row, finding.column) == ("unknown_path", 2, "repeat_count")


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Nhãn", "Khác"),
        ("label::Tiếng Việt (vi)", "Khác"),
        ("label", "Other"),
        ("label::English (en)", "Other"),
    ],
)
def test_or_other_is_said_in_the_language_of_the_labels(tmp_path: Path, label: str, other: str) -> None:
    choices = [f"| list_name | name | {label.replace('Nhãn', 'label')}", "| yn | co | Có"]
    lines = ["survey", f"| type | name | {label}", "| select_one yn or_other | b | B", "choices", *choices]
    assert [one.code for one in headed(tmp_path, *lines) if one.error] == []
    xform = xform_of(tmp_path / "b.md").decode()
    assert f">{other}<" in xform
    assert ("Ghi rõ" in xform) == (other == "Khác")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("start=10 end=1 step=1", "range_order"),
        ("start=0.5 end=0.1 step=0.1", "range_order"),
        ("start=1 end=10 step=0", "bad_range"),
        ("start=a end=10 step=1", "bad_range"),
        ("start=1 end=10 step=20", "bad_range"),
    ],
)
def test_a_range_in_which_nothing_can_be_chosen(tmp_path: Path, given: str, code: str) -> None:
    finding = only(tmp_path, form(row("range", "diem", "Điểm", parameters=given)))
    assert (finding.code, finding.row, finding.column, finding.error) == (code, 2, "parameters", True)


@pytest.mark.parametrize("given", ["start=0 end=1 step=0.1", "start=1 end=1 step=1", ""])
def test_a_range_that_can_be_answered_is_sound(tmp_path: Path, given: str) -> None:
    codes = {one.code for one in found(tmp_path, form(row("range", "diem", "Điểm", parameters=given)))}
    assert "range_order" not in codes


@pytest.mark.parametrize(("pattern", "sign"), [("%Q %Y", "%Q"), ("%Y %", "%"), ("%d/%m/%Y %Z", "%Z")])
def test_a_sign_that_no_date_has_is_named(tmp_path: Path, pattern: str, sign: str) -> None:
    finding = only(
        tmp_path, form(N, row("calculate", "c", "", calculation=f"format-date(today(), '{pattern}')"))
    )
    assert (finding.code, finding.params["sign"]) == ("bad_date_sign", sign)
    assert (finding.row, finding.column, finding.error) == (3, "calculation", True)


def test_every_sign_of_a_date_is_known(tmp_path: Path) -> None:
    pattern = "".join(f"%{sign}" for sign in sorted(DATE_SIGNS))
    text = form(N, row("calculate", "c", "", calculation=f"format-date-time(now(), '{pattern}')"))
    assert found(tmp_path, text) == []


@pytest.mark.parametrize("name", ["khai sinh", "tờ_khai", "../x", "a/b", "-x"])
def test_an_odd_form_id_is_an_error_at_its_cell(tmp_path: Path, name: str) -> None:
    settings = f"\n| settings |\n| | form_title | form_id |\n| | T | {name} |\n"
    finding = only(tmp_path, form(N, settings=settings))
    assert (finding.code, finding.sheet, finding.row, finding.column) == ("form_id", "settings", 2, "form_id")
    assert check(tmp_path / "form.md").runs


def test_without_a_form_id_the_file_s_name_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "Tờ khai.md"
    path.write_text(form(N), encoding="utf-8")
    assert [(one.code, one.params["name"]) for one in check(path).findings] == [("form_id", "Tờ khai")]


@pytest.mark.parametrize("kind", ["start-geopoint", "background-audio", "audit"])
def test_a_capture_that_no_device_makes_is_loaded_empty_with_at_most_a_warning(
    tmp_path: Path, kind: str
) -> None:
    name = kind.replace("-", "_")
    checked = check(_written(tmp_path, form(row(kind, name), N)))
    assert checked.sound
    assert {one.code for one in checked.findings} <= {"no_capture"}


@pytest.mark.parametrize(("kind", "code", "error"), [
    ("geopoint", "location", False), ("geotrace", "map_question", True), ("geoshape", "map_question", True),
])  # fmt: skip
def test_a_point_may_be_typed_and_what_is_drawn_on_a_map_is_named(
    tmp_path: Path, kind: str, code: str, error: bool
) -> None:
    checked = check(_written(tmp_path, form(row(kind, "cho", "Chỗ"))))
    (finding,) = checked.findings
    assert (finding.code, finding.row, finding.column, finding.error) == (code, 2, "type", error)
    assert checked.runs


def _written(folder: Path, text: str) -> Path:
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8")
    return path
