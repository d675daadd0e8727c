"""The commune asks for more: the answers come back, are mended, and the hub shows revision 2."""

from msgspec.structs import replace

from kiosk.domain.dossier import State
from tests.journeys.conftest import MakeBag, MakeStage
from ui.tour import filling, finishing, outcome
from ui.tour.far import Far
from ui.tour.hands import Steps, look, seen
from ui.tour.play import Play, words_of
from ui.tour.session import Bag

SENTENCE = "Đề nghị ghi lại tên của trẻ đúng như giấy chứng sinh."
NAME = "Trần Nguyễn Bảo Ngân"


def correct(play: Play, dossier: str) -> Steps[None]:
    """From home through follow-up into the draft that came back, and hand over again."""
    yield from play.press("do:follow_up")
    yield from play.arrive("follow_up")
    yield lambda: seen(play.window, f"followed:{dossier}") is not None
    yield from play.press_in(look(play.window, f"followed:{dossier}"), "do:correct")
    yield from play.arrive("form")
    yield lambda: seen(play.window, "page") is not None
    assert SENTENCE in words_of(look(play.window, "asked"))
    play.record.facts["came_back"] = filling.filling_of(play).value("yc_ho_ten")
    yield from filling.fill(play)
    yield from finishing.scan_papers(play)
    yield from finishing.review(play)
    assert not play.record.problems
    assert (yield from finishing.hand_over(play))
    yield from finishing.leave(play)
    yield from finishing.wait_until_sent(play, lambda: outcome.state_of(play.desk, dossier) is State.AT_HUB)


def test_a_correction_arrives_as_revision_two(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    stage = make_stage(access=hub.access)
    bag = make_bag(officer="asks_for_more", officer_note=SENTENCE)
    dossier = stage.play(bag, hub.commune).facts["dossier"]
    mended = make_bag(out="mended", papers=[], signed_sheet=None)
    again = stage.begin(Bag(replace(mended.visit, answers={"tre_ho_ten": NAME}), mended.folder, mended.out))
    stage.run(correct(again, dossier))
    assert again.record.facts["came_back"] == "Nguyễn Thị Bưởi"
    facts = outcome.facts(again.desk, dossier)
    assert facts["revision"] == 2
    assert facts["receipt"]["verified"]
    page = hub.commune.log_in().open(dossier).text
    assert "<dt>Bản</dt><dd>2</dd>" in page
    assert NAME.upper() in page
    assert "Khác bản trước" in page
