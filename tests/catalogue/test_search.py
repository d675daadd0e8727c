"""Search as one types: slips of the finger, half-typed keys, parts of words and of codes."""

import random
import re

import pytest

from kiosk.catalogue.search import Entry, SearchIndex, plain_keys
from tests.bench.bench_search import found, mistyped, names, ours

ENTRIES = [
    Entry("birth", ("Khai sinh cho bé", "Thủ tục đăng ký khai sinh", "nhà có em bé"), ("1.001193",)),
    Entry("death", ("Khai tử", "Thủ tục đăng ký khai tử", "nhà có người mất"), ("1.000656", "1.000000")),
    Entry("marriage", ("Đăng ký kết hôn", "cưới hỏi"), ("1.000894",)),
    Entry("shop", ("Đăng ký thành lập hộ kinh doanh", "mở quán", "mở tiệm"), ("1.001612",)),
    Entry("stay", ("Đăng ký thường trú", "nhập khẩu"), ("1.004222",)),
    Entry("copy", ("Cấp bản sao trích lục hộ tịch",), ("2.000635",)),
    Entry("hmong", ("Xã H'Mông Đăk Nông",)),
]
INDEX = SearchIndex(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Khai sinh", "birth"),
        ("KHAI SINH CHO BÉ", "birth"),
        ("nha co em be", "birth"),
        ("dangw ky1 khai sinh", "birth"),
        ("dawng kys khai sinh", "birth"),
        ("ddawng ky khai sinh", "birth"),
        ("d9ang8 ky1 khai sinh", "birth"),
        ("khai sinhh", "birth"),
        ("khai si", "birth"),
        ("khia tu", "death"),
        ("co nguoi mat", "death"),
        ("nhaf cos nguowif maats", "death"),
        ("cuoi hoi", "marriage"),
        ("cuowsi hoir", "marriage"),
        ("kết hnô", "marriage"),
        ("mo quan", "shop"),
        ("mowr quasn", "shop"),
        ("hokinh doanh", "shop"),
        ("ho kin hdoanh", "shop"),
        ("thuong tur", "stay"),
        ("trich luc", "copy"),
        ("hmong", "hmong"),
        ("h’mông", "hmong"),
        ("xin cho tôi đăng ký thường trú với ạ", "stay"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert INDEX.find(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "!!!", "qwerty uiop", "\x00", "🙂", "9.999999", "."])
def test_nonsense_finds_nothing(typed: str) -> None:
    assert INDEX.find(typed) == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("1.001193", ["birth"]),
        (" 1.001193 ", ["birth"]),
        ("1.000000", ["death"]),
        ("1.0006", ["death"]),
        ("000635", ["copy"]),
        ("1.00", ["death", "marriage", "birth", "shop", "stay"]),
        ("2.", ["copy"]),
        ("1.001193.000.00.00.H17", ["birth"]),
        ("1001193", ["birth"]),
        ("100119", ["birth"]),
        ("1001193.000.00.00.H17", ["birth"]),
        ("1,001193", ["birth"]),
        ("1-001193", ["birth"]),
        ("1. 001193", ["birth"]),
        ("1 001193", ["birth"]),
        ("mã 1.001193", ["birth"]),
        ("Mã số: 1.001193", ["birth"]),
        ("thủ tục 1001193", ["birth"]),
        ("1.001193 khai sinh", ["birth"]),
    ],
)
def test_a_code_a_part_of_one_and_a_replaced_one(typed: str, codes: list[str]) -> None:
    assert sorted(INDEX.find(typed)) == sorted(codes)


def test_no_more_than_wanted_and_nothing_twice() -> None:
    found_ = INDEX.find("dang ky", 3)
    assert len(found_) == len(set(found_)) == 3


def test_a_name_stands_before_what_only_contains_it() -> None:
    index = SearchIndex([Entry("long", ("Cấp lại giấy đăng ký kết hôn",)), Entry("exact", ("Kết hôn",))])
    assert index.find("ket hon") == ["exact", "long"]


def test_equal_ones_come_in_the_order_of_the_entries() -> None:
    index = SearchIndex([Entry(number, ("Xã Tân Lập",)) for number in range(30)])
    assert index.find("tan lap") == list(range(20))


def test_an_empty_index_finds_nothing() -> None:
    empty: SearchIndex[str] = SearchIndex([])
    assert empty.find("khai sinh") == empty.find("1.001193") == []


def test_a_query_of_absurd_length_is_cut() -> None:
    assert INDEX.find("khai sinh " * 100_000)[0] == "birth"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("ddawng", "dang"), ("d9ang8", "dang"), ("kys", "ky"), ("ky1", "ky"), ("nguowif", "nguoi"),
     ("tieesng", "tieng"), ("khai", "khai"), ("", "")],
)  # fmt: skip
def test_keys_of_telex_and_vni(typed: str, plain: str) -> None:
    assert plain_keys(typed) == plain


@pytest.fixture(scope="module")
def many() -> list[str]:
    return names(random.Random(3))


def test_a_slip_in_one_of_fifteen_thousand_names_still_finds_it(many: list[str]) -> None:
    assert len(many) > 15_000
    search = ours(many)
    assert all(found(search, many, random.Random(seed)) >= 118 for seed in (7, 8))


def test_a_slip_changes_one_place_only() -> None:
    chance = random.Random(1)
    for _ in range(200):
        typed = mistyped("phuong hai van", chance)
        assert abs(len(typed) - 14) <= 1
        assert re.fullmatch(r"[a-z ]+", typed)
