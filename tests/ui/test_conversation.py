"""Between the rounds: who presses "Gửi ngay" does not inherit the patience of the night."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.desk.opening import Desk
from kiosk.storage import link
from tests.support.points import StoppedClock, enrolment
from tests.support.tls import make_trust
from ui.conversation import Conversation


@pytest.fixture
def nobody() -> Iterator[str]:
    """The address of a port at which nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield f"https://127.0.0.1:{closed.getsockname()[1]}"


@pytest.fixture
def alone(desk: Desk, nobody: str) -> Desk:
    """An enrolled point whose hub does not answer; its clock stands still."""
    where = replace(enrolment(), hub_url=nobody, authority=make_trust().authority)
    with desk.database.write() as connection:
        link.save_enrolment(connection, where, "token")
    return replace(desk, clock=StoppedClock())


def wait_out(conversation: Conversation, clock: StoppedClock, times: int) -> float:
    """Rounds that nobody asked for, each when it is due; how long the last says to wait."""
    wait = 0.0
    for _ in range(times):
        turn = conversation.turn()
        assert not turn.line
        wait = turn.wait_seconds
        clock.pass_time(wait)
    return wait


def test_a_line_that_stays_dead_is_tried_less_often(alone: Desk) -> None:
    assert isinstance(alone.clock, StoppedClock)
    conversation = Conversation(alone, None)
    assert wait_out(conversation, alone.clock, 8) >= 15
    conversation.close()


def test_a_point_that_enrolled_anew_speaks_as_who_it_is_now(alone: Desk) -> None:
    conversation = Conversation(alone, None)
    conversation.turn()
    known = alone.enrolment
    assert known is not None
    with alone.database.write() as connection:
        link.save_enrolment(connection, replace(known, point="p-2", commune="UBND xã khác"), "p-2.token")
    conversation.turn()
    assert conversation._link is not None
    assert conversation._link.enrolment.point == "p-2"
    conversation.close()


def test_who_asks_begins_anew(alone: Desk) -> None:
    assert isinstance(alone.clock, StoppedClock)
    conversation = Conversation(alone, None)
    wait_out(conversation, alone.clock, 7)
    assert conversation.turn().wait_seconds >= 15
    alone.clock.pass_time(1)
    assert conversation.turn().wait_seconds <= 2, "asked for before it was due"
    conversation.close()
