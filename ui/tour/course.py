"""The whole course of a tour, from the locked home to the officer's answer."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.domain.dossier import State
from ui.tour import arriving, filling, finishing, outcome
from ui.tour.hands import Steps
from ui.tour.officer import Officer
from ui.tour.play import Play
from ui.tour.visit import Visit

_ACTIONS = {
    "seen": ("seen",),
    "asks_for_more": ("ask",),
    "invites": ("invite",),
    "receives": ("receive",),
    "result": ("receive", "result"),
}
_REACHED = {
    "seen": State.SEEN,
    "asks_for_more": State.ASKED_FOR_MORE,
    "invites": State.INVITED,
    "receives": State.RECEIVED,
    "result": State.RESULT_READY,
}
_SENTENCES = {
    "ask": "Đề nghị bổ sung, xem lại hồ sơ.",
    "invite": "Mời đến Bộ phận Một cửa của xã để ký và nộp.",
    "result": "Đã có kết quả, mời đến xã nhận bản chính.",
}
"""What the officer writes where the visit does not say and the page asks for a sentence."""
TRIAL_CODE = "TRIAL-260101-0001"
"""What the played officer enters where the visit gives no mã hồ sơ: on a trial hub nothing is official."""


@dataclass(frozen=True)
class Commune:
    """The other end: how to log in as the officer of the trial hub."""

    log_in: Callable[[], Officer]


def course(play: Play, commune: Commune) -> Steps[None]:
    """Play the visit. With problems nothing is handed over, and the visit ends after review."""
    yield from arriving.unlock(play)
    if not (yield from arriving.agree(play)):
        yield from finishing.leave(play)
        play.record.facts |= outcome.facts(_desk(play), "")
        return
    yield from arriving.show_cards(play)
    yield from arriving.choose(play)
    yield from filling.fill(play)
    yield from finishing.scan_papers(play)
    clean = yield from finishing.review(play)
    dossier = outcome.newest_dossier(_desk(play))
    if clean and play.visit.hand_over:
        yield from finishing.hand_over(play)
        yield from finishing.leave(play)
        if play.visit.road == "commune":
            yield from _at_the_commune(play, commune, dossier)
    else:
        yield from finishing.leave(play)
    play.record.facts |= outcome.facts(_desk(play), dossier)


def _at_the_commune(play: Play, commune: Commune, dossier: str) -> Steps[None]:
    """Send, let the officer act, hear what he said."""
    desk, visit = _desk(play), play.visit
    yield from finishing.wait_until_sent(play, lambda: outcome.state_of(desk, dossier) is State.AT_HUB)
    if visit.officer == "none":
        return
    play.record.step("officer")
    yield from finishing.officer_acts(lambda: _act(play, commune.log_in(), dossier))
    reached = _REACHED[visit.officer]
    yield from finishing.follow_up(play, lambda: outcome.state_of(desk, dossier) is reached)


def _act(play: Play, officer: Officer, dossier: str) -> None:
    """Press the officer's buttons, one page after the other."""
    for action in _ACTIONS[play.visit.officer]:
        officer.act(dossier, action, _fields(play.visit, action))


def _fields(visit: Visit, action: str) -> dict[str, str]:
    fields = {}
    if sentence := visit.officer_note or _SENTENCES.get(action, ""):
        fields["sentence"] = sentence
    if action == "receive":
        fields["portal_code"] = visit.officer_code or TRIAL_CODE
    return fields if action != "seen" else {}


def _desk(play: Play) -> Desk:
    assert play.shell.desk is not None  # noqa: S101 - the point was unlocked
    return play.shell.desk
