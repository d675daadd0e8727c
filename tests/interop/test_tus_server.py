"""Our client uploads to @tus/server, and resumes there."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.envelope.seal import digest_of
from sync.client.transport import Transport
from sync.client.uploads import Upload, send_paper
from sync.hub.authority import make_authority, make_server
from tests.interop.conftest import HERE

BODY = random.Random(23).randbytes(1_000_000)
PIECE = 100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kept"
    made.mkdir()
    return made


@pytest.fixture
def road(node: str, tmp_path: Path, folder: Path) -> Iterator[Transport]:
    """The way to a tus server of other people whose authority is pinned."""
    authority, key = make_authority("Máy khác")
    pem = tmp_path / "server.pem"
    pem.write_bytes(make_server(authority, key, ("127.0.0.1",)))
    command = [node, str(HERE / "tus_server.mjs"), str(pem), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        ready = process.stdout.readline() if process.stdout else ""
        made = Transport(ready.split()[1], authority.decode("ascii"), "any.token")
        yield made
        made.close()
        process.terminate()


def whole_file(folder: Path) -> bytes:
    (file,) = [path for path in folder.iterdir() if path.suffix != ".json"]
    return file.read_bytes()


def test_a_paper_arrives_in_pieces(road: Transport, folder: Path) -> None:
    upload = Upload(digest_of(BODY), BODY, None, lambda _url: None)
    assert send_paper(road, upload, PIECE, lambda: True)
    assert whole_file(folder) == BODY


def test_a_small_paper_arrives_with_its_creation(road: Transport, folder: Path) -> None:
    small, urls = BODY[:40_000], list[str | None]()
    assert send_paper(road, Upload(digest_of(small), small, None, urls.append), PIECE, lambda: True)
    assert whole_file(folder) == small
    assert urls == []


def test_it_goes_on_where_the_server_stands(road: Transport, folder: Path) -> None:
    urls: list[str | None] = []
    turns = iter([True, True, True])
    upload = Upload(digest_of(BODY), BODY, None, urls.append)
    assert not send_paper(road, upload, PIECE, lambda: next(turns, False))
    assert len(whole_file(folder)) == 3 * PIECE
    again = Upload(digest_of(BODY), BODY, urls[-1], urls.append)
    assert send_paper(road, again, PIECE, lambda: True)
    assert whole_file(folder) == BODY


def test_an_upload_that_the_server_threw_away_begins_again(road: Transport, folder: Path) -> None:
    urls: list[str | None] = []
    gone = Upload(digest_of(BODY), BODY, f"{road.base}/v1/papers/unknown", urls.append)
    assert send_paper(road, gone, PIECE, lambda: True)
    assert urls[0] is None
    assert whole_file(folder) == BODY
