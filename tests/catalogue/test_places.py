"""Today's communes, and the way to them from old addresses."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.places import PlaceMatch, Places, every_name, read_list

LISTS = Path(__file__).parents[2] / "assets" / "lists"
PLACES = Places(LISTS)


def names(address: str) -> list[str]:
    return [ward.name for ward in PLACES.map_old(address).candidates]


def test_all_provinces_and_communes_are_there() -> None:
    assert len(PLACES.provinces()) == 34
    wards = [ward for province in PLACES.provinces() for ward in PLACES.wards(province.code)]
    kinds = [ward.name.split(" ")[0] for ward in wards]
    assert (len(wards), kinds.count("Xã"), kinds.count("Phường"), kinds.count("Đặc")) == (3321, 2621, 687, 13)
    assert sum(p.name.startswith("Thành phố ") for p in PLACES.provinces()) == 6


def test_places_by_code_and_name() -> None:
    assert PLACES.province("48").name == "Thành phố Đà Nẵng"
    assert PLACES.ward("20314").name == "Phường Hòa Xuân"
    found = PLACES.find_ward("48", "hai van")
    assert found is not None
    assert (found.name, found.province) == ("Phường Hải Vân", "48")


def test_unknown_codes_and_names() -> None:
    with pytest.raises(KeyError):
        PLACES.ward("99999")
    with pytest.raises(KeyError):
        PLACES.province("99")
    assert PLACES.wards("99") == ()
    assert PLACES.find_ward("48", "Sao Hỏa") is None
    assert PLACES.find_ward("31", "cam giang") is None, "two communes have these letters"


def test_accents_tell_communes_apart_that_share_their_letters() -> None:
    for name in ("Xã Cẩm Giang", "Xã Cẩm Giàng"):
        found = PLACES.find_ward("31", name)
        assert found is not None
        assert found.name == name


def test_communes_are_listed_by_name() -> None:
    listed = [ward.name.split(" ", 1)[1] for ward in PLACES.wards("48")]
    assert listed.index("An Hải") < listed.index("Bà Nà") < listed.index("Hải Vân") < listed.index("Trà My")


@pytest.mark.parametrize(
    ("address", "name", "code"),
    [
        ("Hòa Phước, Hòa Vang, Đà Nẵng", "Phường Hòa Xuân", "20314"),
        ("Hòa Nhơn, Hòa Vang, Đà Nẵng", "Xã Bà Nà", "20308"),
        ("Hòa Ninh, Hòa Vang, Đà Nẵng", "Xã Bà Nà", "20308"),
        ("Hòa Bắc, Hòa Vang, Đà Nẵng", "Phường Hải Vân", None),
        ("Hòa Sơn, Hòa Vang, Đà Nẵng", "Phường Hòa Khánh", "20200"),
        ("Chiến Thắng, An Lão, Hải Phòng", "Xã An Hưng", None),
        ("Phường Sông Cầu, TP. Bắc Kạn, Bắc Kạn", "Phường Bắc Kạn", None),
        ("Ẳng Tở, Mường Ảng, Điện Biên", "Xã Búng Lao", None),
        ("Ẳng Cang, Mường Ảng, Điện Biên", "Xã Mường Ảng", None),
    ],
)
def test_old_names_that_are_known_from_elsewhere(address: str, name: str, code: str | None) -> None:
    match = PLACES.map_old(address)
    assert [ward.name for ward in match.candidates] == [name]
    assert match.certain
    assert code in (None, match.candidates[0].code)


@pytest.mark.parametrize(
    "address",
    [
        "Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng",
        "Thôn Phò Nam, Hoà Bắc, Hoà Vang, Đà Nẵng",
        "Thôn Phò Nam, xã Hòa Bắc, huyện Hòa Vang, thành phố Đà Nẵng",
        "Thôn Phò Nam, X. Hòa Bắc, H. Hòa Vang, TP. Đà Nẵng",
        "Thôn Phò Nam, X.Hòa Bắc, H.Hòa Vang, TP.Đà Nẵng.",
        "Thôn Phò Nam ,  HÒA BẮC; Hòa Vang;Đà Nẵng, Việt Nam",
        "Thôn Phò Nam - Hòa Bắc - Hòa Vang - Đà Nẵng",
        "Thôn Phò Nam, hoa bac, hoa vang, da nang",
        "Thôn Phò Nam, Phường Hải Vân, Thành phố Đà Nẵng",
        "Thôn Phò Nam, P. Hải Vân, TP Đà Nẵng",
    ],
)
def test_one_place_written_in_many_ways(address: str) -> None:
    match = PLACES.map_old(address)
    assert ([ward.name for ward in match.candidates], match.province) == (["Phường Hải Vân"], "48")
    assert (match.detail, match.certain) == ("Thôn Phò Nam", True)


def test_an_old_ward_that_was_split_is_asked_about() -> None:
    match = PLACES.map_old("Thôn Quan Nam, Hòa Liên, Hòa Vang, Đà Nẵng")
    assert [ward.name for ward in match.candidates] == ["Phường Hải Vân", "Phường Liên Chiểu"]
    assert not match.certain
    assert match.detail == "Thôn Quan Nam"


def test_a_new_commune_may_bear_the_name_of_an_old_district() -> None:
    for address in ("Thôn 1, Xã Hòa Vang, Đà Nẵng", "Hòa Bắc, Xã Hòa Vang, Đà Nẵng"):
        match = PLACES.map_old(address)
        assert ([ward.name for ward in match.candidates], match.certain) == (["Xã Hòa Vang"], True)


@pytest.mark.parametrize("address", ["Thôn 1, Hòa Vang, Đà Nẵng", "Hòa Bắk, Hòa Vang, Đà Nẵng"])
def test_a_bare_name_may_be_the_old_district_under_an_unknown_ward(address: str) -> None:
    match = PLACES.map_old(address)
    assert ([ward.name for ward in match.candidates], match.certain) == (["Xã Hòa Vang"], False)


@pytest.mark.parametrize("address", ["P.1, Q.3, TP.HCM", "Phường 01, Quận 3, TP. Hồ Chí Minh", "P1, Q3, HCM"])
def test_wards_that_are_numbers(address: str) -> None:
    assert names(address) == ["Phường Bàn Cờ"]
    assert PLACES.map_old(address).certain


def test_a_province_that_is_gone_leads_to_the_one_it_went_into() -> None:
    match = PLACES.map_old("Thôn 2, Tam Ngọc, Tam Kỳ, Quảng Nam")
    assert match.province == "48"
    assert match.candidates


def test_an_old_ward_under_the_new_province_is_found_but_not_for_certain() -> None:
    match = PLACES.map_old("Tổ 5, An Phú, Tam Kỳ, Đà Nẵng")
    assert match.candidates
    assert not match.certain


def test_a_district_that_was_renamed_before_2025_leaves_it_uncertain() -> None:
    match = PLACES.map_old("12 Lê Lợi, Phú Hội, Thành phố Huế, Thừa Thiên Huế")
    assert ([ward.name for ward in match.candidates], match.certain) == (["Phường Thuận Hóa"], False)
    assert match.detail == "12 Lê Lợi"


def test_a_still_older_name_leaves_it_uncertain() -> None:
    match = PLACES.map_old("Nguyễn Trung Trực, Ba Đình, Hà Nội")
    assert ([ward.name for ward in match.candidates], match.certain) == (["Phường Ba Đình"], False)


def test_a_district_left_out_is_no_hindrance() -> None:
    assert names("Hòa Bắc, Đà Nẵng") == ["Phường Hải Vân"]


def test_islands_had_no_wards() -> None:
    assert names("Hoàng Sa, Đà Nẵng") == ["Đặc khu Hoàng Sa"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "Sao Hỏa",
        "Thôn 1, Xã Không Có, Huyện Không Có, Tỉnh Không Có",
        "Thôn 1, Xã Không Có, Hòa Vang, Đà Nẵng",
        "Hòa Bắk, Huyện Hòa Vang, Đà Nẵng",
        "Huyện Hòa Vang, Đà Nẵng",
        "Đà Nẵng",
        "Hà Nội, Paris",
        ",,,",
    ],
)
def test_what_is_not_known_has_no_candidates(address: str) -> None:
    match = PLACES.map_old(address)
    assert (match.candidates, match.certain) == ((), False)


def test_an_unknown_commune_in_a_known_province_keeps_the_province_and_the_words() -> None:
    match = PLACES.map_old("Thôn 1, Xã Không Có, Đà Nẵng")
    assert match == PlaceMatch((), "48", "Thôn 1, Xã Không Có", certain=False)


@given(st.lists(st.text(max_size=12), max_size=5).map(", ".join))
def test_no_text_breaks_the_map(text: str) -> None:
    match = PLACES.map_old(text)
    assert match.certain == (len(match.candidates) == 1) or not match.certain


def test_every_old_ward_leads_to_a_commune_of_today() -> None:
    with (LISTS / "xa_cu.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    old = {(row["tinh"], row["huyen"], row["xa"]) for row in rows}
    assert len(old) == 10_040
    assert {row["moi"] for row in rows} <= {row["name"] for row in read_list(LISTS / "xa.csv")}
    split = {
        key for key, count in Counter((r["tinh"], r["huyen"], r["xa"]) for r in rows).items() if count > 1
    }
    assert len(split) == 471


@pytest.mark.parametrize("every", [211])
def test_old_addresses_as_cards_print_them_are_mapped(every: int) -> None:
    """A sample of all old wards: the map gives exactly the communes that the list names."""
    rows = read_list(LISTS / "xa_cu.csv")
    wanted: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        wanted.setdefault((row["tinh"], row["huyen"], row["xa"]), set()).add(row["moi"])
    for province, district, ward in sorted(wanted)[::every]:
        match = PLACES.map_old(f"Thôn 1, {ward}, {district}, {province}")
        assert {each.code for each in match.candidates} == wanted[province, district, ward]
        assert match.certain == (len(match.candidates) == 1)


def test_the_first_digits_of_a_number_name_63_old_provinces() -> None:
    assert len(PLACES.id_provinces()) == 63
    assert "048" in PLACES.id_provinces()


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with pytest.raises(BadContentError, match="the list is missing"):
        places.provinces()


@pytest.mark.parametrize("row", ["Tỉnh X,Huyện Y,Xã Z,20194", 'Tỉnh X,"Huyện Y",Xã Z,,20194', "Tỉnh X"])
def test_a_broken_list_of_old_wards_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    for name in ("tinh", "xa"):
        (tmp_path / f"{name}.csv").write_bytes((LISTS / f"{name}.csv").read_bytes())
    good = "Tỉnh X,Huyện Y,Xã Z,,20194"
    (tmp_path / "xa_cu.csv").write_text(f"tinh,huyen,xa,ten_khac,moi\n{good}\n{row}\n", encoding="utf-8")
    with pytest.raises(BadContentError) as caught:
        Places(tmp_path).map_old("Xã Z, Huyện Y, Tỉnh X")
    assert (caught.value.path.name, caught.value.line) == ("xa_cu.csv", 3)


def test_places_without_the_old_wards_still_have_todays(tmp_path: Path) -> None:
    for name in ("tinh", "xa"):
        (tmp_path / f"{name}.csv").write_bytes((LISTS / f"{name}.csv").read_bytes())
    places = Places(tmp_path)
    assert places.ward("20314").name == "Phường Hòa Xuân"
    with pytest.raises(BadContentError, match="the list is missing"):
        places.map_old("Hòa Bắc, Đà Nẵng")


@pytest.mark.parametrize("content", [b"name,label\n01\n", b"name,label\n01,a,b\n", b"", b"\xff\xfe"])
def test_a_broken_list_is_refused_with_its_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tinh.csv").write_bytes(content)
    with pytest.raises(BadContentError, match=r"tinh\.csv:[12]: "):
        Places(tmp_path).provinces()


@pytest.mark.parametrize(
    ("words", "first", "today"),
    [
        ("hai van", "Phường Hải Vân, Thành phố Đà Nẵng", ["Phường Hải Vân"]),
        ("Xa Hoa Nhon hoa vang", "Xã Hòa Nhơn, Huyện Hòa Vang, Thành phố Đà Nẵng", ["Xã Bà Nà"]),
        ("hoa nhon dda nawxng", "Xã Hòa Nhơn, Huyện Hòa Vang, Thành phố Đà Nẵng", ["Xã Bà Nà"]),
        ("hoà bắc hoà vagn", "Xã Hòa Bắc, Huyện Hòa Vang, Thành phố Đà Nẵng", ["Phường Hải Vân"]),
        ("tỉnh lâm đòng", "Tỉnh Lâm Đồng", []),
    ],
)
def test_names_of_today_and_of_before_are_found(words: str, first: str, today: list[str]) -> None:
    found = PLACES.find(words)[0]
    assert found.name == first
    assert [ward.name for ward in found.wards] == today


def test_today_stands_before_what_was() -> None:
    found = PLACES.find("xã hòa vang")
    assert not found[0].former
    assert found[0].wards[0].code == "20320"


def test_every_name_is_there_once() -> None:
    names = list(every_name(PLACES._provinces, PLACES._wards, PLACES._old))
    assert len(names) > 13_000
    assert len({(each.name, each.former) for each in names}) == len(names)
    assert sum(not each.former for each in names) == 34 + 3321
