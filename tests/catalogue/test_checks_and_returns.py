"""Return reasons, checks and deadlines as data: what fits is read, what does not is refused with its line."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.checks import Check, read_checks
from kiosk.catalogue.deadlines import Deadline, deadline_on, read_deadlines
from kiosk.catalogue.returns import ReturnReason, read_return_reasons
from kiosk.catalogue.tables import Table, load_table

SOURCES = {"S1": "nguồn một"}
CHECK = """\
[[checks]]
key = "tuoi_nam"
kind = "age_at_least"
question = "nam_ngay_sinh"
years = 20
message = "Nam phải đủ 20 tuổi."
level = "stop"
sources = ["S1"]
"""
FACT = 'sources = ["S1"]\nconfidence = "high"\n'


def table(folder: Path, text: str) -> Table:
    path = folder / "procedure.toml"
    path.write_text(text, encoding="utf-8")
    return load_table(path)


def checks(folder: Path, text: str) -> tuple[Check, ...]:
    return read_checks(table(folder, text), SOURCES)


def reasons(folder: Path, text: str) -> tuple[ReturnReason, ...]:
    return read_return_reasons(table(folder, text))


def deadlines(folder: Path, text: str) -> tuple[Deadline, ...]:
    return read_deadlines(table(folder, text), SOURCES)


def test_a_check_is_read_whole(tmp_path: Path) -> None:
    text = CHECK + 'on = "ngay_cuoi"\nat = "nam"\nunless = { question = "loai", values = ["x"] }\n'
    (check,) = checks(tmp_path, text)
    assert (check.key, check.kind, check.years, check.level) == ("tuoi_nam", "age_at_least", 20, "stop")
    assert (check.question, check.at, check.on) == ("nam_ngay_sinh", "nam", "ngay_cuoi")
    assert check.applies({"loai": "y"}.get)
    assert not check.applies({"loai": "x"}.get)


def test_a_check_is_shown_at_its_own_question_unless_said_otherwise(tmp_path: Path) -> None:
    assert checks(tmp_path, CHECK)[0].at == "nam_ngay_sinh"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"age_at_least"', '"age_over"', 3),
        ("years = 20", "years = -1", 5),
        ("years = 20", 'years = "20"', 5),
        ("years = 20\n", "", 1),
        ('"stop"', '"halt"', 7),
        ('key = "tuoi_nam"', 'key = "Tuổi nam"', 2),
        ("years = 20", "years = 20\ndays = 3", 6),
        ('["S1"]', '["S9"]', 8),
        ('question = "nam_ngay_sinh"\n', "", 1),
        ("years = 20", "years = 20\nwarn_before = 7", 6),
    ],
)
def test_a_check_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        checks(tmp_path, CHECK.replace(old, new))
    assert caught.value.line == line


def test_two_checks_of_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="two checks"):
        checks(tmp_path, CHECK + CHECK)


def test_a_reason_says_what_prevents_it(tmp_path: Path) -> None:
    text = """\
[[return_reasons]]
text = "Bỏ trống số"
checked_by = "form:so"
[[return_reasons]]
text = "Ảnh mờ"
checked_by = "ask"
ask = "Ảnh có rõ không?"
paper = "giay"
when = { question = "loai", values = ["x"] }
"""
    by_form, asked = reasons(tmp_path, text)
    assert (by_form.by, by_form.name, by_form.ask) == ("form", "so", "")
    assert (asked.by, asked.ask, asked.paper) == ("ask", "Ảnh có rõ không?", "giay")
    assert not asked.applies(lambda _name: "")


@pytest.mark.parametrize(
    "lines",
    [
        'checked_by = "somebody"',
        'checked_by = "form:"',
        'checked_by = "ask:x"\nask = "?"',
        'checked_by = "ask"',
        "",
        'checked_by = "form:so"\nask = "?"',
        'checked_by = "form:so"\npaper = "giay"',
    ],
)
def test_a_reason_that_nothing_prevents_is_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(BadContentError):
        reasons(tmp_path, f'[[return_reasons]]\ntext = "Lý do"\n{lines}\n')


def test_a_deadline_is_one_number(tmp_path: Path) -> None:
    (found,) = deadlines(tmp_path, f"[deadline]\nworking_days = 3\nafter_15h_next_day = true\n{FACT}")
    assert (found.unit, found.amount, found.after_15h_next_day) == ("working_days", 3, True)
    assert deadlines(tmp_path, "") == ()


def test_deadlines_follow_each_other_in_time(tmp_path: Path) -> None:
    text = (
        f"[[deadline]]\ndays = 5\neffective_to = 2026-12-31\n{FACT}"
        f"[[deadline]]\nhours = 24\neffective_from = 2027-01-01\n{FACT}"
    )
    found = deadlines(tmp_path, text)
    old, new = deadline_on(found, date(2026, 12, 31)), deadline_on(found, date(2027, 1, 1))
    assert old is not None
    assert (old.unit, old.amount) == ("days", 5)
    assert new is not None
    assert (new.unit, new.amount) == ("hours", 24)
    assert deadline_on((), date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    "lines", ["", "days = 3\nhours = 2", 'days = "3"', "days = -3", "weeks = 1\ndays = 1"]
)
def test_a_deadline_that_is_no_number_is_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(BadContentError):
        deadlines(tmp_path, f"[deadline]\n{lines}\n{FACT}")
