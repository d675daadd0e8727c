"""A person asks about his own data: the officer notes it, sees the limits, stops or erases."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.clock import ShiftedClock
from kiosk.domain.dossier import State
from kiosk.domain.events import NewsItem
from kiosk.domain.ids import slip_code
from sync.hub.context import Hub
from sync.hub.erasure import Eraser
from sync.hub.store import audit, dossiers
from sync.hub.store.audit import AuditLine
from sync.hub.store.officers import Role
from sync.protocol import Event
from tests.support.hub import HubPoint, add_officer, hub_in
from tests.support.office import OfficeVisitor, token_of, words_of

PAGE = "/can-bo/du-lieu"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """On a day from which the limits were counted by hand."""
    yield from hub_in(tmp_path / "hub", clock=ShiftedClock(date(2026, 11, 22)))


@pytest.fixture
def sent(point: HubPoint) -> Event:
    made = point.event()
    point.round(made)
    return made


def note(visitor: OfficeVisitor, **fields: str) -> str:
    """Fill the form; the words of the page that follows."""
    fields = {"_csrf_token": token_of(visitor.web.get(PAGE)), **fields}
    return words_of(visitor.web.post(PAGE, data=fields))


def press(visitor: OfficeVisitor, verb: str, **fields: str) -> str:
    """Press the first button of that kind."""
    page = visitor.web.get(PAGE)
    address = re.search(rf'action="({PAGE}/[^"]+/{verb})"', page.text)
    assert address is not None
    return words_of(visitor.web.post(address[1], data={"_csrf_token": token_of(page), **fields}))


def put(hub: Hub, sent: Event, state: State) -> None:
    with hub.database.write() as connection:
        dossiers.change(connection, sent.dossier, state, 1, hub.now())


def done_with(hub: Hub, sent: Event) -> list[tuple[str, str]]:
    """Who did what, oldest first: action and detail."""
    with hub.database.read() as connection:
        lines = audit.of_dossier(connection, hub.commune, sent.dossier)
    return [(line.action, line.detail) for line in reversed(lines)]


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


@pytest.mark.parametrize("state", ["at_hub", "invited", "asked_for_more", "not_accepted"])
def test_the_point_hears_that_a_consent_was_withdrawn_at_the_commune(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, sent: Event, state: str
) -> None:
    put(hub, sent, State(state))
    note(visitor, code=slip_code(sent.dossier), kind="withdraw", asked_on="2026-11-20")
    press(visitor, "lam")
    told = [one for one in point.news(point.round()) if isinstance(one, NewsItem)]
    assert [(one.dossier, one.state) for one in told] == [(sent.dossier, "withdrawn")]
    assert "rút lại sự đồng ý" in told[0].sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("received", "đã tiếp nhận chính thức"),
        ("result_ready", "đã tiếp nhận chính thức"),
        ("handed_back", "đã tiếp nhận chính thức"),
        ("filed_on_portal", "rút trên Cổng"),
    ],
)
def test_what_cannot_be_stopped_here_is_told_and_goes_on_waiting(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, sent: Event, state: str, sentence: str
) -> None:
    note(visitor, code=sent.dossier, kind="withdraw", asked_on="2026-11-20")
    put(hub, sent, State(state))
    words = press(visitor, "lam")
    assert sentence in words
    assert "Đã làm xong" not in words
    assert (state_of(hub, sent), point.news(point.round())) == (state, [])
    assert "Đã bỏ yêu cầu" in press(visitor, "bo")
    assert "Không có yêu cầu nào đang chờ" in words_of(visitor.web.get(PAGE))


def test_what_the_point_withdrew_meanwhile_is_done(hub: Hub, visitor: OfficeVisitor, sent: Event) -> None:
    note(visitor, code=sent.dossier, kind="withdraw", asked_on="2026-11-20")
    put(hub, sent, State.WITHDRAWN)
    assert "Đã làm xong" in press(visitor, "lam")


def test_the_list_shows_whose_dossier_it_is(visitor: OfficeVisitor, sent: Event) -> None:
    words = note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-20")
    assert words.count(slip_code(sent.dossier)) == 2, "in the row and beside the button that erases"
    assert "NGUYỄN VĂN HỢP" in words


def test_a_day_long_ago_is_asked_once_more(hub: Hub, visitor: OfficeVisitor, sent: Event) -> None:
    asked = {"code": sent.dossier, "kind": "erase", "asked_on": "22/09/2026"}
    assert "hơn 60 ngày" in note(visitor, **asked)
    assert "Không có yêu cầu nào đang chờ" in words_of(visitor.web.get(PAGE))
    assert "Hỏi ngày 22/09/2026" in note(visitor, **asked, sure="1")
    assert "Hỏi ngày 23/09/2026" in press(visitor, "ngay", asked_on="23/09/2026"), "sixty days are not long"


def test_a_day_is_mended_and_a_request_dropped_and_both_are_logged(
    hub: Hub, visitor: OfficeVisitor, sent: Event
) -> None:
    note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-02")
    assert "Hỏi ngày 20/11/2026" in press(visitor, "ngay", asked_on="20/11/2026")
    for wrong in ("1990-01-01", "2999-01-01", "hôm qua", ""):
        assert "Chưa làm được" in press(visitor, "ngay", asked_on=wrong)
    assert "Hỏi ngày 20/11/2026" in words_of(visitor.web.get(PAGE))
    assert "Không có yêu cầu nào đang chờ" in press(visitor, "bo")
    assert done_with(hub, sent)[-3:] == [
        ("data_asked", "erase"),
        ("data_day", "02/11/2026 → 20/11/2026"),
        ("data_dropped", "erase"),
    ]
    assert state_of(hub, sent) == "at_hub"


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
    assert "đã xóa theo yêu cầu ngày 22/11/2026" in words_of(page)
    assert "hỏng trên đường đi" not in words_of(page)
    assert "Đã xóa nội dung" in words_of(visitor.web.get("/can-bo"))


def test_a_limit_that_is_over_is_said(visitor: OfficeVisitor, sent: Event) -> None:
    assert "Quá hạn" in note(visitor, code=sent.dossier, kind="erase", asked_on="2026-10-01")
    assert "Quá hạn" not in press(visitor, "bao-nhan")


def test_the_same_request_twice_is_one_and_said_so(visitor: OfficeVisitor, sent: Event) -> None:
    note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-20")
    words = note(visitor, code=sent.dossier, kind="erase", asked_on="2026-11-21")
    assert "Yêu cầu này đã ghi rồi, hỏi ngày 20/11/2026" in words
    assert "Đã ghi yêu cầu." not in words
    assert visitor.web.get(PAGE).text.count("/bao-nhan") == 1
    assert "Đã ghi yêu cầu." in note(visitor, code=sent.dossier, kind="withdraw", asked_on="2026-11-20")


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


def test_what_was_erased_by_age_says_so(hub: Hub, visitor: OfficeVisitor, sent: Event) -> None:
    with hub.database.write() as connection:
        dossiers.change(connection, sent.dossier, State.NOT_ACCEPTED, 1, "2026-01-01T08:00:00+07:00")
    Eraser(hub.home, hub.commune, hub.database, hub.clock).tidy(90)
    words = words_of(visitor.page(sent.dossier))
    assert "đã xóa ngày 22/11/2026 vì hết hạn giữ" in words
    assert "đã giữ đủ 90 ngày" in words


def test_the_journal_speaks_vietnamese_and_names_hamlets(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor, sent: Event
) -> None:
    for kind in ("withdraw", "erase"):
        note(visitor, code=sent.dossier, kind=kind, asked_on="2026-11-20")
        press(visitor, "bo" if kind == "withdraw" else "lam")
    with hub.database.write() as connection:
        line = AuditLine(hub.now(), "lan", "point_told", None, point.row.id)
        audit.write(connection, hub.commune, line)
    add_officer(hub, "truong", Role.HEAD)
    visitor.log_in("truong")
    words = words_of(visitor.web.get("/can-bo/nhat-ky"))
    assert "Bỏ yêu cầu về dữ liệu (rút lại sự đồng ý)" in words
    assert "Ghi yêu cầu về dữ liệu (xóa dữ liệu)" in words
    assert "Xóa nội dung hồ sơ (theo yêu cầu)" in words
    assert f"Nhắn cho điểm ({point.row.hamlet})" in words


def test_only_officers_with_our_own_form(hub: Hub, visitor: OfficeVisitor, sent: Event) -> None:
    fields = {"code": sent.dossier, "kind": "erase", "asked_on": "2026-11-20"}
    assert visitor.web.post(PAGE, data=fields).status_code == 403
    add_officer(hub, "quan-tri", Role.ADMIN)
    visitor.log_in("quan-tri")
    assert visitor.web.get(PAGE).status_code == 403
