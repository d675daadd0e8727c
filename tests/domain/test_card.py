"""Reading what an identity card says. All people are synthetic."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.card import Card, parse_card
from kiosk.domain.errors import WorldError
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Sex

BUOI = "048145000001||Nguyễn Thị Bưởi|01011945|Nữ|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|15062021"
ZONE = "IDVNM1450000015048145000001<<5\n4501011F9901018VNM<<<<<<<<<<<8\nNGUYEN<<THI<BUOI<<<<<<<<<<<<<<"


def code_of(text: str, today: date | None = None) -> str:
    with pytest.raises(WorldError) as caught:
        parse_card(text, today)
    return caught.value.code


def outcome(text: str) -> str:
    """The number, or why there is none."""
    try:
        return parse_card(text).number
    except WorldError as error:
        return error.code


def with_field(position: int, value: str) -> str:
    fields = BUOI.split("|")
    fields[position] = value
    return "|".join(fields)


def test_the_seven_fields_are_read() -> None:
    assert parse_card(BUOI) == Card(
        number="048145000001",
        old_number="",
        name="Nguyễn Thị Bưởi",
        birth=PartialDate(1945, 1, 1),
        sex=Sex.FEMALE,
        address="Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng",
        issued=date(2021, 6, 15),
    )


def test_two_bars_are_an_empty_field_and_never_collapse() -> None:
    card = parse_card(with_field(1, ""))
    assert (card.old_number, card.name) == ("", "Nguyễn Thị Bưởi")
    assert parse_card(with_field(1, "201234567")).old_number == "201234567"


@pytest.mark.parametrize(
    "noise", ["\ufeff{}", "{}\r\n", "{}\x00", "  {}  ", "\ufeff{}\x00\r", "\u200b{}\u2060"]
)
def test_what_readers_add_is_stripped(noise: str) -> None:
    assert parse_card(noise.format(BUOI)) == parse_card(BUOI)


def test_decomposed_letters_become_one() -> None:
    import unicodedata

    card = parse_card(unicodedata.normalize("NFD", BUOI))
    assert card == parse_card(BUOI)
    assert unicodedata.is_normalized("NFC", card.name + card.address)


@pytest.mark.parametrize(
    ("said", "sex"),
    [("Nam", Sex.MALE), ("NAM", Sex.MALE), ("Nữ", Sex.FEMALE), ("Nu", Sex.FEMALE), ("NỮ", Sex.FEMALE)],
)
def test_sex_in_every_spelling(said: str, sex: Sex) -> None:
    assert parse_card(with_field(4, said)).sex is sex


def test_dates_with_slashes_are_read() -> None:
    card = parse_card(with_field(3, "02/03/1945"))
    assert card.birth == PartialDate(1945, 3, 2)


def test_the_six_fields_that_zalo_gives() -> None:
    card = parse_card(
        "048145000001|Nguyễn Thị Bưởi|01/01/1945|Nữ|Thôn Phò Nam, Hòa Bắc, Hòa Vang, Đà Nẵng|15/06/2021"
    )
    assert card == parse_card(BUOI)


@pytest.mark.parametrize("extra", [1, 2, 3, 4])
def test_fields_after_the_seventh_are_only_counted(extra: int) -> None:
    card = parse_card(BUOI + "|Tên của ai đó" * extra)
    assert card.extra_fields == extra
    assert "Tên của ai đó" not in repr(card)


def test_more_fields_than_any_card_has() -> None:
    assert code_of(BUOI + "|x" * 5) == "card.not_a_card"


@pytest.mark.parametrize("count", range(2, 6))
def test_a_short_code_says_how_much_was_read(count: int) -> None:
    with pytest.raises(WorldError) as caught:
        parse_card("|".join(BUOI.split("|")[:count]))
    assert (caught.value.code, caught.value.params["n"]) == ("card.short", count)


@pytest.mark.parametrize("text", ["https://example.invalid/abc", "Xin chào", "048145000001", "|" * 2000])
def test_another_code_is_no_card(text: str) -> None:
    assert code_of(text) == "card.not_a_card"


@pytest.mark.parametrize("text", ["", "   ", "\ufeff\r\n"])
def test_nothing_was_read(text: str) -> None:
    assert code_of(text) == "card.empty"


def test_a_cmnd_number_is_named_as_such() -> None:
    assert code_of(with_field(0, "201234567")) == "card.old_number"


@pytest.mark.parametrize("number", ["04814500000", "0481450000011", "04814500000O", "", "٠٤٨١٤٥٠٠٠٠٠١"])
def test_a_number_has_twelve_digits(number: str) -> None:
    assert code_of(with_field(0, number)) == "card.number"


@pytest.mark.parametrize("born", ["31021945", "00001945", "1945", "01131945", "", "1/1/1945"])
def test_a_birth_date_that_no_calendar_has(born: str) -> None:
    assert code_of(with_field(3, born)) == "card.date"


def test_an_impossible_day_of_issue_is_refused_and_a_missing_one_is_not() -> None:
    assert code_of(with_field(6, "30022021")) == "card.date"
    assert parse_card(with_field(6, "")).issued is None


def test_nobody_is_born_tomorrow() -> None:
    assert code_of(BUOI, today=date(1944, 12, 31)) == "card.future"
    assert parse_card(BUOI, today=date(1945, 1, 1)).name == "Nguyễn Thị Bưởi"


@pytest.mark.parametrize(
    "name", ["Nguyá»…n Thá»‹", "NguyÃªn �", "Nguyen 2", "阮氏", "N", "x" * 101, "Nguy?n"]
)
def test_a_garbled_name_is_refused(name: str) -> None:
    assert code_of(with_field(2, name)) == "card.garbled"


@pytest.mark.parametrize("address", ["ThÃ´n PhÃ² Nam, HÃ²a Báº¯c", "Thôn \ufffd", "村"])
def test_a_garbled_address_is_refused(address: str) -> None:
    assert code_of(with_field(5, address)) == "card.garbled"


def test_a_garbled_old_number_is_refused() -> None:
    assert code_of(with_field(1, "20123")) == "card.garbled"


def test_an_unknown_sex_is_refused_and_a_missing_one_is_a_warning() -> None:
    assert code_of(with_field(4, "Female")) == "card.sex"
    card = parse_card(with_field(4, ""))
    assert card.sex is None
    assert card.warnings == ("no_sex",)


@pytest.mark.parametrize("name", ["Y Bhăm Êñuôl", "H’Nữ Niê", "Rơ Ông K'Đai", "Đỗ Ỷ Lan", "Điểu Krŏng"])
def test_names_of_the_highlands_are_names(name: str) -> None:
    assert parse_card(with_field(2, name)).name == name


def test_inner_spaces_of_a_name_are_made_one() -> None:
    assert parse_card(with_field(2, " Nguyễn  Thị Bưởi ")).name == "Nguyễn Thị Bưởi"


def test_the_first_of_january_asks_whether_only_the_year_is_known() -> None:
    assert parse_card(BUOI).maybe_only_year
    assert not parse_card(with_field(3, "02011945")).maybe_only_year


@pytest.mark.parametrize(
    ("position", "value", "warning"),
    [(3, "01011946", "year"), (3, "01012045", "year"), (4, "Nam", "sex"), (5, "", "no_address")],
)
def test_what_does_not_fit_together_is_a_warning(position: int, value: str, warning: str) -> None:
    assert parse_card(with_field(position, value)).warnings == (warning,)


@pytest.mark.parametrize("zone", [ZONE, ZONE.replace("\n", " "), ZONE.replace("\n", ""), ZONE.lower()])
def test_the_three_lines_on_the_back(zone: str) -> None:
    card = parse_card(zone)
    assert (card.number, card.name, card.sex) == ("048145000001", "NGUYEN THI BUOI", Sex.FEMALE)
    assert (card.birth, card.expires) == (PartialDate(1945, 1, 1), date(2099, 1, 1))
    assert card.warnings == ("no_accents", "no_address")


def test_a_mistyped_line_of_the_back_is_noticed() -> None:
    assert code_of(ZONE.replace("4501011F", "4501021F")) == "card.mrz_check"


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert outcome(text).startswith("card.")


REASONS = [f"card.{word}" for word in ("not_a_card", "date", "garbled", "sex", "short")]


@given(st.lists(st.text(max_size=20), min_size=6, max_size=11))
def test_no_fields_break_the_reader(fields: list[str]) -> None:
    assert outcome("|".join(["048145000001", *fields[1:]])) in ("048145000001", *REASONS)
