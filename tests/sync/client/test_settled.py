"""A hub refuses to be told that a dossier is taken back or handed over: nobody mends that, nothing parks."""

from dataclasses import replace

import pytest

from kiosk.domain.dossier import State
from kiosk.domain.events import EventKind
from kiosk.domain.ids import new_id
from kiosk.storage import drafts, outbox
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


@pytest.mark.parametrize(
    ("code", "shown"), [("dossier.closed", State.RESULT_READY), ("dossier.unknown", State.WITHDRAWN)]
)
def test_a_withdrawal_that_came_too_late_shows_what_the_commune_says(
    hub: FakeHub, point: Point, line: Link, code: str, shown: State
) -> None:
    item = point.queue()
    talk(line)
    told = replace(item, id=new_id(), kind=EventKind.WITHDRAWN)
    with point.database.write() as connection:
        outbox.add(connection, told)
        drafts.change(connection, item.dossier, state=State.WITHDRAWN)
    hub.tell(dossier=item.dossier, revision=1, state="result_ready")
    hub.judge = lambda event: EventVerdict(event=event.id, verdict=Verdict.REFUSED, code=code)
    talk(line)
    with point.database.read() as connection:
        row = drafts.load(connection, item.dossier)
    assert row is not None
    assert row.state is shown
