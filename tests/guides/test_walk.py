"""Walking: an answer leads on, back leads back, and what is stored is read as far as it still holds."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.partial_date import PartialDate
from kiosk.guides import walk
from kiosk.guides.load import load_guide
from kiosk.guides.walk import Dates, Progress
from tests.guides.made import ACCOUNT, all_stops, all_walks, written

TODAY = date(2026, 11, 21)


def stop(text: str) -> Progress:
    found = walk.read(ACCOUNT, text)
    assert str(found) == text
    return found


def test_an_answer_leads_on_and_back_leads_back() -> None:
    first = walk.after(ACCOUNT, Progress(), "minh")
    assert walk.here(ACCOUNT, first).id == "T1"
    assert walk.before(first) == Progress() == walk.before(Progress())


def test_an_answer_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="T0 has no answer roi"):
        walk.after(ACCOUNT, Progress(), "roi")


def test_what_is_stored_is_read_again() -> None:
    for progress in all_stops(ACCOUNT):
        assert walk.read(ACCOUNT, str(progress)) == progress


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("T0.minh T1.la", "T0.minh"),
        ("T0.minh T3.co", "T0.minh"),
        ("T0", ""),
        ("rác . .. T0.minh", ""),
        ("T0.X T0.minh", "T0.X"),
    ],
)
def test_what_no_longer_holds_is_dropped(text: str, kept: str) -> None:
    assert str(walk.read(ACCOUNT, text)) == kept


def test_the_reason_is_the_answers_or_the_exits_own(tmp_path: Path) -> None:
    assert walk.reason(ACCOUNT, stop("T0.minh T1.the_cu")) == "the_cu"
    assert walk.reason(ACCOUNT, stop("T0.minh T1.mat_hong")) == "the_mat_hong"
    assert walk.reason(ACCOUNT, stop("T0.X")) == "khong_truc_tuyen"
    small = load_guide(written(tmp_path, (', reason = "giay" },\n]', " },\n]")))
    assert walk.reason(small, walk.after(small, Progress(), "khong")) == "giay"


def test_the_way_out_leads_to_paper_from_everywhere_but_paper() -> None:
    for progress in all_stops(ACCOUNT):
        node = walk.here(ACCOUNT, progress)
        if node.id == "S_PAPER":
            assert ACCOUNT.offline not in walk.answers_at(ACCOUNT, node)
        else:
            out = walk.after(ACCOUNT, progress, ACCOUNT.offline.key)
            assert walk.here(ACCOUNT, out).id == "S_PAPER"


def test_every_question_can_be_left_for_another_day() -> None:
    for progress in all_stops(ACCOUNT):
        node = walk.here(ACCOUNT, progress)
        assert (ACCOUNT.later in walk.answers_at(ACCOUNT, node)) is not node.kind.ends


def test_who_used_the_browser_logs_out() -> None:
    for progress in all_walks(ACCOUNT):
        used = {"T6a", "T8b", "T12", "T12p", "T13"} & {step.node for step in progress.steps}
        assert walk.must_log_out(ACCOUNT, progress) is bool(used)


@pytest.mark.parametrize(
    ("birth", "key"),
    [
        (PartialDate(2021, 1, 2), "duoi_6"),
        (PartialDate(2020, 11, 22), "duoi_6"),
        (PartialDate(2020, 11, 21), "tu_6"),
        (PartialDate(2012, 11, 22), "tu_6"),
        (PartialDate(2012, 11, 21), "tu_14"),
        (PartialDate(2010), "tu_14"),
        (PartialDate(2020), None),
        (PartialDate(2026), "duoi_6"),
    ],
)
def test_the_age_finds_its_branch_where_the_date_tells(birth: PartialDate, key: str | None) -> None:
    found = walk.suggested(ACCOUNT, ACCOUNT.nodes["C2"], Dates(birth), TODAY)
    assert (found.key if found else None) == key


@pytest.mark.parametrize("node", ["T2", "C2"])
@pytest.mark.parametrize(
    ("birth", "why"),
    [
        (PartialDate(2026, 11, 22), "future"),
        (PartialDate(3000), "future"),
        (PartialDate(1800, 1, 1), "so old"),
    ],
)
def test_nobody_is_born_tomorrow_or_two_hundred_years_ago(birth: PartialDate, why: str, node: str) -> None:
    with pytest.raises(ValueError, match=why):
        walk.suggested(ACCOUNT, ACCOUNT.nodes[node], Dates(birth, date(2021, 6, 15)), TODAY)


@pytest.mark.parametrize(
    ("dates", "key"),
    [
        (Dates(PartialDate(1945), date(2021, 6, 15)), "con_han"),
        (Dates(PartialDate(1986, 11, 20), date(2021, 6, 15)), "het_han"),
        (Dates(PartialDate(1986, 11, 21), date(2021, 6, 15)), "con_han"),
        (Dates(PartialDate(1986), date(2021, 6, 15)), None),
        (Dates(PartialDate(1986), None), None),
        (Dates(expires=date(2026, 11, 20)), "het_han"),
        (Dates(PartialDate(1945), date(2021, 6, 15), date(2026, 11, 20)), "het_han"),
        (Dates(expires=date(2026, 11, 21)), "con_han"),
        (Dates(), None),
    ],
)
def test_the_card_is_reckoned_and_its_own_date_counts_first(dates: Dates, key: str | None) -> None:
    found = walk.suggested(ACCOUNT, ACCOUNT.nodes["T2"], dates, TODAY)
    assert (found.key if found else None) == key


def test_where_nothing_is_reckoned_nothing_is_suggested() -> None:
    dates = Dates(PartialDate(1945), date(2021, 6, 15))
    assert walk.suggested(ACCOUNT, ACCOUNT.nodes["T3"], dates, TODAY) is None
