"""How parts of an address are taken apart and compared."""

import pytest

from kiosk.catalogue.address_words import bare_key, bare_name, best_named, name_keys, parts_of, split_kind


@pytest.mark.parametrize(
    ("name", "kind", "rest"),
    [
        ("Phường Hải Vân", "phuong", "hai van"),
        ("P. Hải Vân", "phuong", "hai van"),
        ("P.1", "phuong", "1"),
        ("P1", "phuong", "1"),
        ("TP. Đà Nẵng", "thanh pho", "da nang"),
        ("T.P Đà Nẵng", "thanh pho", "da nang"),
        ("TX Kỳ Anh", "thi xa", "ky anh"),
        ("Thị trấn Cát Bà", "thi tran", "cat ba"),
        ("TT. Cát Bà", "thi tran", "cat ba"),
        ("Đặc khu Hoàng Sa", "dac khu", "hoang sa"),
        ("H.Hòa Vang", "huyen", "hoa vang"),
        ("Xã Xà Phiên", "xa", "xa phien"),
        ("Hòa Bắc", "", "hoa bac"),
        ("Phò Nam", "", "pho nam"),
        ("Tà Lang", "", "ta lang"),
    ],
)
def test_kinds_in_full_and_short(name: str, kind: str, rest: str) -> None:
    assert split_kind(name) == (kind, rest)


def test_a_name_that_begins_like_a_kind_is_found_under_both_readings() -> None:
    assert name_keys("Quan Hóa") == {"quanhoa", "hoa"}
    assert bare_name("Huyện Quan Hóa") in name_keys("Quan Hóa")


@pytest.mark.parametrize(
    ("one", "other"), [("Phường 01", "phuong 1"), ("Ea H'Leo", "ea hleo"), ("Hoà", "Hòa")]
)
def test_keys_that_agree(one: str, other: str) -> None:
    assert bare_key(one) == bare_key(other)


def test_a_ten_is_not_a_one() -> None:
    assert bare_key("Phường 10") != bare_key("Phường 1")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("a, b ,c", ["a", "b", "c"]),
        ("a; b, c.", ["a", "b", "c"]),
        ("a - b - c", ["a", "b", "c"]),
        ("Bà Rịa - Vũng Tàu, x", ["Bà Rịa - Vũng Tàu", "x"]),
        ("a, Việt Nam", ["a"]),
        ("", []),
        (" , ", []),
    ],
)
def test_parts_of_an_address(address: str, parts: list[str]) -> None:
    assert parts_of(address) == parts


def test_kind_and_accents_decide_between_equal_letters() -> None:
    official = ["Xã Mỹ Thọ", "Phường Mỹ Tho", "Xã Khác"]
    assert best_named("my tho", official) == ["Xã Mỹ Thọ", "Phường Mỹ Tho"]
    assert best_named("Mỹ Thọ", official) == ["Xã Mỹ Thọ"]
    assert best_named("phường my tho", official) == ["Phường Mỹ Tho"]
    assert best_named("nơi khác nữa", official) == []
