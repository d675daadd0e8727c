"""The pinned road: whom a point talks to, how patient it is, and what it never does with its token."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.errors import WorldError
from sync.client import transport as transport_module
from sync.client import trust, two_starts
from sync.client.transport import Reply, Transport, refusal
from sync.client.trouble import Kind, TransportError
from tests.support import fake_hub
from tests.support.fake_hub import Answer, FakeHub
from tests.support.tls import Trust, make_trust


@pytest.fixture
def road(hub: FakeHub) -> Iterator[Transport]:
    made = Transport(hub.url, hub.trust.authority, hub.token)
    yield made
    made.close()


def kind_of(road: Transport, method: str = "GET", path: str = "/v1/papers/x") -> Kind:
    with pytest.raises(TransportError) as caught:
        road.send(method, path, {})
    return caught.value.kind


def test_the_token_goes_to_the_hub(hub: FakeHub, road: Transport) -> None:
    assert road.send("HEAD", "/v1/papers/x", {}).status == 404
    assert hub.requests == [("HEAD", "/v1/papers/x")]


def test_another_authority_is_not_believed(hub: FakeHub) -> None:
    stranger = Transport(hub.url, make_trust().authority, hub.token)
    assert kind_of(stranger) is Kind.AUTHORITY
    assert hub.requests == []
    stranger.close()


def test_the_world_of_authorities_is_never_added(road: Transport) -> None:
    road.send("HEAD", "/v1/papers/x", {})
    adapter = road._session.get_adapter("https://x/")
    assert isinstance(adapter, trust._PinnedAdapter)
    assert adapter._context.cert_store_stats() == {"x509": 1, "crl": 0, "x509_ca": 1}


def test_another_host_name_is_not_believed() -> None:
    with fake_hub.running(FakeHub(trust=make_trust("hub.invalid"))) as hub:
        road = Transport(hub.url, hub.trust.authority)
        assert kind_of(road) is Kind.AUTHORITY
        road.close()


def test_a_certificate_of_another_time_is_good_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.hub.authority._BEFORE", datetime.now(UTC) + timedelta(days=900))
    with fake_hub.running(FakeHub()) as hub:
        road = Transport(hub.url, hub.trust.authority, hub.token)
        assert road.send("HEAD", "/v1/papers/x", {}).status == 404
        road.close()


@pytest.mark.parametrize("authority", ["", "không phải PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_broken_authority_file_is_told(authority: str) -> None:
    with pytest.raises(WorldError, match=r"enrol\.authority_file"):
        Transport("https://127.0.0.1:1", authority)


@pytest.mark.parametrize(
    "url", ["", "http://127.0.0.1", "xa.example", "ftp://x", "https://", "https://x:port"]
)
def test_only_https_addresses_are_hubs(hub: FakeHub, url: str) -> None:
    with pytest.raises(WorldError, match=r"enrol\.address"):
        Transport(url, hub.trust.authority)


def test_a_proxy_of_the_environment_is_ignored(
    hub: FakeHub, road: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert road.send("HEAD", "/v1/papers/x", {}).status == 404


def test_a_redirect_is_not_followed(hub: FakeHub, road: Transport) -> None:
    hub.instead = lambda method, path, body: Answer(307, headers={"location": "https://127.0.0.1:1/"})
    assert road.send("GET", "/v1/papers/x", {}).status == 307
    assert len(hub.requests) == 1


@pytest.mark.parametrize(
    "location",
    [
        "",
        "https://evil.example/v1/papers/1",
        "//evil.example/1",
        "http://127.0.0.1/x",
        "https://[x/",
        "file:///x",
    ],
)
def test_a_location_outside_the_hub_is_refused(road: Transport, location: str) -> None:
    with pytest.raises(TransportError) as caught:
        road.absolute(location)
    assert caught.value.kind is Kind.GARBLED


def test_a_location_may_be_relative_or_absolute(hub: FakeHub, road: Transport) -> None:
    assert road.absolute("/v1/papers/1") == f"{hub.url}/v1/papers/1"
    assert road.absolute(f"{hub.url}/v1/papers/1") == f"{hub.url}/v1/papers/1"


def test_nobody_there_is_no_line(hub: FakeHub) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        road = Transport(f"https://127.0.0.1:{closed.getsockname()[1]}", hub.trust.authority)
        assert kind_of(road) is Kind.NO_LINE
    road.close()


def test_a_name_that_does_not_resolve_is_no_line(hub: FakeHub) -> None:
    road = Transport("https://hub.invalid", hub.trust.authority)
    assert kind_of(road) is Kind.NO_LINE
    road.close()


def test_an_endless_answer_is_cut(hub: FakeHub, road: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.protocol.MAX_ROUND_BYTES", 1000)
    hub.instead = lambda method, path, body: Answer(200, b"x" * 70_000)
    assert kind_of(road) is Kind.GARBLED


@contextmanager
def slow_server(trusted: Trust, block: int, pause: float, answer: bytes) -> Iterator[int]:
    """Takes one request ``block`` by ``block`` with pauses, then says ``answer`` (nothing: stays silent)."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    over = threading.Event()

    def serve() -> None:
        accepted, _ = listener.accept()
        with accepted, trusted.context.wrap_socket(accepted, server_side=True) as connection:
            received = b""
            while b"END" not in received[-10:] and not over.is_set():
                over.wait(pause)
                received += connection.recv(block)
            if answer:
                connection.sendall(answer)
            over.wait(10)

    def serve_quietly() -> None:
        try:
            serve()
        except OSError:
            over.set()

    thread = threading.Thread(target=serve_quietly)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


OK = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"
LONG = b"x" * 1_500_000 + b"END"


def test_a_long_body_outlives_the_connect_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trap of requests: its connect timeout goes on while the body is sent."""
    monkeypatch.setattr(transport_module, "CONNECT_SECONDS", 0.4)
    trusted = make_trust()
    with slow_server(trusted, 16 * 1024, 0.015, OK) as port:
        road = Transport(f"https://127.0.0.1:{port}", trusted.authority)
        assert road.send("PATCH", "/x", {}, LONG).status == 204
        road.close()


def test_silence_while_sending_is_a_dead_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust, "SILENCE_SECONDS", 0.3)
    trusted = make_trust()
    with slow_server(trusted, 16 * 1024, 3.0, OK) as port:
        road = Transport(f"https://127.0.0.1:{port}", trusted.authority)
        with pytest.raises(TransportError) as caught:
            road.send("PATCH", "/x", {}, LONG)
        road.close()
    assert caught.value.kind is Kind.NO_LINE


def test_silence_instead_of_an_answer_is_a_dead_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "SILENCE_SECONDS", 0.3)
    trusted = make_trust()
    with slow_server(trusted, 64 * 1024, 0.0, b"") as port:
        road = Transport(f"https://127.0.0.1:{port}", trusted.authority)
        with pytest.raises(TransportError) as caught:
            road.send("POST", "/x", {}, b"END")
        road.close()
    assert caught.value.kind is Kind.NO_LINE


def test_a_handshake_that_nobody_answers_is_begun_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a lost packet does: the first connection stays silent, and waiting for it would take seconds."""
    monkeypatch.setattr(two_starts, "SECOND_AFTER", 0.05)
    trusted = make_trust()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with (
                listener.accept()[0],
                trusted.context.wrap_socket(listener.accept()[0], server_side=True) as heard,
            ):
                heard.recv(65536)
                heard.sendall(OK)
                heard.recv(65536)

        thread = threading.Thread(target=serve)
        thread.start()
        road = Transport(f"https://127.0.0.1:{listener.getsockname()[1]}", trusted.authority)
        assert road.send("PATCH", "/x", {}).status == 204
        road.close()
        thread.join()


def test_half_an_answer_is_truncated() -> None:
    trusted = make_trust()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        accepted, _ = listener.accept()
        with accepted, trusted.context.wrap_socket(accepted, server_side=True) as connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    thread = threading.Thread(target=serve)
    thread.start()
    road = Transport(f"https://127.0.0.1:{listener.getsockname()[1]}", trusted.authority)
    assert kind_of(road) is Kind.TRUNCATED
    road.close()
    thread.join()
    listener.close()


def test_a_server_without_tls_is_no_hub() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        accepted, _ = listener.accept()
        with accepted:
            accepted.recv(4096)
            accepted.sendall(b"HTTP/1.1 200 OK\r\n\r\n<html>Wi-Fi</html>")

    thread = threading.Thread(target=serve)
    thread.start()
    road = Transport(f"https://127.0.0.1:{listener.getsockname()[1]}", make_trust().authority)
    assert kind_of(road) in {Kind.TRUNCATED, Kind.GARBLED}
    road.close()
    thread.join()
    listener.close()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b'{"code":"request.not_found","sentence":"x"}', Kind.REFUSED),
        (409, b'{"code":"sequence.behind","sentence":"x","highest_sequence":4}', Kind.SEQUENCE),
        (409, b'{"code":"upload.offset","sentence":"x"}', Kind.REFUSED),
        (503, b"", Kind.SERVER_ERROR),
        (511, b"<html>", Kind.CAPTIVE_PORTAL),
        (400, b"no json", Kind.CAPTIVE_PORTAL),
        (400, b"\xff", Kind.CAPTIVE_PORTAL),
    ],
)
def test_refusals_are_sorted(status: int, body: bytes, kind: Kind) -> None:
    assert refusal(Reply(status, {"content-type": "application/json"}, body)).kind is kind


def test_bodies_are_sent_in_blocks(road: Transport) -> None:
    """What the patience rests on: urllib3 sends a file-like body block by block."""
    from urllib3.util.request import body_to_chunks

    chunks = body_to_chunks(io.BytesIO(b"x" * 50_000), "POST", 16_384).chunks
    assert chunks is not None
    assert [len(chunk) for chunk in chunks] == [16_384, 16_384, 16_384, 848]
