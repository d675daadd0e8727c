"""What the hub says about the set of events that a point believes received."""

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from sync.hub.context import Hub
from sync.hub.reconcile import answer_reconcile
from sync.protocol import MAX_RECONCILE, Event, HeldEvent, ReconcileAnswer, ReconcileRequest
from tests.support.hub import HubPoint


def question(point: HubPoint, *held: HeldEvent, version: int = 1, name: str = "") -> bytes:
    name = name or point.enrolled.point
    return msgspec.json.encode(ReconcileRequest(version=version, point=name, events=list(held)))


def held(event: Event) -> HeldEvent:
    return HeldEvent(id=event.id, digest=event.digest)


def missing(hub: Hub, point: HubPoint, *asked: HeldEvent) -> list[str]:
    return answer_reconcile(hub, point.row, question(point, *asked))[1].missing


def test_what_has_a_receipt_is_held_and_everything_else_is_missing(hub: Hub, point: HubPoint) -> None:
    kept, papers_coming, never_sent = point.event(), point.event(papers=[point.paper()]), point.event()
    point.round(kept, papers_coming)
    lied = HeldEvent(id=kept.id, digest="0" * 64)
    assert missing(hub, point, held(kept)) == []
    assert missing(hub, point, held(papers_coming), held(never_sent)) == [papers_coming.id, never_sent.id]
    assert missing(hub, point, lied) == [kept.id]
    assert missing(hub, point) == []


def test_another_points_events_are_not_confirmed(hub: Hub, point: HubPoint) -> None:
    event = point.event()
    point.round(event)
    assert missing(hub, HubPoint(hub), held(event)) == [event.id]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "request.malformed"),
        (b'{"version": 1, "point": "x"}', "request.malformed"),
        (b'{"version": 2, "point": "x", "events": []}', "request.version"),
        (b'{"version": 1, "point": "x", "events": []}', "token.unknown"),
    ],
)
def test_nonsense_is_refused(hub: Hub, point: HubPoint, body: bytes, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        answer_reconcile(hub, point.row, body)
    assert caught.value.code == code


def test_too_many_at_once_are_refused(hub: Hub, point: HubPoint) -> None:
    many = [HeldEvent(id=new_id(), digest="0" * 64) for _ in range(MAX_RECONCILE + 1)]
    assert len(missing(hub, point, *many[1:])) == MAX_RECONCILE
    with pytest.raises(WorldError) as caught:
        missing(hub, point, *many)
    assert caught.value.code == "request.too_big"


def test_over_http_only_with_a_token(client: TestClient[Litestar], point: HubPoint) -> None:
    event = point.event()
    body, path = question(point, held(event)), "/v1/reconcile"
    assert client.post(path, content=body).status_code == 401
    answer = client.post(path, content=body, headers={"Authorization": f"Bearer {point.enrolled.token}"})
    assert answer.status_code == 200
    assert msgspec.json.decode(answer.content, type=ReconcileAnswer).missing == [event.id]
