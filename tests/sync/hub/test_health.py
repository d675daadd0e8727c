"""What a watching program hears."""

import shutil
from collections import namedtuple

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from sync.hub.context import Hub
from sync.hub.store.tables import commune
from tests.support.hub import HubPoint

_Usage = namedtuple("_Usage", "total used free")


def test_a_hub_that_can_take_dossiers_is_live_and_ready(client: TestClient[Litestar]) -> None:
    assert client.get("/health/live").json() == {"live": True}
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": True, "papers": True, "room": True}}
    assert answer.headers["cache-control"] == "no-store"


def test_a_database_without_its_tables_is_not_ready_but_live(client: TestClient[Litestar], hub: Hub) -> None:
    with hub.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE commune RENAME TO elsewhere")
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)
    assert commune.name not in answer.text


def test_a_folder_that_is_gone_is_not_ready(client: TestClient[Litestar], hub: Hub) -> None:
    hub.home.papers.rmdir()
    assert client.get("/health/ready").json()["checks"]["papers"] is False


def test_a_full_disk_is_not_ready(client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: _Usage(10**9, 10**9, 1000))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["room"]) == (503, False)


def test_nothing_of_the_hubs_work_is_told(client: TestClient[Litestar], point: HubPoint) -> None:
    point.round(point.event())
    told = client.get("/health/ready").text + client.get("/health/live").text
    for secret in (point.enrolled.point, point.enrolled.hamlet, point.enrolled.epoch):
        assert secret not in told
