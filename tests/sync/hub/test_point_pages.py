"""The points: how they stand, codes in one QR, messages, and who is shut out."""

import re
from html import unescape

import msgspec
import pytest
from httpx import Response

from kiosk.domain.enrol_ticket import EnrolTicket
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from sync.hub.context import Hub
from sync.hub.store import audit, guide_ends
from sync.hub.wire import point_of
from sync.protocol import GuideEnds, PointReport, RoundRequest
from tests.support.hub import HubPoint
from tests.support.office import OfficeVisitor, token_of, words_of

POINTS = "/can-bo/diem"
REPORT = PointReport(program="0.1.0", pack="7", queue=3, parked=1, free_mb=120, last_visit="2026-11-20")


@pytest.fixture
def visitor(anybody: OfficeVisitor) -> OfficeVisitor:
    anybody.log_in("head")
    return anybody


def press(visitor: OfficeVisitor, path: str, **fields: str) -> Response:
    token = token_of(visitor.web.get(POINTS))
    data = {"_csrf_token": token, **fields}
    return visitor.web.post(f"{POINTS}/{path}", data=data, follow_redirects=False)


def report(point: HubPoint, said: PointReport) -> None:
    asked = msgspec.json.decode(point.request(), type=RoundRequest)
    point.said(msgspec.json.encode(msgspec.structs.replace(asked, report=said)))


def test_the_list_shows_how_a_point_stands(point: HubPoint, visitor: OfficeVisitor) -> None:
    assert "Thôn Một" in words_of(visitor.web.get(POINTS))
    assert "chưa lần nào 0 ngày chưa báo" in words_of(visitor.web.get(POINTS))
    report(point, REPORT)
    words = words_of(visitor.web.get(POINTS))
    assert "0.1.0, gói 7 3 1 cần xem lại 120 MB 20/11/2026" in words
    report(point, msgspec.structs.replace(REPORT, queue=0, parked=0, free_mb=9000))
    assert "0.1.0, gói 7 0 9000 MB" in words_of(visitor.web.get(POINTS))


def ends(*lines: tuple[str, str, str, int]) -> PointReport:
    told = [GuideEnds(month=m, guide="tai_khoan", exit=e, reason=r, times=n) for m, e, r, n in lines]
    return msgspec.structs.replace(REPORT, guide_ends=told)


def test_how_walkthroughs_ended_is_shown_in_words(point: HubPoint, visitor: OfficeVisitor) -> None:
    assert "dừng ở đâu" not in words_of(visitor.web.get(POINTS))
    report(point, ends(("2026-11", "S_SIM", "sim_nguoi_khac", 3), ("2026-10", "gone", "old_reason", 1)))
    report(point, REPORT)
    words = words_of(visitor.web.get(POINTS))
    assert "11/2026 Thôn Một Làm SIM đứng tên mình" in words
    assert "10/2026 Thôn Một gone old_reason 1" in words
    report(point, ends(("2026-11", "S_SIM", "sim_nguoi_khac", 5)))
    assert re.search(r"Làm SIM đứng tên mình .+ 5 10/2026", words_of(visitor.web.get(POINTS)))


def test_odd_counts_and_free_text_are_left_aside(point: HubPoint, visitor: OfficeVisitor, hub: Hub) -> None:
    odd = [("2026-13", "S_SIM", "a", 1), ("2026-11", "Nguyễn Văn A", "a", 1), ("2026-11", "S_SIM", "", 1)]
    odd += [("2026-11", "S_SIM", "a", 0), ("2026-11", "S_SIM", "a", 2**31), ("2026-11", "x" * 65, "a", 1)]
    report(point, ends(*odd, *[("2026-11", "S_SIM", f"r{n}", 1) for n in range(99)]))
    with hub.database.read() as connection:
        kept = guide_ends.counts(connection, hub.commune, 1000)
    assert len(kept) == 54
    assert {one.exit for one in kept} == {"S_SIM"}
    assert "Nguyễn Văn A" not in words_of(visitor.web.get(POINTS))


@pytest.mark.parametrize(
    "odd", [{"queue": -1}, {"free_mb": 2**40}, {"program": "x" * 9000, "last_visit": "<script>" * 99}]
)
def test_an_odd_report_stops_no_round(
    point: HubPoint, visitor: OfficeVisitor, odd: dict[str, object]
) -> None:
    report(point, msgspec.structs.replace(REPORT, **odd))
    assert visitor.web.get(POINTS).status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"free_mb": 1.5}, {"last_visit": None}, {"queue": 10**30}, {"guide_ends": [{"month": 11}]},
        {"guide_ends": "none"}, {"program": "a\0b\u202e", "pack": "\0", "last_visit": "\0"}, {"pack": "²"},
        {"pack": "9" * 5000}, None,
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_read_is_left_out(
    point: HubPoint, visitor: OfficeVisitor, odd: dict[str, object] | None
) -> None:
    event = point.event()
    said = msgspec.json.decode(point.request(event))
    said["report"] = {} if odd is None else msgspec.to_builtins(REPORT) | odd
    assert point.said(msgspec.json.encode(said)).verdicts[0].receipt is not None
    assert visitor.web.get(POINTS).status_code == 200


def test_a_message_reaches_the_point_among_its_news(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor
) -> None:
    event = point.event()
    point.round(event)
    visitor.act(event.dossier, "seen")
    assert press(visitor, f"{point.enrolled.point}/nhan", words="Mai xã nghỉ.").status_code == 303
    visitor.act(event.dossier, "invite", sentence="Mời đến ký")
    other = HubPoint(hub)
    items = [item for item in point.news(point.round()) if isinstance(item, NewsItem)]
    said = [(item.number, item.state, item.dossier, item.sentence) for item in items]
    assert said == [
        (1, "seen", event.dossier, ""),
        (2, "message", "", "Mai xã nghỉ."),
        (3, "invited", event.dossier, "Mời đến ký"),
    ]
    assert other.news(other.round()) == []
    assert point.news(point.round()) == []


@pytest.mark.parametrize(("words", "status"), [("", 400), ("x" * 501, 400)])
def test_a_message_has_some_words(point: HubPoint, visitor: OfficeVisitor, words: str, status: int) -> None:
    assert press(visitor, f"{point.enrolled.point}/nhan", words=words).status_code == status
    assert press(visitor, "no-such-point/nhan", words="x").status_code == 404


def test_a_code_and_all_that_goes_with_it_stand_on_a_page_to_print(hub: Hub, visitor: OfficeVisitor) -> None:
    page = press(visitor, "ma", hamlet="Thôn Ba", address="https://localhost:8443")
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text)
    assert found is not None
    assert "<svg" in page.text
    assert "Thôn Ba" in words_of(page)
    pem = unescape(page.text.partition("<pre>")[2].partition("</pre>")[0])
    assert pem == hub.home.authority.read_text("ascii")
    EnrolTicket("https://localhost:8443", found[0], pem).as_text()
    assert HubPoint(hub).enrol(found[0]).hamlet == "Thôn Ba"


@pytest.mark.parametrize(
    ("hamlet", "address"),
    [
        ("", "https://localhost"),
        ("Thôn Ba", "http://localhost"),
        ("Thôn Ba", "https://thôn"),
        ("Thôn Ba", "https://"),
        ("Thôn Ba", "https://localhost:99999"),
        ("Thôn Ba", "https://localhost:x"),
        ("Thôn Ba", "https://localhost/can-bo"),
        ("Thôn Ba", "https://a@localhost"),
        ("Thôn Ba", "https://[localhost"),
    ],
)
def test_a_code_needs_a_hamlet_and_an_address(visitor: OfficeVisitor, hamlet: str, address: str) -> None:
    assert press(visitor, "ma", hamlet=hamlet, address=address).status_code == 400


def test_an_address_of_another_machine_is_refused_with_the_names_of_this_one(
    point: HubPoint, visitor: OfficeVisitor
) -> None:
    for path in ("ma", f"{point.enrolled.point}/ma-lai"):
        page = press(visitor, path, hamlet="Thôn Ba", address="https://evil.example:1")
        assert page.status_code == 400
        assert "127.0.0.1, localhost" in words_of(page)
        assert press(visitor, path, hamlet="Thôn Ba", address="https://LOCALHOST:8443/").status_code == 200


def test_a_revoked_point_is_refused_at_once(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    assert press(visitor, f"{point.enrolled.point}/ngung").status_code == 303
    with pytest.raises(WorldError, match=r"point\.revoked"):
        point_of(hub, f"Bearer {point.enrolled.token}")
    assert "Đã ngừng quyền" in words_of(visitor.web.get(POINTS))
    assert press(visitor, "no-such-point/ngung").status_code == 404
    with hub.database.read() as connection:
        assert audit.latest(connection, hub.commune)[0].action == "point_revoked"


def test_an_officer_sees_the_points_but_lets_nobody_in_or_out(
    point: HubPoint, visitor: OfficeVisitor
) -> None:
    visitor.log_in("officer")
    page = visitor.web.get(POINTS)
    assert page.status_code == 200
    assert "Tạo mã đăng ký" not in page.text
    for path in ("ma", f"{point.enrolled.point}/ngung"):
        assert press(visitor, path, hamlet="x", address="https://h").status_code == 403


def test_without_the_pages_own_token_nothing_is_done(point: HubPoint, visitor: OfficeVisitor) -> None:
    for path in ("ma", f"{point.enrolled.point}/ngung", f"{point.enrolled.point}/nhan"):
        answer = visitor.web.post(f"{POINTS}/{path}", data={"words": "x"}, follow_redirects=False)
        assert answer.status_code == 403


def test_two_machines_of_one_hamlet_are_told_apart(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    assert "(máy" not in words_of(visitor.web.get(POINTS))
    other = HubPoint(hub)
    words = words_of(visitor.web.get(POINTS))
    for one in (point, other):
        name = f"Thôn Một (máy {one.enrolled.point[-4:].upper()})"
        assert f"Nhắn {name}" in words
        assert f"Ngừng quyền {name}" in words
    press(visitor, f"{other.enrolled.point}/nhan", words="Bật máy giúp xã")
    journal = words_of(visitor.web.get("/can-bo/nhat-ky"))
    assert f"Nhắn cho điểm (Thôn Một (máy {other.enrolled.point[-4:].upper()}))" in journal
