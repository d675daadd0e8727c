"""Signed, sealed, queued, and unreadable here from then on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kiosk.desk import attach_papers, fill, hand_over, marks, opening
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.hand_over import Contact, HandedOver
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road, Source, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import OutboxItem
from kiosk.envelope.keys import public_key
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import open_bytes, open_sealed
from kiosk.storage import drafts, outbox
from kiosk.storage.database import Database
from tests.support.pictures import jpeg
from tests.support.visits import (
    ALL_BUT_CONTACT,
    CHILD,
    MOTHER_CARD,
    answer_everything,
    begin,
    read_card,
    ready_dossier,
    tick_everything,
)


def queued(desk: Desk) -> list[OutboxItem]:
    with desk.database.read() as connection:
        return outbox.waiting(connection, 1 << 24)


def opened(desk: Desk, item: OutboxItem, identity: str) -> Payload:
    found = open_sealed(item.body, identity, lambda name: desk.content.dictionaries[name])
    assert found.point_key == public_key(desk.secrets.signing_key)
    return found.payload


def row_of(desk: Desk, dossier: str) -> drafts.DossierRow:
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
    assert row is not None
    return row


def refused(desk: Desk, filling: Filling, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        hand_over.hand_over(desk, filling)
    assert caught.value.code == code
    assert desk.content.texts(f"error.{code}", **caught.value.params)
    assert queued(desk) == []
    assert row_of(desk, filling.dossier).draft == 1


def test_the_commune_can_open_exactly_what_was_filled_in(desk: Desk, commune_identity: str) -> None:
    filling = ready_dossier(desk)
    filled = {entry.name: entry.value for entry in filling.session.filled() if entry.kind != "calculate"}
    done = hand_over.hand_over(desk, filling)
    (item,) = queued(desk)
    payload = opened(desk, item, commune_identity)
    answers = {answer.name: answer for answer in payload.answers}
    assert {name: answer.value for name, answer in answers.items()} == {n: v for n, v in filled.items() if v}
    assert answers["yc_ho_ten"].source is Source.CARD
    assert answers["me_ho_ten"].source is Source.SAME_PERSON
    assert answers["tre_ho_ten"].source is Source.TYPED
    assert (payload.point, payload.hamlet, payload.prepared_on) == ("p-1", "Thôn Phò Nam", "2026-11-21")
    assert payload.consent is not None
    assert payload.consent.purposes == ALL_BUT_CONTACT
    assert done == HandedOver(filling.dossier, 1, filling.slip_code, item.queued_at)
    assert (payload.slip_code, payload.base_digest, payload.revision) == (filling.slip_code, "", 1)


def test_what_a_condition_hides_does_not_leave_the_point(desk: Desk, commune_identity: str) -> None:
    _, filling = begin(desk)
    filling.answer("cha_me_ket_hon", "co")
    filling.answer("gcnkh_so", "999/1999")
    filling.answer("loai_khai_sinh", "ca_cha_lan_me")
    answer_everything(desk, filling)
    filling.answer("cha_me_ket_hon", "khong")
    tick_everything(desk, filling)
    hand_over.hand_over(desk, filling)
    names = {answer.name for answer in opened(desk, queued(desk)[0], commune_identity).answers}
    assert "cha_me_ket_hon" in names
    assert "gcnkh_so" not in names


def test_papers_travel_sealed_and_named_by_their_sealed_bytes(desk: Desk, commune_identity: str) -> None:
    filling = ready_dossier(desk)
    paper = attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg()])
    tick_everything(desk, filling)
    body = attach_papers.content_of(desk, paper.id)
    hand_over.hand_over(desk, filling)
    (item,) = queued(desk)
    (travelling,) = opened(desk, item, commune_identity).papers
    sealed = outbox.paper_path(desk.home, travelling.sealed_sha256).read_bytes()
    assert hashlib.sha256(sealed).hexdigest() == travelling.sealed_sha256
    assert len(sealed) == travelling.sealed_size
    assert open_bytes(sealed, commune_identity) == body
    assert travelling.plain_sha256 == paper.sha256
    assert item.papers == (travelling.sealed_sha256,)


def test_nothing_readable_of_the_content_stays(desk: Desk) -> None:
    filling = ready_dossier(desk)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(200, 200)])
    tick_everything(desk, filling)
    hand_over.hand_over(desk, filling)
    with desk.database.read() as connection:
        assert drafts.answers_of(connection, filling.dossier, 1) == []
        assert connection.exec_driver_sql("SELECT count(*) FROM draft_papers").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM contacts").scalar_one() == 0
    row = row_of(desk, filling.dossier)
    assert (row.state, row.revision, row.draft) == (State.QUEUED, 1, None)
    assert row.base_digest == queued(desk)[0].digest
    assert CHILD not in repr(row)
    assert CHILD not in repr(filling.session.values())


def test_a_dossier_of_forty_answers_is_small_enough_for_a_thin_line(desk: Desk) -> None:
    hand_over.hand_over(desk, ready_dossier(desk))
    assert len(queued(desk)[0].body) < 1800


def test_it_cannot_be_handed_over_twice(desk: Desk) -> None:
    filling = ready_dossier(desk)
    twin = fill.open_filling(desk, filling.dossier)
    hand_over.hand_over(desk, filling)
    with pytest.raises(WorldError) as caught:
        hand_over.hand_over(desk, twin)
    assert caught.value.code == "draft.closed"
    assert len(queued(desk)) == 1


def test_practice_is_never_sent(desk: Desk) -> None:
    practising = opening.practise(desk, on=True)
    _, filling = begin(practising)
    answer_everything(practising, filling)
    assert hand_over.problems(practising, filling) == ()
    refused(desk, filling, "practice.never_sent")


def test_without_consent_nothing_is_sent(desk: Desk) -> None:
    filling = ready_dossier(desk, ALL_BUT_CONTACT - {Purpose.SEND_TO_COMMUNE})
    assert [problem.code for problem in hand_over.problems(desk, filling)] == ["consent"]
    refused(desk, filling, "consent.send_to_commune")


def test_missing_answers_are_named_and_nothing_is_sent(desk: Desk) -> None:
    _, filling = begin(desk)
    found = hand_over.problems(desk, filling)
    assert ("yc_ho_ten", "missing") in {(problem.name, problem.code) for problem in found}
    refused(desk, filling, "hand_over.problems")


def test_a_dossier_of_the_portal_road_does_not_go_to_the_commune(desk: Desk) -> None:
    _, filling = begin(desk, road=Road.PORTAL)
    answer_everything(desk, filling)
    refused(desk, filling, "hand_over.road")


def test_a_complete_dossier_has_no_problems(desk: Desk) -> None:
    assert hand_over.problems(desk, ready_dossier(desk)) == ()


def test_before_the_point_is_enrolled_the_dossier_waits_ready(fresh: Desk) -> None:
    filling = ready_dossier(fresh)
    refused(fresh, filling, "point.not_enrolled")
    assert row_of(fresh, filling.dossier).state is State.READY
    assert fill.open_filling(fresh, filling.dossier).session.problems() == ()


@contextmanager
def failing(self: Database) -> Iterator[Any]:
    raise WorldError("disk.full")
    yield


def test_a_disk_that_is_full_at_the_last_step_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling = ready_dossier(desk)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(200, 200)])
    tick_everything(desk, filling)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", failing)
        with pytest.raises(WorldError, match=r"disk\.full"):
            hand_over.hand_over(desk, filling)
    assert queued(desk) == []
    again = fill.open_filling(desk, filling.dossier)
    assert again.session.problems() == ()
    hand_over.hand_over(desk, again)
    assert len(queued(desk)) == 1


def test_a_contact_card_needs_its_own_consent(desk: Desk) -> None:
    contact = Contact("Nguyễn Thị Bưởi", "0900000001")
    for purposes, kept in ((ALL_BUT_CONTACT, None), (frozenset(Purpose), ("Nguyễn Thị Bưởi", "0900000001"))):
        filling = ready_dossier(desk, purposes)
        hand_over.hand_over(desk, filling, contact)
        with desk.database.read() as connection:
            assert drafts.contact_of(connection, filling.dossier) == kept


def test_the_same_person_coming_twice_is_noticed_without_keeping_who(desk: Desk) -> None:
    first = ready_dossier(desk)
    hand_over.hand_over(desk, first)
    _, second = begin(desk)
    assert marks.earlier_dossiers(desk, second) == []
    read_card(desk, second, "yc", MOTHER_CARD)
    assert [row.id for row in marks.earlier_dossiers(desk, second)] == [first.dossier]
    mark = row_of(desk, first.dossier).person_mark
    assert len(mark) == 64
    assert mark != hashlib.sha256(b"048195001234|1.001193").hexdigest()
