"""Consent: nothing is ticked beforehand, nothing goes on without it, and it is kept as given."""

from PySide6.QtWidgets import QCheckBox

from kiosk.domain.consent import Purpose
from kiosk.storage import visits
from tests.ui.visit.steps import Visitor

PURPOSES = [f"consent:{purpose.value}" for purpose in Purpose]


def boxes(visitor: Visitor) -> dict[str, QCheckBox]:
    found = {name: visitor.look(name) for name in PURPOSES}
    return {name: box for name, box in found.items() if isinstance(box, QCheckBox)}


def test_every_purpose_has_its_own_empty_box(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    assert list(boxes(visitor)) == PURPOSES
    assert not any(box.isChecked() for box in boxes(visitor).values())


def test_the_version_of_the_text_and_who_answers_for_the_data_are_shown(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    consent = visitor.desk.content.consent
    assert consent.version in visitor.text("version")
    assert consent.controller in visitor.text("help:text")


def test_without_consent_to_prepare_a_sentence_says_what_to_do(visitor: Visitor) -> None:
    visitor.agree("send_to_commune", "sensitive")
    assert visitor.screen == "welcome"
    assert list(visitor.errors()) == ["prepare"]
    assert "Quay lại" in visitor.errors()["prepare"]


def test_the_sentence_leads_to_its_box(visitor: Visitor) -> None:
    visitor.agree("sensitive")
    visitor.press("error:prepare")
    assert visitor.look("consent:prepare").hasFocus()


def test_every_box_says_what_happens_without_it(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    for box in boxes(visitor).values():
        assert "Không đồng ý:" in box.accessibleDescription()


def test_consent_is_kept_exactly_as_given(visitor: Visitor) -> None:
    visitor.agree("prepare", "sensitive", "contact")
    assert visitor.screen == "card"
    visit = visitor.shell.visit.visit
    assert visit is not None
    with visitor.desk.database.read() as connection:
        kept = visits.consent_of(connection, visit.id)
    assert kept.purposes == {Purpose.PREPARE, Purpose.SENSITIVE, Purpose.CONTACT}
    assert kept.text_version == visitor.desk.content.consent.version


def test_who_sits_there_is_asked_and_needed(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    assert visitor.text("witness") == visitor.desk.volunteer
    visitor.write(visitor.look("witness"), "")
    visitor.agree_here()
    assert list(visitor.errors()) == ["witness"]


def test_the_screens_speak_as_the_person_wants(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    visitor.press("choice:chi")
    assert "Máy cần chị đồng ý" in visitor.words()
    visitor.agree_here()
    assert "Chị có mang thẻ" in visitor.words()
    visit = visitor.shell.visit.visit
    assert visit is not None
    assert visit.address_as == "Chị"


def test_back_leads_home_and_nothing_was_kept(visitor: Visitor) -> None:
    visitor.shell.show("welcome")
    visitor.press("back")
    assert visitor.screen == "home"
    assert visitor.shell.visit.visit is None
