"""Amounts by date: the value of the filing day, formulas, provinces, and what nobody verified."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.amounts import Amounts, load_amounts, shown_dong
from kiosk.catalogue.bad_content import BadContentError
from kiosk.packs.content import assets_folder

AMOUNTS = load_amounts(assets_folder() / "parameters" / "amounts.toml")
TODAY = date(2026, 11, 21)
DA_NANG = "48"
ROW = """\
[[amounts]]
key = "muc_chuan"
name = "Mức chuẩn"
amount = 500
effective_to = 2026-06-30
source = "nguồn"
confidence = "high"
checked = 2026-11-21
"""


def amounts(folder: Path, text: str) -> Amounts:
    path = folder / "amounts.toml"
    path.write_text(text, encoding="utf-8")
    return load_amounts(path)


@pytest.mark.parametrize(
    ("key", "day", "dong"),
    [
        ("muc_chuan_tro_giup_xa_hoi", "2026-06-30", 500_000),
        ("muc_chuan_tro_giup_xa_hoi", "2026-07-01", 540_000),
        ("mai_tang_bao_tro_xa_hoi", "2026-06-30", 10_000_000),
        ("mai_tang_bao_tro_xa_hoi", "2026-07-01", 10_800_000),
        ("huu_tri_xa_hoi", "2026-06-30", None),
        ("luong_co_so", "2026-11-21", 2_530_000),
        ("luong_co_so", "2025-01-01", None),
        ("bhyt_ho_gia_dinh_1", "2026-11-21", 113_850),
        ("bhyt_ho_gia_dinh_2", "2026-11-21", 79_695),
        ("bhyt_ho_gia_dinh_3", "2026-11-21", 68_310),
        ("bhyt_ho_gia_dinh_4", "2026-11-21", 56_925),
        ("bhyt_ho_gia_dinh_5", "2026-11-21", 45_540),
        ("bhyt_ho_gia_dinh_5", "2026-01-01", None),
        ("tro_cap_tre_mo_coi_duoi_4", "2026-11-21", 1_350_000),
        ("khai_sinh_qua_han", "2026-11-21", None),
    ],
)
def test_the_value_is_that_of_the_day(key: str, day: str, dong: int | None) -> None:
    value = AMOUNTS.value(key, date.fromisoformat(day), DA_NANG)
    assert value.dong == dong
    assert value.sure is (dong is not None)


def test_a_province_has_its_own_and_its_formulas_are_not_sure() -> None:
    hanoi = AMOUNTS.value("muc_chuan_tro_giup_xa_hoi", TODAY, "01")
    assert (hanoi.dong, hanoi.sure) == (650_000, True)
    funeral = AMOUNTS.value("mai_tang_bao_tro_xa_hoi", TODAY, "01")
    assert (funeral.dong, funeral.sure) == (13_000_000, False)


def test_a_sentence_is_filled_in() -> None:
    text = "Bản sao {amount:ban_sao_trich_luc}; quá hạn {amount:khai_sinh_qua_han}."
    assert AMOUNTS.filled(text, TODAY, DA_NANG, "hỏi xã") == (
        "Bản sao 8.000 đồng; quá hạn hỏi xã.",
        False,
    )
    assert AMOUNTS.filled("Miễn.", TODAY, DA_NANG, "hỏi xã") == ("Miễn.", True)
    with pytest.raises(KeyError):
        AMOUNTS.filled("{amount:khong_co}", TODAY, DA_NANG, "hỏi xã")


@given(st.integers(0, 10**12))
def test_an_amount_is_read_back_as_it_was_written(dong: int) -> None:
    said = shown_dong(dong)
    assert int(said.removesuffix(" đồng").replace(".", "")) == dong
    assert all(len(part) == 3 for part in said.removesuffix(" đồng").split(".")[1:])


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(["", "01", "48", "79"]))
def test_no_day_breaks_an_amount(day: date, province: str) -> None:
    for key in AMOUNTS.keys():  # noqa: SIM118 -- not a mapping
        value = AMOUNTS.value(key, day, province)
        assert value.dong is None or value.dong > 0
        assert not (value.sure and value.dong is None)


def test_values_that_follow_each_other_leave_no_day_twice(tmp_path: Path) -> None:
    second = ROW.replace("amount = 500", "amount = 540").replace("effective_to = 2026-06-30", "{}")
    good = amounts(tmp_path, ROW + second.replace("{}", "effective_from = 2026-07-01"))
    last = date(2026, 6, 30)
    assert [good.value("muc_chuan", last + timedelta(days=n)).dong for n in (0, 1)] == [500, 540]
    with pytest.raises(BadContentError, match="same day") as caught:
        amounts(tmp_path, ROW + second.replace("{}", "effective_from = 2026-06-30"))
    assert caught.value.line == 10


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("amount = 500", "amount = -5", 4),
        ("amount = 500", 'amount = "500"', 4),
        ("amount = 500", 'of = "muc_chuan"\ntimes = "2"', 4),
        ("amount = 500", 'of = "khong_co"\ntimes = "2"', 4),
        ("amount = 500", 'of = "muc_chuan"\ntimes = "hai"', 5),
        ("amount = 500", 'of = "muc_chuan"\ntimes = "-1"', 5),
        ("amount = 500", 'amount = 5\nof = "muc_chuan"\ntimes = "2"', 4),
        ("amount = 500", 'times = "2"', 4),
        ("effective_to", "effective_from = 2026-07-01\neffective_to", 6),
        ('confidence = "high"', 'confidence = "sure"', 7),
        ('source = "nguồn"\n', "", 1),
        ("checked = 2026-11-21", "", 1),
    ],
)
def test_an_amount_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        amounts(tmp_path, ROW.replace(old, new))
    assert caught.value.line == line


def test_formulas_in_a_circle_are_refused(tmp_path: Path) -> None:
    one, two = (ROW.replace("amount = 500", f'of = "{of}"\ntimes = "2"') for of in ("hai", "muc_chuan"))
    with pytest.raises(BadContentError, match="made from this one"):
        amounts(tmp_path, one + two.replace('key = "muc_chuan"', 'key = "hai"'))
