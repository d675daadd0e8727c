"""A person asks about his own data: the officer notes it, sees the limits, stops or erases."""

import re

import pytest

from kiosk.domain.ids import slip_code
from sync.hub.context import Hub
from sync.hub.store import dossiers
from sync.hub.store.officers import Role
from sync.protocol import Event
from tests.support.hub import HubPoint, add_officer
from tests.support.office import OfficeVisitor, token_of, words_of

PAGE = "/can-bo/du-lieu"


@pytest.fixture
def sent(point: HubPoint) -> Event:
    made = point.event()
    point.round(made)
    return made


def note(visitor: OfficeVisitor, **fields: str) -> str:
    """Fill the form; the words of the page that follows."""
    fields = {"_csrf_token": token_of(visitor.web.get(PAGE)), **fields}
    return words_of(visitor.web.post(PAGE, data=fields))


def press(visitor: OfficeVisitor, verb: str) -> str:
    """Press the first button of that kind."""
    page = visitor.web.get(PAGE)
    address = re.search(rf'action="({PAGE}/[^"]+/{verb})"', page.text)
    assert address is not None
    return words_of(visitor.web.post(address[1], data={"_csrf_token": token_of(page)}))


def state_of(hub: Hub, sent: Event) -> str:
    with hub.database.read() as connection:
        found = dossiers.find(connection, sent.dossier)
    assert found is not None
    return found.state.value


def test_a_withdrawal_shows_its_limits_and_stops_the_work(
    hub: Hub, visitor: OfficeVisitor, sent: Event
) -> None:
    words = note(visitor, code=slip_code(sent.dossier), kind="withdraw", asked_on="2026-11-20")
    assert "Hỏi ngày 20/11/2026" in words
    assert "25/11/2026" in words, "two working days to say that it arrived; 24/11 is a public holiday"
    assert "05/12/2026" in words, "fifteen days to do it"
    assert "Đã báo" in press(visitor, "bao-nhan")
    assert "Không có yêu cầu nào đang chờ" in press(visitor, "lam")
    assert state_of(hub, sent) == "withdrawn"


def test_erasing_says_that_its_limit_is_not_verified_and_takes_the_content(
    hub: Hub, visitor: OfficeVisitor, sent: Event
) -> None:
    words = note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-20")
    assert "chưa kiểm chứng, hỏi xã" in words
    press(visitor, "lam")
    assert state_of(hub, sent) == "erased"
    page = visitor.page(sent.dossier)
    assert page.status_code == 200
    assert "Đã xóa nội dung" in words_of(page)
    assert "Đã xóa nội dung" in words_of(visitor.web.get("/can-bo"))


def test_a_limit_that_is_over_is_said(visitor: OfficeVisitor, sent: Event) -> None:
    assert "Quá hạn" in note(visitor, code=sent.dossier, kind="erase", asked_on="2025-01-02")
    assert "Quá hạn" not in press(visitor, "bao-nhan")


def test_the_same_request_twice_is_one(visitor: OfficeVisitor, sent: Event) -> None:
    for _ in range(2):
        note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-20")
    assert visitor.web.get(PAGE).text.count("/bao-nhan") == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "NHAP-0000-00000"}, "Không tìm thấy đúng một hồ sơ"),
        ({"code": ""}, "Không tìm thấy đúng một hồ sơ"),
        ({"kind": "everything"}, "Loại yêu cầu này không có"),
        ({"asked_on": "hôm qua"}, "Ngày yêu cầu không đúng"),
        ({"asked_on": "2999-01-01"}, "Ngày yêu cầu không đúng"),
    ],
)
def test_what_cannot_be_noted_is_told(
    visitor: OfficeVisitor, sent: Event, fields: dict[str, str], sentence: str
) -> None:
    good = {"code": sent.dossier, "kind": "erase", "asked_on": "2026-11-20"}
    assert sentence in note(visitor, **good | fields)
    assert "Không có yêu cầu nào đang chờ" in words_of(visitor.web.get(PAGE))


def test_a_request_that_is_done_or_never_was_is_not_there(visitor: OfficeVisitor) -> None:
    fields = {"_csrf_token": token_of(visitor.web.get(PAGE))}
    assert visitor.web.post(f"{PAGE}/nothing/lam", data=fields).status_code == 404


def test_only_officers_with_our_own_form(hub: Hub, visitor: OfficeVisitor, sent: Event) -> None:
    fields = {"code": sent.dossier, "kind": "erase", "asked_on": "2026-11-20"}
    assert visitor.web.post(PAGE, data=fields).status_code == 403
    add_officer(hub, "quan-tri", Role.ADMIN)
    visitor.log_in("quan-tri")
    assert visitor.web.get(PAGE).status_code == 403
