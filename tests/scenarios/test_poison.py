"""Dossiers among five hundred that the hub cannot take: they alone stay behind, whatever is wrong."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import update

from kiosk.domain.events import OutboxItem
from kiosk.storage import outbox, tables
from sync.hub.running import TrialHub
from tests.scenarios.conftest import Enrolled
from tests.support.point import Point, talk

Enrol = Callable[..., Enrolled]
MANY = 500


def set_column(point: Point, item: OutboxItem, **values: object) -> None:
    with point.database.write() as connection:
        connection.execute(update(tables.outbox).where(tables.outbox.c.id == item.id).values(**values))


def garbage(point: Point, item: OutboxItem) -> None:
    """What the disk gave back is not what was sealed."""
    set_column(point, item, body=b"\x00" * 400)


def lying_label(point: Point, item: OutboxItem) -> None:
    set_column(point, item, procedure="9.999999")


def unknown_kind_of_number(point: Point, item: OutboxItem) -> None:
    set_column(point, item, revision=9_999_999)


def lost_paper(point: Point, item: OutboxItem) -> None:
    """The sealed scan is gone from the point's disk."""
    for sha256 in item.papers:
        (point.database.home / outbox.FOLDER / f"{sha256}.age").unlink()


POISONS = (garbage, lying_label, unknown_kind_of_number, lost_paper)


@pytest.mark.timeout(400)
def test_poisoned_dossiers_stop_none_of_five_hundred_others(commune: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(commune)
    items = [point.queue(papers=(400,) if number < len(POISONS) else ()) for number in range(MANY)]
    bad = dict(zip(POISONS, items, strict=False))
    for poison, item in bad.items():
        poison(point, item)
    for _ in range(6):
        talk(link, rounds=60)
    states = point.states()
    assert Counter(states.values()) == {"received": MANY - len(bad), "parked": len(bad)}
    for poison, item in bad.items():
        assert states[item.id] == "parked", poison.__name__
        code, sentence = point.reason(item.id)
        assert sentence or code.startswith("hub."), f"{poison.__name__}: words for its reason"
