"""``hamlet-hub serve --processes``: one hub in several processes on PostgreSQL, one process on SQLite."""

import base64
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from sync.client.transport import Transport
from sync.hub.context import Hub
from sync.protocol import PAPERS_PATH, RoundAnswer, RoundRequest, Verdict
from tests.support.hub import HubPoint

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}
PATIENCE = 30.0
"""Seconds after which a process that should have ended counts as one that goes on."""
on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Running:
    process: "subprocess.Popen[str]"
    url: str
    hub: Hub

    def workers(self) -> list[int]:
        names = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(name) for name in names.split()]

    @contextmanager
    def line(self, point: HubPoint) -> Iterator[Transport]:
        """A connection of its own: whichever process takes it."""
        authority = self.hub.home.authority.read_text("ascii")
        with closing(Transport(self.url, authority, point.enrolled.token)) as line:
            yield line


def serve(hub: Hub, processes: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-X", "utf8", "-m", "sync.hub", "serve", "--home", str(hub.home.folder)]
    return subprocess.Popen(
        [*command, "--processes", str(processes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture
def together(hub: Hub) -> Iterator[Running]:
    with serve(hub, 2) as process:
        assert process.stdout is not None
        yield Running(process, process.stdout.readline().split()[1], hub)
        process.kill()


def said(line: Transport, body: bytes) -> RoundAnswer:
    return line.round(msgspec.json.decode(body, type=RoundRequest))


def ended(pid: int) -> bool:
    """Whether a process is gone, now or soon."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], PATIENCE)[0])
    finally:
        os.close(watched)


@on_postgres
def test_points_that_speak_at_once_get_a_receipt_for_everything_once(together: Running) -> None:
    def speak(point: HubPoint) -> list[int]:
        numbers = []
        for _ in range(10):
            body = point.request(point.event())
            with together.line(point) as line, together.line(point) as other:
                first, again = said(line, body), said(other, body)
            assert first == again
            assert first.verdicts[0].verdict is Verdict.ACCEPTED
            assert first.verdicts[0].receipt is not None
            numbers.append(first.verdicts[0].receipt.number)
        return numbers

    points = [HubPoint(together.hub) for _ in range(4)]
    with ThreadPoolExecutor(len(points)) as threads:
        numbers = [number for found in threads.map(speak, points) for number in found]
    assert sorted(numbers) == list(range(1, 41))
    assert len(together.workers()) == 2


@on_postgres
def test_a_paper_goes_on_in_whichever_process(together: Running) -> None:
    point = HubPoint(together.hub)
    for _ in range(8):
        paper = point.paper()
        event, body = point.event(papers=[paper]), point.papers[paper.sealed_sha256]
        with together.line(point) as line:
            assert said(line, point.request(event)).verdicts[0].receipt is None
            named = base64.b64encode(paper.sealed_sha256.encode()).decode()
            announced = {**TUS, "Upload-Length": str(len(body)), "Upload-Metadata": f"sha256 {named}"}
            place = line.send("POST", PAPERS_PATH, announced).headers["location"]
            assert line.send("PATCH", place, {**BYTES, "Upload-Offset": "0"}, body[:100]).status == 204
        with together.line(point) as line:
            assert line.send("HEAD", place, TUS).headers["upload-offset"] == "100"
            assert line.send("PATCH", place, {**BYTES, "Upload-Offset": "0"}, body).status == 409
            assert line.send("PATCH", place, {**BYTES, "Upload-Offset": "100"}, body[100:]).status == 204
        with together.line(point) as line:
            given = said(line, point.request()).receipts
        assert event.id in {receipt.event for receipt in given}


@on_postgres
def test_it_ends_in_order_with_all_its_processes(together: Running) -> None:
    workers = together.workers()
    together.process.terminate()
    assert together.process.wait(PATIENCE) == 0
    assert all(ended(worker) for worker in workers)


@on_postgres
def test_one_that_dies_takes_the_others_along(together: Running) -> None:
    first, second = together.workers()
    os.kill(first, signal.SIGKILL)
    assert together.process.wait(PATIENCE) != 0
    assert ended(second)
    assert together.process.stderr is not None
    assert "dừng bất thường" in together.process.stderr.read()


@on_postgres
def test_none_outlives_the_first_process(together: Running) -> None:
    workers = together.workers()
    together.process.kill()
    assert all(ended(worker) for worker in workers)
    with serve(together.hub, 1) as next_one:
        assert next_one.stdout is not None
        assert next_one.stdout.readline().startswith("READY ")
        next_one.terminate()


@on_sqlite
def test_sqlite_has_one_process(hub: Hub) -> None:
    with serve(hub, 2) as refused:
        _, complaint = refused.communicate(timeout=PATIENCE)
    assert refused.returncode != 0
    assert "PostgreSQL" in complaint
