"""Finding what the citizen came for, and beginning a dossier."""

import pytest

from kiosk.desk import choose, fill, opening, welcome
from kiosk.desk.desk import Desk
from kiosk.domain.dossier import Road
from kiosk.domain.ids import parse_slip_code
from kiosk.storage import drafts
from tests.support.visits import ALL_BUT_CONTACT


@pytest.mark.parametrize(
    "words", ["khai sinh", "KHAI SINH", "lam giay khai sinh cho con", "1.001193", "khia sinh"]
)
def test_words_find_the_procedure_however_they_are_typed(desk: Desk, words: str) -> None:
    assert choose.search(desk, words)[0].slug == "khai_sinh"


def test_nothing_typed_shows_all_and_nonsense_nothing(desk: Desk) -> None:
    assert choose.search(desk, "  ") == list(desk.content.catalogue.procedures())
    assert choose.search(desk, "zzzz qqqq") == []


def test_a_life_event_leads_to_its_procedures(desk: Desk) -> None:
    (event,) = [event for event in choose.life_events(desk) if event.key == "nha_co_em_be"]
    assert event.label == "Nhà có em bé"
    assert "khai_sinh" in [procedure.slug for procedure in choose.by_life_event(desk, event.key)]


def test_a_dossier_begins_with_its_codes(desk: Desk) -> None:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    dossier = choose.start_dossier(desk, visit, "khai_sinh", Road.COMMUNE)
    filling = fill.open_filling(desk, dossier)
    assert (filling.revision, filling.procedure.code, filling.road) == (1, "1.001193", Road.COMMUNE)
    assert parse_slip_code(filling.slip_code) == filling.slip_code
    assert filling.form_version == desk.content.newest_version("khai_sinh")
    assert filling.consent == visit.consent


def test_an_unknown_procedure_is_our_own_mistake(desk: Desk) -> None:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    with pytest.raises(KeyError):
        choose.start_dossier(desk, visit, "khong_co", Road.COMMUNE)


def test_the_road_can_change_before_hand_over(desk: Desk) -> None:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    dossier = choose.start_dossier(desk, visit, "khai_sinh", Road.PORTAL)
    choose.change_road(desk, dossier, Road.COMMUNE)
    assert fill.open_filling(desk, dossier).road is Road.COMMUNE


def test_what_begins_in_practice_stays_practice(desk: Desk) -> None:
    practising = opening.practise(desk, on=True)
    visit = welcome.start_visit(practising, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    dossier = choose.start_dossier(practising, visit, "khai_sinh", Road.COMMUNE)
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
    assert row is not None
    assert row.practice
    assert fill.open_filling(desk, dossier).practice
