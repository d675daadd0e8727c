"""The portal road: the citizen files; we note the code and keep nothing."""

from dataclasses import replace

import pytest

from kiosk.desk import portal
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.opening import practise
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.envelope.seal import open_sealed
from kiosk.forms.questions import QuestionState
from kiosk.storage import drafts, outbox
from tests.support.visits import ALL_BUT_CONTACT, CHILD, answer_everything, begin

CODE = "H17.99.20-261121-0001"


def filled(desk: Desk, purposes: frozenset[Purpose] = ALL_BUT_CONTACT) -> Filling:
    _, filling = begin(desk, purposes, Road.PORTAL)
    answer_everything(desk, filling)
    return filling


def test_the_values_are_laid_out_as_people_read_them(desk: Desk) -> None:
    rows = portal.values_to_copy(desk, filled(desk))
    shown = {label: text for label, _, text in rows}
    assert shown["Họ, chữ đệm, tên của trẻ"] == CHILD
    assert shown["Ngày sinh của trẻ"] == "05/10/2026"
    assert "" not in shown.values()


def test_a_name_inside_the_portal_s_page_is_no_label(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filling = filled(desk)
    assert {key for _, key, _ in portal.values_to_copy(desk, filling)} == {""}
    asked = filling.session.question
    worded = {"tre_ho_ten": "Họ tên người được khai sinh"}

    def named(name: str) -> QuestionState:
        return replace(asked(name), portal_key=worded.get(name, ""))

    monkeypatch.setattr(filling.session, "question", named)
    keys = {key for _, key, _ in portal.values_to_copy(desk, filling)}
    assert keys == {"", "Họ tên người được khai sinh"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (CODE, CODE),
        ("  h17.99.20-261121-0001 ", CODE),
        ("000.00.17.H17-261121-0044", "000.00.17.H17-261121-0044"),
        ("\u200bH17\u200d.99.20-261121-0001\ufeff\u00a0\r\n", CODE),
        ("\u202eH17.99.20\u2013261121\u20110001\u202c", CODE),
        ("Ｈ１７.99.20－261121－0001", CODE),
    ],
)
def test_a_code_is_kept_as_the_portal_writes_it(typed: str, kept: str) -> None:
    assert portal.tidy_code(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "abc",
        "NHAP-7K3M-9Q2PX",
        "hồ sơ số một",
        "A" * 60,
        "-.-.-.-.-",
        "👶" + CODE,
        CODE[:6] + "\0",
        f"{CODE}\n{CODE[:12]}",
        "H17.99\r\n20-261121-0001",
        "NHAP\u200b-7K3M-9Q2PX",
    ],
)
def test_what_cannot_be_a_code_is_refused(desk: Desk, typed: str) -> None:
    filling = filled(desk)
    with pytest.raises(WorldError) as caught:
        portal.record_code(desk, filling, typed)
    assert desk.content.texts(f"error.{caught.value.code}")
    with desk.database.read() as connection:
        assert drafts.answers_of(connection, filling.dossier, 1) != []


def test_our_own_slip_code_is_not_taken_for_a_portal_code(desk: Desk) -> None:
    filling = filled(desk)
    with pytest.raises(WorldError) as caught:
        portal.record_code(desk, filling, filling.slip_code)
    assert caught.value.code == "portal.code"


def test_once_filed_only_the_code_stays(desk: Desk) -> None:
    filling = filled(desk)
    assert portal.record_code(desk, filling, CODE.lower()) == CODE
    with desk.database.read() as connection:
        row = drafts.load(connection, filling.dossier)
        assert drafts.answers_of(connection, filling.dossier, 1) == []
    assert row is not None
    assert (row.state, row.portal_code, row.draft) == (State.FILED_ON_PORTAL, CODE, None)


def test_the_commune_learns_the_code_and_nothing_else(desk: Desk, commune_identity: str) -> None:
    filling = filled(desk)
    portal.record_code(desk, filling, CODE)
    with desk.database.read() as connection:
        (item,) = outbox.waiting(connection, 1 << 20)
    payload = open_sealed(item.body, commune_identity, lambda _name: b"").payload
    assert (item.kind, payload.kind) == (EventKind.PORTAL_FILED, EventKind.PORTAL_FILED)
    assert payload.portal is not None
    assert payload.portal.portal_code == CODE
    assert (payload.answers, payload.papers) == ((), ())
    assert CHILD not in repr(payload)


def test_without_consent_the_commune_learns_nothing(desk: Desk) -> None:
    filling = filled(desk, ALL_BUT_CONTACT - {Purpose.SEND_TO_COMMUNE})
    portal.record_code(desk, filling, CODE)
    with desk.database.read() as connection:
        assert outbox.waiting(connection, 1 << 20) == []


def test_practice_and_the_other_road_record_no_code(desk: Desk) -> None:
    practising = practise(desk, on=True)
    _, other_road = begin(desk)
    for filling, code in ((filled(practising), "practice.never_sent"), (other_road, "portal.road")):
        with pytest.raises(WorldError) as caught:
            portal.record_code(desk, filling, CODE)
        assert caught.value.code == code
