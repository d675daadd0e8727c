"""What points call, over HTTP: hello, enrolment, rounds, and everything that is refused."""

import msgspec
import pytest
import zstandard
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import structs
from sqlalchemy import text

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.store import points
from sync.hub.wire import read_body
from sync.protocol import (
    ENROL_PATH,
    HELLO_PATH,
    MAX_COUNTED,
    MAX_EVENTS,
    MAX_ROUND_BYTES,
    ROUND_PATH,
    EnrolAnswer,
    Problem,
    RoundAnswer,
)
from tests.support.hub import HubPoint
from tests.support.points import StoppedClock

Client = TestClient[Litestar]


def authorized(point: HubPoint, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {point.enrolled.token}", "Content-Encoding": "zstd", **more}


def packed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


def new_code(hub: Hub) -> str:
    with hub.database.write() as connection:
        return points.make_code(connection, hub.commune, "Thôn Hai", hub.now())


def enrol_request(code: str, /, **change: str) -> dict[str, str]:
    return {
        "code": code,
        "signing_key": keys.public_key(keys.generate_signing_key()),
        "sealing_key": keys.recipient_of(keys.generate_age_identity()),
    } | change


def test_hello_says_who_is_there(client: Client) -> None:
    answer = client.get(HELLO_PATH)
    assert answer.json() == {"version": 1, "commune": "UBND phường Hải Vân", "trial": True}
    assert answer.headers["content-type"] == "application/json"


def test_enrolment_gives_a_point_everything_it_keeps(hub: Hub, client: Client) -> None:
    answer = client.post(ENROL_PATH, json=enrol_request(new_code(hub)))
    assert answer.status_code == 201
    given = msgspec.json.decode(answer.content, type=EnrolAnswer)
    assert given.token.startswith(f"{given.point}.")
    assert (given.hamlet, given.commune, given.trial) == ("Thôn Hai", "UBND phường Hải Vân", True)
    assert given.commune_key == hub.settings.commune_key
    assert keys.is_public_key(given.hub_key)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": "AAAA-BBBB-CCCC"}, 403, "enrol.code"),
        ({"code": ""}, 403, "enrol.code"),
        ({"signing_key": "zz"}, 400, "enrol_keys.malformed"),
        ({"sealing_key": "age1nobody"}, 400, "enrol_keys.malformed"),
    ],
)
def test_a_wrong_enrolment_is_refused(
    hub: Hub, client: Client, change: dict[str, str], status: int, code: str
) -> None:
    answer = client.post(ENROL_PATH, json=enrol_request(new_code(hub), **change))
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, problem.code) == (status, code)
    assert problem.sentence


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"code": 1}', b"<html>"])
def test_an_enrolment_that_is_none(client: Client, body: bytes) -> None:
    answer = client.post(ENROL_PATH, content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


def test_guessing_codes_ends_in_silence_for_a_while(hub: Hub) -> None:
    clock = StoppedClock()
    slow = Hub(hub.home, hub.settings, hub.database, hub.keys, hub.library, clock)
    with TestClient(build(slow)) as client:
        for _ in range(20):
            assert client.post(ENROL_PATH, json=enrol_request("AAAA-BBBB-CCCC")).status_code == 403
        code = new_code(hub)
        assert client.post(ENROL_PATH, json=enrol_request(code)).status_code == 429
        clock.pass_time(601)
        assert client.post(ENROL_PATH, json=enrol_request(code)).status_code == 201


def test_a_mistake_of_the_hub_is_no_attempt_at_a_code(hub: Hub) -> None:
    """Whoever has a good code, and presses again while the hub is mended, is not shut out for it."""
    slow = Hub(hub.home, hub.settings, hub.database, hub.keys, hub.library, StoppedClock())
    code = new_code(slow)
    with TestClient(build(slow)) as client:
        with hub.database.write() as connection:
            connection.execute(text("ALTER TABLE point RENAME TO point_away"))
        for _ in range(25):
            assert client.post(ENROL_PATH, json=enrol_request(code)).status_code == 500
        with hub.database.write() as connection:
            connection.execute(text("ALTER TABLE point_away RENAME TO point"))
        assert client.post(ENROL_PATH, json=enrol_request(code)).status_code == 201


def test_a_round_travels_compressed_both_ways(point: HubPoint, client: Client) -> None:
    headers = authorized(point, **{"Accept-Encoding": "zstd"})
    answer = client.post(ROUND_PATH, content=packed(point.request(point.event())), headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "zstd"
    assert msgspec.json.decode(answer.content, type=RoundAnswer).verdicts[0].receipt is not None


def test_the_same_round_gets_the_same_bytes(point: HubPoint, client: Client) -> None:
    body = packed(point.request(point.event()))
    headers = authorized(point, **{"Accept-Encoding": "identity"})
    first, again = (client.post(ROUND_PATH, content=body, headers=headers).content for _ in range(2))
    assert first == again


def test_a_used_sequence_is_a_conflict_that_names_the_highest(point: HubPoint, client: Client) -> None:
    for _ in range(3):
        point.round()
    body = packed(point.request(point.event(), sequence=2))
    answer = client.post(ROUND_PATH, content=body, headers=authorized(point))
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, problem.code, problem.highest_sequence) == (409, "sequence.behind", 3)


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic abc", "Bearer {point}.guess", "bearer  "])
def test_an_unknown_token_is_refused(point: HubPoint, client: Client, token: str) -> None:
    headers = {"Authorization": token.format(point=point.enrolled.point), "Content-Encoding": "zstd"}
    answer = client.post(ROUND_PATH, content=packed(point.request()), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.unknown")


def test_another_points_token_does_not_speak_for_it(hub: Hub, point: HubPoint, client: Client) -> None:
    other = HubPoint(hub)
    answer = client.post(ROUND_PATH, content=packed(point.request()), headers=authorized(other))
    assert (answer.status_code, answer.json()["code"]) == (401, "token.unknown")


def test_a_revoked_point_is_out_at_its_next_round(hub: Hub, point: HubPoint, client: Client) -> None:
    with hub.database.write() as connection:
        points.revoke(connection, hub.commune, point.enrolled.point, hub.now())
    answer = client.post(ROUND_PATH, content=packed(point.request()), headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (403, "point.revoked")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not zstd",
        packed(b"not json"),
        packed(b"{}"),
        packed(b"\xff"),
        packed(b"x")[:-2],
        packed(b"[" * 100_000),
        packed(b'{"more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    ],
)
def test_a_garbled_round_is_refused(point: HubPoint, client: Client, body: bytes) -> None:
    answer = client.post(ROUND_PATH, content=body, headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


def test_an_unknown_encoding_is_refused(point: HubPoint, client: Client) -> None:
    headers = authorized(point) | {"Content-Encoding": "gzip"}
    assert client.post(ROUND_PATH, content=point.request(), headers=headers).status_code == 400


@pytest.mark.parametrize("said", ["ZSTD", " zstd "])
def test_names_of_encodings_know_no_case(point: HubPoint, client: Client, said: str) -> None:
    headers = authorized(point) | {"Content-Encoding": said, "Accept-Encoding": "gzip, ZSTD;q=0.5"}
    answer = client.post(ROUND_PATH, content=packed(point.request()), headers=headers)
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "zstd")


@pytest.mark.parametrize("said", ["zstd;q=0", "zstd; q=0.0", "gzip", "*", ""])
def test_who_does_not_take_zstd_gets_none(point: HubPoint, client: Client, said: str) -> None:
    headers = authorized(point) | {"Accept-Encoding": said}
    answer = client.post(ROUND_PATH, content=packed(point.request()), headers=headers)
    assert (answer.status_code, answer.headers.get("content-encoding")) == (200, None)


def test_a_body_may_be_several_frames_but_nothing_else(point: HubPoint, client: Client) -> None:
    body = point.request()
    halves = packed(body[:40]) + packed(body[40:])
    assert client.post(ROUND_PATH, content=halves, headers=authorized(point)).status_code == 200
    more = packed(point.request()) + b"more"
    assert client.post(ROUND_PATH, content=more, headers=authorized(point)).status_code == 400


def test_a_frame_that_wants_much_memory_is_refused(point: HubPoint, client: Client) -> None:
    greedy = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    frame = zstandard.ZstdCompressor(compression_params=greedy).compressobj()
    body = frame.compress(point.request()) + frame.flush()
    answer = client.post(ROUND_PATH, content=body, headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (400, "request.malformed")


@pytest.mark.parametrize(
    ("sequence", "status"), [(0, 400), (1, 200), (MAX_COUNTED - 1, 200), (MAX_COUNTED, 400)]
)
def test_sequences_are_such_as_a_database_holds(
    point: HubPoint, client: Client, sequence: int, status: int
) -> None:
    body = packed(point.request(sequence=sequence))
    assert client.post(ROUND_PATH, content=body, headers=authorized(point)).status_code == status


@pytest.mark.parametrize("papers", [0, 3])
def test_more_events_or_papers_than_a_round_may_carry(point: HubPoint, client: Client, papers: int) -> None:
    one = structs.replace(point.event(), body=b"", papers=["0" * 64] * papers)
    body = packed(point.request(*[one] * (MAX_EVENTS if papers else MAX_EVENTS + 1)))
    answer = client.post(ROUND_PATH, content=body, headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_big")


def test_a_plain_round_is_understood_too(point: HubPoint, client: Client) -> None:
    headers = authorized(point)
    del headers["Content-Encoding"]
    assert client.post(ROUND_PATH, content=point.request(), headers=headers).status_code == 200


def test_a_body_over_the_limit_is_refused(point: HubPoint, client: Client) -> None:
    answer = client.post(ROUND_PATH, content=b"x" * (MAX_ROUND_BYTES + 1), headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_big")


def test_a_bomb_is_refused_before_it_unfolds(point: HubPoint, client: Client) -> None:
    bomb = packed(b"\0" * (MAX_ROUND_BYTES * 20))
    assert len(bomb) < 100_000
    answer = client.post(ROUND_PATH, content=bomb, headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_big")


def test_a_body_of_exactly_the_limit_is_read() -> None:
    assert len(read_body(packed(b"x" * MAX_ROUND_BYTES), "zstd")) == MAX_ROUND_BYTES
    with pytest.raises(WorldError):
        read_body(b"x" * (MAX_ROUND_BYTES + 1), "")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/else"), ("GET", ROUND_PATH), ("DELETE", HELLO_PATH), ("GET", "/")]
)
def test_an_unknown_address_is_a_problem_in_json(client: Client, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code in {404, 405}
    assert msgspec.json.decode(answer.content, type=Problem).code == "request.not_found"


def test_a_full_disk_is_told_and_nothing_is_half_kept(
    hub: Hub, point: HubPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlcipher3.dbapi2
    from sqlalchemy.exc import OperationalError

    from sync.hub.store import events

    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, sqlcipher3.dbapi2.OperationalError("database or disk is full"))

    body = packed(point.request(point.event()))
    with TestClient(build(hub)) as client:
        with monkeypatch.context() as patch:
            patch.setattr(events, "add", fail)
            answer = client.post(ROUND_PATH, content=body, headers=authorized(point))
        assert (answer.status_code, answer.json()["code"]) == (503, "server.full")
        assert client.post(ROUND_PATH, content=body, headers=authorized(point)).status_code == 200


def test_our_own_mistake_tells_nothing_outside(
    hub: Hub, point: HubPoint, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sync.hub import gathering

    def fail(*_: object) -> None:
        raise ValueError("NGUYỄN VĂN HỢP 048095001234")

    monkeypatch.setattr(gathering, "answer_rounds", fail)
    with TestClient(build(hub), raise_server_exceptions=False) as client:
        answer = client.post(ROUND_PATH, content=packed(point.request()), headers=authorized(point))
    assert (answer.status_code, answer.json()["code"]) == (500, "server.error")
    assert "ValueError" in caplog.text
    assert "048095001234" not in caplog.text + answer.text
