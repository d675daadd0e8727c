"""The home screen: drafts, honest counters, and drafts that go."""

from datetime import timedelta

from kiosk.desk import fill, hand_over, today
from kiosk.desk.desk import Desk
from kiosk.domain.dossier import State
from kiosk.storage import drafts
from tests.support.points import StoppedClock
from tests.support.visits import begin, ready_dossier


def test_an_empty_point_shows_zeros(fresh: Desk) -> None:
    view = today.home(fresh)
    assert (view.drafts, view.queue.waiting, view.to_tell, view.enrolled) == ((), 0, 0, False)
    assert view.free_megabytes > 0
    assert view.volunteer == "Lê Văn Thử"


def test_drafts_are_named_by_procedure_and_code_only(desk: Desk, clock: StoppedClock) -> None:
    _, first = begin(desk)
    clock.pass_time(60)
    _, second = begin(desk)
    second.answer("tre_ho_ten", "Trần Bảo Ngọc")
    fill.save(desk, second, place="trang_tre")
    found = today.all_drafts(desk)
    assert [draft.slip_code for draft in found] == [second.slip_code, first.slip_code]
    assert (found[0].procedure, found[0].place) == ("Khai sinh cho bé", "trang_tre")
    assert "Ngọc" not in repr(found)


def test_the_queue_is_counted_after_hand_over(desk: Desk) -> None:
    done = hand_over.hand_over(desk, ready_dossier(desk))
    summary = today.queue(desk)
    assert (summary.waiting, summary.oldest, summary.parked, summary.last_contact) == (
        1,
        done.queued_at,
        0,
        None,
    )
    assert today.home(desk).drafts == ()
    assert today.home(desk).hamlet == "Thôn Phò Nam"


def test_what_the_citizen_should_hear_is_counted(desk: Desk) -> None:
    filling = ready_dossier(desk)
    hand_over.hand_over(desk, filling)
    with desk.database.write() as connection:
        drafts.change(connection, filling.dossier, state=State.INVITED)
    assert today.home(desk).to_tell == 1


def test_a_draft_can_be_erased_at_once(desk: Desk) -> None:
    filling = ready_dossier(desk)
    today.erase_draft(desk, filling.dossier)
    today.erase_draft(desk, filling.dossier)
    assert today.all_drafts(desk) == ()
    with desk.database.read() as connection:
        assert drafts.answers_of(connection, filling.dossier, 1) == []


def test_drafts_that_nobody_touches_go_after_the_communes_days(desk: Desk, clock: StoppedClock) -> None:
    begin(desk)
    days = desk.content.commune.draft_days
    clock.pass_time(timedelta(days=days).total_seconds())
    _, young = begin(desk)
    assert today.erase_old_drafts(desk) == 0
    clock.pass_time(timedelta(days=1, seconds=1).total_seconds())
    assert today.erase_old_drafts(desk) == 1
    assert [draft.dossier for draft in today.all_drafts(desk)] == [young.dossier]


def test_a_clock_that_fell_back_erases_nothing(desk: Desk, clock: StoppedClock) -> None:
    begin(desk)
    clock.at = clock.at.replace(year=2000)
    assert today.erase_old_drafts(desk) == 0
