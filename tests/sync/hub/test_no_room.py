"""The hub's disk is full: nothing is half kept, and all goes on when there is room. Its log names nobody."""

import json
import logging

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import func, select

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.journal import start_journal
from sync.hub.store.tables import dossier, event
from tests.support.hub import ANSWERS, HubPoint


def limit_pages(hub: Hub, more: int | None) -> None:
    """Let the database grow by so many pages only, on every connection; ``None`` takes the limit away."""
    hub.database.engine.dispose()
    raw = hub.database.engine.raw_connection()
    cursor = raw.cursor()
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {2**31 if more is None else pages + more}")
    raw.close()


def counts(hub: Hub) -> tuple[int, int]:
    with hub.database.read() as connection:
        return tuple(  # type: ignore[return-value]
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (event, dossier)
        )


def test_a_round_that_finds_no_room_keeps_nothing_of_it(hub: Hub, point: HubPoint) -> None:
    kept = point.event()
    point.round(kept)
    many = [point.event() for _ in range(60)]
    limit_pages(hub, 2)
    with pytest.raises(WorldError) as caught:
        point.round(*many)
    assert caught.value.code == "server.full"
    assert counts(hub) == (1, 1)
    limit_pages(hub, None)
    answer = point.round(*many)
    assert all(verdict.receipt for verdict in answer.verdicts)
    assert counts(hub) == (61, 61)


def test_over_http_it_is_a_503_that_says_so(client: TestClient[Litestar], hub: Hub, point: HubPoint) -> None:
    body = point.request(*(point.event() for _ in range(60)))
    headers = {"Authorization": f"Bearer {point.enrolled.token}"}
    limit_pages(hub, 2)
    answer = client.post("/v1/round", content=body, headers=headers)
    limit_pages(hub, None)
    assert (answer.status_code, answer.json()["code"]) == (503, "server.full")
    assert client.post("/v1/round", content=body, headers=headers).status_code == 200


def test_the_log_names_nobody(
    client: TestClient[Litestar],
    point: HubPoint,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = logging.getLogger("hamlet-hub")
    for name in ("handlers", "propagate", "level"):
        monkeypatch.setattr(log, name, getattr(log, name))
    start_journal()
    headers = {"Authorization": f"Bearer {point.enrolled.token}"}
    client.post("/v1/round", content=point.request(point.event()), headers=headers)
    client.post("/v1/round", content=b"nonsense", headers=headers)
    client.get("/health/ready")
    client.get("/v1/nothing-there")
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["what"] for line in lines] == ["round", "refused", "refused"]
    told = "\n".join(lines)
    for secret in (*(answer.value for answer in ANSWERS), point.enrolled.token, point.enrolled.hamlet):
        assert secret not in told
