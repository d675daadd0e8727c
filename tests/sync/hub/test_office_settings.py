"""The set-up page: what is missing is said in plain words, what was decided with its decision."""

from dataclasses import replace
from datetime import date

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.catalogue.calendar import AnnouncedYear, WorkingCalendar
from kiosk.catalogue.local_rules import LocalRule
from kiosk.packs.content import Content
from sync.hub.context import Hub
from sync.hub.office.settings_view import settings_page
from sync.hub.store.officers import Role
from tests.support.content import real_content
from tests.support.hub import add_officer
from tests.support.office import OfficeVisitor, words_of

DAY = date(2026, 11, 21)
RULE = LocalRule("khai_sinh", "5.000 đồng", "NQ 7/2026", date(2026, 5, 1), effective_to=date(2026, 12, 31))


@pytest.fixture
def content() -> Content:
    return real_content()


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_log_in_sees_what_is_missing(hub: Hub, client: TestClient[Litestar], role: Role) -> None:
    add_officer(hub, "lan", role)
    visitor = OfficeVisitor(client)
    visitor.log_in("lan")
    words = words_of(visitor.web.get("/can-bo/thiet-lap"))
    assert "Chưa có số điện thoại (hotline)" in words
    assert hub.library.content.commune.name in words
    assert "Thiết lập" in words_of(visitor.web.get("/can-bo/thiet-lap"))


def test_without_log_in_nothing_is_shown(client: TestClient[Litestar]) -> None:
    assert "hotline" not in client.get("/can-bo/thiet-lap").text


def test_every_setting_that_is_missing_is_a_sentence(content: Content) -> None:
    empty = replace(
        content.commune,
        address=None,
        hours=None,
        hotline=None,
        suggestion_box=None,
        data_controller=None,
        data_contact=None,
        hamlets=(),
        local_fees=(),
    )
    shown = settings_page(replace(content, commune=empty), DAY)
    assert len(shown.missing) == len(empty.missing()) + 1
    assert shown.missing[-1].startswith("Năm 2027 chưa có lịch nghỉ chính thức")


def test_next_years_calendar_is_missing_from_october_on(content: Content) -> None:
    def years(day: date) -> list[str]:
        return [said[4:8] for said in settings_page(content, day).missing if said.startswith("Năm")]

    assert [years(date(2026, month, 1)) for month in (9, 10)] == [[], ["2027"]]
    assert years(date(2027, 5, 1)) == ["2027"]
    known = AnnouncedYear(frozenset(), frozenset(), "nguồn", DAY, "high")
    both = replace(content, calendar=WorkingCalendar({2026: known, 2027: known}))
    assert not [said for said in settings_page(both, DAY).missing if said.startswith("Năm")]


def test_what_was_decided_stands_with_its_decision(content: Content) -> None:
    commune = replace(content.commune, local_fees=(RULE,), former_hamlets={"Thôn Cũ": "Thôn Phò Nam"})
    shown = settings_page(replace(content, commune=commune), DAY)
    assert shown.rules == (
        ("Thủ tục đăng ký khai sinh", "5.000 đồng", "NQ 7/2026, ngày 01/05/2026; đến hết 31/12/2026"),
    )
    assert ("Tên thôn trước đây", "Thôn Cũ → Thôn Phò Nam") in shown.given
