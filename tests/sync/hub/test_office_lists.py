"""The inbox by state, hamlet, procedure and day of return; the overview; days of return."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from litestar.testing import TestClient

from kiosk.domain.clock import ShiftedClock
from kiosk.domain.dossier import State
from kiosk.domain.events import NewsItem
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.office import due_dates
from sync.hub.office.overview import overview
from sync.hub.store import deadlines
from sync.hub.store.deadlines import Promise
from sync.hub.store.officers import Role
from tests.support.hub import HubPoint, add_officer
from tests.support.office import OfficeVisitor, token_of, words_of

CODE = "G09.20-20261121-0092637"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday(hub: Hub) -> Hub:
    return replace(hub, clock=ShiftedClock(MONDAY))


@pytest.fixture
def visitor(monday: Hub) -> Iterator[OfficeVisitor]:
    add_officer(monday, "lan", Role.OFFICER)
    with TestClient(build(monday), base_url="https://hub.test") as client:
        visitor = OfficeVisitor(client)
        visitor.log_in("lan")
        yield visitor


def promised(hub: Hub, dossier: str) -> Promise | None:
    with hub.database.read() as connection:
        return deadlines.of_dossier(connection, dossier)


def shows(visitor: OfficeVisitor, query: str, dossier: str) -> bool:
    page = visitor.web.get(f"/can-bo?{query}")
    assert page.status_code == 200
    return dossier in page.text


def test_the_inbox_filters_by_hamlet_and_procedure(visitor: OfficeVisitor, dossier: str) -> None:
    assert shows(visitor, "thon=Th%C3%B4n+M%E1%BB%99t", dossier)
    assert not shows(visitor, "thon=Th%C3%B4n+Hai", dossier)
    assert shows(visitor, "thu_tuc=1.001193&trang_thai=at_hub", dossier)
    assert not shows(visitor, "thu_tuc=1.004194", dossier)
    assert "<option selected>Thôn Một</option>" in visitor.web.get("/can-bo?thon=Th%C3%B4n+M%E1%BB%99t").text


def test_the_day_of_return_is_kept_told_and_filtered(
    monday: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    day = MONDAY + timedelta(days=2)
    assert visitor.act(dossier, "receive", portal_code=CODE, day=day.isoformat()).status_code == 303
    assert promised(monday, dossier) == Promise("2026-11-25", "")
    (item,) = point.news(point.round())
    assert isinstance(item, NewsItem)
    assert (item.day, item.sentence) == ("2026-11-25", "")
    assert "Hẹn trả 25/11/2026" in words_of(visitor.page(dossier))
    found = {han: shows(visitor, f"han={han}", dossier) for han in ("qua_han", "sap_den", "con_han", "odd")}
    assert found == {"qua_han": False, "sap_den": True, "con_han": False, "odd": True}


def test_the_suggested_day_is_the_procedures_own_limit(
    monday: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    """Birth: on the day itself; after 15:00 on the next working day (limit of the catalogue)."""
    suggested = due_dates.suggested(monday, "1.001193")
    assert suggested in {"2026-11-23", "2026-11-24"}
    assert f'value="{suggested[8:]}/11/2026"' in visitor.page(dossier).text
    assert due_dates.suggested(monday, "9.999999") == ""


def test_a_suggested_day_of_a_year_whose_holidays_nobody_announced_is_doubted(hub: Hub, dossier: str) -> None:
    """At the turn of the year, when Tết is not announced yet, the official paper may say another day."""
    year_end = replace(hub, clock=ShiftedClock(date(2026, 12, 31)))
    add_officer(hub, "hoa", Role.OFFICER)
    assert "năm 2027 chưa có lịch nghỉ chính thức" in due_dates.hint(year_end, "2027-01-04")
    assert "tính từ thời hạn" in due_dates.hint(year_end, "2026-12-31")
    assert "Chưa rõ thời hạn" in due_dates.hint(year_end, "")
    with TestClient(build(year_end), base_url="https://hub.test") as client:
        visitor = OfficeVisitor(client)
        visitor.log_in("hoa")
        hint = due_dates.hint(year_end, due_dates.suggested(year_end, "1.001193"))
        assert hint in words_of(visitor.page(dossier))


@pytest.mark.parametrize(
    "typed",
    ["2026-11-22", "2027-12-31", "22/11/2026", "2026-13-01", "31/02/2027", "12/25/2026", "mai", "٢٥/١٢/٢٠٢٦"],
)
def test_an_impossible_day_is_refused_and_nothing_is_done(
    monday: Hub, visitor: OfficeVisitor, dossier: str, typed: str
) -> None:
    answer = visitor.act(dossier, "receive", portal_code=CODE, day=typed)
    assert answer.status_code == 400
    assert "Ngày hẹn không đúng" in answer.text
    assert promised(monday, dossier) is None


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (None, ("", "")),
        (Promise("2026-11-22", ""), ("late", "Quá hẹn 22/11/2026")),
        (Promise("2026-11-23", ""), ("soon", "Hẹn trả 23/11/2026")),
        (Promise("2026-11-30", ""), ("open", "Hẹn trả 30/11/2026")),
        (Promise("2026-11-20", "2026-11-20"), ("kept", "Đúng hẹn 20/11/2026")),
        (Promise("2026-11-20", "2026-11-23"), ("late", "Trễ hẹn 20/11/2026")),
    ],
)
def test_how_a_promise_stands(promise: Promise | None, expected: tuple[str, str]) -> None:
    assert due_dates.shown(promise, MONDAY) == expected


def test_the_overview_counts_by_procedure_hamlet_and_promise(
    monday: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    late, asked = point.event(), point.event()
    point.round(late, asked)
    visitor.act(asked.dossier, "ask", sentence="Chụp lại")
    for number, one in enumerate((dossier, late.dossier)):
        visitor.act(one, "receive", portal_code=f"{CODE}{number}", day=MONDAY.isoformat())
        visitor.act(one, "result", sentence="Mời đến nhận")
    with monday.database.write() as connection:
        deadlines.promise(connection, monday.commune, late.dossier, "2026-11-20")
        deadlines.keep(connection, late.dossier, "2026-11-23")
    month = point.hub.now()[:7]
    for shown in (overview(monday, ""), overview(monday, month), overview(monday, "nonsense")):
        for _, rows in shown.tables:
            ((_, count),) = rows
            numbers = (count.arrived, count.waiting, count.citizens, count.closed, count.on_time, count.late)
            assert numbers == (3, 0, 3, 0, 1, 1)
    assert overview(monday, "2001-01").tables[0][1] == []
    words = words_of(visitor.web.get("/can-bo/so-lieu"))
    assert "Thôn Một 3 0 3 0 1 1" in words


def test_an_administrator_sees_numbers_but_no_dossier(
    monday: Hub, visitor: OfficeVisitor, dossier: str
) -> None:
    add_officer(monday, "quantri", Role.ADMIN)
    visitor.log_in("quantri")
    assert visitor.web.get("/can-bo/so-lieu").status_code == 200
    for query in ({}, {"thon": "Thôn Một"}):
        led = visitor.web.get("/can-bo", params=query)
        assert led.url.path == "/can-bo/diem"
        assert dossier not in led.text


def test_the_code_of_the_formal_reception_finds_the_dossier(visitor: OfficeVisitor, dossier: str) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    for typed, found in ((CODE, True), (CODE.lower(), True), (CODE[:-1], False)):
        token = token_of(visitor.web.get("/can-bo"))
        page = visitor.web.post("/can-bo/tim", data={"_csrf_token": token, "words": typed})
        assert (dossier in page.text) is found


def test_pages_keep_the_filter(monday: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    for _ in range(51):
        point.round(point.event())
    page = visitor.web.get("/can-bo", params={"thon": "Thôn Một", "trang_thai": State.AT_HUB.value})
    assert 'trang_thai=at_hub&thon=Th%C3%B4n+M%E1%BB%99t&trang=2"' in page.text.replace("&amp;", "&")


def test_what_is_due_first_stands_first(
    monday: Hub, point: HubPoint, visitor: OfficeVisitor, dossier: str
) -> None:
    later, late, done = point.event(), point.event(), point.event()
    point.round(later, late, done)
    days = {dossier: "2026-11-24", later.dossier: "2026-11-25", late.dossier: "2026-11-20"}
    with monday.database.write() as connection:
        for one, day in (days | {done.dossier: "2026-11-23"}).items():
            deadlines.promise(connection, monday.commune, one, day)
        deadlines.keep(connection, done.dossier, "2026-11-23")
    shown = visitor.web.get("/can-bo?han=sap_den&thon=Th%C3%B4n+M%E1%BB%99t").text
    assert "hẹn trả sớm nhất ở trên" in shown
    assert 0 < shown.index(dossier) < shown.index(later.dossier)
    assert late.dossier not in shown
    assert done.dossier not in shown
    assert late.dossier in visitor.web.get("/can-bo?han=qua_han&trang_thai=at_hub").text
    for nothing in ("han=qua_han&trang_thai=received", "han=qua_han&thon=Xa", "han=qua_han&trang=2"):
        assert late.dossier not in visitor.web.get(f"/can-bo?{nothing}").text
    token = token_of(visitor.web.get("/can-bo"))
    search = {"_csrf_token": token, "words": "nguyen hop", "han": "qua_han"}
    assert late.dossier in visitor.web.post("/can-bo/tim", data=search).text


def test_a_month_is_chosen_by_its_name(visitor: OfficeVisitor, dossier: str) -> None:
    page = visitor.web.get("/can-bo/so-lieu?thang=2019-05")
    assert '<option value="2026-11" >11/2026</option>' in page.text
    assert '<option value="2019-05" selected>05/2019</option>' in page.text
    assert "Không có hồ sơ nào đến trong thời gian này" in words_of(page)
    assert "05/2019" not in visitor.web.get("/can-bo/so-lieu?thang=2019-13").text
