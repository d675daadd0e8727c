"""A point takes a new token: cut at every step, killed between, and come back from an older copy."""

from collections.abc import Callable

import pytest

from kiosk.envelope.tokens import token_digest
from kiosk.storage import link as link_state
from sync.client.loop import Link, run_round
from sync.client.trouble import Kind
from sync.protocol import ROUND_PATH, TOKEN_PATH
from tests.support.fake_hub import Answer, FakeHub, problem
from tests.support.point import Point, talk

LOST = Answer(200, b"", {"content-length": "0"})


def token_of(point: Point) -> str:
    with point.database.read() as connection:
        known = link_state.load_enrolment(connection)
    assert known is not None
    return known[1]


def once(path: str, answer: Callable[[], Answer]) -> Callable[[str, str, bytes], Answer | None]:
    """Answer the next request to ``path`` otherwise."""
    left = [answer]
    return lambda _, asked, body: left.pop()() if left and asked == path else None


def asked(hub: FakeHub) -> int:
    return sum(path == TOKEN_PATH for _, path in hub.requests)


def test_a_token_that_is_due_changes_and_the_conversation_goes_on(
    hub: FakeHub, point: Point, line: Link
) -> None:
    old, hub.token_due = hub.token, True
    assert run_round(line).kind is Kind.DONE
    new = token_of(point)
    assert (new != old, new.startswith(f"{hub.point}."), len(new) > 40) == (True, True, True)
    assert (hub.token, hub.next_digest) == (old, token_digest(new)), "the old one counts still"
    item = point.queue(papers=(2_000,))
    talk(line)
    assert (hub.token, hub.token_due, asked(hub)) == (new, False, 1)
    assert point.states() == {item.id: "received"}


def test_a_lost_answer_asks_for_the_same_token_again(hub: FakeHub, point: Point, line: Link) -> None:
    old, hub.token_due = hub.token, True
    seen: list[str] = []

    def heard_but_lost() -> Answer:
        seen.append("lost")
        return LOST

    hub.instead = once(TOKEN_PATH, heard_but_lost)
    assert run_round(line).kind is Kind.CAPTIVE_PORTAL
    with point.database.read() as connection:
        waiting = link_state.next_token(connection)
    assert (token_of(point), bool(waiting), seen) == (old, True, ["lost"])
    assert run_round(line).kind is Kind.DONE
    assert token_of(point) == waiting


def test_an_answer_about_another_token_is_none(hub: FakeHub, point: Point, line: Link) -> None:
    old, hub.token_due = hub.token, True
    other = b'{"version": 1, "digest": "ab"}'
    hub.instead = once(TOKEN_PATH, lambda: Answer(200, other, {"content-type": "application/json"}))
    assert run_round(line).kind is Kind.GARBLED
    assert token_of(point) == old


def test_a_dead_token_that_waited_is_replaced_by_another(hub: FakeHub, point: Point, line: Link) -> None:
    with point.database.write() as connection:
        link_state.keep_next_token(connection, f"{hub.point}.used-in-another-life")
    hub.token_due = True
    hub.instead = once(TOKEN_PATH, lambda: problem(409, "token.spent"))
    assert run_round(line).kind is Kind.DONE
    assert "another-life" not in token_of(point)
    assert hub.next_digest == token_digest(token_of(point))


@pytest.mark.parametrize("code", ["token.unknown", "token.replaced"])
def test_a_hub_that_does_not_know_the_token_gets_to_know_a_new_one(
    hub: FakeHub, point: Point, line: Link, code: str
) -> None:
    old, hub.token = hub.token, "of-another-day"
    item = point.queue()
    hub.instead = once(ROUND_PATH, lambda: problem(401, code))
    first = run_round(line)
    assert (first.kind, first.more, first.wait_seconds) == (Kind.REFUSED, True, 0.0), "at once with the new"
    talk(line)
    assert point.states() == {item.id: "received"}
    assert hub.token == token_of(point) != old
    assert point.link_state().last_error == ""


def test_a_hub_that_forgets_every_token_is_not_asked_without_a_pause(
    hub: FakeHub, point: Point, line: Link
) -> None:
    hub.instead = lambda method, path, body: problem(401, "token.unknown") if path == ROUND_PATH else None
    outcomes = talk(line)
    assert [one.more for one in outcomes] == [True, False]
    assert outcomes[-1].wait_seconds > 0
    assert asked(hub) == 2


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [(401, "token.proof", "hub.enrol_again"), (403, "point.revoked", "hub.revoked")],
)
def test_a_point_that_is_out_says_what_to_do_and_keeps_everything(
    hub: FakeHub, point: Point, line: Link, status: int, code: str, told: str
) -> None:
    old, item = hub.token, point.queue()

    def out(method: str, path: str, body: bytes) -> Answer:
        return problem(status, code) if path == TOKEN_PATH else problem(401, "token.unknown")

    hub.instead = out
    outcome = run_round(line)
    assert (outcome.kind, outcome.error_code, outcome.more) == (Kind.REFUSED, told, False)
    assert (token_of(point), point.states()) == (old, {item.id: "waiting"})


def test_another_key_is_not_believed(hub: FakeHub, point: Point, line: Link) -> None:
    hub.point_key = "ab" * 32
    hub.token_due = True
    assert run_round(line).error_code == "hub.enrol_again"
    assert hub.next_digest == ""
