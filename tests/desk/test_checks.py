"""What a volunteer must look at: asked at the right moment, kept, asked anew when what was seen changes."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalogue.checks import Check
from kiosk.catalogue.conditions import Condition
from kiosk.desk import attach_papers, checks, fill, hand_over
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.rule_checks import Looked, broken, hurries
from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import open_sealed
from kiosk.storage import link, outbox
from tests.support.pictures import jpeg
from tests.support.visits import begin, ready_dossier

PHOTO = "đủ bốn góc"
NAMES = "đúng từng dấu"


def check(kind: str, question: str, **more: object) -> Check:
    base = Check("k", kind, question, question, "", "", 0, 0, False, 0, "Xem lại.", "stop", None, "nguồn")
    return replace(base, **more)  # type: ignore[arg-type]


def with_checks(filling: Filling, *extra: Check) -> Filling:
    filling.procedure = replace(filling.procedure, checks=extra, return_reasons=())
    return filling


def words(desk: Desk, filling: Filling) -> str:
    return "\n".join(ask.text for ask in checks.asks(desk, filling))


@pytest.fixture
def filling(desk: Desk) -> Filling:
    return begin(desk)[1]


def verdicts(filling: Filling, *each: Check) -> list[tuple[str, bool]]:
    return [(one.at, one.unclear) for one in broken(fill.looked_at(filling), each)]


@pytest.mark.parametrize(
    ("birth", "found"),
    [
        ("", []),
        ("2006-11-20", []),
        ("2005", []),
        ("2006", [("yc_ngay_sinh", True)]),
        ("2010", [("yc_ngay_sinh", False)]),
        ("2010-05-01", [("yc_ngay_sinh", False)]),
    ],
)
def test_an_age_is_checked_and_a_year_alone_asks(
    filling: Filling, birth: str, found: list[tuple[str, bool]]
) -> None:
    filling.answer("yc_ngay_sinh", birth)
    assert verdicts(filling, check("age_at_least", "yc_ngay_sinh", years=20)) == found


def test_age_below_is_the_other_way_round(filling: Filling) -> None:
    filling.answer("tre_ngay_sinh", "2026-10-05")
    assert verdicts(filling, check("age_below", "tre_ngay_sinh", years=6)) == []
    filling.answer("tre_ngay_sinh", "2019-10-05")
    assert verdicts(filling, check("age_below", "tre_ngay_sinh", years=6)) == [("tre_ngay_sinh", False)]
    on = check("age_below", "tre_ngay_sinh", years=6, on="gcnkh_ngay")
    assert verdicts(filling, on) == []  # that day was not answered


def test_dates_in_order(filling: Filling) -> None:
    rule = check("not_before", "tre_ngay_sinh", other="yc_ngay_sinh")
    filling.answer("tre_ngay_sinh", "2026-10-05")
    filling.answer("yc_ngay_sinh", "2026")
    assert verdicts(filling, rule) == [("tre_ngay_sinh", True)]
    filling.answer("yc_ngay_sinh", "2026-10-06")
    assert verdicts(filling, rule) == [("tre_ngay_sinh", False)]
    filling.answer("yc_ngay_sinh", "1995")
    assert verdicts(filling, rule) == []


@pytest.mark.parametrize(
    ("kind", "working", "days", "kept"),
    [
        ("within_days", False, 15, True),
        ("within_days", False, 14, False),
        ("over_days", False, 14, True),
        ("over_days", False, 15, False),
        ("within_days", True, 10, True),
        ("within_days", True, 9, False),
    ],
)
def test_limits_of_days(
    desk: Desk, filling: Filling, kind: str, working: bool, days: int, kept: bool
) -> None:
    filling.answer("tre_ngay_sinh", "2026-11-06")
    looked = Looked(filling.session, desk.content.calendar, date(2026, 11, 21))
    found = list(broken(looked, [check(kind, "tre_ngay_sinh", working=working, days=days)]))
    assert (not found) is kept


def test_names_that_should_be_the_same_or_different(filling: Filling) -> None:
    filling.answer("tre_ho_ten", "Nguyễn Thị Bưởi")
    filling.answer("yc_ho_ten", "NGUYEN THI BUOI")
    same, different = (check(kind, "tre_ho_ten", other="yc_ho_ten") for kind in ("same", "different"))
    assert verdicts(filling, same, different) == [("tre_ho_ten", True)] * 2
    filling.answer("yc_ho_ten", "Nguyễn Thị  bưởi")
    assert verdicts(filling, same, different) == [("tre_ho_ten", False)]
    filling.answer("yc_ho_ten", "")
    assert verdicts(filling, same, different) == []


def test_a_district_is_found_in_the_texts_of_a_group(filling: Filling) -> None:
    filling.answer("tre_noi_sinh.noi", "co_so_y_te")
    filling.answer("tre_noi_sinh.co_so", "Trạm y tế xã A, huyện B")
    rule = check("known_place", "tre_noi_sinh")
    assert verdicts(filling, rule) == [("tre_noi_sinh.co_so", False)]
    filling.answer("tre_noi_sinh.noi", "noi_khac")  # the question does not count any more
    assert verdicts(filling, rule) == []


def test_a_check_counts_only_under_its_condition(filling: Filling) -> None:
    rule = check("age_at_least", "yc_ngay_sinh", years=20, when=Condition("yc_quan_he.chon", ("me",)))
    filling.answer("yc_ngay_sinh", "2015-01-01")
    assert verdicts(filling, rule) == []
    filling.answer("yc_quan_he.chon", "me")
    assert verdicts(filling, rule) == [("yc_ngay_sinh", False)]


def test_a_stop_is_a_problem_of_its_question_and_blocks(desk: Desk) -> None:
    filling = with_checks(ready_dossier(desk), check("age_at_least", "me_ngay_sinh", years=99))
    (problem,) = fill.problems(filling)
    assert (problem.name, problem.code, problem.message) == ("me_ngay_sinh", "check", "Xem lại.")
    with pytest.raises(WorldError, match=r"hand_over\.problems"):
        hand_over.hand_over(desk, filling)


def test_a_question_has_one_complaint_the_forms_own(desk: Desk) -> None:
    _, filling = begin(desk)
    filling.answer("loai_dang_ky", "dung_han")
    filling.answer("tre_ngay_sinh", "2026-01-05")
    codes = [p.code for p in fill.problems(filling) if p.name == "loai_dang_ky"]
    assert codes == ["constraint"]


def test_a_warning_waits_for_a_tick_that_travels(desk: Desk, commune_identity: str) -> None:
    rule = check("age_at_least", "me_ngay_sinh", years=99, level="warn")
    filling = with_checks(ready_dossier(desk), rule)
    assert fill.problems(filling) == ()
    (ask,) = checks.asks(desk, filling)
    assert (ask.text, ask.question, ask.ticked) == ("Xem lại.", "me_ngay_sinh", False)
    with pytest.raises(WorldError, match=r"hand_over\.asks"):
        hand_over.hand_over(desk, filling)
    checks.tick(desk, filling, ask.key, on=True)
    hand_over.hand_over(desk, filling)
    with desk.database.read() as connection:
        (item,) = outbox.waiting(connection, 1 << 20)
    payload = open_sealed(item.body, commune_identity, lambda name: desk.content.dictionaries[name]).payload
    assert payload.confirmed == ("Xem lại.",)


def test_a_year_alone_asks_and_never_refuses(desk: Desk) -> None:
    filling = with_checks(ready_dossier(desk), check("age_at_least", "cha_ngay_sinh", years=36))
    filling.answer("cha_ngay_sinh", "1990")
    assert fill.problems(filling) == ()
    (ask,) = checks.asks(desk, filling)
    assert "Xem lại." in ask.text
    assert ask.text != "Xem lại."


def test_a_photograph_is_asked_about_when_it_is_there_and_anew_when_it_changes(desk: Desk) -> None:
    filling = ready_dossier(desk)
    assert PHOTO not in words(desk, filling)
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(200, 200)])
    (photo,) = [ask for ask in checks.asks(desk, filling) if PHOTO in ask.text]
    assert not photo.ticked
    checks.tick(desk, filling, photo.key, on=True)
    assert all(ask.ticked for ask in checks.asks(desk, filling))
    attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(300, 200)])
    assert [ask.ticked for ask in checks.asks(desk, filling) if PHOTO in ask.text] == [False]


def test_ticks_stay_with_the_draft_and_go_with_it(desk: Desk) -> None:
    filling = ready_dossier(desk)
    again = fill.open_filling(desk, filling.dossier)
    asked = checks.asks(desk, again)
    assert [ask.ticked for ask in asked] == [True]
    assert NAMES in asked[0].text
    checks.tick(desk, again, asked[0].key, on=False)
    assert [ask.ticked for ask in checks.asks(desk, again)] == [False]
    checks.tick(desk, again, asked[0].key, on=True)
    hand_over.hand_over(desk, again)
    with desk.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ticks").scalar_one() == 0
    with pytest.raises(WorldError, match=r"draft\.closed"):
        checks.tick(desk, filling, asked[0].key, on=True)


def test_no_answer_can_be_read_in_a_tick(desk: Desk) -> None:
    rule = check("known_place", "tre_noi_sinh", level="warn")
    filling = with_checks(ready_dossier(desk), rule)
    filling.answer("tre_noi_sinh.co_so", "Trạm xá huyện Bưởi")
    (ask,) = checks.asks(desk, filling)
    assert "Bưởi" not in ask.key
    filling.answer("tre_noi_sinh.co_so", "Trạm xá huyện Cam")
    assert checks.asks(desk, filling)[0].key != ask.key


@pytest.mark.parametrize(
    ("born", "without_line", "left"),
    [
        ("2026-09-22", 0, 0),  # 60 days ago
        ("2026-09-23", 0, 1),
        ("2026-09-29", 0, 7),
        ("2026-09-30", 0, None),
        ("2026-09-30", 20, 8),
        ("2026-09-21", 20, None),  # missed already: another check says so
        ("", 20, None),
    ],
)
def test_a_limit_that_the_queue_could_miss_is_said(
    filling: Filling, born: str, without_line: int, left: int | None
) -> None:
    rule = check("within_days", "tre_ngay_sinh", days=60, warn_before=7)
    filling.answer("tre_ngay_sinh", born)
    found = [each.left for each in hurries(fill.looked_at(filling), [rule], without_line)]
    assert found == ([] if left is None else [left])


def test_the_days_without_a_line_count(desk: Desk) -> None:
    filling = ready_dossier(desk)
    filling.answer("tre_ngay_sinh", "2026-10-05")
    assert "60 ngày" not in words(desk, filling)
    with desk.database.write() as connection:
        state = link.get(connection)
        link.put(connection, replace(state, last_contact="2026-10-20T08:00:00+07:00"))
    assert "60 ngày" in words(desk, filling)
    filling.answer("loai_dang_ky", "qua_han")
    assert "60 ngày" not in words(desk, filling)
