"""htmx and our own script: served by the hub itself, unchanged, and held to the pages' policy."""

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from html import unescape
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.envelope.seal import seal_bytes
from sync.hub.context import Hub
from sync.hub.office import search_link, static_files
from tests.support.office import OfficeVisitor, field_of, token_of, words_of

STATIC = Path("sync/hub/office/static")
TEMPLATES = Path("sync/hub/office/templates")
PART = {"HX-Request": "true"}


def test_htmx_is_the_file_that_its_note_names(visitor: OfficeVisitor) -> None:
    note = (STATIC / "htmx" / "README.md").read_text(encoding="utf-8")
    served = visitor.web.get("/can-bo/tinh/htmx.min.js")
    assert served.headers["content-type"].startswith("text/javascript")
    assert re.findall(r"`([0-9a-f]{64})`", note) == [hashlib.sha256(served.content).hexdigest()]
    assert "Zero-Clause BSD" in (STATIC / "htmx" / "LICENSE").read_text(encoding="utf-8")


def test_everything_that_a_page_loads_is_served_here(visitor: OfficeVisitor) -> None:
    page = visitor.web.get("/can-bo").text
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:js|css|svg))"', page)
    assert len(loaded) == 4
    for address in loaded:
        assert visitor.web.get(address).status_code == 200
    assert not re.search(r"https?://", page)


def test_no_other_file_of_the_folder_is_served(visitor: OfficeVisitor) -> None:
    for name in ("README.md", "LICENSE", "htmx", "..%2Fpages.py", "hub.db"):
        assert visitor.web.get(f"/can-bo/tinh/{name}").status_code == 404
    assert all(path.suffix != ".md" for path in static_files.files(Path("assets")).values())


def test_htmx_keeps_to_the_policy_and_stores_no_page(visitor: OfficeVisitor) -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']*)'", visitor.web.get("/can-bo").text)
    assert found is not None
    config = json.loads(unescape(found[1]))
    assert config["allowEval"] is config["allowScriptTags"] is config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_of_its_own(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|<script(?! src=)|hx-vals=.js:", html)


def test_the_door_loads_no_script(client: TestClient[Litestar]) -> None:
    assert "<script" not in client.get("/can-bo/dang-nhap").text


def test_the_part_of_the_list_is_what_stands_in_the_page(visitor: OfficeVisitor, dossier: str) -> None:
    query = "thon=Th%C3%B4n+M%E1%BB%99t&thu_tuc=&han=&trang_thai=at_hub"
    whole, part = visitor.web.get(f"/can-bo?{query}"), visitor.web.get(f"/can-bo?{query}", headers=PART)
    assert "<html" not in part.text
    assert dossier in part.text
    assert part.text.partition("<div hx-swap-oob")[0].strip() in whole.text
    assert part.headers["hx-push-url"] == "/can-bo?trang_thai=at_hub&thon=Th%C3%B4n+M%E1%BB%99t"
    assert part.headers["vary"] == "HX-Request"
    assert '<div hx-swap-oob="innerHTML:#bao">1 hồ sơ</div>' in part.text


def test_a_search_leaves_no_name_in_the_address_and_can_be_gone_back_to(
    hub: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    token = token_of(visitor.web.get("/can-bo"))
    found = visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": "nguyen hop"})
    assert dossier in found.text
    assert found.url.path == "/can-bo"
    assert found.url.query.startswith(b"tim=")
    assert b"nguyen" not in found.url.query
    again = visitor.web.get(str(found.url))
    assert dossier in again.text
    assert 'value="nguyen hop"' in again.text
    assert dossier not in visitor.web.get(f"{found.url}&thon=Th%C3%B4n+Hai").text
    part = visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": "nobody"}, headers=PART)
    assert "Không thấy hồ sơ nào" in part.text
    assert part.headers["hx-push-url"].startswith("/can-bo?tim=")


@pytest.mark.parametrize("link", ["x", "%00", "A" * 9000, "é", "YWdlLWVuY3J5cHRpb24ub3JnL3YxCg=="])
def test_a_link_that_this_hub_did_not_write_searches_for_nothing(
    visitor: OfficeVisitor, dossier: str, link: str
) -> None:
    page = visitor.web.get("/can-bo", params={"tim": link})
    assert page.status_code in {200, 404}
    assert (dossier in page.text) is (page.status_code == 200)


def test_a_search_link_opens_nothing_else_that_is_sealed_to_the_commune(hub: Hub) -> None:
    other = urlsafe_b64encode(seal_bytes("một lời nhắn".encode(), hub.settings.commune_key)).decode()
    assert search_link.unpacked(hub, other) == ""
    assert search_link.unpacked(hub, search_link.packed(hub, "Bưởi")) == "Bưởi"
    assert search_link.packed(hub, "") == ""


@pytest.mark.parametrize("typed", ["048 095 001234", "048.095.001234", "048-095-001234", "048095001234"])
def test_a_number_is_found_however_it_is_grouped(visitor: OfficeVisitor, dossier: str, typed: str) -> None:
    token = token_of(visitor.web.get("/can-bo"))
    assert dossier in visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": typed}).text


def test_an_action_changes_only_its_part_of_the_page(visitor: OfficeVisitor, dossier: str) -> None:
    page = visitor.page(dossier)
    fields = {name: field_of(page, name) for name in ("_csrf_token", "revision", "seen")}
    done = visitor.web.post(f"/can-bo/ho-so/{dossier}/seen", data=fields, headers=PART)
    assert done.status_code == 200
    assert "<html" not in done.text
    assert 'id="ho-so"' in done.text
    assert "Đã ghi “Đã xem bản chuẩn bị”" in words_of(done)


def test_who_is_logged_out_is_led_to_the_door_from_a_part_too(
    hub: Hub, client: TestClient[Litestar], dossier: str
) -> None:
    answer = client.get("/can-bo", headers=PART)
    assert (answer.headers["hx-redirect"], answer.content) == ("/can-bo/dang-nhap", b"")


def test_a_refusal_of_a_part_takes_the_place_of_the_page(visitor: OfficeVisitor, dossier: str) -> None:
    answer = visitor.web.post(f"/can-bo/ho-so/{dossier}/seen", data={"_csrf_token": "other"}, headers=PART)
    assert answer.status_code == 403
    assert answer.headers["hx-retarget"] == "#noi-dung"
    assert "<html" not in answer.text
    assert "Trang đã mở quá lâu" in answer.text


def test_a_refused_page_still_shows_the_way(visitor: OfficeVisitor) -> None:
    page = visitor.web.get("/can-bo/nhat-ky")
    assert page.status_code == 403
    assert 'href="/can-bo/so-lieu"' in page.text
