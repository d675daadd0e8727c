"""One dossier on the follow-up screen: its state in words, what the commune said, what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from kiosk.domain.dossier import State
from ui.screens.spoken_time import spoken_time
from ui.widgets.buttons import button
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import TextSource

if TYPE_CHECKING:
    from kiosk.desk.follow_up import Followed

_MARKS = {
    State.ASKED_FOR_MORE: "warn",
    State.PARKED: "warn",
    State.INVITED: "warn",
    State.NOT_ACCEPTED: "error",
    State.RECEIVED: "ok",
    State.RESULT_READY: "ok",
}
"""How a state is coloured; the words alone say it, too."""


@dataclass(frozen=True)
class Offers:
    """What the buttons of a card do."""

    correct: Callable[[], object]
    papers: Callable[[], object]
    again: Callable[[], object]
    hand_back: Callable[[], object]
    by_stick: Callable[[], object]
    withdraw: Callable[[], object]
    """Asks first; ``sure`` does it, ``keep`` does not."""
    sure: Callable[[], object]
    keep: Callable[[], object]


def followed_card(
    texts: TextSource,
    one: "Followed",
    papers: Sequence[str],
    now: datetime,
    offers: Offers,
    *,
    asked: bool = False,
) -> QFrame:
    """The card of a dossier; ``papers`` are the names of what the commune asks for.

    ``asked``: whether it shall really be taken back.
    """
    frame, inside = card(spacing=8)
    frame.setObjectName(f"followed:{one.dossier}")
    state = texts(f"state.{one.state}")
    frame.setAccessibleName(f"{one.procedure}. {state}")
    inside.addWidget(words(one.procedure, "heading"))
    inside.addWidget(words(state, _MARKS.get(one.state, "label"), "state"))
    for name, text in _details(texts, one, papers, now):
        inside.addWidget(words(text, "muted" if name in ("when", "slip") else "", name))
    if asked:
        inside.addWidget(words(texts("follow_up.withdraw_sure"), "warn", "sure"))
    for name, key, action in _last_words(offers) if asked else _offered(one, offers):
        inside.addWidget(button(name, texts(key), action), 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def _details(
    texts: TextSource, one: "Followed", papers: Sequence[str], now: datetime
) -> list[tuple[str, str]]:
    """The commune's sentence, the papers it asks for, the mã hồ sơ, whom to call, when, the slip's code."""
    handed = texts("follow_up.handed", time=spoken_time(texts, one.handed, now)) if one.handed else ""
    lines = [
        ("whose", handed or texts(f"follow_up.whose.{one.whose}")),
        ("copied", _copied(texts, one, now)),
        ("sentence", _sentence(texts, one)),
        ("day", _day(texts, one)),
        ("papers", texts("follow_up.papers", names="; ".join(papers)) if papers else ""),
        ("portal_code", texts("follow_up.portal_code", code=one.portal_code) if one.portal_code else ""),
        ("phone", texts("follow_up.phone", phone=one.phone) if one.phone else ""),
        ("when", texts("follow_up.when", time=spoken_time(texts, one.at, now))),
        ("slip", texts("follow_up.slip", code=one.slip_code)),
    ]
    return [(name, text) for name, text in lines if text]


def _copied(texts: TextSource, one: "Followed", now: datetime) -> str:
    if one.stick is None:
        return ""
    when = spoken_time(texts, one.stick.at, now)
    return texts("follow_up.copied", stick=one.stick.stick, time=when)


def _sentence(texts: TextSource, one: "Followed") -> str:
    """What the commune said, or why this machine keeps the dossier back."""
    if not one.sentence:
        return ""
    key = "parked" if one.state is State.PARKED else "sentence"
    return texts(f"follow_up.{key}", text=one.sentence)


def _day(texts: TextSource, one: "Followed") -> str:
    """When to come, or when the result is promised, in words."""
    if not one.day or one.state not in (State.INVITED, State.RECEIVED):
        return ""
    return texts(f"follow_up.day.{one.state}", day="/".join(reversed(one.day.split("-"))))


def _offered(one: "Followed", offers: Offers) -> list[tuple[str, str, Callable[[], object]]]:
    """What can be done about the dossier now: button, words, action."""
    offered: list[tuple[str, str, Callable[[], object]]] = []
    if one.correctable:
        key = "follow_up.go_on" if one.correcting else "follow_up.correct"
        offered.append(("do:correct", key, offers.correct))
    if one.state is State.ASKED_FOR_MORE and not one.correcting:
        offered.append(("do:papers", "supplement.offer", offers.papers))
    if one.state is State.PARKED:
        offered.append(("do:again", "follow_up.again", offers.again))
        offered.append(("do:stick", "follow_up.by_stick", offers.by_stick))
    if one.state is State.RESULT_READY:
        offered.append(("do:hand_back", "follow_up.hand_back", offers.hand_back))
    if one.withdrawable:
        offered.append(("do:withdraw", "follow_up.withdraw", offers.withdraw))
    return offered


def _last_words(offers: Offers) -> list[tuple[str, str, Callable[[], object]]]:
    """Taking back cannot be undone: yes, or no."""
    return [
        ("do:sure", "follow_up.withdraw_yes", offers.sure),
        ("do:keep", "follow_up.withdraw_no", offers.keep),
    ]
