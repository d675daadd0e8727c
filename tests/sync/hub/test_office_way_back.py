"""A session that ended: said at the door, and back to the dossier, but never out of our own pages."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.domain.ids import new_id
from sync.hub.office import way_back
from tests.support.hub import PASSWORD
from tests.support.office import OfficeVisitor, field_of, token_of, words_of


def test_who_wrote_too_long_is_told_and_led_back(visitor: OfficeVisitor, dossier: str) -> None:
    visitor.web.cookies.set("thon_can_bo", "ended", path="/can-bo")
    fields = {"sentence": "Thiếu giấy"}
    for headers, name in (({}, "location"), ({"HX-Request": "true"}, "hx-redirect")):
        address = f"/can-bo/ho-so/{dossier}/ask"
        answer = visitor.web.post(address, data=fields, headers=headers, follow_redirects=False)
        assert answer.headers[name] == f"/can-bo/dang-nhap?het=1&ve=/can-bo/ho-so/{dossier}"
    door = visitor.web.get(answer.headers["hx-redirect"])
    assert "Phiên làm việc đã hết" in words_of(door)
    known = {"_csrf_token": token_of(door), "ve": field_of(door, "ve"), "name": "lan"}
    wrong = visitor.web.post("/can-bo/dang-nhap", data=known | {"password": "x"}, follow_redirects=False)
    assert field_of(wrong, "ve") == f"/can-bo/ho-so/{dossier}"
    known |= {"_csrf_token": token_of(wrong), "password": PASSWORD}
    done = visitor.web.post("/can-bo/dang-nhap", data=known, follow_redirects=False)
    assert done.headers["location"] == f"/can-bo/ho-so/{dossier}"


def test_who_never_was_in_is_told_of_no_end(client: TestClient[Litestar]) -> None:
    answer = client.get("/can-bo", follow_redirects=False)
    assert answer.headers["location"] == "/can-bo/dang-nhap"
    assert "Phiên làm việc" not in words_of(client.get("/can-bo/dang-nhap"))


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/can-bo/ho-so/../../x", "/can-bo/ho-so/a\n",
     "/can-bo/ho-so/a?b", "/can-bo/dang-xuat", "/can-bo/ho-so/a/seen", "\\\\evil", ""],
)  # fmt: skip
def test_no_way_leads_out(path: str) -> None:
    assert way_back.safe(path) == ""
    assert way_back.safe(f"/can-bo/ho-so/{new_id()}")
