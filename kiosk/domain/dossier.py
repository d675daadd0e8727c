"""A dossier and its life, from the first answer to its erasure."""

from dataclasses import dataclass
from enum import StrEnum


class Road(StrEnum):
    """The two lawful ways: the citizen files on the portal, or the commune's officer receives."""

    COMMUNE = "commune"
    PORTAL = "portal"


class State(StrEnum):
    """Where a dossier stands. The point writes the first group, the commune the second."""

    DRAFT = "draft"
    READY = "ready"
    QUEUED = "queued"
    FILED_ON_PORTAL = "filed_on_portal"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"

    AT_HUB = "at_hub"
    SEEN = "seen"
    ASKED_FOR_MORE = "asked_for_more"
    INVITED = "invited"
    RECEIVED = "received"
    NOT_ACCEPTED = "not_accepted"
    RESULT_READY = "result_ready"

    RESULT_KNOWN = "result_known"
    HANDED_BACK = "handed_back"
    ERASED = "erased"


_ANYTIME = {State.PARKED, State.WITHDRAWN, State.ERASED}
"""Withdrawn at any time by the commune's officer, whom the person asked; the point's own ``withdrawn`` counts
before the formal reception only (``desk.withdraw``, and the hub's intake)."""
AT_COMMUNE = frozenset(
    {
        State.AT_HUB,
        State.SEEN,
        State.ASKED_FOR_MORE,
        State.INVITED,
        State.RECEIVED,
        State.NOT_ACCEPTED,
        State.RESULT_READY,
    }
)
"""Where the commune says that a dossier stands as long as something may follow for which the person comes
with the slip."""
_OFFICER = {State.SEEN, State.ASKED_FOR_MORE, State.INVITED, State.RECEIVED, State.NOT_ACCEPTED}
_NEXT: dict[State, set[State]] = {
    State.DRAFT: {State.READY},
    State.READY: {State.DRAFT, State.QUEUED, State.FILED_ON_PORTAL},
    State.QUEUED: {State.AT_HUB},
    State.AT_HUB: _OFFICER,
    State.SEEN: _OFFICER - {State.SEEN},
    State.ASKED_FOR_MORE: _OFFICER | {State.QUEUED, State.AT_HUB},
    State.INVITED: _OFFICER - {State.SEEN},
    State.RECEIVED: {State.RESULT_READY, State.ASKED_FOR_MORE},
    State.NOT_ACCEPTED: {State.QUEUED, State.AT_HUB},
    State.RESULT_READY: {State.HANDED_BACK},
    State.FILED_ON_PORTAL: {State.RESULT_KNOWN},
    State.PARKED: {State.QUEUED, State.DRAFT},
    State.WITHDRAWN: set(),
    State.RESULT_KNOWN: set(),
    State.HANDED_BACK: set(),
    State.ERASED: set(),
}


def can_become(now: State, then: State) -> bool:
    """Whether a dossier may pass from one state to another (design of both roads)."""
    if now is State.ERASED:
        return False
    return then in _NEXT[now] or then in _ANYTIME


class Source(StrEnum):
    """Where an answer came from; shown beside it and sent along."""

    TYPED = "typed"
    CARD = "card"
    SAME_PERSON = "same_person"
    DEFAULT = "default"
    COMMUNE = "commune"
    VISIT = "visit"
    """Asked in another dossier of the same visit."""
    EARLIER = "earlier"
    """From an earlier revision, brought back by the commune's question."""


@dataclass(frozen=True)
class Answer:
    """One answer as it is stored: ``name`` as in visit files (``me_giay_to.so``), ``value`` the raw text."""

    name: str
    value: str
    source: Source = Source.TYPED


@dataclass(frozen=True)
class Revision:
    """Which version of which dossier; a correction is a new revision, never an edit."""

    dossier: str
    number: int
