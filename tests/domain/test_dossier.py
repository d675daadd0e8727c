"""The life of a dossier on both roads."""

from itertools import pairwise

import pytest

from kiosk.domain.dossier import Answer, Source, State, can_become

COMMUNE_ROAD = (
    State.DRAFT,
    State.READY,
    State.QUEUED,
    State.AT_HUB,
    State.SEEN,
    State.INVITED,
    State.RECEIVED,
)
PORTAL_ROAD = (State.DRAFT, State.READY, State.FILED_ON_PORTAL, State.RESULT_KNOWN, State.ERASED)


@pytest.mark.parametrize(
    "road", [(*COMMUNE_ROAD, State.RESULT_READY, State.HANDED_BACK, State.ERASED), PORTAL_ROAD]
)
def test_a_road_can_be_walked_to_its_end(road: tuple[State, ...]) -> None:
    assert all(can_become(now, then) for now, then in pairwise(road))


def test_a_correction_goes_round_again() -> None:
    assert can_become(State.SEEN, State.ASKED_FOR_MORE)
    assert can_become(State.ASKED_FOR_MORE, State.QUEUED)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.DRAFT, State.AT_HUB),
        (State.DRAFT, State.RECEIVED),
        (State.QUEUED, State.DRAFT),
        (State.QUEUED, State.RECEIVED),
        (State.FILED_ON_PORTAL, State.RECEIVED),
        (State.RECEIVED, State.SEEN),
        (State.RESULT_READY, State.RECEIVED),
        (State.WITHDRAWN, State.DRAFT),
    ],
)
def test_no_step_is_skipped_or_taken_back(now: State, then: State) -> None:
    assert not can_become(now, then)


@pytest.mark.parametrize("state", [state for state in State if state is not State.ERASED])
def test_anything_can_be_parked_withdrawn_or_erased(state: State) -> None:
    assert all(can_become(state, then) for then in (State.PARKED, State.WITHDRAWN, State.ERASED))


@pytest.mark.parametrize("state", list(State))
def test_what_is_erased_stays_erased(state: State) -> None:
    assert not can_become(State.ERASED, state)


def test_every_state_can_be_asked_about() -> None:
    assert all(can_become(now, then) in (True, False) for now in State for then in State)


def test_every_state_is_reached_from_the_draft() -> None:
    reached, edge = {State.DRAFT}, {State.DRAFT}
    while edge:
        edge = {then for now in edge for then in State if can_become(now, then)} - reached
        reached |= edge
    assert reached == set(State)


def test_an_answer_is_typed_unless_said_otherwise() -> None:
    assert Answer("me_giay_to.so", "048145000001").source is Source.TYPED
