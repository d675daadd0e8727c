"""Signs that no database keeps, said by a point: refused alone, never a 500."""

from collections.abc import Iterator

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub.app import build
from sync.hub.context import Hub
from sync.protocol import (
    HeldEvent,
    PointReport,
    ReconcileAnswer,
    ReconcileRequest,
    RoundAnswer,
    RoundRequest,
    Verdict,
)
from tests.support.hub import HubPoint

Web = TestClient[Litestar]


@pytest.fixture
def web(hub: Hub) -> Iterator[Web]:
    with TestClient(build(hub), base_url="https://hub.test") as client:
        yield client


def bearer(point: HubPoint) -> dict[str, str]:
    return {"Authorization": f"Bearer {point.enrolled.token}", "Tus-Resumable": "1.0.0"}


def test_a_poisoned_event_is_refused_alone(hub: Hub, web: Web) -> None:
    point = HubPoint(hub)
    body = point.request(point.event(procedure="\0"), point.event())
    answer = web.post("/v1/round", content=body, headers=bearer(point))
    odd, good = msgspec.json.decode(answer.content, type=RoundAnswer).verdicts
    assert (odd.verdict, odd.code) == (Verdict.REFUSED, "event.malformed")
    assert good.receipt is not None


def test_an_odd_incarnation_is_refused_and_an_odd_report_is_cleaned(hub: Hub, web: Web) -> None:
    point = HubPoint(hub)
    said = msgspec.json.decode(point.request(), type=RoundRequest)
    odd = msgspec.structs.replace(said, incarnation="a\0b")
    answer = web.post("/v1/round", content=msgspec.json.encode(odd), headers=bearer(point))
    assert answer.status_code == 400
    report = PointReport(program="a\0b", pack="\0", last_visit="\0")
    told = msgspec.structs.replace(said, report=report)
    answer = web.post("/v1/round", content=msgspec.json.encode(told), headers=bearer(point))
    assert answer.status_code == 200


def test_odd_names_are_not_held(hub: Hub, web: Web) -> None:
    point = HubPoint(hub)
    event = point.event()
    point.round(event)
    asked = [HeldEvent(id="\0", digest="\0"), HeldEvent(id=event.id, digest=event.digest)]
    body = msgspec.json.encode(ReconcileRequest(version=1, point=point.enrolled.point, events=asked))
    answer = web.post("/v1/reconcile", content=body, headers=bearer(point))
    assert msgspec.json.decode(answer.content, type=ReconcileAnswer).missing == ["\0"]


@pytest.mark.parametrize("path", ["/v1/results/%00", "/v1/papers/%00", "/v1/packs/%00", "/v1/results/a%00b"])
def test_an_odd_address_is_not_found(hub: Hub, web: Web, path: str) -> None:
    method = web.head if "papers" in path else web.get
    assert method(path, headers=bearer(HubPoint(hub))).status_code == 404
