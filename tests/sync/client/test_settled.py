"""A hub refuses to be told that a dossier is taken back or handed over: nobody mends that, nothing parks."""

from dataclasses import replace

import pytest

from kiosk.domain.events import EventKind
from kiosk.domain.ids import new_id
from kiosk.storage import outbox
from sync import protocol
from sync.client.loop import Link
from sync.protocol import EventVerdict, Verdict
from tests.support.fake_hub import FakeHub
from tests.support.point import Point, talk


@pytest.mark.parametrize(
    ("kind", "code", "left"),
    [
        (EventKind.WITHDRAWN, "dossier.unknown", None),
        (EventKind.WITHDRAWN, "dossier.closed", None),
        (EventKind.HANDED_BACK, "dossier.closed", None),
        (EventKind.WITHDRAWN, "envelope.damaged", "parked"),
        (EventKind.SUPPLEMENT, "dossier.closed", "parked"),
    ],
)
def test_what_only_tells_is_forgotten_and_content_parks(
    hub: FakeHub, point: Point, line: Link, kind: EventKind, code: str, left: str | None
) -> None:
    item = point.queue()
    told = replace(item, id=new_id(), kind=kind)
    with point.database.write() as connection:
        outbox.add(connection, told)

    def judge(event: protocol.Event) -> EventVerdict | None:
        refused = event.id == told.id
        return EventVerdict(event=event.id, verdict=Verdict.REFUSED, code=code) if refused else None

    hub.judge = judge
    talk(line)
    assert point.states().get(told.id) == left
    assert point.states()[item.id] == "received"
