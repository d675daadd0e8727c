"""Consent before anything, the card as it is, and a visit that ends."""

from pathlib import Path

import pytest
import segno

from kiosk.desk import fill, opening, today, welcome
from kiosk.desk.desk import Desk
from kiosk.domain.consent import Purpose
from kiosk.domain.errors import WorldError
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Sex
from kiosk.storage import drafts, visits
from tests.support.pictures import as_file, jpeg, page
from tests.support.visits import ALL_BUT_CONTACT, FATHER_CARD, MOTHER_CARD, begin

EXAMPLES = Path(__file__).parents[2] / "examples" / "birth"


def refused(desk: Desk, data: bytes) -> str:
    with pytest.raises(WorldError) as caught:
        welcome.read_card_picture(desk, data)
    assert desk.content.texts(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


def test_consent_is_kept_with_the_version_that_was_shown(desk: Desk) -> None:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    assert visit.consent.text_version == welcome.consent_text(desk).version
    assert not visit.consent.allows(Purpose.CONTACT)
    with desk.database.read() as connection:
        assert visits.consent_of(connection, visit.id) == visit.consent


@pytest.mark.parametrize("given", [set(), {Purpose.SENSITIVE}, {Purpose.PREPARE}, {Purpose.SEND_TO_COMMUNE}])
def test_nothing_is_written_down_without_the_consent_it_needs(desk: Desk, given: set[Purpose]) -> None:
    with pytest.raises(WorldError) as caught:
        welcome.start_visit(desk, given, "Lê Văn Thử", "bác")
    assert caught.value.code == "consent.missing"
    with desk.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visits").scalar_one() == 0


def test_no_box_is_ticked_beforehand_and_contact_is_never_needed(desk: Desk) -> None:
    items = {item.purpose: item for item in welcome.consent_text(desk).items}
    assert set(items) == set(Purpose)
    assert not items[Purpose.CONTACT].needed
    assert not items[Purpose.SEND_TO_COMMUNE].needed


def test_a_card_tells_the_person_and_where_she_lives_today(desk: Desk) -> None:
    reading = welcome.read_card_text(desk, MOTHER_CARD)
    assert not reading.ask_only_year
    person = welcome.confirm_card(reading, ward_code="20194")
    assert (person.name, person.birth, person.sex) == (
        "Nguyễn Thị Bưởi",
        PartialDate(1995, 8, 12),
        Sex.FEMALE,
    )
    assert person.paper is not None
    assert (person.paper.kind, person.paper.number, person.paper.issued) == (
        "5",
        "048195001234",
        "2021-06-15",
    )
    assert person.residence is not None
    assert (person.residence.province, person.residence.ward) == ("48", "20194")
    assert person.residence.detail == "Thôn Phò Nam"
    assert person.residence.printed.endswith("Hòa Bắc, Hòa Vang, Đà Nẵng")


def test_the_first_of_january_is_asked_about_and_never_invented(desk: Desk) -> None:
    reading = welcome.read_card_text(desk, FATHER_CARD)
    assert reading.ask_only_year
    assert welcome.confirm_card(reading, only_year=True).birth == PartialDate(1990)
    assert welcome.confirm_card(reading).birth == PartialDate(1990, 1, 1)


def test_a_ward_that_is_no_candidate_is_not_taken(desk: Desk) -> None:
    reading = welcome.read_card_text(desk, MOTHER_CARD.replace("Hòa Bắc", "Không Có Thật"))
    person = welcome.confirm_card(reading, ward_code="99999")
    assert person.residence is not None
    assert person.residence.ward == ""


def test_a_card_of_the_new_kind_is_called_so(desk: Desk) -> None:
    person = welcome.confirm_card(welcome.read_card_text(desk, MOTHER_CARD.replace("15062021", "01072024")))
    assert person.paper is not None
    assert person.paper.kind == "9"


def test_a_card_without_its_day_of_issue_leaves_the_kind_open(desk: Desk) -> None:
    person = welcome.confirm_card(welcome.read_card_text(desk, MOTHER_CARD.replace("15062021", "")))
    assert person.paper is not None
    assert (person.paper.kind, person.paper.issued) == ("", "")


def test_a_picture_of_the_code_is_as_good_as_its_text(desk: Desk) -> None:
    picture = (EXAMPLES / "the-me-qr.png").read_bytes()
    assert welcome.read_card_picture(desk, picture) == welcome.read_card_text(desk, MOTHER_CARD)


def test_a_turned_and_noisy_telephone_picture_is_read(desk: Desk, tmp_path: Path) -> None:
    from PIL import Image

    segno.make(MOTHER_CARD, error="m").save(str(tmp_path / "qr.png"), scale=6, border=4)
    sheet = page(1600, 1200, "#d8d8d0")
    sheet.paste(Image.open(tmp_path / "qr.png").convert("RGB"), (600, 300))
    picture = as_file(sheet.rotate(17, expand=True, fillcolor="#888888"), quality=70)
    assert welcome.read_card_picture(desk, picture).card.name == "Nguyễn Thị Bưởi"


def test_bad_pictures_get_a_sentence(desk: Desk) -> None:
    assert refused(desk, b"") == "paper.empty"
    assert refused(desk, b"not a picture") == "paper.not_image"
    assert refused(desk, jpeg(400, 300)) == "card.no_code"
    assert refused(desk, jpeg(900, 900)[:700]) in ("paper.unreadable", "paper.not_image")


def test_another_code_in_the_picture_is_not_a_card(desk: Desk, tmp_path: Path) -> None:
    segno.make("https://example.vn").save(str(tmp_path / "qr.png"), scale=6)
    assert refused(desk, (tmp_path / "qr.png").read_bytes()) == "card.not_a_card"


@pytest.mark.parametrize(
    "text", ["", "abc", "048195001234|Nguyễn", MOTHER_CARD.replace("12081995", "31021995"), MOTHER_CARD[:30]]
)
def test_a_garbled_code_gets_a_sentence(desk: Desk, text: str) -> None:
    with pytest.raises(WorldError) as caught:
        welcome.read_card_text(desk, text)
    assert desk.content.texts(f"error.{caught.value.code}", **caught.value.params)


def test_a_visit_ends_and_its_draft_stays(desk: Desk) -> None:
    visit, filling = begin(desk)
    welcome.end_visit(desk, visit.id)
    with desk.database.read() as connection:
        assert (
            connection.exec_driver_sql("SELECT ended_at FROM visits").scalar_one() == visit.consent.given_at
        )
    assert [draft.dossier for draft in today.all_drafts(desk)] == [filling.dossier]


def test_a_practice_dossier_goes_with_its_visit(desk: Desk) -> None:
    visit, filling = begin(opening.practise(desk, on=True))
    _, real = begin(desk)
    filling.answer("tre_ho_ten", "Trần Bảo Ngọc")
    fill.save(desk, filling)
    welcome.end_visit(desk, visit.id)
    assert [draft.dossier for draft in today.all_drafts(desk)] == [real.dossier]
    with desk.database.read() as connection:
        assert drafts.answers_of(connection, filling.dossier, 1) == []
