"""The officer takes in a stick: at the hub's machine, or by sending its files through the browser."""

import base64
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from sync import stick
from sync.hub.context import Hub
from sync.hub.store import audit
from sync.hub.store.officers import Role
from tests.support.hub import add_officer
from tests.support.office import OfficeVisitor, token_of, words_of
from tests.support.stick import Pair, make_pair

PAGE = "/can-bo/usb"


@pytest.fixture
def pair(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """A stick with one dossier and its scan; the hub's machine shows it."""
    made = make_pair(tmp_path, hub)
    made.point.queue(papers=(700,))
    made.copy()
    monkeypatch.setattr("sync.volumes.sticks", lambda **_more: [made.drive])
    yield made
    made.point.database.close()


def send(visitor: OfficeVisitor, files: list[tuple[str, bytes]], **fields: str) -> Response:
    known = {"_csrf_token": token_of(visitor.web.get(PAGE))} | fields
    parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
    return visitor.web.post(f"{PAGE}/tep", data=known, files=parts)


def everything(pair: Pair) -> list[tuple[str, bytes]]:
    """What a browser sends for the chosen folder."""
    found = [path for path in pair.drive.rglob("*") if path.is_file()]
    return [(path.relative_to(pair.drive).as_posix(), path.read_bytes()) for path in found]


def test_a_stick_in_the_machine_is_taken_in_by_one_press(pair: Pair, visitor: OfficeVisitor) -> None:
    page = visitor.web.get(PAGE)
    assert f"Nhận từ {pair.drive}" in words_of(page)
    fields = {"_csrf_token": token_of(page), "stick": str(pair.drive)}
    done = visitor.web.post(f"{PAGE}/may", data=fields)
    assert "Thôn Một: nhận 1 hồ sơ mới, 0 hồ sơ đã có" in words_of(done)
    assert "data:" not in done.text
    assert pair.take().received == 1


def test_no_other_folder_of_the_machine_is_opened(pair: Pair, visitor: OfficeVisitor, tmp_path: Path) -> None:
    fields = {"_csrf_token": token_of(visitor.web.get(PAGE)), "stick": str(tmp_path)}
    refused = visitor.web.post(f"{PAGE}/may", data=fields)
    assert refused.status_code == 400
    assert "Chưa thấy USB" in words_of(refused)


def test_files_come_by_the_browser_and_the_answer_is_offered(pair: Pair, visitor: OfficeVisitor) -> None:
    done = send(visitor, everything(pair))
    assert "nhận 1 hồ sơ mới" in words_of(done)
    found = re.search(r'download="([^"]+)" href="data:application/octet-stream;base64,([^"]+)"', done.text)
    assert found is not None
    (pair.drive / found[1]).write_bytes(base64.b64decode(unescape(found[2])))
    assert pair.take().received == 1
    assert list(pair.hub.home.uploads.iterdir()) == []


def test_the_same_files_again_give_no_second_dossier(pair: Pair, visitor: OfficeVisitor) -> None:
    files = everything(pair)
    send(visitor, files)
    assert "nhận 0 hồ sơ mới, 1 hồ sơ đã có" in words_of(send(visitor, files))


def test_a_dossier_that_lacks_its_paper_is_counted_apart(pair: Pair, visitor: OfficeVisitor) -> None:
    files = [(name, data) for name, data in everything(pair) if not name.endswith(stick.PAPER)]
    said = words_of(send(visitor, files))
    assert "nhận 0 hồ sơ mới, 0 hồ sơ đã có" in said
    assert "Thêm 1 hồ sơ đã đến nhưng chưa đủ giấy tờ" in said


def test_files_that_do_not_belong_are_not_kept(pair: Pair, visitor: OfficeVisitor) -> None:
    odd = [("../../evil.manifest", b"x"), ("notes.txt", b"x"), ("", b"x"), ("a\\b\\ .age", b"x")]
    done = send(visitor, odd)
    assert done.status_code == 400
    assert "Không thấy hồ sơ nào" in words_of(done)
    assert not list(pair.hub.home.folder.rglob("evil*"))
    assert "nhận 1 hồ sơ mới" in words_of(send(visitor, [*odd, *everything(pair)]))


def test_a_foreign_copy_is_refused_in_words(pair: Pair, visitor: OfficeVisitor) -> None:
    files = [(name, b"other" if name.endswith(stick.MANIFEST) else data) for name, data in everything(pair)]
    done = send(visitor, files)
    assert "của nơi khác" in words_of(done)
    assert "data:" not in done.text
    add_officer(pair.hub, "quan", Role.ADMIN)
    visitor.log_in("quan")
    journal = words_of(visitor.web.get("/can-bo/nhat-ky"))
    assert "Nhận từ USB (không nhận: USB của nơi khác, hoặc tệp đã sửa)" in journal


def test_who_took_it_in_is_noted(pair: Pair, visitor: OfficeVisitor) -> None:
    send(visitor, everything(pair))
    with pair.hub.database.read() as connection:
        newest = audit.latest(connection, pair.hub.commune)[0]
    assert (newest.actor, newest.action, newest.detail) == ("lan", "stick", "Thôn Một")


def test_only_an_officer_with_our_own_page_gets_in(
    pair: Pair, hub: Hub, visitor: OfficeVisitor, client: TestClient[Litestar]
) -> None:
    assert send(visitor, everything(pair), _csrf_token="wrong").status_code == 403
    visitor.web.cookies.clear()
    assert "Đăng nhập" in words_of(visitor.web.get(PAGE))
    add_officer(hub, "quan", Role.ADMIN)
    visitor.log_in("quan")
    assert visitor.web.get(PAGE).status_code == 403
