"""Finding a procedure by code, life event or a villager's words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.catalogue import Catalogue, catalogue_on, load_catalogue, read_catalogue
from kiosk.catalogue.listings import Listing
from kiosk.catalogue.neighbours import read_neighbours
from kiosk.catalogue.tables import load_table

ASSETS = Path(__file__).parents[2] / "assets" / "procedures"
BIRTH = load_catalogue(ASSETS, date(2026, 11, 21)).by_slug("khai_sinh")
DEATH = replace(
    BIRTH,
    slug="khai_tu",
    code="1.000656",
    former_codes=("1.000000",),
    name="Thủ tục đăng ký khai tử",
    plain_name="Khai tử cho người đã mất",
    keywords=("1.005461", "giấy báo tử", "nhà có người mất", "trích lục khai tử"),
    life_events=("nha_co_nguoi_mat",),
)
CATALOGUE = Catalogue([BIRTH, DEATH])


def found(words: str) -> list[str]:
    return [procedure.slug for procedure in CATALOGUE.search(words)]


@pytest.mark.parametrize(
    "words",
    [
        "khai sinh",
        "Khai Sinh",
        "KHAI SINH",
        "khai sinh cho bé",
        "giay khai sinh",
        "đăng ký khai sinh",
        "nhà có em bé",
        "nha co em be",
        "con mới sinh",
        "mới đẻ",
        "khai sih",
        "kahi sinh",
        "khai sihn",
        "khai sin",
        "xin làm giấy khai sinh cho cháu nội",
        "1.001193",
        " 1.001193 ",
        "khai-sinh",
    ],
)
def test_words_for_a_birth(words: str) -> None:
    assert found(words)[0] == "khai_sinh"


@pytest.mark.parametrize("words", ["khai tử", "nhà có người mất", "báo tử", "1.000656", "1.000000"])
def test_words_for_a_death(words: str) -> None:
    assert found(words)[0] == "khai_tu"


def test_a_word_that_both_have_finds_both() -> None:
    assert sorted(found("khai")) == ["khai_sinh", "khai_tu"]


@pytest.mark.parametrize("words", ["", "  ", "kết hôn", "sổ đỏ", "x", "!!!", "zzzz", "thẻ bảo hiểm y tế"])
def test_words_for_nothing_we_have(words: str) -> None:
    assert found(words) == []


def test_a_replaced_code_leads_to_the_procedure_of_today() -> None:
    assert CATALOGUE.by_code("1.000000").slug == "khai_tu"
    assert CATALOGUE.by_code("1.001193").slug == "khai_sinh"


def test_the_code_of_a_neighbour_is_found_among_the_keywords() -> None:
    assert found("1.005461") == found("1.00546") == ["khai_tu"]
    assert REAL.by_code("1.014027").slug == "tro_cap_xh"
    assert REAL.by_code("1.014028").slug == "mai_tang_btxh"


def test_unknown_codes_and_slugs() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.by_code("0.000000")
    with pytest.raises(KeyError):
        CATALOGUE.by_slug("khong_co")


def test_life_events_lead_to_their_procedures() -> None:
    assert CATALOGUE.life_events() == ("nha_co_em_be", "nha_co_nguoi_mat")
    assert CATALOGUE.by_life_event("nha_co_em_be") == [BIRTH]
    assert CATALOGUE.by_life_event("khong_co") == []


def copied(folder: Path, *slugs: str, first: str = "") -> Path:
    (folder / "sources.toml").write_text((ASSETS / "sources.toml").read_text("utf-8"), "utf-8")
    text = (ASSETS / "khai_sinh" / "procedure.toml").read_text("utf-8")
    for slug in slugs:
        (folder / slug).mkdir()
        changed = first + text.replace('slug = "khai_sinh"', f'slug = "{slug}"')
        (folder / slug / "procedure.toml").write_text(changed, "utf-8")
    return folder


def test_only_what_is_in_force_is_offered(tmp_path: Path) -> None:
    folder = copied(tmp_path, "khai_sinh", first="effective_to = 2027-02-28\n")
    assert len(load_catalogue(folder, date(2027, 2, 28)).procedures()) == 1
    assert load_catalogue(folder, date(2027, 3, 1)).procedures() == ()


def test_two_procedures_of_one_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="a second procedure has this code"):
        load_catalogue(copied(tmp_path, "khai_sinh", "mot_nua"), date(2026, 11, 21))


REAL = load_catalogue(ASSETS, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("words", "code"),
    [("1.011607", "1.011607"), ("1.002755", "1.002755"), ("1.116214", "1.116214"), ("giám hộ", "1.004837")],
)
def test_a_code_known_by_name_only_is_found_as_an_entry_without_a_form(words: str, code: str) -> None:
    found = REAL.search(words)[0]
    assert (found.code, isinstance(found, Listing)) == (code, True)
    assert isinstance(found, Listing)
    assert found.checked_on == date(2026, 11, 21)
    assert not found.fee


def test_a_neighbour_ends_with_its_time_and_gives_way_to_who_tells_more() -> None:
    later = load_catalogue(ASSETS, date(2027, 1, 1))
    assert [each.code for each in later.search("1.011609")] == ["1.011609"]
    assert later.search("1.116214")[0].code == "1.116214"
    (known,) = [each for each in REAL.listings() if each.code == "1.116214"]
    full = replace(known, name="Công nhận hộ nghèo", fee="Miễn")
    catalogue = catalogue_on(date(2027, 1, 1), ASSETS, read_catalogue(ASSETS)[0], [full])
    assert catalogue.search("1.116214") == [full]


@pytest.mark.parametrize("old", ["1.011606", "1011606", "1.011607", "1.011608"])
def test_the_ended_codes_of_the_poor_lead_to_the_new_ones(old: str) -> None:
    later = load_catalogue(ASSETS, date(2027, 1, 1))
    assert [each.code for each in later.search(old)] == ["1.116214", "1.116215"]
    assert REAL.search(old)[0].code == f"1.{old[-6:]}"


@pytest.mark.parametrize("words", ["khiếu nại", "khieu nai", "đơn tố cáo"])
def test_a_complaint_leads_to_the_form_that_says_where_it_goes(words: str) -> None:
    assert getattr(REAL.search(words)[0], "slug", "") == "pakn"


@pytest.mark.parametrize("codes", ['code = "1.1"', 'code = "1.001193"\nformer_codes = ["1.1"]'])
def test_a_neighbour_without_a_true_code_is_refused(tmp_path: Path, codes: str) -> None:
    (tmp_path / "x.toml").write_text(f'[[neighbours]]\n{codes}\nname = "Việc"\n', "utf-8")
    with pytest.raises(BadContentError, match=r"x.toml.*national code"):
        read_neighbours(load_table(tmp_path / "x.toml"))
