"""Copies of results come down in pieces, and only what was announced is kept."""

from collections.abc import Callable

import pytest

from kiosk.domain.dossier import State
from kiosk.domain.events import ResultFile
from kiosk.envelope.seal import digest_of, seal_bytes
from kiosk.storage import results
from sync.client.loop import Link, run_round
from sync.client.results import fetch_results
from sync.client.trouble import Kind, TransportError
from tests.support.fake_hub import Answer, FakeHub
from tests.support.point import Point

PLAIN = b"%PDF-1.7 " + bytes(range(256)) * 40


@pytest.fixture
def dossier(hub: FakeHub, point: Point, line: Link) -> str:
    dossier = point.queue().dossier
    run_round(line)
    return dossier


def announce(hub: FakeHub, dossier: str, **lies: object) -> ResultFile:
    body = seal_bytes(PLAIN, hub.sealing_key)
    hub.results[digest_of(body)] = body
    facts: dict[str, object] = {
        "sealed_sha256": digest_of(body),
        "sealed_size": len(body),
        "plain_sha256": digest_of(PLAIN),
        "original_at": "UBND xã",
    }
    file = ResultFile(**{**facts, **lies})  # type: ignore[arg-type]
    hub.tell(dossier=dossier, revision=1, state="result_ready", sentence="Mời bác", result=file)
    return file


def here(point: Point, dossier: str) -> bytes | None:
    with point.database.read() as connection:
        copy = results.of_dossier(connection, dossier)
    return copy.body if copy else None


def once() -> Callable[[], bool]:
    left = iter([True])
    return lambda: next(left, False)


def test_a_round_brings_the_news_and_the_copy(hub: FakeHub, point: Point, line: Link, dossier: str) -> None:
    file = announce(hub, dossier)
    run_round(line)
    body = here(point, dossier)
    assert body is not None
    assert digest_of(body) == file.sealed_sha256


def test_it_goes_on_after_a_cut_where_it_was(hub: FakeHub, point: Point, line: Link, dossier: str) -> None:
    file = announce(hub, dossier)
    hub.instead = lambda method, _path, _body: Answer(503) if method == "GET" else None
    assert run_round(line).kind is Kind.SERVER_ERROR
    hub.instead = lambda *_: None
    fetch_results(point.database, line.transport, 4096, once())
    assert len(here(point, dossier) or b"") == 4096
    before = len(hub.requests)
    done = fetch_results(point.database, line.transport, 4096, lambda: True)
    assert (done.whole, done.error) == (1, None)
    assert len(hub.requests) - before == (file.sealed_size - 1) // 4096
    assert fetch_results(point.database, line.transport, 4096, lambda: True).whole == 0


@pytest.mark.parametrize("lies", [{"sealed_size": 5000}, {"sealed_sha256": "a" * 64}])
def test_another_body_than_announced_is_never_kept(
    hub: FakeHub, point: Point, line: Link, dossier: str, lies: dict[str, object]
) -> None:
    file = announce(hub, dossier, **lies)
    hub.results[file.sealed_sha256] = next(iter(hub.results.values()))
    outcome = run_round(line)
    assert outcome.kind is Kind.GARBLED
    assert here(point, dossier) == b""


def test_a_captive_portals_page_is_no_result(hub: FakeHub, point: Point, line: Link, dossier: str) -> None:
    announce(hub, dossier)
    page = Answer(200, b"<html>log in</html>", {"content-type": "text/html"})
    hub.instead = lambda method, _path, _body: page if method == "GET" else None
    run_round(line)
    assert here(point, dossier) == b""


def test_what_the_hub_keeps_no_longer_is_not_asked_for_again(
    hub: FakeHub, point: Point, line: Link, dossier: str
) -> None:
    announce(hub, dossier)
    hub.results.clear()
    assert run_round(line).kind is Kind.DONE
    assert here(point, dossier) is None


def test_a_router_that_says_404_does_not_make_it_forget(
    hub: FakeHub, point: Point, line: Link, dossier: str
) -> None:
    announce(hub, dossier)
    hub.instead = lambda method, _path, _body: Answer(404, b"no") if method == "GET" else None
    assert run_round(line).kind is Kind.CAPTIVE_PORTAL
    assert here(point, dossier) == b""


def test_handed_over_at_the_commune_erases_the_copy(
    hub: FakeHub, point: Point, line: Link, dossier: str
) -> None:
    announce(hub, dossier)
    run_round(line)
    hub.tell(dossier=dossier, revision=1, state=State.HANDED_BACK.value)
    run_round(line)
    assert here(point, dossier) is None


def test_no_line_is_told_as_an_error(hub: FakeHub, point: Point, line: Link, dossier: str) -> None:
    announce(hub, dossier)
    hub.instead = lambda method, _path, _body: Answer(502) if method == "GET" else None
    run_round(line)
    done = fetch_results(point.database, line.transport, 4096, lambda: True)
    assert isinstance(done.error, TransportError)
