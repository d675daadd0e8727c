"""Signs that no database keeps, typed into the officer's pages: refused or left out, never a 500."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from sync.hub.app import build
from sync.hub.store.officers import Role
from tests.support.hub import HubPoint, add_officer, make_home, open_hub
from tests.support.office import OfficeVisitor, token_of

NUL, LONE = "a%00b", quote("\ud800".encode("utf-8", "surrogatepass"))


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[tuple[OfficeVisitor, HubPoint]]:
    hub = open_hub(make_home(tmp_path / "hub", database_url))
    add_officer(hub, "head", Role.HEAD)
    with TestClient(build(hub), base_url="https://hub.test") as client:
        visitor = OfficeVisitor(client)
        visitor.log_in("head")
        yield visitor, HubPoint(hub)
    hub.database.close()


@pytest.mark.parametrize("odd", [NUL, LONE])
def test_no_form_and_no_address_breaks(place: tuple[OfficeVisitor, HubPoint], odd: str) -> None:
    visitor, point = place
    event = point.event()
    point.round(event)
    token = quote(token_of(visitor.page(event.dossier)))
    fields = ("name", "words", "thon", "thu_tuc", "ho_so", "code", "kind", "sentence", "portal_code", "day")
    fields += ("papers", "hamlet", "place")
    body = "&".join([f"_csrf_token={token}", "dang=csv", *(f"{name}={odd}" for name in fields)]).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    dossier, sender = event.dossier, point.enrolled.point
    for path in (
        "/tim", "/xuat", "/du-lieu", "/diem/ma", f"/diem/{sender}/nhan", f"/ho-so/{dossier}/receive",
        f"/ho-so/{dossier}/ask", f"/ho-so/{odd}/ask", f"/diem/{odd}/ngung", f"/du-lieu/{odd}/lam",
        "/dang-nhap",
    ):  # fmt: skip
        answer = visitor.web.post(f"/can-bo{path}", content=body, headers=kind, follow_redirects=False)
        assert answer.status_code < 500, path
    for path in (f"/ho-so/{odd}", f"?thon={odd}&thu_tuc={odd}&tim={odd}", f"/so-lieu?thang={odd}"):
        assert visitor.web.get(f"/can-bo{path}").status_code < 500, path
