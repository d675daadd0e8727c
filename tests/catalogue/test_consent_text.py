"""What the citizen reads before saying yes."""

from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.commune import load_commune
from kiosk.catalogue.consent_text import ConsentText, consent_text
from kiosk.catalogue.texts import load_texts
from kiosk.domain.consent import Purpose

ASSETS = Path(__file__).parents[2] / "assets"
TEXTS = load_texts(ASSETS / "texts")
COMMUNE = load_commune(ASSETS / "parameters" / "trial_commune.toml")


def shown() -> ConsentText:
    return consent_text(TEXTS, COMMUNE)


def test_every_purpose_has_an_item_of_its_own() -> None:
    assert [item.purpose for item in shown().items] == list(Purpose)
    assert len({item.text for item in shown().items}) == len(Purpose)


def test_each_item_names_the_data_and_the_purpose() -> None:
    assert all("Dữ liệu:" in item.text and "Mục đích:" in item.text for item in shown().items)


def test_sending_and_being_reached_are_never_a_condition() -> None:
    needed = {item.purpose for item in shown().items if item.needed}
    assert needed == {Purpose.PREPARE, Purpose.SENSITIVE}


def test_the_controller_the_rights_and_their_times_are_told() -> None:
    text = shown()
    assert COMMUNE.data_controller is not None
    assert COMMUNE.data_controller in text.controller
    for words in ("rút lại", "xóa", "2 ngày làm việc", "15 ngày", "20 ngày"):
        assert words in text.rights
    assert "7 tuổi" in text.child


def test_an_unnamed_controller_is_shown_as_unknown() -> None:
    text = consent_text(TEXTS, replace(COMMUNE, data_controller=None, data_contact=None))
    assert text.controller.count("chưa kiểm chứng, hỏi xã") == 2


def test_the_days_of_keeping_are_those_of_the_commune() -> None:
    text = consent_text(TEXTS, replace(COMMUNE, draft_days=3))
    assert "sau 3 ngày" in text.items[0].text


def test_the_version_is_kept_with_the_consent() -> None:
    assert shown().version == "2026-11-21"
