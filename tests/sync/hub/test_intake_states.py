"""What may still arrive for a dossier, in each state that it can have at the hub."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.domain.paper import SealedPaper
from sync.hub.context import Hub
from sync.hub.receive import answer_round
from sync.hub.store import dossiers, events
from sync.protocol import Event, Verdict
from tests.support.hub import HubPoint

OPEN = {State.AT_HUB, State.SEEN, State.INVITED, State.ASKED_FOR_MORE, State.NOT_ACCEPTED}
SHUT = {State.RECEIVED, State.RESULT_READY, State.WITHDRAWN, State.FILED_ON_PORTAL}
FORMAL = {State.RECEIVED, State.RESULT_READY, State.HANDED_BACK}


def in_state(hub: Hub, point: HubPoint, state: State, revision: int = 1) -> str:
    event = point.event()
    point.round(event)
    with hub.database.write() as connection:
        dossiers.change(connection, event.dossier, state, revision, hub.now())
    return event.dossier


def supplement_to(hub: Hub, point: HubPoint, dossier: str, papers: Sequence[SealedPaper] = ()) -> Event:
    """Papers alone, on top of the dossier's first envelope."""
    with hub.database.read() as connection:
        base = events.of_dossier(connection, dossier)[0].digest
    return point.event(dossier=dossier, kind=EventKind.SUPPLEMENT, answers=(), papers=papers, base=base)


def state_of(hub: Hub, dossier: str) -> State:
    with hub.database.read() as connection:
        found = dossiers.find(connection, dossier)
    assert found is not None
    return found.state


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_correction_is_taken_while_the_officer_has_not_received(
    hub: Hub, point: HubPoint, state: State
) -> None:
    dossier = in_state(hub, point, state)
    (verdict,) = point.round(point.event(dossier=dossier, revision=2)).verdicts
    assert verdict.verdict is Verdict.ACCEPTED
    assert state_of(hub, dossier) is State.AT_HUB


@pytest.mark.parametrize("state", sorted(SHUT))
def test_a_correction_that_is_too_late_is_refused_in_words(hub: Hub, point: HubPoint, state: State) -> None:
    dossier = in_state(hub, point, state)
    (verdict,) = point.round(point.event(dossier=dossier, revision=2)).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "dossier.closed")
    assert "xã" in verdict.sentence.lower()
    assert state_of(hub, dossier) is state


@pytest.mark.parametrize("state", sorted(OPEN | {State.WITHDRAWN, State.FILED_ON_PORTAL}))
@pytest.mark.parametrize("seen", [1, 2, 3])
def test_a_withdrawal_is_taken_whatever_revision_the_point_saw(
    hub: Hub, point: HubPoint, state: State, seen: int
) -> None:
    dossier = in_state(hub, point, state, revision=2)
    told = point.event(dossier=dossier, kind=EventKind.WITHDRAWN, revision=seen)
    assert point.round(told).verdicts[0].receipt is not None
    assert state_of(hub, dossier) is State.WITHDRAWN
    with hub.database.read() as connection:
        assert dossiers.find(connection, dossier).revision == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("state", sorted(FORMAL))
def test_a_withdrawal_that_crosses_the_formal_reception_is_refused(
    hub: Hub, point: HubPoint, state: State
) -> None:
    """From then on the dossier is taken back at the commune."""
    dossier = in_state(hub, point, state)
    (verdict,) = point.round(point.event(dossier=dossier, kind=EventKind.WITHDRAWN)).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.REFUSED, "dossier.closed")
    assert state_of(hub, dossier) is state


def test_a_result_handed_back_by_an_older_revision_counts(hub: Hub, point: HubPoint) -> None:
    dossier = in_state(hub, point, State.RESULT_READY, revision=2)
    told = point.event(dossier=dossier, kind=EventKind.HANDED_BACK, revision=1)
    assert point.round(told).verdicts[0].receipt is not None
    assert state_of(hub, dossier) is State.HANDED_BACK


def test_a_supplement_brings_papers_and_puts_the_dossier_back_on_the_desk(hub: Hub, point: HubPoint) -> None:
    dossier = in_state(hub, point, State.ASKED_FOR_MORE)
    paper = point.paper()
    event = supplement_to(hub, point, dossier, [paper])
    assert point.round(event).verdicts[0].missing_papers == [paper.sealed_sha256]
    assert point.round(supplement_to(hub, point, dossier)).verdicts[0].receipt is not None
    assert state_of(hub, dossier) is State.AT_HUB


@pytest.mark.parametrize("base", ["", "0" * 64])
def test_a_supplement_waits_for_what_it_belongs_to(hub: Hub, point: HubPoint, base: str) -> None:
    """A hub that was restored gets the dossier itself first; the papers are not lost."""
    dossier = in_state(hub, point, State.ASKED_FOR_MORE)
    event = point.event(dossier=dossier, kind=EventKind.SUPPLEMENT, answers=(), base=base)
    (verdict,) = point.round(event).verdicts
    assert (verdict.verdict, verdict.code) == (Verdict.LATER, "supplement.base")
    assert state_of(hub, dossier) is State.ASKED_FOR_MORE


def test_a_supplement_to_an_older_revision_is_kept_and_moves_nothing(hub: Hub, point: HubPoint) -> None:
    dossier = in_state(hub, point, State.ASKED_FOR_MORE)
    late = supplement_to(hub, point, dossier, [point.paper()])
    point.round(point.event(dossier=dossier, revision=2))
    with hub.database.write() as connection:
        dossiers.change(connection, dossier, State.SEEN, 2, hub.now())
    assert point.round(late).verdicts[0].verdict is Verdict.ACCEPTED
    assert state_of(hub, dossier) is State.SEEN


@pytest.mark.parametrize("procedure", ["\0", "1.0\0", "a\nb", "1.001193\u202e", "\u2067x", "\x7f", ""])
def test_a_procedure_that_no_database_keeps_is_refused_alone(
    hub: Hub, point: HubPoint, procedure: str
) -> None:
    odd, good = point.event(procedure=procedure), point.event()
    refused, taken = point.round(odd, good).verdicts
    assert (refused.verdict, refused.code) == (Verdict.REFUSED, "event.malformed")
    assert taken.receipt is not None


def test_the_history_tells_each_arrival(hub: Hub, point: HubPoint) -> None:
    event = point.event()
    point.round(event)
    point.round(point.event(dossier=event.dossier, revision=2))
    point.round(point.event(dossier=event.dossier, kind=EventKind.WITHDRAWN, revision=2))
    with hub.database.read() as connection:
        lines = dossiers.history_of(connection, event.dossier)
    assert [(line.state, line.revision) for line in lines] == [
        (State.AT_HUB, 1), (State.AT_HUB, 2), (State.WITHDRAWN, 2),
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["version", "point", "incarnation", "sequence", "epoch", "receipt", "safe", "cursor", "events"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(change=st.dictionaries(FIELDS, JSON, min_size=1, max_size=3))
def test_nonsense_is_refused_or_answered_but_never_breaks(
    hub: Hub, point: HubPoint, change: dict[str, object]
) -> None:
    said = msgspec.json.decode(point.request(point.event())) | change
    assert code_of(hub, point, msgspec.json.encode(said)) in {
        "", "request.malformed", "request.version", "token.unknown", "sequence.behind",
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    name=st.sampled_from(["id", "kind", "dossier", "revision", "procedure", "digest", "papers"]),
    value=st.text(max_size=70) | st.integers() | st.lists(st.text(max_size=70), max_size=2),
)
def test_a_nonsensical_event_is_refused_alone(hub: Hub, point: HubPoint, name: str, value: object) -> None:
    good, usual = point.event(), msgspec.to_builtins(point.event())
    assume(usual[name] != value)
    both = [usual | {name: value}, msgspec.to_builtins(good)]
    said = msgspec.json.decode(point.request()) | {"events": both}
    body = msgspec.json.encode(said)
    code = code_of(hub, point, body)
    assert code in {"", "request.malformed"}
    if not code:
        bad, other = point.said(body).verdicts
        assert bad.verdict is not Verdict.ACCEPTED
        assert other.verdict is Verdict.ACCEPTED


def code_of(hub: Hub, point: HubPoint, body: bytes) -> str:
    """Why a round is refused; empty if it is answered."""
    try:
        answer_round(hub, point.row, body)
    except WorldError as error:
        return error.code
    return ""
