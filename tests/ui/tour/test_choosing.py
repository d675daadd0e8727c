"""What a person means by a few words, among the answers that a question offers."""

import pytest

from ui.tour.choosing import Offer, meant, same_place, same_words

PROVINCES = [
    Offer("48", "Thành phố Đà Nẵng"),
    Offer("66", "Tỉnh Đắk Lắk"),
    Offer("79", "Thành phố Hồ Chí Minh"),
]
WARDS = [
    Offer("20194", "Phường Hải Vân"),
    Offer("20293", "Xã Hòa Vang"),
    Offer("20311", "Xã Hoà Tiến"),
    Offer("20312", "Phường Hòa Tiên"),
    Offer("20400", "Xã Bà Nà"),
    Offer("20401", "Phường Bà Nà"),
]
RELATIONS = [Offer("cha", "Cha"), Offer("me", "Mẹ"), Offer("khac", "Khác (ghi rõ)")]
BIRTHS = [Offer("ca_hai", "Đã xác định được cả cha lẫn mẹ"), Offer("mang_thai_ho", "(mang thai hộ)")]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("48", "48"),
        ("Thành phố Đà Nẵng", "48"),
        ("Đà Nẵng", "48"),
        ("TP. Đà Nẵng", "48"),
        ("TP.Đà Nẵng", "48"),
        ("tp Đà Nẵng", "48"),
        ("da nang", "48"),
        ("  Đà   Nẵng ", "48"),
        ("Dak Lak", "66"),
        ("T. Đắk Lắk", "66"),
        ("TP. Hồ Chí Minh", "79"),
    ],
)
def test_provinces(said: str, name: str) -> None:
    found = meant(PROVINCES, said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Xã Hoà Vang", "20293"),
        ("Hòa Vang", "20293"),
        ("X. Hòa Vang", "20293"),
        ("P. Hải Vân", "20194"),
        ("Hòa Tiến", "20311"),
        ("Hoà Tiên", "20312"),
        ("Xã Bà Nà", "20400"),
    ],
)
def test_the_tone_mark_may_sit_on_either_letter(said: str, name: str) -> None:
    found = meant(WARDS, said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("said", ["Bà Nà", "hoa tien", "Hội An", "Phường Hòa Vang", ""])
def test_nothing_is_guessed(said: str) -> None:
    assert meant(WARDS, said) is None


@pytest.mark.parametrize(("said", "name"), [("Chứng minh CAND", "4"), ("Chứng minh sĩ quan QĐ", "3")])
def test_identity_papers_by_their_initials(said: str, name: str) -> None:
    papers = [Offer("3", "Chứng minh sĩ quan quân đội"), Offer("4", "Chứng minh công an nhân dân")]
    found = meant(papers, said)
    assert found is not None
    assert found.name == name


def test_a_label_may_go_on_in_brackets() -> None:
    assert meant(RELATIONS, "Khác") == RELATIONS[2]
    assert meant(RELATIONS, "me") == RELATIONS[1]
    assert meant(BIRTHS, "Mang thai hộ") == BIRTHS[1]


def test_same_words_keep_accents() -> None:
    assert same_words("Hoà  Bình", "hòa bình")
    assert not same_words("Nguyen Thi Buoi", "Nguyễn Thị Bưởi")


def test_same_place_with_or_without_its_kind() -> None:
    assert same_place("TP. Đà Nẵng", "Thành phố Đà Nẵng")
    assert same_place("Xã Hòa Vang", "Hoà Vang")
    assert not same_place("Hòa Tiến", "Hòa Tiên")
