"""The code lists, as the forms and the program use them."""

import unicodedata
from pathlib import Path

import pytest

from kiosk.catalogue.places import read_list

LISTS = Path(__file__).parents[2] / "assets" / "lists"


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.csv")), ids=lambda path: path.stem)
def test_a_list_is_plain_utf8_in_nfc(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    ("name", "count", "width"),
    [
        ("tinh", 34, 2),
        ("xa", 3321, 5),
        ("dan_toc", 56, 2),
        ("tinh_so_dinh_danh", 63, 3),
        ("quoc_tich", 198, 2),
    ],
)
def test_codes_are_unique_and_of_one_width(name: str, count: int, width: int) -> None:
    rows = read_list(LISTS / f"{name}.csv")
    codes = [row["name"] for row in rows]
    assert len(codes) == len(set(codes)) == count
    assert {len(code) for code in codes} == {width}
    assert all(row["label"].strip() == row["label"] != "" for row in rows)


def test_every_commune_belongs_to_a_province() -> None:
    provinces = {row["name"] for row in read_list(LISTS / "tinh.csv")}
    assert {row["tinh"] for row in read_list(LISTS / "xa.csv")} == provinces


def test_the_usual_answer_stands_first() -> None:
    assert read_list(LISTS / "quoc_tich.csv")[0] == {"name": "VN", "label": "Việt Nam"}
    assert read_list(LISTS / "dan_toc.csv")[0] == {"name": "01", "label": "Kinh"}
    assert read_list(LISTS / "giay_to.csv")[0] == {"name": "9", "label": "Thẻ căn cước"}


def test_ethnic_groups_have_the_numbers_of_the_portal() -> None:
    """The list of 2008 numbers them differently: 04 Mường, 10 Gia Rai, 13 Sán Chay."""
    groups = {row["label"]: row["name"] for row in read_list(LISTS / "dan_toc.csv")}
    assert (groups["Hoa"], groups["Mường"], groups["Gia-rai"], groups["Cơ-tu"]) == ("04", "06", "10", "26")


def test_identity_papers_have_the_numbers_of_the_portal() -> None:
    papers = {row["label"]: row["name"] for row in read_list(LISTS / "giay_to.csv")}
    assert (papers["Căn cước công dân"], papers["Thẻ căn cước"], papers["Hộ chiếu"]) == ("5", "9", "6")
    assert len(papers) == 9
