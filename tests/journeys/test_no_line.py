"""No line: everything up to hand-over works, nothing looks like an error, and the queue drains by itself."""

from PySide6.QtWidgets import QLabel, QWidget

from kiosk.domain.dossier import State
from tests.journeys.conftest import MakeBag, MakeStage
from ui.local_hub import LocalHub
from ui.tour import arriving, finishing, outcome
from ui.tour.course import prepare
from ui.tour.hands import Steps, seen
from ui.tour.play import Play, words_of
from ui.tour.session import Stage

ALARMING = ("lỗi", "error", "thất bại", "mất kết nối", "không kết nối", "không gửi được", "traceback")


def join(play: Play) -> Steps[None]:
    """Open the point and wait until it belongs to its commune."""
    yield from arriving.unlock(play)
    yield lambda: play.desk.enrolment is not None


def hand_over(play: Play) -> Steps[None]:
    """The whole visit up to the wiped home."""
    yield from arriving.come_in(play)
    yield from prepare(play)
    assert not play.record.problems
    assert (yield from finishing.hand_over(play))
    yield from finishing.leave(play)


def words_seen(window: QWidget) -> str:
    labels = window.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible()).casefold()


def only_dossier(play: Play) -> str:
    from kiosk.storage import drafts

    with play.desk.database.read() as connection:
        return drafts.all_of(connection)[0].id


def handed_over_without_a_line(stage: Stage, hub: LocalHub, play: Play, heard: list[str]) -> str:
    """Join the hub, lose it, play the visit; the dossier's id."""
    stage.run(join(play))
    hub.stop()
    play.before_picture = lambda: heard.append(words_seen(play.window))
    stage.run(hand_over(play))
    return only_dossier(play)


def until(play: Play, dossier: str, state: State) -> Steps[None]:
    yield lambda: outcome.state_of(play.desk, dossier) is state


def test_nothing_looks_like_an_error_and_the_queue_drains(
    make_stage: MakeStage, make_bag: MakeBag, local_hub: LocalHub
) -> None:
    stage, heard = make_stage(access=local_hub.access), list[str]()
    play = stage.begin(make_bag())
    dossier = handed_over_without_a_line(stage, local_hub, play, heard)
    assert len(heard) > 15
    assert [(word, text) for text in heard for word in ALARMING if word in text] == []
    assert outcome.state_of(play.desk, dossier) is State.QUEUED
    queue = seen(play.window, "queue")
    assert queue is not None
    assert "1 hồ sơ" in words_of(queue)
    local_hub.access()
    stage.run(until(play, dossier, State.AT_HUB))


def test_the_queue_drains_after_a_restart_of_both(
    make_stage: MakeStage, make_bag: MakeBag, local_hub: LocalHub
) -> None:
    stage = make_stage(access=local_hub.access)
    dossier = handed_over_without_a_line(stage, local_hub, stage.begin(make_bag()), [])
    stage.close()
    again = make_stage()
    play = again.begin(make_bag())
    again.run(arriving.unlock(play))
    assert outcome.state_of(play.desk, dossier) is State.QUEUED
    local_hub.access()
    again.run(until(play, dossier, State.AT_HUB))
    assert outcome.receipt_of(play.desk, dossier)["verified"]
