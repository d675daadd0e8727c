"""Who may come in, and what every page carries."""

import re
import threading

import anyio
import pytest
from litestar.testing import TestClient

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id, slip_code
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.limiter import Limiter
from sync.hub.office import access
from sync.hub.passwords import is_right
from sync.hub.store import audit
from sync.hub.store.audit import AuditLine
from sync.hub.store.officers import Role
from tests.support.hub import PASSWORD, HubPoint, add_officer
from tests.support.office import LOGIN, OfficeVisitor, field_of, token_of, words_of
from tests.support.points import StoppedClock


@pytest.fixture
def visitor(anybody: OfficeVisitor) -> OfficeVisitor:
    return anybody


def actions(hub: Hub) -> list[tuple[str, str]]:
    with hub.database.read() as connection:
        return [(line.actor, line.action) for line in audit.latest(connection, hub.commune)]


def test_the_trial_officer_gets_in_with_the_password_of_the_file(hub: Hub, visitor: OfficeVisitor) -> None:
    password = (hub.home.folder / "officer-password.txt").read_text("ascii").strip()
    answer = visitor.log_in("canbo", password)
    assert (answer.status_code, answer.headers["location"]) == (303, "/can-bo")
    assert "Hồ sơ từ các điểm hỗ trợ" in visitor.web.get("/can-bo").text
    assert actions(hub) == [("canbo", "login")]


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(visitor: OfficeVisitor) -> None:
    cookies = visitor.log_in("officer").headers.get_list("set-cookie")
    (cookie,) = [one for one in cookies if one.startswith("thon_can_bo=")]
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/can-bo"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("name", "password"), [("officer", "wrong"), ("nobody", PASSWORD), ("", ""), ("officer", "")]
)
def test_a_wrong_password_shows_the_form_again_in_words(
    hub: Hub, visitor: OfficeVisitor, name: str, password: str
) -> None:
    answer = visitor.log_in(name, password)
    assert answer.status_code == 403
    assert "Tên hoặc mật khẩu không đúng" in answer.text
    assert visitor.web.get("/can-bo", follow_redirects=False).status_code == 303
    assert actions(hub) == [("-", "login_failed")]


def test_a_login_without_its_own_token_is_refused(visitor: OfficeVisitor) -> None:
    visitor.web.get(LOGIN)
    for sent in ({}, {"_csrf_token": "guess"}, {"_csrf_token": ""}):
        answer = visitor.web.post(LOGIN, data={"name": "officer", "password": PASSWORD, **sent})
        assert answer.status_code == 403
        assert "thon_can_bo" not in answer.cookies


def test_a_login_token_of_another_browser_is_refused(hub: Hub, visitor: OfficeVisitor) -> None:
    with TestClient(build(hub), base_url="https://hub.test") as other:
        stolen = token_of(other.get(LOGIN))
    visitor.web.get(LOGIN)
    fields = {"name": "officer", "password": PASSWORD, "_csrf_token": stolen}
    assert visitor.web.post(LOGIN, data=fields).status_code == 403


def test_guessing_ends_in_silence_for_a_while(hub: Hub) -> None:
    clock = StoppedClock()
    slow = Hub(hub.home, hub.settings, hub.database, hub.keys, hub.library, clock)
    add_officer(hub, "lan", Role.OFFICER)
    with TestClient(build(slow), base_url="https://hub.test") as client:
        visitor = OfficeVisitor(client)
        for _ in range(8):
            assert visitor.log_in("lan", "guess").status_code == 403
        assert visitor.log_in("lan").status_code == 429
        clock.pass_time(301)
        assert visitor.log_in("lan").status_code == 303


def test_nothing_is_shown_without_a_login(visitor: OfficeVisitor) -> None:
    dossier = new_id()
    for path in (
        "",
        f"/ho-so/{dossier}",
        f"/ho-so/{dossier}/to-khai/1",
        f"/ho-so/{dossier}/giay-to/{'a' * 64}",
        "/nhat-ky",
    ):
        answer = visitor.web.get(f"/can-bo{path}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, LOGIN)


def test_a_forged_session_is_no_session(visitor: OfficeVisitor) -> None:
    visitor.web.cookies.set("thon_can_bo", "guess")
    assert visitor.web.get("/can-bo", follow_redirects=False).status_code == 303


def test_a_session_ends_after_a_working_day(hub: Hub) -> None:
    clock = StoppedClock()
    slow = Hub(hub.home, hub.settings, hub.database, hub.keys, hub.library, clock)
    add_officer(hub, "lan", Role.OFFICER)
    with TestClient(build(slow), base_url="https://hub.test") as client:
        OfficeVisitor(client).log_in("lan")
        clock.pass_time(8 * 3600 - 1)
        assert client.get("/can-bo", follow_redirects=False).status_code == 200
        clock.pass_time(1)
        assert client.get("/can-bo", follow_redirects=False).status_code == 303


def test_logging_out_ends_the_session_at_the_hub(visitor: OfficeVisitor) -> None:
    visitor.log_in("officer")
    secret = visitor.web.cookies["thon_can_bo"]
    token = token_of(visitor.web.get("/can-bo"))
    assert (
        visitor.web.post("/can-bo/dang-xuat", data={"_csrf_token": token}, follow_redirects=False).status_code
        == 303
    )
    visitor.web.cookies.set("thon_can_bo", secret)
    assert visitor.web.get("/can-bo", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("path", ["/dang-xuat", "/tim", "/ho-so/{dossier}/seen"])
@pytest.mark.parametrize("token", [{}, {"_csrf_token": "guess"}])
def test_no_form_counts_without_its_token(
    hub: Hub, visitor: OfficeVisitor, path: str, token: dict[str, str]
) -> None:
    event = HubPoint(hub).event()
    visitor.log_in("officer")
    answer = visitor.web.post(
        "/can-bo" + path.format(dossier=event.dossier), data=token, follow_redirects=False
    )
    assert answer.status_code == 403
    assert "Mở lại trang" in answer.text
    assert visitor.web.get("/can-bo", follow_redirects=False).status_code == 200


def test_an_administrator_sees_no_dossier_and_an_officer_no_journal(hub: Hub, visitor: OfficeVisitor) -> None:
    point = HubPoint(hub)
    event = point.event()
    point.round(event)
    visitor.log_in("admin")
    assert visitor.page(event.dossier).status_code == 403
    assert visitor.web.get("/can-bo").url.path == "/can-bo/diem"
    journal = visitor.web.get("/can-bo/nhat-ky")
    assert journal.status_code == 200
    token = token_of(journal)
    answer = visitor.web.post(f"/can-bo/ho-so/{event.dossier}/seen", data={"_csrf_token": token})
    assert answer.status_code == 403
    visitor.log_in("officer")
    assert visitor.web.get("/can-bo/nhat-ky").status_code == 403
    visitor.log_in("head")
    assert "Đăng nhập" in words_of(visitor.web.get("/can-bo/nhat-ky"))
    assert visitor.page(event.dossier).status_code == 200


@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "", "/tinh/office.css", "/tinh/hub.db"])
def test_every_answer_carries_the_security_headers(visitor: OfficeVisitor, path: str) -> None:
    answer = visitor.web.get(f"/can-bo{path}", follow_redirects=False)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_style_sheet_and_the_fonts_are_served_and_nothing_else(visitor: OfficeVisitor) -> None:
    style = visitor.web.get("/can-bo/tinh/office.css")
    assert style.headers["content-type"].startswith("text/css")
    for font in ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf", "BeVietnamPro-Bold.ttf"):
        assert font in style.text
        assert visitor.web.get(f"/can-bo/tinh/{font}").headers["content-type"] == "font/ttf"
    for name in ("pages.py", "..%2Fpages.py", "%2e%2e%2f%2e%2e%2fhome.py"):
        assert visitor.web.get(f"/can-bo/tinh/{name}").status_code == 404


def test_an_unknown_page_is_a_page_in_vietnamese(visitor: OfficeVisitor) -> None:
    answer = visitor.web.get("/can-bo/khong-co")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
    assert field_of(answer, "_csrf_token") == ""


def test_a_form_that_is_too_long_is_refused(visitor: OfficeVisitor) -> None:
    answer = visitor.web.post(LOGIN, data={"name": "x" * 100_000, "password": "y"})
    assert answer.status_code == 413


def test_the_journal_names_dossiers_and_papers_as_people_do(hub: Hub, visitor: OfficeVisitor) -> None:
    point = HubPoint(hub)
    paper = point.paper("giay_chung_sinh")
    event = point.event(papers=[paper])
    point.round(event)
    point.send_paper(paper.sealed_sha256)
    visitor.log_in("officer")
    visitor.page(event.dossier)
    assert visitor.web.get(f"/can-bo/ho-so/{event.dossier}/giay-to/{paper.sealed_sha256}").status_code == 200
    link = f'<a href="/can-bo/ho-so/{event.dossier}">'
    for name, may_open in (("head", True), ("admin", False)):
        visitor.log_in(name)
        journal = visitor.web.get("/can-bo/nhat-ky")
        assert "Xem giấy tờ (Giấy chứng sinh)" in words_of(journal)
        assert slip_code(event.dossier) in journal.text
        assert (link in journal.text) is may_open


def test_guesses_side_by_side_count_before_they_are_tried(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    now, most, lock = 0, 0, threading.Lock()

    def slow(password: str, kept: str) -> bool:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
            tried.append(now)
        right = is_right(password, kept)
        with lock:
            now -= 1
        return right

    monkeypatch.setattr(access, "is_right", slow)
    gate = access.make_gate(hub, Limiter(hub.clock, 8, 300.0))
    codes: list[str] = []

    async def guess(number: int) -> None:
        try:
            await gate.log_in_by_turns("canbo", "guess", f"10.0.0.{number}")
        except WorldError as error:
            codes.append(error.code)

    async def crowd() -> None:
        async with anyio.create_task_group() as group:
            for number in range(24):
                group.start_soon(guess, number)

    anyio.run(crowd)
    assert sorted(codes) == ["office.login_wrong"] * 8 + ["request.too_many"] * 16
    assert len(tried) == 8
    assert most <= 2


def test_the_journal_leads_to_everything_that_was_ever_done(hub: Hub, visitor: OfficeVisitor) -> None:
    """A page says from when to when, and an odd address shows the newest."""
    with hub.database.write() as connection:
        for number in range(450):
            line = AuditLine(hub.now(), f"who {number}", "view", None, "")
            audit.write(connection, hub.commune, line)
    visitor.log_in("head")
    seen, page = list[str](), visitor.web.get("/can-bo/nhat-ky")
    assert "việc từ" in words_of(page)
    assert "Mới nhất" not in words_of(page)
    for _ in range(2):
        seen += re.findall(r"who \d+", page.text)
        assert "còn việc cũ hơn ở trang sau" in words_of(page)
        (older,) = re.findall(r'href="(/can-bo/nhat-ky\?truoc=\d+)"', page.text)
        page = visitor.web.get(older)
    seen += re.findall(r"who \d+", page.text)
    assert seen == [f"who {number}" for number in reversed(range(450))]
    assert ("Cũ hơn" in words_of(page), "Mới nhất" in words_of(page)) == (False, True)
    assert "Không có việc nào" in words_of(visitor.web.get("/can-bo/nhat-ky?truoc=0"))
    assert "Cũ hơn" in words_of(visitor.web.get("/can-bo/nhat-ky?truoc=x%27"))
