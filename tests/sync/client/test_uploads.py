"""Papers by tus: resumed where the hub stands, never begun again without need."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kiosk.envelope.seal import digest_of
from sync.client.transport import Transport
from sync.client.trouble import Kind, TransportError
from sync.client.uploads import UNHEARD, Upload, is_whole, send_paper
from tests.support.fake_hub import Answer, FakeHub, problem

BODY = bytes(range(256)) * 40
SHA = digest_of(BODY)
PIECE = 4096


@dataclass
class Memory:
    """What the point remembers of the upload's address."""

    urls: list[str | None] = field(default_factory=list)

    def upload(self, url: str | None = None) -> Upload:
        return Upload(SHA, BODY, url, self.urls.append)


@pytest.fixture
def road(hub: FakeHub) -> Iterator[Transport]:
    made = Transport(hub.url, hub.trust.authority, hub.token)
    yield made
    made.close()


def always() -> bool:
    return True


def times(number: int) -> Callable[[], bool]:
    left = iter([True] * number)
    return lambda: next(left, False)


def methods(hub: FakeHub) -> list[str]:
    return [method for method, _ in hub.requests]


def test_a_paper_arrives_in_pieces(hub: FakeHub, road: Transport) -> None:
    memory = Memory()
    assert send_paper(road, memory.upload(), PIECE, always)
    assert hub.has(SHA)
    assert methods(hub) == ["POST", "HEAD", "PATCH", "PATCH", "PATCH"]
    assert memory.urls == [f"{hub.url}/v1/papers/{SHA}"]


def test_it_goes_on_where_the_hub_stands(hub: FakeHub, road: Transport) -> None:
    memory = Memory()
    assert not send_paper(road, memory.upload(), PIECE, times(1))
    assert send_paper(road, memory.upload(memory.urls[-1]), PIECE, always)
    assert hub.has(SHA)
    assert hub.paper_bytes == len(BODY)
    assert methods(hub).count("POST") == 1


def test_what_the_hub_has_is_not_sent_again(hub: FakeHub, road: Transport) -> None:
    send_paper(road, Memory().upload(), PIECE, always)
    sent = hub.paper_bytes
    assert send_paper(road, Memory().upload(), PIECE, always)
    assert hub.paper_bytes == sent


def test_an_upload_that_is_gone_is_made_again(hub: FakeHub, road: Transport) -> None:
    memory = Memory()
    send_paper(road, memory.upload(), PIECE, times(1))
    hub.papers.clear()
    assert send_paper(road, memory.upload(memory.urls[-1]), PIECE, always)
    assert hub.has(SHA)
    assert memory.urls[1] is None


@pytest.mark.parametrize("status", [404, 410, 460])
def test_an_upload_that_vanishes_meanwhile_is_forgotten(hub: FakeHub, road: Transport, status: int) -> None:
    memory = Memory()
    hub.instead = lambda method, path, body: problem(status, "upload.x") if method == "PATCH" else None
    with pytest.raises(TransportError) as caught:
        send_paper(road, memory.upload(), PIECE, always)
    assert caught.value.kind is Kind.TRUNCATED
    assert memory.urls[-1] is None


@pytest.mark.parametrize("half", ["/v1/papers", "/v1/papers/", "/v1/pap", "/"])
@pytest.mark.parametrize("status", [400, 404, 405])
def test_half_an_address_is_forgotten(hub: FakeHub, road: Transport, half: str, status: int) -> None:
    """A line that broke inside ``Location``: what was kept leads nowhere, and the paper begins again."""
    hub.instead = lambda method, path, body: Answer(status) if (method, path) == ("HEAD", half) else None
    memory = Memory()
    assert send_paper(road, memory.upload(f"{hub.url}{half}"), PIECE, always)
    assert memory.urls[0] is None
    assert hub.has(SHA)


def test_another_offset_means_asking_again_next_time(hub: FakeHub, road: Transport) -> None:
    memory = Memory()
    hub.instead = lambda method, path, body: problem(409, "upload.offset") if method == "PATCH" else None
    with pytest.raises(TransportError) as caught:
        send_paper(road, memory.upload(), PIECE, always)
    assert caught.value.kind is Kind.TRUNCATED
    assert memory.urls == [f"{hub.url}/v1/papers/{SHA}"]


@pytest.mark.parametrize(
    ("method", "answer", "kind"),
    [
        ("POST", Answer(200, b"<html>", {"content-type": "text/html"}), Kind.CAPTIVE_PORTAL),
        ("POST", Answer(201), Kind.GARBLED),
        ("POST", Answer(201, headers={"location": "https://evil.example/"}), Kind.GARBLED),
        ("POST", problem(413, "upload.too_big"), Kind.REFUSED),
        ("HEAD", Answer(200), Kind.CAPTIVE_PORTAL),
        ("HEAD", Answer(200, headers={"upload-offset": "-1"}), Kind.CAPTIVE_PORTAL),
        ("HEAD", Answer(200, headers={"upload-offset": "99999999"}), Kind.CAPTIVE_PORTAL),
        ("HEAD", Answer(404), Kind.GARBLED),
        ("PATCH", Answer(200, b"<html>", {"content-type": "text/html"}), Kind.CAPTIVE_PORTAL),
        ("PATCH", Answer(204, headers={"upload-offset": "0"}), Kind.GARBLED),
        ("PATCH", Answer(204), Kind.CAPTIVE_PORTAL),
        ("PATCH", Answer(503), Kind.SERVER_ERROR),
    ],
)
def test_what_is_no_answer_is_no_arrival(
    hub: FakeHub, road: Transport, method: str, answer: Answer, kind: Kind
) -> None:
    hub.instead = lambda asked, path, body: answer if asked == method else None
    with pytest.raises(TransportError) as caught:
        send_paper(road, Memory().upload(), PIECE, always)
    assert caught.value.kind is kind


def test_a_small_paper_needs_one_exchange_and_no_address(hub: FakeHub, road: Transport) -> None:
    memory = Memory()
    assert send_paper(road, memory.upload(), 64 * 1024, always)
    assert hub.has(SHA)
    assert (methods(hub), memory.urls) == (["POST"], [])


def test_a_small_paper_whose_answer_was_lost_is_asked_for_before_it_goes_again(
    hub: FakeHub, road: Transport
) -> None:
    memory = Memory()

    def lose_the_answer(method: str, path: str, body: bytes) -> Answer:
        hub.papers[SHA], hub.lengths[SHA] = bytearray(body[:3000]), len(BODY)
        return Answer(502)

    hub.instead = lose_the_answer
    with pytest.raises(TransportError):
        send_paper(road, memory.upload(), 64 * 1024, always)
    assert memory.urls == [UNHEARD]
    hub.instead = lambda method, path, body: None
    assert send_paper(road, memory.upload(memory.urls[-1]), 64 * 1024, always)
    assert hub.has(SHA)
    assert hub.paper_bytes == len(BODY) - 3000
    assert methods(hub) == ["POST", "POST", "HEAD", "PATCH"]


def test_a_small_paper_that_arrives_as_something_else_is_sent_again(hub: FakeHub, road: Transport) -> None:
    hub.instead = lambda method, path, body: problem(460, "upload.digest")
    memory = Memory()
    with pytest.raises(TransportError) as caught:
        send_paper(road, memory.upload(), 64 * 1024, always)
    assert (caught.value.kind, memory.urls) == (Kind.TRUNCATED, [UNHEARD])


def test_an_offset_in_the_first_answer_saves_a_question(hub: FakeHub, road: Transport) -> None:
    created = Answer(201, headers={"location": f"/v1/papers/{SHA}", "upload-offset": "0"})

    def create(method: str, path: str, body: bytes) -> Answer | None:
        if method != "POST":
            return None
        hub.papers[SHA], hub.lengths[SHA] = bytearray(), len(BODY)
        return created

    hub.instead = create
    assert send_paper(road, Memory().upload(), len(BODY), always)
    assert methods(hub) == ["POST", "PATCH"]


@pytest.mark.parametrize(
    ("sha", "body", "whole"),
    [(SHA, BODY, True), (SHA, BODY[:-1], False), (SHA, b"", False), (digest_of(b""), b"", False)],
)
def test_only_whole_files_travel(sha: str, body: bytes, whole: bool) -> None:
    assert is_whole(sha, body) is whole
