"""After a day of work nothing of anybody is left readable: not at the hub, its copies, logs, temporary files.

A real hub (not a trial one) whose key came from a file elsewhere; an officer looks at everything, takes it
out, asks, receives, tells a result. Then every byte that is left is searched for what was in the dossiers.
"""

import io
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from litestar.testing import TestClient
from PIL import Image

from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import Answer
from sync.hub import copies
from sync.hub.app import build
from sync.hub.backup import back_up
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.journal import start_journal
from sync.hub.keys import find_identity, load_keys
from sync.hub.library import Library
from sync.hub.setup import Wishes, initialise
from sync.hub.store.database import open_database
from sync.hub.store.officers import Role
from sync.hub.verify import verify
from tests.support.content import real_content
from tests.support.hub import ASSETS, BIRTH, BIRTH_FORM, HubPoint, add_officer
from tests.support.office import OfficeVisitor, token_of

COMMUNE = ASSETS / "parameters" / "trial_commune.toml"
SENTENCE = "Mời chị Bưởi bổ sung giấy chứng sinh"
CODE = "G09.20-20261121-0092637"
SCAN = b"\xff\xd8 to giay chung sinh cua be Ngoc"
SECRETS = (
    "Bưởi",
    "Buoi",
    "Bảo Ngọc",
    "Trần Văn Cam",
    "tran van cam",
    "048195001234",
    "048090004321",
    "1995-08-12",
    "Trung tâm Y tế khu vực Hòa Vang",
    "giay chung sinh cua be",
    SENTENCE,
    CODE,
    "AGE-SECRET-KEY",
)


@dataclass
class Day:
    """One commune's hub, its other volume, and the folder of temporary files."""

    hub: Hub
    volume: Path
    temporary: Path


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    library = Library(real_content())
    home, key = Home(tmp_path / "hub"), tmp_path / "usb" / "commune-key"
    key.parent.mkdir()
    settings = initialise(home, Wishes(commune_settings=COMMUNE, commune_key_file=key), SystemClock(), ASSETS)
    keys = load_keys(home, settings, find_identity(home, key, None))
    shutil.rmtree(key.parent)
    for name in ("volume", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(copies, "check_volume", lambda *_: None)  # one disk is all that a test has
    with closing(open_database(home.database_url(settings))) as database:
        hub = Hub(home, settings, database, keys, library, SystemClock())
        yield Day(hub, tmp_path / "volume", tmp_path / "temporary")


def work(day: Day) -> tuple[str, list[str]]:
    """Everything that an officer does in a day; returns one dossier and what was seen of it on pages."""
    hub, seen = day.hub, []
    point = HubPoint(hub)
    paper = point.paper(plain=SCAN)
    event = point.event(answers=(*BIRTH, Answer("ten", "Bưởi")), papers=[paper], form=BIRTH_FORM)
    point.round(event)
    point.send_paper(paper.sealed_sha256)
    add_officer(hub, "lan", Role.OFFICER)
    with TestClient(build(hub), base_url="https://hub.test") as web:
        visitor = OfficeVisitor(web)
        visitor.log_in("lan")
        seen += [web.get("/can-bo").text, visitor.page(event.dossier).text]
        seen.append(web.get(f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}").text)
        assert web.get(f"/can-bo/ho-so/{event.dossier}/to-khai/1").status_code == 200
        token = token_of(web.get("/can-bo"))
        assert web.post("/can-bo/tim", data={"_csrf_token": token, "words": "Bưởi 048195001234"}).is_success
        for kind in ("json", "csv", "pdf"):
            fields = {"_csrf_token": token, "dang": kind, "ho_so": [event.dossier]}
            assert web.post("/can-bo/xuat", data=fields).is_success
        for action, fields in (
            ("seen", {}),
            ("more", {"sentence": SENTENCE, "papers": ["giay_chung_sinh"]}),
            ("invite", {"sentence": SENTENCE}),
            ("receive", {"portal_code": CODE}),
        ):
            seen.append(str(visitor.act(event.dossier, action, **fields).status_code))
        tell_result(visitor, event.dossier)
        web.post(
            "/v1/round",
            content="Bưởi 048195001234".encode(),
            headers={"Authorization": "Bearer tran van cam"},
        )
    back_up(hub.home, day.volume, SystemClock())
    verify(hub.home, day.volume, SystemClock())
    return event.dossier, seen


def tell_result(visitor: OfficeVisitor, dossier: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(picture, "PNG")
    page = visitor.page(dossier)
    fields = {"_csrf_token": token_of(page), "revision": "1", "sentence": SENTENCE, "place": "UBND phường"}
    files = {"file": ("tran van cam.png", picture.getvalue(), "image/png")}
    visitor.web.post(f"/can-bo/ho-so/{dossier}/result", data=fields, files=files, follow_redirects=False)


def readable(folder: Path) -> dict[str, set[str]]:
    """Which secrets stand in which file, in UTF-8 or UTF-16, as written, in capitals or in small letters."""
    found: dict[str, set[str]] = {}
    for file in folder.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        for secret in SECRETS:
            shapes = (secret, secret.upper(), secret.lower())
            if any(one.encode(code) in data for one in shapes for code in ("utf-8", "utf-16-le")):
                found.setdefault(file.name, set()).add(secret)
    return found


def test_nothing_of_anybody_is_left_readable(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("hamlet-hub")
    for name in ("handlers", "propagate", "level"):
        monkeypatch.setattr(log, name, getattr(log, name))
    start_journal()
    dossier, seen = work(day)
    assert any("Bưởi" in page for page in seen), "the officer did see it"
    assert SCAN.decode("latin-1")[3:] in seen[2]
    logged = capsys.readouterr()
    (day.temporary / "log").write_text(logged.err + logged.out, encoding="utf-8")
    assert readable(day.hub.home.folder) == {}
    assert readable(day.volume) == {}
    assert readable(day.temporary) == {}, "logs and temporary files"
    assert [file.name for file in day.temporary.iterdir()] == ["log"], "no temporary file stays"
    assert dossier in logged.err or '"what"' in logged.err, "something was logged at all"


def test_the_search_would_find_what_lies_open(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("… chị BƯỞI …", encoding="utf-8")
    (tmp_path / "two").write_bytes("048195001234".encode("utf-16-le"))
    (tmp_path / "three").write_bytes(b"nothing")
    assert {name: len(words) for name, words in readable(tmp_path).items()} == {"one": 1, "two": 1}
