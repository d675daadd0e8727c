"""Every answer is kept with where it came from; what a person said or typed is never lost or invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kiosk.desk import fill
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Source
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts
from kiosk.storage.database import Database
from tests.support.points import StoppedClock
from tests.support.visits import FATHER_CARD, MOTHER_CARD, begin, read_card


@pytest.fixture
def filling(desk: Desk) -> Filling:
    return begin(desk)[1]


def reopened(desk: Desk, filling: Filling) -> Filling:
    return fill.open_filling(desk, filling.dossier)


def test_the_dossier_is_addressed_to_the_commune_of_the_point(desk: Desk, filling: Filling) -> None:
    commune = desk.content.commune
    assert filling.value("kinh_gui.tinh") == commune.province
    assert filling.value("kinh_gui.xa") == commune.ward
    assert filling.sources["kinh_gui.xa"] is Source.COMMUNE


def test_another_commune_that_was_chosen_is_not_overwritten(desk: Desk, filling: Filling) -> None:
    other = filling.session.question("kinh_gui.xa").choices[0].name
    filling.answer("kinh_gui.xa", other)
    fill.prefill_commune(desk, filling)
    assert filling.value("kinh_gui.xa") == other


def test_saved_answers_come_back_with_their_sources_and_place(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngọc")
    fill.save(desk, filling, ["tre_ho_ten"], "trang_tre")
    again = reopened(desk, filling)
    assert again.session.values() == filling.session.values()
    assert again.sources == filling.sources
    assert again.place == "trang_tre"


def test_the_time_of_saving_is_told(desk: Desk, filling: Filling, clock: StoppedClock) -> None:
    filling.answer("tre_ho_ten", "A")
    clock.pass_time(61)
    assert fill.save(desk, filling) == clock.now()


def test_what_was_not_saved_is_not_there(desk: Desk, filling: Filling) -> None:
    fill.save(desk, filling)
    filling.answer("tre_ho_ten", "Trần")
    assert reopened(desk, filling).value("tre_ho_ten") == ""


def test_an_emptied_answer_stays_empty(desk: Desk, filling: Filling) -> None:
    filling.answer("tre_ho_ten", "Trần")
    fill.save(desk, filling)
    filling.answer("tre_ho_ten", "")
    fill.save(desk, filling)
    again = reopened(desk, filling)
    assert again.value("tre_ho_ten") == ""
    assert again.sources["tre_ho_ten"] is Source.TYPED


def test_an_answer_that_is_wrong_is_kept_as_it_was_typed(desk: Desk, filling: Filling) -> None:
    filling.answer("tre_ngay_sinh", "31/02/2026")
    fill.save(desk, filling)
    assert reopened(desk, filling).value("tre_ngay_sinh") == "31/02/2026"


def test_an_answer_that_a_condition_hides_is_kept_for_when_it_shows_again(
    desk: Desk, filling: Filling
) -> None:
    filling.answer("loai_khai_sinh", "ca_cha_lan_me")
    filling.answer("cha_ho_ten", "Trần Văn Cam")
    filling.answer("loai_khai_sinh", "chua_xac_dinh_cha")
    fill.save(desk, filling)
    again = reopened(desk, filling)
    assert "cha_ho_ten" not in again.session.filled()
    again.answer("loai_khai_sinh", "ca_cha_lan_me")
    assert again.session.filled().value("cha_ho_ten") == "Trần Văn Cam"


def test_an_unknown_question_is_our_own_mistake(filling: Filling) -> None:
    with pytest.raises(KeyError):
        filling.answer("mat_khau", "x")


def test_a_card_fills_its_person_and_marks_it(desk: Desk, filling: Filling) -> None:
    filled = read_card(desk, filling, "cha", FATHER_CARD, only_year=True)
    assert "cha_ho_ten" in filled
    assert filling.value("cha_ngay_sinh") == "1990"
    assert filling.value("cha_giay_to.so") == "048090004321"
    assert filling.sources["cha_ngay_sinh"] is Source.CARD
    assert filling.value("me_ho_ten") == ""


def test_what_somebody_typed_stays_when_a_card_is_read(desk: Desk, filling: Filling) -> None:
    filling.answer("yc_ho_ten", "Nguyễn Thị Bưởi (tên thường gọi)")
    filled = read_card(desk, filling, "yc", MOTHER_CARD)
    assert "yc_ho_ten" not in filled
    assert filling.value("yc_ho_ten") == "Nguyễn Thị Bưởi (tên thường gọi)"
    assert filling.sources["yc_ho_ten"] is Source.TYPED


def test_a_typed_answer_that_was_emptied_makes_room_for_the_card(desk: Desk, filling: Filling) -> None:
    filling.answer("yc_ho_ten", "Sai")
    filling.answer("yc_ho_ten", "")
    assert "yc_ho_ten" in read_card(desk, filling, "yc", MOTHER_CARD)


def test_a_second_card_replaces_what_the_first_said(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", FATHER_CARD)
    read_card(desk, filling, "yc", MOTHER_CARD)
    assert filling.value("yc_ho_ten") == "Nguyễn Thị Bưởi"


def test_a_role_that_the_procedure_does_not_have_fills_nothing(desk: Desk, filling: Filling) -> None:
    assert read_card(desk, filling, "nguoi_chet", MOTHER_CARD) == ()


def test_a_requester_who_is_the_mother_is_asked_once(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    changed = filling.answer("yc_quan_he.chon", "me")
    assert {"me_ho_ten", "me_giay_to.so"} <= changed
    assert filling.value("me_ho_ten") == "Nguyễn Thị Bưởi"
    assert filling.sources["me_ho_ten"] is Source.SAME_PERSON
    assert filling.value("cha_ho_ten") == ""


def test_a_card_read_after_the_relation_was_chosen_fills_both(desk: Desk, filling: Filling) -> None:
    filling.answer("yc_quan_he.chon", "me")
    filled = read_card(desk, filling, "yc", MOTHER_CARD)
    assert {"yc_ho_ten", "me_ho_ten"} <= set(filled)


def test_a_correction_of_the_requester_reaches_the_same_person(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    filling.answer("yc_quan_he.chon", "me")
    filling.answer("yc_ho_ten", "Nguyễn Thị Bưởi Hồng")
    assert filling.value("me_ho_ten") == "Nguyễn Thị Bưởi Hồng"


def test_another_relation_takes_the_copy_back_and_leaves_what_was_typed(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    filling.answer("yc_quan_he.chon", "me")
    filling.answer("me_ho_ten", "Nguyễn Thị Bưởi Hồng")
    filling.answer("yc_quan_he.chon", "cha")
    assert filling.value("me_ho_ten") == "Nguyễn Thị Bưởi Hồng"
    assert filling.value("me_giay_to.so") == ""
    assert filling.value("cha_giay_to.so") == "048195001234"


def test_the_same_person_is_still_known_after_reopening(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    fill.save(desk, filling)
    again = reopened(desk, filling)
    again.answer("yc_quan_he.chon", "me")
    assert again.value("me_giay_to.so") == "048195001234"


def test_the_mothers_own_card_is_not_overwritten_by_the_requesters(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "me", MOTHER_CARD)
    read_card(desk, filling, "yc", FATHER_CARD)
    filling.answer("yc_quan_he.chon", "me")
    assert filling.value("me_ho_ten") == "Nguyễn Thị Bưởi"


@contextmanager
def failing(self: Database) -> Iterator[Any]:
    raise WorldError("disk.full")
    yield


def test_what_could_not_be_saved_is_saved_the_next_time(
    desk: Desk, filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling.answer("tre_ho_ten", "Trần")
    filling.answer("me_ho_ten", "cũ")
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", failing)
        with pytest.raises(WorldError, match=r"disk\.full"):
            fill.save(desk, filling, place="trang_me")
    filling.answer("me_ho_ten", "mới")
    fill.save(desk, filling)
    again = reopened(desk, filling)
    assert (again.value("tre_ho_ten"), again.value("me_ho_ten")) == ("Trần", "mới")


def test_a_name_that_must_be_kept_is_kept_even_if_only_the_form_answered_it(
    desk: Desk, filling: Filling
) -> None:
    assert filling.value("tre_quoc_tich") == "VN"
    fill.save(desk, filling, ["tre_quoc_tich"])
    assert reopened(desk, filling).sources["tre_quoc_tich"] is Source.DEFAULT


def test_saving_nothing_writes_nothing(desk: Desk, filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    fill.save(desk, filling)
    monkeypatch.setattr(Database, "write", failing)
    fill.save(desk, filling)
    fill.save(desk, filling, ["kinh_gui.tinh"], filling.place)


def test_what_left_the_point_cannot_be_opened_or_saved(desk: Desk, filling: Filling) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, filling.dossier, draft=None)
    filling.answer("tre_ho_ten", "Trần")
    for action in (lambda: fill.save(desk, filling), lambda: fill.open_filling(desk, filling.dossier)):
        with pytest.raises(WorldError) as caught:
            action()
        assert caught.value.code == "draft.closed"


def test_a_form_that_is_gone_from_the_pack_is_told(desk: Desk, filling: Filling) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, filling.dossier, form_version="1999.1")
    with pytest.raises(WorldError) as caught:
        reopened(desk, filling)
    assert desk.content.texts(f"error.{caught.value.code}", **caught.value.params)


def test_a_wiped_filling_holds_nothing_of_the_citizen(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    filling.wipe()
    assert "Bưởi" not in repr(vars(filling)) + repr(filling.session.values())
    assert filling.take_unsaved() == ([], [])


def test_a_filling_does_not_show_its_answers_when_printed(desk: Desk, filling: Filling) -> None:
    read_card(desk, filling, "yc", MOTHER_CARD)
    assert "048195001234" not in repr(filling)
