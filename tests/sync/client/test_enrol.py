"""Enrolment: a good code buys an identity, everything else a clear sentence and nothing more."""

import socket
import tomllib
from pathlib import Path

import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from sync.client.enrol import enrol
from sync.client.trouble import Kind
from sync.protocol import EnrolAnswer
from tests.support.fake_hub import CODE, Answer, FakeHub, as_json, problem
from tests.support.tls import make_trust

SIGNING = keys.generate_signing_key()
IDENTITY = keys.generate_age_identity()
TEXTS = Path(__file__).parents[3] / "assets" / "texts" / "vi" / "sync.toml"


def refused(hub: FakeHub, code: str = CODE, url: str = "", authority: str = "") -> str:
    with pytest.raises(WorldError) as caught:
        enrol(url or hub.url, code, authority or hub.trust.authority, SIGNING, IDENTITY)
    return caught.value.code


def test_a_good_code_buys_an_identity(hub: FakeHub) -> None:
    enrolment, token = enrol(f" {hub.url}/ ", f" {CODE} ", hub.trust.authority, SIGNING, IDENTITY)
    assert enrolment == hub.enrolment
    assert token == hub.token
    assert hub.sealing_key == keys.recipient_of(IDENTITY)


def test_the_private_keys_stay_here(hub: FakeHub) -> None:
    seen: list[bytes] = []
    hub.instead = lambda method, path, body: seen.append(body)
    enrol(hub.url, CODE, hub.trust.authority, SIGNING, IDENTITY)
    assert keys.public_key(SIGNING).encode() in seen[0]
    assert SIGNING.encode() not in seen[0]
    assert IDENTITY.encode() not in seen[0]


def test_a_wrong_code(hub: FakeHub) -> None:
    assert refused(hub, code="WRONG") == "enrol.code"


def test_a_hub_that_the_authority_does_not_know(hub: FakeHub) -> None:
    assert refused(hub, authority=make_trust().authority) == "enrol.authority"
    assert hub.requests == []


def test_a_file_that_is_no_authority(hub: FakeHub) -> None:
    assert refused(hub, authority="hello") == "enrol.authority_file"


@pytest.mark.parametrize("url", ["xa.example", "http://127.0.0.1"])
def test_an_address_that_is_none(hub: FakeHub, url: str) -> None:
    assert refused(hub, url=url) == "enrol.address"


def test_no_line(hub: FakeHub) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert refused(hub, url=f"https://127.0.0.1:{closed.getsockname()[1]}") == "hub.no_line"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b"<html>", {"content-type": "text/html"}), "hub.captive_portal"),
        (Answer(201, b"<html>", {"content-type": "text/html"}), "hub.captive_portal"),
        (Answer(201, b"{}", {"content-type": "application/json"}), "hub.garbled"),
        (problem(429, "request.too_many"), "hub.too_many"),
        (problem(500, "server.error"), "hub.server_error"),
    ],
)
def test_what_is_no_answer_enrols_nobody(hub: FakeHub, answer: Answer, code: str) -> None:
    hub.instead = lambda method, path, body: answer
    assert refused(hub) == code


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub_key": "no key"},
        {"commune_key": "age1no"},
        {"token": "other.secret"},
        {"token": "{point}.a\r\nX-Evil: 1"},
        {"token": ""},
        {"point": "", "token": ".x"},
    ],
)
def test_an_identity_that_cannot_work_is_refused(hub: FakeHub, wrong: dict[str, str]) -> None:
    good = {
        "point": hub.point,
        "token": hub.token,
        "hub_key": hub.enrolment.hub_key,
        "commune_key": hub.enrolment.commune_key,
    }
    facts = {**good, **{name: value.replace("{point}", hub.point) for name, value in wrong.items()}}
    answer = EnrolAnswer(**facts, hamlet="", commune="", epoch="e", trial=True)
    hub.instead = lambda method, path, body: as_json(201, answer)
    assert refused(hub) == "hub.garbled"


def test_every_trouble_has_its_sentence() -> None:
    sentences = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["error"]
    troubles = {kind.value for kind in Kind} - {"done", "store"}
    assert troubles <= set(sentences["hub"])
    assert {"code", "authority", "authority_file", "address"} <= set(sentences["enrol"])
