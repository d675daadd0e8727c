"""Rounds with a small hub: what arrives, what comes back, and what no bad answer may do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import zstandard

from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.storage import news
from sync import protocol
from sync.client.backoff import Pace
from sync.client.loop import Link, open_link, run_round
from sync.client.trouble import Kind
from sync.client.trust import AT_ONCE
from sync.protocol import EventVerdict, News, RoundAnswer, Verdict
from tests.support.fake_hub import ZSTD, Answer, FakeHub, problem
from tests.support.point import Point, talk

change = msgspec.structs.replace
STRANGER = "01900000-0000-7000-8000-0000000000ff"
HTML = {"content-type": "text/html; charset=utf-8"}


def test_a_dossier_goes_up_and_its_receipt_comes_back(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    outcome = run_round(line)
    assert (outcome.kind, outcome.sent, outcome.received, outcome.more) == (Kind.DONE, 1, 1, False)
    assert hub.events[item.id].body == item.body
    assert hub.events[item.id].kind == "dossier"
    assert point.states() == {item.id: "received"}


def test_nothing_to_say_is_a_heartbeat(hub: FakeHub, point: Point, line: Link) -> None:
    outcome = run_round(line)
    assert (outcome.kind, outcome.sent, outcome.more) == (Kind.DONE, 0, False)
    assert 4 <= outcome.wait_seconds <= 5
    assert point.link_state().last_contact != ""
    assert hub.rounds[0].events == []


def test_a_real_point_asks_for_news_every_minute(hub: FakeHub, point: Point, line: Link) -> None:
    again = point.enrol(replace(hub.enrolment, trial=False), hub.token)
    assert 40 <= run_round(again).wait_seconds <= 60
    again.transport.close()


def test_a_point_that_is_not_enrolled_has_no_line(point: Point) -> None:
    assert open_link(point.database, point.identity, point.signing_key, SystemClock()) is None


def test_papers_follow_their_dossier_smallest_first(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue(papers=(400_000, 3_000))
    talk(line)
    assert all(hub.has(sha) for sha in item.papers)
    assert point.states() == {item.id: "received"}
    assert hub.arrivals == [item.id]
    first_paper = hub.requests.index(("POST", protocol.PAPERS_PATH))
    assert ("POST", protocol.ROUND_PATH) in hub.requests[:first_paper]


def test_a_round_that_broke_after_something_arrived_is_tried_again_soon(
    hub: FakeHub, point: Point, line: Link
) -> None:
    line.pace = Pace(failures=9, trouble=Kind.SERVER_ERROR)
    item = point.queue()
    bad = point.queue(papers=(3_000,))
    hub.instead = lambda _method, path, _body: problem(500, "server.error") if "papers" in path else None
    outcome = run_round(line)
    assert (outcome.kind, outcome.received) == (Kind.SERVER_ERROR, 1)
    assert outcome.wait_seconds <= 2, "a hub that takes dossiers is not one that is down"
    run_round(line)
    assert line.pace.failures == 2, "nothing moved: patience grows"
    assert point.states() == {item.id: "received", bad.id: "accepted"}


def test_without_its_papers_there_is_no_receipt(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue(papers=(3_000,))
    hub.instead = lambda method, path, body: (
        problem(503, "server.busy") if path == protocol.PAPERS_PATH else None
    )
    outcome = run_round(line)
    assert (outcome.kind, outcome.received) == (Kind.SERVER_ERROR, 0)
    assert point.states() == {item.id: "accepted"}


def test_the_sequence_grows_with_every_attempt(hub: FakeHub, point: Point, line: Link) -> None:
    for _ in range(3):
        run_round(line)
    assert [request.sequence for request in hub.rounds] == [1, 2, 3]
    assert len({request.incarnation for request in hub.rounds}) == 1


def test_the_point_goes_on_after_the_highest_sequence(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    run_round(line)
    hub.highest[hub.rounds[0].incarnation] = 40
    refused = run_round(line)
    assert (refused.kind, refused.more, refused.wait_seconds) == (Kind.SEQUENCE, True, 0.0)
    assert run_round(line).kind is Kind.DONE
    assert hub.rounds[-1].sequence == 41
    assert point.states() == {item.id: "received"}


def test_a_hub_that_always_says_409_is_not_asked_without_pause(hub: FakeHub, line: Link) -> None:
    hub.instead = lambda method, path, body: problem(409, "sequence.behind", 10)
    outcomes = talk(line)
    assert len(outcomes) == 2
    assert outcomes[-1].wait_seconds >= 1.0


def test_a_refused_dossier_parks_and_the_others_arrive(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue() for _ in range(5)]
    bad = items[2].id
    refusal = EventVerdict(
        event=bad, verdict=Verdict.REFUSED, code="event.kind", sentence="Không nhận loại này."
    )
    hub.judge = lambda event: refusal if event.id == bad else None
    talk(line)
    assert point.states() == {item.id: "parked" if item.id == bad else "received" for item in items}
    assert point.reason(bad) == ("event.kind", "Không nhận loại này.")


def test_a_dossier_that_breaks_the_hub_stops_no_other(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue() for _ in range(8)]
    poison = items[0].id

    def fail(method: str, path: str, body: bytes) -> Answer | None:
        return problem(500, "server.error") if poisoned(body) else None

    def poisoned(body: bytes) -> bool:
        return bool(body) and poison in unpacked(body)

    hub.instead = fail
    for _ in range(20):
        run_round(line)
    assert point.states() == {item.id: "waiting" if item.id == poison else "received" for item in items}


def unpacked(body: bytes) -> str:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body).decode()


def test_a_dossier_that_the_hub_calls_too_big_parks_alone(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue() for _ in range(3)]
    big = items[1].id
    hub.instead = lambda method, path, body: (
        problem(413, "request.too_big") if big in unpacked(body) else None
    )
    for _ in range(12):
        run_round(line)
    assert point.states() == {item.id: "parked" if item.id == big else "received" for item in items}
    assert point.reason(big)[0] == "request.too_big"


def test_try_later_waits_and_keeps(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    hub.judge = lambda event: EventVerdict(event=event.id, verdict=Verdict.LATER, code="server.busy")
    outcomes = [run_round(line) for _ in range(6)]
    assert (outcomes[0].kind, outcomes[0].more, outcomes[0].error_code) == (Kind.LATER, False, "hub.later")
    assert outcomes[0].wait_seconds <= 2
    assert outcomes[5].wait_seconds >= 32
    assert point.states() == {item.id: "waiting"}
    hub.judge = lambda event: None
    assert run_round(line).received == 1


NO_ANSWERS: dict[str, tuple[Answer, Kind]] = {
    "captive portal": (Answer(200, b"<html>Wi-Fi</html>", HTML), Kind.CAPTIVE_PORTAL),
    "redirect to a portal": (Answer(302, b"", {"location": "https://wifi.example/"}), Kind.CAPTIVE_PORTAL),
    "portal that refuses": (Answer(403, b"<html>", HTML), Kind.CAPTIVE_PORTAL),
    "gateway": (Answer(502, b"<html>", HTML), Kind.SERVER_ERROR),
    "500": (problem(500, "server.error"), Kind.SERVER_ERROR),
    "503": (problem(503, "server.busy"), Kind.SERVER_ERROR),
    "forbidden": (problem(403, "something.else"), Kind.REFUSED),
    "unknown token": (problem(401, "token.unknown"), Kind.REFUSED),
    "empty": (Answer(200, b"", ZSTD), Kind.GARBLED),
    "zstd garbage": (Answer(200, b"\x28\xb5\x2f\xfdxxxxxx", ZSTD), Kind.GARBLED),
    "other json": (Answer(200, b'{"ok":true}', {"content-type": "application/json"}), Kind.GARBLED),
    "text as json": (Answer(200, b"ok", {"content-type": "application/json"}), Kind.GARBLED),
    "truncated": (
        Answer(200, b"{", {"content-type": "application/json", "content-length": "900"}),
        Kind.NO_LINE,
    ),
}


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_what_is_no_answer_loses_nothing(
    hub: FakeHub, point: Point, line: Link, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.client.transport.SILENCE_SECONDS", 0.3)
    item = point.queue()
    answer, kind = NO_ANSWERS[name]
    hub.instead = lambda method, path, body: answer
    outcome = run_round(line)
    assert (outcome.kind, outcome.sent, outcome.received, outcome.more) == (kind, 0, 0, False)
    assert outcome.error_code == f"hub.{kind.value}"
    assert outcome.wait_seconds > 0
    assert point.states() == {item.id: "waiting"}
    assert point.link_state().last_error == outcome.error_code
    hub.instead = lambda method, path, body: None
    assert run_round(line).received == 1
    assert point.link_state().last_error == ""


def test_a_receipt_for_another_digest_is_not_believed(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    hub.judge = lambda event: EventVerdict(
        event=event.id, verdict=Verdict.ACCEPTED, receipt=hub.sign(event, 1, digest="0" * 64)
    )
    outcome = run_round(line)
    assert (outcome.kind, outcome.received) == (Kind.LATER, 0)
    assert point.states() == {item.id: "waiting"}
    assert point.link_state().last_error == "hub.not_believed"


def test_a_receipt_that_another_key_signed_is_not_believed(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    true_key, hub.signing_key = hub.signing_key, FakeHub().signing_key
    run_round(line)
    assert point.states() == {item.id: "waiting"}
    hub.signing_key = true_key
    hub.receipts.clear()
    run_round(line)
    assert point.states() == {item.id: "received"}


LIES: dict[str, Callable[[RoundAnswer], RoundAnswer]] = {
    "no verdicts": lambda answer: change(answer, verdicts=[], receipts=[]),
    "no receipts": lambda answer: change(
        answer, receipts=[], verdicts=[change(one, receipt=None) for one in answer.verdicts]
    ),
    "verdict for an unknown event": lambda answer: change(
        answer, receipts=[], verdicts=[change(one, event=STRANGER) for one in answer.verdicts]
    ),
    "receipt of another epoch": lambda answer: change(answer, epoch="epoch-9"),
    "receipt above the highest": lambda answer: change(answer, receipt_number=0),
}


@pytest.mark.parametrize("name", LIES)
def test_an_answer_that_lies_moves_nothing(hub: FakeHub, point: Point, line: Link, name: str) -> None:
    item = point.queue()
    hub.tamper = LIES[name]
    outcome = run_round(line)
    assert outcome.received == 0
    assert point.states() == {item.id: "waiting"}


@pytest.mark.parametrize("wrong", [{"sequence": 77}, {"version": 2}, {"epoch": ""}])
def test_an_answer_to_another_question_is_none(
    hub: FakeHub, point: Point, line: Link, wrong: dict[str, Any]
) -> None:
    item = point.queue()
    hub.tamper = lambda answer: change(answer, **wrong)
    assert run_round(line).kind is Kind.GARBLED
    assert point.states() == {item.id: "waiting"}


def test_news_reaches_the_dossier(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    run_round(line)
    hub.tell(dossier=item.dossier, revision=1, state=State.SEEN)
    hub.tell(
        dossier=item.dossier,
        revision=1,
        state=State.ASKED_FOR_MORE,
        sentence="Thiếu giấy.",
        answers=(("a", "b"),),
    )
    run_round(line)
    with point.database.read() as connection:
        said = news.of_dossier(connection, item.dossier)
    assert [one.state for one in said] == ["seen", "asked_for_more"]
    assert said[1].answers == (("a", "b"),)
    assert point.link_state().cursor == 2


def test_more_news_are_fetched_at_once(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    for _ in range(12):
        hub.tell(dossier=item.dossier, revision=1, state=State.SEEN)
    outcomes = talk(line)
    assert len(outcomes) == 3
    assert point.link_state().cursor == 12


def test_a_hub_that_always_promises_more_is_not_asked_without_pause(hub: FakeHub, line: Link) -> None:
    hub.tamper = lambda answer: change(answer, more=True)
    assert len(talk(line)) == 1


def test_news_for_an_unknown_dossier_or_state_or_point_stops_nothing(
    hub: FakeHub, point: Point, line: Link
) -> None:
    item = point.queue()
    hub.tell(dossier=STRANGER, revision=1, state=State.SEEN)
    hub.tell(dossier=item.dossier, revision=1, state="dancing")
    hub.news.append(News(number=3, body=b"not an age file"))
    hub.tell(dossier=item.dossier, revision=1, state=State.SEEN)
    outcome = run_round(line)
    assert (outcome.kind, outcome.received) == (Kind.DONE, 1)
    assert point.link_state().cursor == 4
    with point.database.read() as connection:
        assert [one.number for one in news.of_dossier(connection, item.dossier)] == [2, 4]


def test_old_news_is_not_applied_again(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue()
    hub.tell(dossier=item.dossier, revision=1, state=State.INVITED)
    run_round(line)
    hub.tamper = lambda answer: change(answer, news=hub.news, cursor=0)
    run_round(line)
    assert point.link_state().cursor == 1


def test_a_restored_hub_gets_everything_again_once(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue(papers=(2_000,)), point.queue(), point.queue()]
    talk(line)
    assert set(point.states().values()) == {"received"}
    hub.restore("epoch-2", keep=1)
    noticed = run_round(line)
    assert (noticed.kind, noticed.wait_seconds <= 2) == (Kind.LATER, True)
    talk(line)
    assert set(point.states().values()) == {"received"}
    assert sorted(hub.arrivals) == sorted(item.id for item in items)
    assert all(hub.has(sha) for sha in items[0].papers)
    assert point.link_state().epoch == "epoch-2"


def test_what_is_safe_is_erased_and_never_sent_again(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue(papers=(2_000,))
    talk(line)
    hub.safe = 1
    run_round(line)
    assert point.states() == {item.id: "safe"}
    assert list((point.database.home / "outbox").glob("*")) == []
    hub.restore("epoch-2")
    talk(line)
    assert hub.arrivals == []


def test_a_safe_mark_above_all_receipts_erases_nothing_more(hub: FakeHub, point: Point, line: Link) -> None:
    hub.safe = 1000
    first = point.queue()
    run_round(line)
    assert point.states() == {first.id: "safe"}
    assert point.link_state().safe == 1
    hub.tamper = lambda answer: change(answer, safe=1)
    second = point.queue()
    run_round(line)
    assert point.states()[second.id] == "received"


def test_a_hub_rolled_back_in_the_same_epoch_is_noticed(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue(), point.queue()]
    run_round(line)
    hub.restore("epoch-1")
    run_round(line)
    talk(line)
    assert sorted(hub.arrivals) == sorted(item.id for item in items)
    assert set(point.states().values()) == {"received"}


def test_a_paper_that_the_hub_lost_goes_again(hub: FakeHub, point: Point, line: Link) -> None:
    item = point.queue(papers=(5_000,))
    run_round(line)
    hub.papers.clear()
    run_round(line)
    run_round(line)
    run_round(line)
    assert hub.has(item.papers[0])
    assert point.states() == {item.id: "received"}


def test_a_damaged_paper_parks_its_dossier_alone(hub: FakeHub, point: Point, line: Link) -> None:
    bad, good = point.queue(papers=(5_000,)), point.queue(papers=(4_000,))
    file = point.database.home / "outbox" / f"{bad.papers[0]}.age"
    file.write_bytes(file.read_bytes()[:-1])
    talk(line)
    assert point.states() == {bad.id: "parked", good.id: "received"}
    assert point.reason(bad.id)[0] == "hub.paper_lost"


@pytest.mark.parametrize("status", [405, 409, 412, 460])
def test_a_paper_that_the_hub_never_takes_holds_no_other_up(
    hub: FakeHub, point: Point, line: Link, status: int
) -> None:
    """The smallest of many goes first, again and again; a box on the way may dislike its very bytes."""
    bad = point.queue(papers=(70_000,))
    others = [point.queue(papers=(71_000 + number,)) for number in range(2 * AT_ONCE)]
    disliked = f"/v1/papers/{bad.papers[0]}"
    hub.instead = lambda method, path, body: (
        problem(status, "upload.x") if (method, path) == ("PATCH", disliked) else None
    )
    for _ in range(3):
        talk(line)
    states = point.states()
    assert states.pop(bad.id) == "accepted"
    assert states == {item.id: "received" for item in others}


def test_a_lost_paper_parks_its_dossier_alone(hub: FakeHub, point: Point, line: Link) -> None:
    bad, good = point.queue(papers=(5_000,)), point.queue()
    (point.database.home / "outbox" / f"{bad.papers[0]}.age").unlink()
    talk(line)
    assert point.states() == {bad.id: "parked", good.id: "received"}


def test_a_full_disk_at_the_point_is_an_outcome(
    hub: FakeHub, point: Point, line: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = point.queue()

    def full(*_args: object) -> None:
        raise WorldError("disk.full")

    with monkeypatch.context() as patch:
        patch.setattr("sync.client.applying.news.apply", full)
        outcome = run_round(line)
    assert (outcome.kind, outcome.error_code) == (Kind.STORE, "disk.full")
    assert point.states() == {item.id: "waiting"}
    assert run_round(line).received == 1


def test_a_big_queue_goes_in_rounds_of_the_size_that_fits(hub: FakeHub, point: Point, line: Link) -> None:
    items = [point.queue() for _ in range(60)]
    line.pace = Pace(limit_bytes=16 * 1024)
    outcomes = talk(line)
    assert len(outcomes) > 1
    assert sum(outcome.received for outcome in outcomes) == len(items)
    assert all(sum(len(event.body) for event in one.events) <= 4 * 1024 * 1024 for one in hub.rounds)


def test_two_revisions_of_a_dossier_go_in_their_order(hub: FakeHub, point: Point, line: Link) -> None:
    first = point.queue()
    second = point.queue(dossier=first.dossier, revision=2)
    run_round(line)
    assert hub.arrivals == [first.id, second.id]
