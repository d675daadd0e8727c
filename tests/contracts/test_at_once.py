"""What comes to both databases at the same time: on PostgreSQL every thread has a connection of its own, as
every process of a hub would."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Table, func, select

from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of
from sync.hub import uploads
from sync.hub.context import Hub
from sync.hub.store import papers, points
from sync.hub.store.tables import paper, upload
from tests.support.hub import HubPoint

_MANY = 6
_T = TypeVar("_T")


def at_once(do: Callable[[], _T]) -> list[_T]:
    """What each of several heard who began together."""
    ready = threading.Barrier(_MANY)

    def begin(_number: int) -> _T:
        ready.wait(60)
        return do()

    with ThreadPoolExecutor(_MANY) as pool:
        return list(pool.map(begin, range(_MANY)))


def count(hub: Hub, table: Table) -> int:
    with hub.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_of_many_machines_with_one_code_one_becomes_a_point(hub: Hub) -> None:
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, "Thôn Hai", hub.now())

    def spend() -> str:
        theirs = keys.public_key(keys.generate_signing_key()), keys.recipient_of(keys.generate_age_identity())
        with hub.database.write() as connection:
            made = points.enrol(connection, hub.commune, code, *theirs, hub.now())
        return made.point.id if made else ""

    assert len([made for made in at_once(spend) if made]) == 1
    with hub.database.read() as connection:
        assert len(points.hamlets(connection, hub.commune)) == 1


def test_one_machine_that_asks_many_times_at_once_is_one_point(hub: Hub) -> None:
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, "Thôn Hai", hub.now())
    own = keys.public_key(keys.generate_signing_key()), keys.recipient_of(keys.generate_age_identity())

    def spend() -> str:
        with hub.database.write() as connection:
            made = points.enrol(connection, hub.commune, code, *own, hub.now())
        return made.point.id if made else ""

    assert len({*at_once(spend)} - {""}) == 1


def test_one_paper_that_is_begun_while_it_is_begun_is_one_upload(hub: Hub) -> None:
    """The second waits for the first, on either database."""
    point = HubPoint(hub)
    row, sha256 = point.row, digest_of(b"paper")
    others: list[str] = []
    second = threading.Thread(target=lambda: others.append(uploads.begin(hub, row, sha256, 5).id))
    with hub.database.write() as connection:
        first = papers.start(connection, hub.commune, row.id, sha256, 5, hub.now())
        second.start()
        second.join(1)
        assert others == []
    second.join(60)
    assert (others, count(hub, upload)) == ([first.id], 1)


def test_one_paper_that_comes_whole_many_times_at_once_is_kept_once(hub: Hub) -> None:
    """By a stick and by the line: each hears that it is here, and its dossier gets one receipt."""
    point = HubPoint(hub)
    scan = point.paper()
    body, row = point.papers[scan.sealed_sha256], point.row
    point.round(point.event(papers=[scan]))
    assert all(at_once(lambda: uploads.keep_whole(hub, row, scan.sealed_sha256, lambda: body)))
    assert count(hub, paper) == 1
    assert [receipt.number for receipt in point.round().receipts] == [1]
