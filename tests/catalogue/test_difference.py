"""What is told of two catalogues: never a false change, never a missed one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Found, load_catalogue
from kiosk.catalogue.difference import differences
from kiosk.catalogue.listings import COLUMNS, Listing

BIRTH = load_catalogue(Path(__file__).parents[2] / "assets" / "procedures", date(2026, 11, 21)).by_slug(
    "khai_sinh"
)
LISTING = Listing(
    **{**dict.fromkeys(COLUMNS, ""), "code": "1.004837", "name": "Giám hộ", "source": "thử", "fee": "Miễn"}
)  # fmt: skip


def told(before: list[Found], after: list[Found]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.before, each.after) for each in differences(before, after)]


def test_the_same_catalogue_has_no_news() -> None:
    assert told([BIRTH, LISTING], [LISTING, BIRTH]) == []
    assert told([], []) == []


def test_new_and_gone() -> None:
    assert [(each.kind, each.code) for each in differences([LISTING], [BIRTH])] == [
        ("new", "1.001193"),
        ("gone", "1.004837"),
    ]


def test_a_new_code_is_one_change_and_not_a_new_and_a_gone_entry() -> None:
    same_folder = replace(BIRTH, code="1.116000")
    assert told([BIRTH], [same_folder]) == [("code", "1.001193", "1.116000")]
    other_folder = replace(BIRTH, slug="moi", code="1.116000", former_codes=("1.001193",))
    assert told([BIRTH], [other_folder]) == [("code", "1.001193", "1.116000")]


def test_what_several_codes_became_is_not_told_as_gone() -> None:
    second = replace(LISTING, code="1.004838")
    bundle = replace(BIRTH, slug="moi", code="3.000722", former_codes=("1.004837", "1.004838"))
    kinds = {each.kind for each in differences([LISTING, second], [bundle])}
    assert "form" in kinds
    assert not kinds & {"new", "gone"}


@pytest.mark.parametrize(
    ("changed", "news"),
    [
        ({"fee": replace(BIRTH.fee, text=None)}, ("fee", BIRTH.fee.text, "")),
        (
            {"time_limit": replace(BIRTH.time_limit, text="3 ngày")},
            ("time_limit", BIRTH.time_limit.text, "3 ngày"),
        ),
        ({"name": "Khai sinh"}, ("name", BIRTH.name, "Khai sinh")),
        ({"papers": BIRTH.papers[1:]}, ("papers_less", BIRTH.papers[0].name, "")),
        (
            {"papers": (*BIRTH.papers, replace(BIRTH.papers[0], name="Giấy lạ"))},
            ("papers_more", "", "Giấy lạ"),
        ),
    ],
)
def test_one_changed_fact_is_one_piece_of_news(
    changed: dict[str, object], news: tuple[str, str, str]
) -> None:
    assert told([BIRTH], [replace(BIRTH, **changed)]) == [news]  # type: ignore[arg-type]


def test_an_entry_that_can_be_filled_in_now() -> None:
    listed = replace(LISTING, code="1.001193", name=BIRTH.name)
    assert told([listed], [BIRTH]) == [("form", "", "1.001193")]
