"""Papers over a real server on port 0: whole, in pieces, cut off, wrong, and somebody else's."""

import base64
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.protocol import ENROL_PATH, MAX_PAPER_BYTES, PAPERS_PATH
from tests.support.hub import code_beside

TUS = {"Tus-Resumable": "1.0.0"}
DATA = bytes(range(256)) * 400
PATIENCE = 20.0


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialHub]:
    running = start_trial_hub(tmp_path_factory.mktemp("tus") / "hub")
    yield running
    running.stop()


def enrolled(hub: TrialHub, web: requests.Session) -> dict[str, str]:
    request = {
        "code": code_beside(Home(hub.home)),
        "signing_key": keys.public_key(keys.generate_signing_key()),
        "sealing_key": keys.recipient_of(keys.generate_age_identity()),
    }
    answer = web.post(hub.url + ENROL_PATH, json=request, timeout=10)
    assert answer.status_code == 201
    return {**TUS, "Authorization": f"Bearer {answer.json()['token']}"}


@contextmanager
def connected(hub: TrialHub) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.verify = str(hub.authority_file)
        session.trust_env = False
        yield session


@pytest.fixture
def web(hub: TrialHub) -> Iterator[requests.Session]:
    with connected(hub) as session:
        yield session


@pytest.fixture
def headers(hub: TrialHub, web: requests.Session) -> dict[str, str]:
    return enrolled(hub, web)


def create(hub: TrialHub, web: requests.Session, headers: dict[str, str], data: bytes) -> str:
    named = base64.b64encode(digest_of(data).encode()).decode()
    answer = web.post(
        hub.url + PAPERS_PATH,
        headers={**headers, "Upload-Length": str(len(data)), "Upload-Metadata": f"sha256 {named}"},
        timeout=10,
    )
    assert answer.status_code == 201, answer.text
    return hub.url + answer.headers["Location"]


def create_with(
    hub: TrialHub, web: requests.Session, headers: dict[str, str], data: bytes, first: bytes
) -> requests.Response:
    """A creation that carries the first bytes."""
    named = base64.b64encode(digest_of(data).encode()).decode()
    announced = {"Upload-Length": str(len(data)), "Upload-Metadata": f"sha256 {named}"}
    kind = {"Content-Type": "application/offset+octet-stream"}
    return web.post(hub.url + PAPERS_PATH, data=first, headers={**headers, **announced, **kind}, timeout=10)


def send(
    web: requests.Session, headers: dict[str, str], place: str, data: bytes, at: int
) -> requests.Response:
    return web.patch(
        place,
        data=data,
        headers={**headers, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"},
        timeout=10,
    )


def offset(web: requests.Session, headers: dict[str, str], place: str) -> int:
    answer = web.head(place, headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return int(answer.headers["Upload-Offset"])


def stored(hub: TrialHub, headers: dict[str, str], data: bytes) -> list[Path]:
    point = headers["Authorization"].removeprefix("Bearer ").partition(".")[0]
    return list((hub.home / "papers" / point).glob(f"{digest_of(data)}.age"))


def await_bytes(hub: TrialHub, place: str, size: int) -> None:
    """Until that many bytes of an upload lie on the hub's disk."""
    part = hub.home / "uploads" / f"{place.rpartition('/')[2]}.part"
    deadline = time.monotonic() + PATIENCE
    while not part.exists() or part.stat().st_size < size:
        assert time.monotonic() < deadline, "the bytes never arrived"


def test_a_paper_in_two_pieces_lies_whole_under_its_digest(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    assert offset(web, headers, place) == 0
    first = send(web, headers, place, DATA[:1000], 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert stored(hub, headers, DATA) == []
    last = send(web, headers, place, DATA[1000:], 1000)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(DATA)))
    (file,) = stored(hub, headers, DATA)
    assert file.read_bytes() == DATA
    assert offset(web, headers, place) == len(DATA)


def test_an_upload_begun_before_is_found_again(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    send(web, headers, place, DATA[:5000], 0)
    assert create(hub, web, headers, DATA) == place
    assert offset(web, headers, place) == 5000


def test_the_answer_to_creating_saves_the_question_for_the_offset(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    named = base64.b64encode(digest_of(b"untouched").encode()).decode()
    begin = {**headers, "Upload-Length": "9", "Upload-Metadata": f"sha256 {named}"}
    answer = web.post(hub.url + PAPERS_PATH, headers=begin, timeout=10)
    assert answer.headers["Upload-Offset"] == "0"
    send(web, headers, hub.url + answer.headers["Location"], b"unto", 0)
    answer = web.post(hub.url + PAPERS_PATH, headers=begin, timeout=10)
    assert "Upload-Offset" not in answer.headers, "another request may still write to it"


def test_bytes_of_a_request_that_was_cut_off_stay(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    with half_sent(hub, headers, place, DATA[:70_000]):
        await_bytes(hub, place, 70_000)
    assert offset(web, headers, place) == 70_000
    assert send(web, headers, place, DATA[70_000:], 70_000).status_code == 204
    assert stored(hub, headers, DATA)[0].read_bytes() == DATA


def test_a_newer_request_ends_one_that_hangs(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    with half_sent(hub, headers, place, DATA[:9]):
        await_bytes(hub, place, 9)
        assert offset(web, headers, place) == 9
        assert send(web, headers, place, DATA[9:], 9).status_code == 204
    assert stored(hub, headers, DATA)


def test_bytes_outlive_a_hub_that_is_killed(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    try:
        with connected(hub) as web:
            mine = enrolled(hub, web)
            place = create(hub, web, mine, DATA)
        with half_sent(hub, mine, place, DATA[:50_000]):
            await_bytes(hub, place, 50_000)
            hub.kill()
        hub = start_trial_hub(hub.home, port=hub.port)
        with connected(hub) as web:
            assert offset(web, mine, place) == 50_000
            assert send(web, mine, place, DATA[50_000:], 50_000).status_code == 204
    finally:
        hub.stop()
    assert stored(hub, mine, DATA)[0].read_bytes() == DATA


@contextmanager
def half_sent(hub: TrialHub, headers: dict[str, str], place: str, data: bytes) -> Iterator[None]:
    """Announce all of it, send a part; the line hangs inside the block and is cut at its end."""
    context = ssl.create_default_context(cafile=str(hub.authority_file))
    raw = socket.create_connection(("127.0.0.1", hub.port), 10)
    with context.wrap_socket(raw, server_hostname="127.0.0.1") as line:
        lines = {
            **headers, "Host": "hub", "Upload-Offset": "0", "Content-Length": str(len(DATA)),
            "Content-Type": "application/offset+octet-stream",
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        line.sendall(f"PATCH {urlsplit(place).path} HTTP/1.1\r\n{head}\r\n".encode() + data)
        yield


def test_another_offset_than_the_hubs_is_a_conflict(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    answer = send(web, headers, place, DATA[10:], 10)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload.offset")
    assert offset(web, headers, place) == 0


def test_wrong_bytes_are_thrown_away_and_it_begins_again(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    answer = send(web, headers, place, b"x" + DATA[1:], 0)
    assert (answer.status_code, answer.json()["code"]) == (460, "upload.digest")
    assert offset(web, headers, place) == 0
    assert send(web, headers, place, DATA, 0).status_code == 204


def test_more_than_announced_is_refused(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    data = b"short paper"
    place = create(hub, web, headers, data)
    answer = send(web, headers, place, data + b"and more", 0)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload.too_big")


def test_an_upload_that_was_given_up_is_gone(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    assert web.delete(place, headers=headers, timeout=10).status_code == 204
    assert web.head(place, headers=headers, timeout=10).status_code == 404


def test_another_points_upload_is_not_there(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    stranger = enrolled(hub, web)
    assert web.head(place, headers=stranger, timeout=10).status_code == 404
    assert send(web, stranger, place, DATA, 0).status_code == 404
    assert web.delete(place, headers=stranger, timeout=10).status_code == 404
    assert offset(web, headers, place) == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Upload-Length": str(MAX_PAPER_BYTES + 1)}, 413),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "9" * 40}, 400),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Metadata": ""}, 400),
        ({"Upload-Metadata": "sha256"}, 400),
        ({"Upload-Metadata": "sha256 !!!"}, 400),
        ({"Upload-Metadata": "sha256 " + base64.b64encode(b"../x").decode()}, 400),
        ({"Tus-Resumable": "0.2"}, 412),
        ({"Authorization": "Bearer nobody"}, 401),
        ({"Authorization": ""}, 401),
    ],
)
def test_an_impossible_upload_is_refused_with_a_problem(
    hub: TrialHub, web: requests.Session, headers: dict[str, str], change: dict[str, str], status: int
) -> None:
    named = base64.b64encode(digest_of(DATA).encode()).decode()
    usual = {**headers, "Upload-Length": "10", "Upload-Metadata": f"sha256 {named}"}
    answer = web.post(hub.url + PAPERS_PATH, headers=usual | change, timeout=10)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "sentence", "highest_sequence"}


def test_a_patch_of_another_kind_is_refused(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    answer = web.patch(place, data=DATA, headers={**headers, "Upload-Offset": "0"}, timeout=10)
    assert answer.status_code == 415


def test_the_server_says_what_it_can(hub: TrialHub, web: requests.Session) -> None:
    answer = web.options(hub.url + PAPERS_PATH, timeout=10)
    assert answer.status_code == 204
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination"
    assert answer.headers["Tus-Max-Size"] == str(MAX_PAPER_BYTES)


def test_refusals_speak_tus_too(hub: TrialHub, web: requests.Session, headers: dict[str, str]) -> None:
    old = web.post(hub.url + PAPERS_PATH, headers={**headers, "Tus-Resumable": "0.2.2"}, timeout=10)
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    none = web.head(f"{hub.url}{PAPERS_PATH}/none", headers=headers, timeout=10)
    assert (none.status_code, none.headers["Tus-Resumable"]) == (404, "1.0.0")


def test_a_creation_answers_without_a_body(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    assert create_with(hub, web, headers, DATA, b"").content == b""


def test_bytes_may_come_with_the_creation(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    half, whole = DATA[:20_000] + b"half", DATA[:20_000] + b"whole"
    begun = create_with(hub, web, headers, half, half[:9_000])
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "9000")
    place = hub.url + begun.headers["Location"]
    assert send(web, headers, place, half[9_000:], 9_000).headers["Upload-Offset"] == str(len(half))
    done = create_with(hub, web, headers, whole, whole)
    assert done.headers["Upload-Offset"] == str(len(whole))
    assert offset(web, headers, hub.url + done.headers["Location"]) == len(whole)


def test_bytes_that_come_with_a_second_creation_are_left_aside(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    data = DATA[:30_000] + b"twice"
    begun = create_with(hub, web, headers, data, data[:9_000])
    again = create_with(hub, web, headers, data, data)
    assert (again.status_code, again.headers["Location"]) == (201, begun.headers["Location"])
    assert again.headers["Upload-Offset"] == "9000"
    assert offset(web, headers, hub.url + again.headers["Location"]) == 9_000


def test_a_creation_finishes_what_was_whole_but_unchecked(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    """A crash, or a request that was ended, between the last byte and its check: no offset may promise more
    than counts, because a client that hears of all bytes never asks again."""
    data = DATA[:30_000] + b"unchecked"
    place = create(hub, web, headers, data)
    (hub.home / "uploads" / f"{place.rpartition('/')[2]}.part").write_bytes(data)
    again = create_with(hub, web, headers, data, data)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(data)))
    assert stored(hub, headers, data)[0].read_bytes() == data


def test_many_at_once_on_one_upload_all_hear_an_answer(hub: TrialHub, headers: dict[str, str]) -> None:
    with connected(hub) as web:
        place = create(hub, web, headers, DATA[::-1])

    def ask_or_send(number: int) -> int:
        with connected(hub) as web:
            if number % 3:
                return web.head(place, headers=headers, timeout=PATIENCE).status_code
            return send(web, headers, place, DATA[::-1], 0).status_code

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask_or_send, range(64)))
    assert {each for number, each in enumerate(told) if number % 3} == {200}
    assert {each for number, each in enumerate(told) if not number % 3} <= {204, 409}


def test_wrong_or_too_many_bytes_with_the_creation_are_refused(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    data = DATA[:10_000] + b"wrong"
    wrong = create_with(hub, web, headers, data, data[::-1])
    assert (wrong.status_code, wrong.json()["code"]) == (460, "upload.digest")
    too_many = create_with(hub, web, headers, data, data + b"x")
    assert (too_many.status_code, too_many.json()["code"]) == (413, "upload.too_big")


def test_two_creations_at_the_same_time_begin_one_paper(hub: TrialHub, headers: dict[str, str]) -> None:
    """Each is told where it lies and how much the hub has; whichever stops half-way can be gone on with."""
    for number in range(20):
        data = DATA[number:] + b"twins"
        answers = at_the_same_time(hub, headers, data)
        assert [answer.status_code for answer in answers] == [201, 201], [one.text for one in answers]
        (place,) = {hub.url + answer.headers["Location"] for answer in answers}
        told = [int(answer.headers["Upload-Offset"]) for answer in answers]
        if max(told) == len(data):
            assert stored(hub, headers, data), "who hears of all bytes may rely on it"
        with connected(hub) as web:
            there = offset(web, headers, place)
            assert max(told) <= there
            if there < len(data):
                assert send(web, headers, place, data[there:], there).status_code == 204
        assert stored(hub, headers, data)[0].read_bytes() == data


def at_the_same_time(hub: TrialHub, headers: dict[str, str], data: bytes) -> list[requests.Response]:
    """What two machines hear that both create the upload and send all of it along."""
    ready = threading.Barrier(2)

    def begin() -> requests.Response:
        with connected(hub) as web:
            ready.wait(PATIENCE)
            return create_with(hub, web, headers, data, data)

    with ThreadPoolExecutor(2) as pool:
        return [each.result() for each in [pool.submit(begin), pool.submit(begin)]]


def test_nothing_may_follow_a_whole_paper(
    hub: TrialHub, web: requests.Session, headers: dict[str, str]
) -> None:
    place = create(hub, web, headers, DATA)
    assert send(web, headers, place, DATA, 0).status_code == 204
    for more in (b"z", b"zzz", DATA):
        answer = send(web, headers, place, more, len(DATA))
        assert (answer.status_code, answer.json()["code"]) == (413, "upload.too_big")
        assert offset(web, headers, place) == len(DATA)
    nothing = send(web, headers, place, b"", len(DATA))
    assert nothing.status_code == 204, (nothing.status_code, nothing.text)
    assert (nothing.status_code, nothing.headers["Upload-Offset"]) == (204, str(len(DATA)))
    assert list((hub.home / "uploads").glob(f"{place.rpartition('/')[2]}*")) == []
    assert stored(hub, headers, DATA)[0].read_bytes() == DATA
