"""Others on the line: a machine in the middle, foreign names, words said again, lengths that lie."""

import socket
import ssl
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import requests
import zstandard
from sqlalchemy import select

from sync.client.loop import run_round
from sync.client.trouble import Kind
from sync.hub.cli import main
from sync.hub.home import Home
from sync.hub.running import LOG_FILE, TrialHub, start_trial_hub
from sync.hub.store.database import open_database
from sync.hub.store.tables import event
from sync.protocol import HELLO_PATH, MAX_ROUND_BYTES, ROUND_PATH
from tests.scenarios.conftest import Enrolled
from tests.support.hub import HubPoint, open_hub
from tests.support.point import talk

Enrol = Callable[..., Enrolled]


def held(hub: TrialHub) -> Counter[str]:
    """Events that the hub has, by id."""
    home = Home(hub.home)
    with closing(open_database(home.database_url(home.settings()))) as database, database.read() as rows:
        return Counter(rows.execute(select(event.c.id)).scalars())


@pytest.fixture
def others(own_hub: TrialHub) -> Callable[[], HubPoint]:
    """Points of this hub whose words are written by hand."""
    inside = open_hub(Home(own_hub.home))
    inside.database.close()
    return lambda: HubPoint(inside)


def post(hub: TrialHub, point: HubPoint, body: bytes) -> requests.Response:
    headers = {"Authorization": f"Bearer {point.enrolled.token}"}
    with requests.Session() as web:
        web.trust_env, web.verify = False, str(hub.authority_file)
        return web.post(hub.url + ROUND_PATH, data=body, headers=headers, timeout=20)


def test_a_machine_in_the_middle_hears_nothing(own_hub: TrialHub, enrolled: Enrol, tmp_path: Path) -> None:
    point, link = enrolled(own_hub)
    link.transport.close()
    own_hub.stop()
    impostor = start_trial_hub(tmp_path / "impostor", port=own_hub.port)
    item = point.queue(papers=(900,))
    outcome = run_round(link)
    link.transport.close()
    impostor.stop()
    assert (outcome.kind, outcome.error_code) == (Kind.AUTHORITY, "hub.authority")
    log = (impostor.home / LOG_FILE).read_text("utf-8")
    assert [word for word in ("round", "refused", "enrolled") if f'"what": "{word}"' in log] == []
    assert point.states() == {item.id: "waiting"}
    again = start_trial_hub(own_hub.home, own_hub.port)
    talk(link)
    link.transport.close()
    assert point.states() == {item.id: "received"}
    again.stop()


def test_a_point_reaches_nothing_of_another(own_hub: TrialHub, others: Callable[[], HubPoint]) -> None:
    mine, other = others(), others()
    paper = mine.paper()
    event_of_mine = mine.event(papers=[paper])
    assert post(own_hub, mine, mine.request(event_of_mine)).status_code == 200
    before = held(own_hub)

    other.papers = mine.papers
    stolen = post(own_hub, other, other.request(event_of_mine)).json()["verdicts"]
    assert [verdict["verdict"] for verdict in stolen] == ["refused"], "the very bytes of the other"
    same_dossier = other.event(dossier=event_of_mine.dossier, revision=2)
    assert post(own_hub, other, other.request(same_dossier)).json()["verdicts"][0]["verdict"] == "refused"
    as_mine = post(own_hub, other, mine.request(other.event()))
    assert as_mine.status_code == 401, "a round in the name of the other"
    other.send_paper(paper.sealed_sha256)
    assert post(own_hub, mine, mine.request()).json()["receipts"] == [], "its own papers make its receipt"
    assert held(own_hub) == before


def test_words_said_again_change_nothing(own_hub: TrialHub, others: Callable[[], HubPoint]) -> None:
    """Somebody who recorded a round plays it back, at once and later, under his own name too."""
    point, thief = others(), others()
    first = point.request(point.event())
    answer = post(own_hub, point, first)
    assert answer.status_code == 200
    again = [post(own_hub, point, first) for _ in range(3)]
    assert {(one.status_code, one.content) for one in again} == {(200, answer.content)}
    second = point.request(point.event())
    assert post(own_hub, point, second).status_code == 200
    late = post(own_hub, point, first)
    assert (late.status_code, late.json()["highest_sequence"]) == (409, 2)
    assert post(own_hub, thief, first).status_code == 401
    assert sorted(held(own_hub).values()) == [1, 1]


def test_a_point_that_was_shut_out_is_out_at_its_next_round_and_keeps_everything(
    own_hub: TrialHub, enrolled: Enrol
) -> None:
    point, link = enrolled(own_hub)
    sent = point.queue()
    talk(link)
    kept = point.queue(papers=(2_000,))
    assert main(["revoke", "--home", str(own_hub.home), point.enrolment.point]) == 0
    outcome = run_round(link)
    assert outcome.kind is Kind.REFUSED
    assert outcome.error_code
    assert point.states() == {sent.id: "received", kept.id: "waiting"}
    assert held(own_hub) == Counter([sent.id])


BOMB = zstandard.compress(b"\x00" * (300 * 1024 * 1024), 3)


def lies(token: str) -> dict[str, bytes]:
    """Requests whose lengths are not what they say, by name."""
    head = f"POST {ROUND_PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n".encode()
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
    million = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    return {
        "a terabyte announced": head + b"Content-Length: 1099511627776\r\n\r\nx",
        "more announced than sent": head + b"Content-Length: 5000\r\n\r\n{",
        "more sent than announced": head + b"Content-Length: 2\r\n\r\n{}" + b"{" * 100_000,
        "two lengths": head + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
        "a length below nothing": head + b"Content-Length: -1\r\n\r\n{}",
        "a length and pieces": chunked.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + b"0\r\n\r\n",
        "pieces without end": chunked + million * (MAX_ROUND_BYTES // 0x100000 + 4),
        "a piece that lies": chunked + b"FFFFFFFFFFFFFFFF\r\nx\r\n",
        "a bomb": head + f"Content-Encoding: zstd\r\nContent-Length: {len(BOMB)}\r\n\r\n".encode() + BOMB,
        "half a frame": head + b"Content-Encoding: zstd\r\nContent-Length: 30\r\n\r\n" + BOMB[:30],
        "headers without end": head + b"X: " + b"y" * 2_000_000,
    }


def say(hub: TrialHub, words: bytes) -> bytes:
    """Over TLS, then wait for an answer or the end."""
    context = ssl.create_default_context(cafile=str(hub.authority_file))
    with (
        socket.create_connection(("127.0.0.1", hub.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        try:
            line.sendall(words)
            return line.recv(4096)
        except (TimeoutError, OSError):
            return b""


def test_no_length_that_lies_costs_the_hub_memory_or_keeps_anything(
    own_hub: TrialHub, others: Callable[[], HubPoint]
) -> None:
    point = others()
    process = psutil.Process(own_hub.process.pid)
    before = process.memory_info().rss
    for name, words in lies(point.enrolled.token).items():
        answer = say(own_hub, words) if name != "more announced than sent" else cut(own_hub, words)
        assert not answer.startswith(b"HTTP/1.1 2"), name
        assert b" 500 " not in answer[:20], name
        with requests.Session() as web:
            web.trust_env, web.verify = False, str(own_hub.authority_file)
            assert web.get(own_hub.url + HELLO_PATH, timeout=10).status_code == 200, name
    assert held(own_hub) == Counter()
    log = (own_hub.home / LOG_FILE).read_text("utf-8")
    assert '"cut off"' in log
    assert '"status": 500' not in log, "a line that breaks is no mistake of the hub"
    assert process.memory_info().rss - before < 64 * 1024 * 1024
    assert post(own_hub, point, point.request(point.event())).status_code == 200


def cut(hub: TrialHub, words: bytes) -> bytes:
    """Says it and hangs up, as a line that breaks does."""
    context = ssl.create_default_context(cafile=str(hub.authority_file))
    with (
        socket.create_connection(("127.0.0.1", hub.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        line.sendall(words)
    return b""
