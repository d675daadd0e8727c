"""Names of places as sentences write them."""

import pytest

from kiosk.domain.place_words import in_sentence, without_kind


@pytest.mark.parametrize(
    ("place", "inside", "bare"),
    [
        ("Xã Hòa Vang", "xã Hòa Vang", "Hòa Vang"),
        ("Thành phố Đà Nẵng", "thành phố Đà Nẵng", "Đà Nẵng"),
        ("Đặc khu Hoàng Sa", "đặc khu Hoàng Sa", "Hoàng Sa"),
        ("Phường Xã Đàn", "phường Xã Đàn", "Xã Đàn"),
        ("Hà Nội", "Hà Nội", "Hà Nội"),
        ("Xã", "Xã", "Xã"),
        ("", "", ""),
    ],
)
def test_the_kind_of_a_place(place: str, inside: str, bare: str) -> None:
    assert (in_sentence(place), without_kind(place)) == (inside, bare)
