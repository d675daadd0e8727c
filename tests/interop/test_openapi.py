"""schemathesis over the hub's OpenAPI: no 5xx, no answer that is not described, whatever is sent."""

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks

from kiosk.envelope.seal import digest_of
from sync.hub import uploads
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.openapi import document
from sync.protocol import PAPERS_PATH
from tests.support.hub import HubPoint

OPERATIONS = [(path, way) for path, ways in document()["paths"].items() for way in ways]
WITH_INPUT = [(path, way) for path, way in OPERATIONS if way != "options" and (way != "get" or "{" in path)]
EXAMPLES = 25
SEMANTIC = [
    # What a one-time code, an age key or a digest is, no schema says; 412 is how tus refuses a header.
    checks.positive_data_acceptance,
    checks.negative_data_rejection,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@schemathesis.serializer("application/offset+octet-stream")
def bytes_as_they_are(_context: object, value: object) -> object:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def point(hub: Hub) -> HubPoint:
    return HubPoint(hub)


@pytest.fixture
def app(hub: Hub) -> Litestar:
    return build(hub)


def send_anything(
    app: Litestar, operation: tuple[str, str], mode: GenerationMode, token: str = "", upload: str = ""
) -> None:
    """Requests of every shape to one operation; each answer is held against what is described."""
    schema = schemathesis.openapi.from_dict(document())
    schema.app = app
    path, way = operation
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    @settings(max_examples=EXAMPLES, database=None)
    @given(case=schema[path][way].as_strategy(generation_mode=mode), real=st.booleans())
    def one(case: Case, real: bool) -> None:
        if real and upload and "upload_id" in case.path_parameters:
            case.path_parameters["upload_id"] = upload
        case.call_and_validate(headers=headers, excluded_checks=SEMANTIC)

    one()


@pytest.mark.parametrize("operation", WITH_INPUT, ids=" ".join)
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_no_request_of_a_point_gets_an_answer_that_is_not_described(
    app: Litestar, hub: Hub, point: HubPoint, operation: tuple[str, str], mode: GenerationMode
) -> None:
    upload = uploads.begin(hub, point.row, digest_of(b"\0\0"), 2)
    send_anything(app, operation, mode, point.enrolled.token, upload.id)


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_no_request_of_a_stranger_does(app: Litestar, operation: tuple[str, str]) -> None:
    send_anything(app, operation, GenerationMode.POSITIVE)


def test_every_address_of_points_is_described(hub: Hub) -> None:
    served = {
        (route.path_format, method.lower())
        for route in build(hub).routes
        for method in getattr(route, "methods", ())
        if route.path_format.startswith("/v1")
        and (method != "OPTIONS" or route.path_format.startswith(PAPERS_PATH))
    }
    assert served == set(OPERATIONS)
