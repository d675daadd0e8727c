"""The payload as canonical JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dossier import Answer, Road, Source
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind
from kiosk.envelope.payload import Payload, PortalFiling, dictionary_name, from_json, to_json
from tests.envelope.conftest import make_payload


def test_it_comes_back_as_it_was(payload: Payload) -> None:
    assert from_json(to_json(payload)) == payload


@given(st.lists(st.tuples(st.text(), st.text(), st.sampled_from(Source))))
def test_any_answers_come_back_in_their_order(answers: list[tuple[str, str, Source]]) -> None:
    payload = make_payload(answers=tuple(Answer(*answer) for answer in answers))
    assert from_json(to_json(payload)).answers == payload.answers


def test_the_json_is_canonical(payload: Payload) -> None:
    text = to_json(payload).decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "Vũ Thị Thử" in text


def test_a_portal_filing_has_no_content() -> None:
    filed = make_payload(
        kind=EventKind.PORTAL_FILED,
        road=Road.PORTAL,
        answers=(),
        papers=(),
        portal=PortalFiling(portal_code="H00.00.00-000000-0000"),
    )
    again = from_json(to_json(filed))
    assert again.portal == PortalFiling(portal_code="H00.00.00-000000-0000")
    assert again.answers == ()


def test_unknown_fields_are_ignored(payload: Payload) -> None:
    data = json.loads(to_json(payload))
    assert from_json(json.dumps({**data, "weather": "mưa"}).encode()) == payload


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "envelope.damaged"),
        (b"[]", "envelope.damaged"),
        (b'{"dossier":"x"}', "envelope.damaged"),
        (b"\xff\xfe", "envelope.damaged"),
        (b'{"format":"two"}', "envelope.damaged"),
        (b'{"format":2,"everything":"else"}', "envelope.newer"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        from_json(data)
    assert caught.value.code == code


def test_a_newer_format_is_refused_even_if_it_looks_readable(payload: Payload) -> None:
    with pytest.raises(WorldError, match=r"envelope\.newer"):
        from_json(to_json(make_payload(format=2)))


def test_a_dictionary_is_named_by_form_and_version() -> None:
    assert dictionary_name("khai_sinh", "2026.11") == "khai_sinh-2026.11"
    assert dictionary_name("", "") == ""
