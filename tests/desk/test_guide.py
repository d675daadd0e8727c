"""A walkthrough at the point: kept while it is needed, gone when it is over, counted without anybody."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.desk import guide, opening, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.guide import Walk
from kiosk.domain.consent import Purpose
from kiosk.domain.errors import WorldError
from kiosk.domain.partial_date import PartialDate
from kiosk.guides.walk import Dates
from kiosk.storage import walks
from tests.documents.samples import pdf_text
from tests.support.points import PIN, StoppedClock

TO_SIM = ("minh", "co", "con_han", "nguoi_khac")
TO_DONE = ("minh", "co", "con_han", "co", "roi", "roi", "duoc", "xong", "dung")


def walked(desk: Desk, answers: tuple[str, ...], visit: str = "") -> Walk:
    walk = guide.start(desk, visit=visit)
    for key in answers:
        walk = guide.answer(desk, walk, key)
    return walk


def codes(desk: Desk) -> set[str]:
    with desk.database.read() as connection:
        return {row.code for row in walks.all_of(connection)}


def begun_visit(desk: Desk) -> str:
    purposes = {Purpose.PREPARE, Purpose.SENSITIVE, Purpose.SEND_TO_COMMUNE}
    return welcome.start_visit(desk, purposes, "TNV", "bác").id


def test_every_answer_survives_a_power_cut(desk: Desk, home: Path, clock: StoppedClock) -> None:
    walk = walked(desk, TO_SIM[:3])
    opening.close(desk)
    again = opening.unlock(home, desk.content, clock, PIN)
    found = guide.stopped(again)
    assert [(one.code, one.node, one.kept) for one in found] == [(walk.code, walk.node.ask, False)]
    assert guide.resume(again, walk.code) == walk
    opening.close(again)


def test_nothing_but_answers_is_written_down(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:2])
    dates = Dates(PartialDate(1950, 3, 2), date(2021, 6, 15))
    assert guide.suggestion(desk, walk, dates) == walk.node.answer("con_han")
    with desk.database.read() as connection:
        row = walks.load(connection, walk.code)
    assert row is not None
    assert row.path == "T0.minh T1.co"
    assert "1950" not in str(row)


def test_an_expired_card_is_reckoned_and_odd_dates_are_refused(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:2])
    found = guide.suggestion(desk, walk, Dates(PartialDate(1986, 1, 5), date(2022, 1, 10)))
    assert found is not None
    assert found.key == "het_han"
    assert guide.suggestion(desk, walk, Dates(PartialDate(1986), date(2022, 1, 10))) is None
    with pytest.raises(WorldError, match=r"guide\.dates"):
        guide.suggestion(desk, walk, Dates(PartialDate(1986), date(2027, 1, 10)))


def test_a_child_in_the_branch_of_adults_is_noticed(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:2])
    assert guide.too_young(desk, walk, Dates(PartialDate(2015)))
    assert not guide.too_young(desk, walk, Dates(PartialDate(2012)))
    assert not guide.too_young(desk, walk, Dates())


def test_back_takes_one_answer_back_and_the_beginning_stays(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:2])
    assert guide.back(desk, walk).node.id == "T1"
    first = guide.start(desk)
    assert guide.back(desk, first).node.id == "T0"


def test_the_way_out_on_paper_is_open_until_the_paper(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:1])
    assert walk.may_leave
    out = guide.leave_online(desk, walk)
    assert out.node.id == "S_PAPER"
    assert not out.may_leave
    with pytest.raises(ValueError, match="has no answer"):
        guide.leave_online(desk, out)


def test_the_end_is_counted_and_the_walk_is_gone(desk: Desk) -> None:
    for answers in (TO_SIM, TO_SIM, TO_DONE):
        guide.finish(desk, walked(desk, answers))
    assert [(one.month, one.exit, one.reason, one.times) for one in guide.ended(desk)] == [
        ("2026-11", "Làm SIM đứng tên mình", "SIM đứng tên người khác hoặc không rõ", 2),
        ("2026-11", "Lần sau vào Cổng Dịch vụ công", "Đã đăng nhập được Cổng", 1),
    ]
    assert codes(desk) == set()


def test_practice_counts_nothing(desk: Desk) -> None:
    practice = opening.practise(desk, True)
    walk = walked(practice, TO_SIM)
    assert "BẢN TẬP HUẤN" in pdf_text(guide.sheet(practice, walk))
    guide.finish(practice, walk)
    assert guide.ended(desk) == ()


def test_a_walk_that_has_not_ended_is_not_counted(desk: Desk) -> None:
    with pytest.raises(ValueError, match="is no end"):
        guide.finish(desk, walked(desk, TO_SIM[:2]))
    with pytest.raises(ValueError, match="has no sheet"):
        guide.next_step_of(desk, walked(desk, TO_SIM[:2]))


def test_who_took_the_sheet_home_goes_on_at_the_question(desk: Desk) -> None:
    walk = guide.keep(desk, walked(desk, TO_SIM))
    guide.finish(desk, walk)
    again = guide.resume(desk, walk.code)
    assert (again.node.id, again.code) == ("T3", walk.code)
    guide.leave(desk, again)
    assert codes(desk) == {walk.code}


def test_whoever_reached_the_end_has_nothing_to_go_on_with(desk: Desk) -> None:
    guide.finish(desk, guide.keep(desk, walked(desk, TO_DONE)))
    assert codes(desk) == set()


def test_going_away_half_way_leaves_nothing(desk: Desk) -> None:
    walk = walked(desk, TO_SIM[:2])
    guide.leave(desk, walk)
    assert codes(desk) == set()
    with pytest.raises(WorldError, match=r"guide\.no_walk"):
        guide.resume(desk, walk.code)


def test_a_visit_goes_on_where_it_stopped_and_its_end_wipes(desk: Desk) -> None:
    visit = begun_visit(desk)
    walk = walked(desk, TO_SIM[:2], visit)
    assert guide.start(desk, visit=visit) == walk
    assert guide.start(desk).code != walk.code
    welcome.end_visit(desk, visit)
    assert walk.code not in codes(desk)


def test_a_kept_walk_outlives_its_visit_but_not_for_ever(desk: Desk, clock: StoppedClock) -> None:
    visit = begun_visit(desk)
    walk = guide.keep(desk, walked(desk, TO_SIM, visit))
    welcome.end_visit(desk, visit)
    clock.at += timedelta(days=desk.content.commune.log_days)
    assert guide.erase_old(desk) == 0
    clock.at += timedelta(days=1)
    assert guide.erase_old(desk) == 1
    assert walk.code not in codes(desk)


def test_a_clock_that_went_back_erases_nothing(desk: Desk, clock: StoppedClock) -> None:
    walked(desk, TO_SIM[:1])
    clock.at -= timedelta(days=4000)
    assert guide.erase_old(desk) == 0


def test_an_answer_that_a_newer_guide_does_not_know_is_asked_again(desk: Desk) -> None:
    walk = walked(desk, TO_SIM)
    with desk.database.write() as connection:
        row = walks.load(connection, walk.code)
        assert row is not None
        walks.save(connection, replace(row, path="T0.minh T1.co T2.bi_xoa T3.co"))
    assert guide.resume(desk, walk.code).node.id == "T2"


def test_the_log_out_ticks_come_only_after_the_browser(desk: Desk) -> None:
    assert not walked(desk, TO_SIM).must_log_out
    done = walked(desk, TO_DONE)
    assert done.must_log_out
    assert len(done.farewell.ticks) >= 4


def test_a_pack_without_guides_says_so(desk: Desk, tmp_path: Path) -> None:
    bare = replace(desk, content=replace(desk.content, folder=tmp_path))
    with pytest.raises(WorldError, match=r"guide\.missing"):
        guide.start(bare)


def test_before_its_first_day_a_guide_is_not_there(desk: Desk, clock: StoppedClock) -> None:
    clock.at = clock.at.replace(month=7, day=19)
    with pytest.raises(WorldError, match=r"guide\.missing"):
        guide.start(desk)


def test_the_sheet_names_nobody_and_the_communes_own_facts(desk: Desk) -> None:
    step = guide.next_step_of(desk, walked(desk, TO_SIM))
    assert step.commune.name == desk.content.commune.name
    assert step.hamlet == "Thôn Phò Nam"
    assert step.say[0].text == "“Tôi muốn SIM này đứng tên tôi.”"
    other = guide.next_step_of(desk, walked(desk, (*TO_SIM[:3], "khong_co")))
    assert other.say[0].text == "“Tôi muốn mua một SIM đứng tên tôi.”"
