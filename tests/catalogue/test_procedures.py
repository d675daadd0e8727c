"""Procedures as dated data; a clerk's mistakes are refused."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.conditions import Condition
from kiosk.catalogue.procedures import Procedure, load_procedure

SOURCES = {"S1": "nguồn một", "S2": "nguồn hai"}
FACT = 'sources = ["S1"]\nconfidence = "high"'
GOOD = f"""\
slug = "khai_thu"
code = "9.000001"
name = "Thủ tục khai thử"
plain_name = "Khai thử"
sector = "Thử"
level = "xã"
authority = "UBND cấp xã"
official_form = "Tờ khai thử"
form_id = "khai_thu"
bundle = ["9.000002", "9.000003"]
sources = ["S1", "S2"]
checked = 2026-11-21
confidence = "medium"

[agency]
xa = "kinh_gui.xa"

[fee]
text = "0đ"
{FACT}

[time_limit]
{FACT}
checked = 2026-10-01

[result]
text = "Giấy"
{FACT}

[[papers]]
key = "giay_mot"
name = "Giấy một"
form = "Bản chính"
requirement = "Cần"
sources = ["S1"]

[[papers]]
key = "giay_hai"
name = "Giấy hai"
form = "Bản chụp"
requirement = "Khi có con"
needed = false
when = {{ question = "co_con", values = ["co"] }}
sources = ["S1", "S2"]

[[persons]]
prefix = "yc"
label = "Người yêu cầu"
[persons.fields]
ho_ten = "yc_ho_ten"

[[changes]]
text = "Có thay đổi."
effective_from = 2026-08-15
effective_to = 2027-02-28

[[prints]]
layout = "to_khai"
"""


def load(folder: Path, text: str = GOOD) -> Procedure:
    path = folder / "khai_thu" / "procedure.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_procedure(path, SOURCES)


def test_a_procedure_is_read_whole(tmp_path: Path) -> None:
    procedure = load(tmp_path)
    assert (procedure.slug, procedure.code, procedure.former_codes) == ("khai_thu", "9.000001", ())
    assert (procedure.fee.text, procedure.fee.source, procedure.fee.checked) == (
        "0đ",
        "nguồn một",
        date(2026, 11, 21),
    )
    assert procedure.persons[0].fields == {"ho_ten": "yc_ho_ten"}
    assert procedure.persons[0].same_as is None
    assert procedure.sensitive, "sensitive unless somebody says otherwise"


def test_what_nobody_knows_is_none(tmp_path: Path) -> None:
    fact = load(tmp_path).time_limit
    assert (fact.text, fact.checked) == (None, date(2026, 10, 1))


def test_papers_apply_by_the_answers(tmp_path: Path) -> None:
    one, two = load(tmp_path).papers
    assert (one.needed, one.when, one.replaceable_by_data, one.note) == (True, None, None, "")
    assert (two.needed, two.source) == (False, "nguồn một; nguồn hai")
    assert one.applies({}.__getitem__)
    assert two.applies({"co_con": "co"}.__getitem__)
    assert not two.applies({"co_con": ""}.__getitem__)


def test_a_condition_can_be_turned_round() -> None:
    condition = Condition("loai", ("a", "b"), unless=True)
    assert [condition.holds(lambda _, v=value: v) for value in ("a", "b", "c", "")] == [
        False,
        False,
        True,
        True,
    ]  # type: ignore[misc]


def test_changes_count_from_their_first_to_their_last_day(tmp_path: Path) -> None:
    procedure = load(tmp_path)
    counting = [
        bool(procedure.changes_in_force(day))
        for day in (date(2026, 8, 14), date(2026, 8, 15), date(2027, 2, 28), date(2027, 3, 1))
    ]
    assert counting == [False, True, True, False]


def test_a_procedure_is_in_force_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    dated = load(tmp_path, "effective_from = 2026-09-01\neffective_to = 2026-12-31\n" + GOOD)
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [dated.in_force(day) for day in days] == [False, True, True, False]
    assert load(tmp_path).in_force(date(1999, 1, 1)), "no known limits"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('slug = "khai_thu"', 'slug = "khac"', 1, "the name of its folder"),
        ('form_id = "khai_thu"', 'form_id = "Khai Thử"', 9, "lower-case ASCII"),
        ('confidence = "medium"', 'confidence = "sure"', 13, "one of high, medium"),
        ("checked = 2026-11-21", 'checked = "hôm nay"', 12, "a date"),
        ('sources = ["S1", "S2"]\nchecked', 'sources = ["S9"]\nchecked', 11, "unknown source S9"),
        ('sources = ["S1", "S2"]\nchecked', "sources = []\nchecked", 11, "a source is needed"),
        ('key = "giay_hai"', 'key = "giay_mot"', 41, "two papers have one key"),
        ('key = "giay_hai"', 'key = "Giấy hai"', 41, "lower-case ASCII"),
        ('values = ["co"] }', "values = [] }", 46, "at least one value"),
        ('values = ["co"] }', 'values = ["co"], or = "x" }', 46, "an unknown key"),
        ('[result]\ntext = "Giấy"', '[ketqua]\ntext = "Giấy"', 1, "this table is missing"),
        ('requirement = "Cần"', 'requirement = "Cần"\nrequired = true', 38, "an unknown key"),
        ('text = "Có thay đổi."', 'text = ""', 56, "a text is needed"),
    ],
)
def test_mistakes_are_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in GOOD
    with pytest.raises(BadContentError, match=reason) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert (caught.value.path.name, caught.value.line) == ("procedure.toml", line)
