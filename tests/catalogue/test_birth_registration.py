"""The birth registration: what its data say, and that they fit its form."""

import re
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import load_catalogue
from kiosk.catalogue.texts import load_texts

ASSETS = Path(__file__).parents[2] / "assets"
DAY = date(2026, 11, 21)
CATALOGUE = load_catalogue(ASSETS / "procedures", DAY)
BIRTH = CATALOGUE.by_slug("khai_sinh")


def sheet(name: str) -> list[list[str]]:
    """The rows of one sheet of the form's Markdown, cells trimmed."""
    rows: list[list[str]] = []
    inside = False
    for line in (ASSETS / "procedures" / "khai_sinh" / "form.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if len(cells) == 3 and cells[1]:
            inside = cells[1] == name
        elif inside and len(cells) > 3:
            rows.append(cells[2:-1])
    return rows


def questions() -> dict[str, str]:
    """Outer names of the form's questions → their types."""
    header, *rows = sheet("survey")
    kind, name, appearance = (header.index(column) for column in ("type", "name", "appearance"))
    found, groups = {}, []
    for row in rows:
        if row[kind].startswith("begin"):
            groups.append("" if "field-list" in row[appearance] else row[name])
        elif row[kind].startswith("end"):
            groups.pop()
        else:
            found[".".join([*(g for g in groups if g), row[name]])] = row[kind]
    return found


def choices() -> dict[str, set[str]]:
    header, *rows = sheet("choices")
    lists: dict[str, set[str]] = {}
    for row in rows:
        lists.setdefault(row[header.index("list_name")], set()).add(row[header.index("name")])
    return lists


QUESTIONS, CHOICES = questions(), choices()
CONDITIONS = [rule.when for rule in BIRTH.papers if rule.when] + [
    role.same_as for role in BIRTH.persons if role.same_as
]


def test_the_code_and_the_form() -> None:
    assert (BIRTH.code, BIRTH.form_id) == ("1.001193", "khai_sinh")
    assert [one.layout for one in BIRTH.prints] == ["khai_sinh/to_khai"]


@pytest.mark.parametrize("prefix", ["yc", "me", "cha"])
def test_what_a_card_tells_fits_questions_of_the_form(prefix: str) -> None:
    role = next(role for role in BIRTH.persons if role.prefix == prefix)
    assert set(role.fields.values()) <= set(QUESTIONS)
    assert {"ho_ten", "ngay_sinh", "giay_to.loai", "giay_to.so", "noi_cu_tru.xa"} <= set(role.fields)
    assert all(name.startswith(f"{prefix}_") for name in role.fields.values())


def test_the_agency_is_asked_in_the_form() -> None:
    assert set(BIRTH.agency.values()) <= set(QUESTIONS)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.question)
def test_conditions_use_questions_and_choices_of_the_form(condition: object) -> None:
    from kiosk.catalogue.conditions import Condition

    assert isinstance(condition, Condition)
    listed = QUESTIONS[condition.question].removeprefix("select_one ")
    assert set(condition.values) <= CHOICES[listed]


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        (
            {"loai_khai_sinh": "ca_cha_lan_me", "yc_quan_he.chon": "me", "cha_me_ket_hon": "co"},
            ["giay_chung_sinh", "giay_to_tuy_than", "giay_to_cu_tru", "giay_chung_nhan_ket_hon"],
        ),
        (
            {"loai_khai_sinh": "bi_bo_roi", "yc_quan_he.chon": "khac"},
            ["bien_ban_bo_roi", "van_ban_uy_quyen", "giay_to_tuy_than", "giay_to_cu_tru"],
        ),
        (
            {"loai_khai_sinh": "mang_thai_ho", "yc_quan_he.chon": "cha"},
            ["giay_chung_sinh", "van_ban_mang_thai_ho", "giay_to_tuy_than", "giay_to_cu_tru"],
        ),
    ],
)
def test_papers_that_the_answers_ask_for(answers: dict[str, str], keys: list[str]) -> None:
    assert [rule.key for rule in BIRTH.papers if rule.applies(lambda name: answers.get(name, ""))] == keys


def test_every_fact_has_a_source_a_day_and_a_confidence() -> None:
    for fact in (BIRTH.fee, BIRTH.time_limit, BIRTH.result):
        assert fact.text
        assert fact.source
        assert fact.checked <= DAY
    assert BIRTH.fee.confidence == "medium"
    assert all(rule.source for rule in BIRTH.papers)


def test_the_law_of_2027_is_not_in_force_yet() -> None:
    now = " ".join(change.text for change in BIRTH.changes_in_force(DAY))
    later = " ".join(change.text for change in BIRTH.changes_in_force(date(2027, 3, 1)))
    assert "03/2026/QH16" not in now
    assert "03/2026/QH16" in later
    assert "công dân số" in now
    assert "công dân số" not in later


def test_life_events_have_words() -> None:
    texts = load_texts(ASSETS / "texts")
    titles = {event: texts(f"life_event.{event}.title") for event in CATALOGUE.life_events()}
    assert titles["nha_co_em_be"] == "Nhà có em bé"
    assert len(set(titles.values())) == len(titles)
