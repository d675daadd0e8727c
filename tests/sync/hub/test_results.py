"""The copy of a result: labelled, sealed to the point, fetched in pieces, gone when it is handed over."""

import io
from pathlib import Path

import pikepdf
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, NewsItem
from kiosk.envelope.seal import digest_of, open_bytes
from sync.hub.context import Hub
from sync.hub.office.result_file import MAX_BYTES, labelled
from sync.hub.results import piece
from sync.hub.store import dossiers, results
from tests.support.hub import ASSETS, HubPoint
from tests.support.office import OfficeVisitor, field_of, token_of, words_of

FONTS = ASSETS / "fonts"
PLACE = "Bộ phận Một cửa phường Hải Vân"


def pdf(pages: int = 2) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595))
    for number in range(pages):
        canvas.drawString(100, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind)
    return buffer.getvalue()


def text_of(data: bytes, folder: Path) -> str:
    import subprocess

    file = folder / "result.pdf"
    file.write_bytes(data)
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def received(point: HubPoint, visitor: OfficeVisitor) -> str:
    event = point.event()
    point.round(event)
    visitor.act(event.dossier, "receive", portal_code="G09.20-20261121-0092637")
    point.round()
    return event.dossier


def send_result(visitor: OfficeVisitor, dossier: str, data: bytes, place: str = PLACE) -> int:
    page = visitor.page(dossier)
    fields = {"_csrf_token": token_of(page), "revision": field_of(page, "revision")}
    fields |= {"sentence": "Mời bác đến nhận", "place": place}
    files = {"file": ("kq.pdf", data, "application/pdf")} if data else None
    address = f"/can-bo/ho-so/{dossier}/result"
    return visitor.web.post(address, data=fields, files=files, follow_redirects=False).status_code


def the_news(point: HubPoint) -> NewsItem:
    (item,) = point.news(point.round())
    assert isinstance(item, NewsItem)
    return item


def fetch(client: TestClient[Litestar], point: HubPoint, sha256: str, span: str = "") -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {point.enrolled.token}"} | ({"Range": span} if span else {})
    answer = client.get(f"/v1/results/{sha256}", headers=headers)
    return answer.status_code, answer.content


def test_every_page_says_that_it_is_no_original(tmp_path: Path) -> None:
    done = labelled(pdf(3), PLACE, FONTS)
    words = text_of(done, tmp_path)
    assert words.count(f"BẢN ĐỂ BIẾT – bản chính nhận tại: {PLACE}") == 3
    assert "page 2" in words


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_a_labelled_page_without_its_own_data(tmp_path: Path, kind: str) -> None:
    done = labelled(picture(kind), PLACE, FONTS)
    with pikepdf.open(io.BytesIO(done)) as opened:
        assert len(opened.pages) == 1
    assert PLACE in text_of(done, tmp_path)


def test_scripts_and_attachments_do_not_come_along() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as nasty:
        nasty.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        nasty.attachments["x.exe"] = b"MZ"
        nasty.save(buffer)
    done = labelled(buffer.getvalue(), PLACE, FONTS)
    with pikepdf.open(io.BytesIO(done)) as opened:
        assert "/OpenAction" not in opened.Root
        assert not opened.attachments


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MZ program", "office.result_kind"),
        (b"%PDF-1.7 cut", "office.result_damaged"),
        (b"\xff\xd8\xff cut", "office.result_damaged"),
        (b"%PDF-" + bytes(MAX_BYTES), "office.result_big"),
        (pdf(41), "office.result_pages"),
    ],
    ids=["program", "cut pdf", "cut picture", "big", "pages"],
)
def test_what_is_no_result_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        labelled(data, PLACE, FONTS)
    assert caught.value.code == code


def test_a_pdf_behind_a_password_is_refused() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as opened:
        opened.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(WorldError, match=r"office\.result_damaged"):
        labelled(buffer.getvalue(), PLACE, FONTS)


def test_the_copy_travels_sealed_to_the_point_and_the_commune_alone(
    hub: Hub, client: TestClient[Litestar], point: HubPoint, visitor: OfficeVisitor, received: str
) -> None:
    assert send_result(visitor, received, pdf()) == 303
    news = the_news(point)
    assert news.result is not None
    assert (news.state, news.result.original_at) == ("result_ready", PLACE)
    status, body = fetch(client, point, news.result.sealed_sha256)
    assert (status, len(body), digest_of(body)) == (200, news.result.sealed_size, news.result.sealed_sha256)
    assert digest_of(open_bytes(body, point.identity)) == news.result.plain_sha256
    assert open_bytes(body, hub.keys.identity) == open_bytes(body, point.identity), "to be sealed anew"
    with pytest.raises(WorldError):
        open_bytes(body, HubPoint(hub).identity)
    assert "Đã gửi về điểm bản để biết" in words_of(visitor.page(received))
    assert fetch(client, HubPoint(hub), news.result.sealed_sha256)[0] == 404
    assert client.get(f"/v1/results/{news.result.sealed_sha256}").status_code == 401


def test_pieces_make_the_whole(
    client: TestClient[Litestar], point: HubPoint, visitor: OfficeVisitor, received: str
) -> None:
    send_result(visitor, received, picture())
    result = the_news(point).result
    assert result is not None
    parts = [
        fetch(client, point, result.sealed_sha256, f"bytes={start}-{start + 999}")[1]
        for start in range(0, result.sealed_size, 1000)
    ]
    assert digest_of(b"".join(parts)) == result.sealed_sha256
    status, _ = fetch(client, point, result.sealed_sha256, f"bytes={result.sealed_size}-")
    assert status == 416


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", (0, 10)), ("bytes=0-", (0, 10)), ("bytes=3-5", (3, 6)), ("bytes=3-99", (3, 10)),
     ("bytes=-5", (0, 10)), ("bytes=0-1,3-4", (0, 10)), ("lines=0-1", (0, 10)), ("bytes=９-", (0, 10))],
)  # fmt: skip
def test_ranges_as_clients_write_them(asked: str, expected: tuple[int, int]) -> None:
    if not asked.isascii():
        asked = asked.encode("ascii", "replace").decode()
    assert piece(asked, 10) == expected


def test_a_copy_needs_the_place_of_the_original(visitor: OfficeVisitor, received: str) -> None:
    assert send_result(visitor, received, pdf(), place=" ") == 400
    assert send_result(visitor, received, b"MZ") == 400
    assert send_result(visitor, received, b"") == 303


def test_what_was_handed_over_at_the_point_is_kept_no_longer(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, received: str
) -> None:
    handed = point.event(dossier=received, kind=EventKind.HANDED_BACK, answers=())
    (early,) = point.round(handed).verdicts
    assert early.code == "dossier.closed"
    send_result(visitor, received, pdf())
    with hub.database.read() as connection:
        assert results.is_waiting(connection, received)
    for _ in range(2):
        (verdict,) = point.round(handed).verdicts
        assert verdict.receipt is not None
    with hub.database.read() as connection:
        assert not results.is_waiting(connection, received)
        found = dossiers.find(connection, received)
    assert found is not None
    assert found.state == "handed_back"
    assert "Đã trao tận tay" in words_of(visitor.page(received))


def test_a_result_handed_over_at_the_office_ends_the_copy(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, received: str
) -> None:
    send_result(visitor, received, pdf())
    assert visitor.act(received, "hand").status_code == 303
    with hub.database.read() as connection:
        assert not results.is_waiting(connection, received)
    assert [item.state for item in point.news(point.round())] == ["result_ready", "handed_back"]  # type: ignore[attr-defined]
