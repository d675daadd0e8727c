"""The example visits, played on the real screens with a real hub and a real officer's desk."""

import json

import pytest

from kiosk.domain.dossier import State
from tests.journeys.conftest import EXAMPLES, MakeBag, MakeStage
from ui.tour.course import NO_OFFICER
from ui.tour.far import Far
from ui.tour.record import Record
from ui.tour.verdict import OK, PROBLEMS, judge

NAMES = sorted(path.stem for path in EXAMPLES.glob("visit-*.json"))


def play(make_stage: MakeStage, make_bag: MakeBag, hub: Far, name: str, **changes: object) -> Record:
    bag = make_bag(name, **changes)
    return make_stage(access=hub.access).play(bag, hub.commune)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_ends_as_it_says(make_stage: MakeStage, make_bag: MakeBag, hub: Far, name: str) -> None:
    bag = make_bag(name)
    record = make_stage(access=hub.access).play(bag, hub.commune)
    status, why = judge(bag.visit.expect, record)
    assert status == (PROBLEMS if bag.visit.expect.problems else OK), why


def test_received_formally_with_a_proven_receipt(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    record = play(make_stage, make_bag, hub, "visit-birth")
    summary = json.loads((record.out / "summary.json").read_text("utf-8"))
    assert summary["state"] == State.RECEIVED
    assert summary["revision"] == 1
    assert summary["portal_code"] == "H17.99.20-261121-0001"
    assert summary["receipt"]["verified"] is True
    assert summary["receipt"]["dossier"] == summary["dossier"]
    assert summary["prefilled"]["me_ho_ten"]["source"] == "✓ cùng một người"
    assert summary["prefilled"]["yc_ho_ten"]["source"] == "✓ từ thẻ"
    assert {"01-to-khai.pdf", "02-phieu-chuan-bi.pdf"} <= set(summary["files"])


def test_asked_for_more_shows_the_sentence(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    record = play(make_stage, make_bag, hub, "visit-birth-mother-alone")
    assert record.facts["state"] == State.ASKED_FOR_MORE
    assert record.facts["sentence"].startswith("Đề nghị bổ sung văn bản của người làm chứng")
    assert record.facts["state_shown"]


def test_with_problems_nothing_is_handed_over(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    record = play(make_stage, make_bag, hub, "visit-birth-problems")
    assert record.facts["state"] == State.DRAFT
    assert record.facts["revision"] == 0
    assert record.facts["receipt"] == {"verified": False}
    assert all(sentence for sentence in record.problems.values())


def test_the_portal_road_sends_one_small_event(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    record = play(make_stage, make_bag, hub, "visit-birth-portal")
    assert record.facts["state"] == State.FILED_ON_PORTAL
    assert record.facts["portal_code"] == "G09.20-20261121-0001234"
    assert record.facts["receipt"]["verified"] is True
    assert not record.remarks


def test_an_officer_of_the_portal_road_is_left_out_aloud(
    make_stage: MakeStage, make_bag: MakeBag, hub: Far
) -> None:
    record = play(make_stage, make_bag, hub, "visit-birth-portal", officer="seen")
    assert record.facts["state"] == State.FILED_ON_PORTAL
    assert record.remarks == [NO_OFFICER]


def test_without_consent_the_portal_road_sends_nothing(
    make_stage: MakeStage, make_bag: MakeBag, hub: Far
) -> None:
    from ui.tour.visit import ConsentInVisit

    consent = ConsentInVisit(send_to_commune=False)
    record = play(make_stage, make_bag, hub, "visit-birth-portal", consent=consent)
    assert record.facts["state"] == State.FILED_ON_PORTAL
    assert record.facts["receipt"] == {"verified": False}
    assert not record.problems
