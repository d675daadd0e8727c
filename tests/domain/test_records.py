"""Small records: consent, filled forms, errors of the world."""

import pickle

import pytest

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.filled_form import FilledEntry, FilledForm


def test_a_consent_allows_what_was_agreed_to_and_nothing_else() -> None:
    consent = Consent(frozenset({Purpose.PREPARE}), "2026-11-21", "2026-11-21T09:00:00+07:00", "LTH")
    assert consent.allows(Purpose.PREPARE)
    assert not consent.allows(Purpose.SEND_TO_COMMUNE)


def filled() -> FilledForm:
    row = FilledForm("f", "1", (FilledEntry("ten", "string", "Tên", "Lan", "Lan"),))
    return FilledForm(
        "f",
        "1",
        (
            FilledEntry("me_ngay_sinh", "string", "Năm sinh", "1995-08", "08/1995"),
            FilledEntry("con", "repeat", "Con", "", "", (row,)),
        ),
    )


def test_a_filled_form_gives_values_and_texts_by_name() -> None:
    form = filled()
    assert (form.value("me_ngay_sinh"), form.text("me_ngay_sinh")) == ("1995-08", "08/1995")
    assert [entry.name for entry in form] == ["me_ngay_sinh", "con"]
    assert form.rows("con")[0].value("ten") == "Lan"


def test_what_does_not_apply_is_empty() -> None:
    form = filled()
    assert "cha_ho_ten" not in form
    assert (form.value("cha_ho_ten"), form.text("cha_ho_ten"), form.rows("cha_ho_ten")) == ("", "", ())


def test_filled_forms_are_equal_by_their_entries() -> None:
    assert filled() == filled()


def test_an_error_of_the_world_carries_code_and_numbers() -> None:
    with pytest.raises(WorldError, match=r"^paper\.too_big$") as caught:
        raise WorldError("paper.too_big", limit=20)
    assert (caught.value.code, caught.value.params) == ("paper.too_big", {"limit": 20})


def test_names_on_the_wire_do_not_change() -> None:
    kinds = ["dossier", "supplement", "portal_filed", "withdrawn", "handed_back"]
    assert [kind.value for kind in EventKind] == kinds
    assert [purpose.value for purpose in Purpose] == ["prepare", "send_to_commune", "sensitive", "contact"]


def test_purposes_survive_copying() -> None:
    assert pickle.loads(pickle.dumps(Purpose.CONTACT)) is Purpose.CONTACT
