"""The whole course of a tour, from the locked home to the officer's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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
TRIAL_CODE = "TRIAL-{day:%y%m%d}-0001"
"""What the played officer enters where the visit gives no mã hồ sơ: on a trial hub nothing is official."""


NO_OFFICER = "nộp qua Cổng nên bỏ qua việc của cán bộ xã (officer)"


@dataclass(frozen=True)
class Commune:
    """The other end: how to log in as the officer of the trial hub."""

    log_in: Callable[[], Officer]


def course(play: Play, commune: Commune) -> Steps[None]:
    """Play the visit. With problems nothing is handed over, and the visit ends where they show."""
    yield from arriving.come_in(play)
    dossier = yield from prepare(play)
    handed = bool(dossier) and not play.record.problems and play.visit.hand_over
    handed = handed and (yield from finishing.hand_over(play))
    yield from finishing.leave(play)
    if handed and play.visit.mode != "practice":
        yield from _send(play, commune, dossier)
    play.record.facts |= outcome.facts(play.desk, dossier)


def prepare(play: Play) -> Steps[str]:
    """Everything up to the printed sheets; the dossier's id, or an empty text where none was begun."""
    if not (yield from arriving.agree(play)):
        return ""
    yield from arriving.show_cards(play)
    if not (yield from arriving.choose(play)):
        return ""
    yield from play.arrive("form")
    dossier = filling.filling_of(play).dossier
    yield from filling.fill(play)
    yield from finishing.scan_papers(play)
    yield from finishing.review(play)
    return dossier


def _send(play: Play, commune: Commune, dossier: str) -> Steps[None]:
    """Send, let the officer act, hear what he said. On the portal road only the small event travels."""
    if play.visit.road == "portal" and play.visit.officer != "none":
        play.record.remarks.append(NO_OFFICER)
    if play.visit.road == "portal" and not play.visit.consent.send_to_commune:
        return
    sent = yield from finishing.wait_until_sent(
        play, lambda: outcome.receipt_of(play.desk, dossier)["verified"]
    )
    if play.visit.officer == "none" or play.visit.road == "portal":
        return
    if not sent:
        play.record.unheard.append("máy chủ xã không trả lời; hồ sơ vẫn chờ gửi trong máy")
        return
    play.record.step("officer")
    yield from finishing.officer_acts(lambda: _act(play, commune.log_in(), dossier))
    reached = _REACHED[play.visit.officer]
    yield from finishing.follow_up(play, dossier, lambda: outcome.state_of(play.desk, dossier) is reached)


def _act(play: Play, officer: Officer, dossier: str) -> None:
    """Press the officer's buttons, one page after the other."""
    file = play.folder / play.visit.officer_file if play.visit.officer_file else None
    for action in _ACTIONS[play.visit.officer]:
        officer.act(
            dossier,
            action,
            _fields(play.visit, action, play.shell.clock.now().date()),
            file if action == "result" else None,
        )


def _fields(visit: Visit, action: str, day: date) -> dict[str, str]:
    fields = {}
    if sentence := visit.officer_note or _SENTENCES.get(action, ""):
        fields["sentence"] = sentence
    if action == "receive":
        fields["portal_code"] = visit.officer_code or TRIAL_CODE.format(day=day)
    return fields if action != "seen" else {}
