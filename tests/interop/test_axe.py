"""axe-core in Debian's Chromium on every officer page, on a desk screen and on a telephone: no violation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.store.officers import Role
from tests.interop.conftest import MODULES
from tests.support.hub import BIRTH, BIRTH_FORM, PASSWORD, HubPoint, add_officer, open_hub
from tests.sync.hub.test_results import pdf

CHROMIUM = "/usr/bin/chromium"
AXE = MODULES / "axe-core" / "axe.min.js"
WIDE, NARROW = (1366, 768), (360, 740)
MOST_PAGES = 40
pytestmark = [pytest.mark.chromium, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialHub]:
    """A hub with an administrator, a head, and dossiers in several states."""
    running = start_trial_hub(tmp_path_factory.mktemp("axe") / "hub")
    hub = open_hub(Home(running.home))
    for role in Role:
        add_officer(hub, role.value, role)
    point = HubPoint(hub)
    pages = replace(point.paper("giay_ket_hon", pdf(2)), media_type="application/pdf", pages=2)
    first = point.event(answers=BIRTH, form=BIRTH_FORM, papers=[point.paper(), pages])
    point.round(first, point.event(), point.event())
    for paper in first.papers:
        point.send_paper(paper)
    point.round(point.event(dossier=first.dossier, revision=2, answers=BIRTH[:-1], form=BIRTH_FORM))
    hub.database.close()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not (Path(CHROMIUM).exists() and AXE.exists()):
        pytest.skip("needs Debian's Chromium, and npm ci --prefix tests/interop")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def open_context(browser: Browser, size: tuple[int, int]) -> BrowserContext:
    width, height = size
    context = browser.new_context(
        ignore_https_errors=True, bypass_csp=True, viewport={"width": width, "height": height}
    )
    context.set_default_timeout(30_000)
    return context


def log_in(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/can-bo")
    page.fill("#name", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav[aria-label='Chính']")


def violations(page: Page) -> list[str]:
    """What axe-core holds against a page: rule and element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def links(page: Page, url: str) -> set[str]:
    """Addresses of other pages of the office that this one leads to."""
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    ours = {href.partition("#")[0] for href in hrefs if href.startswith(f"{url}/can-bo")}
    return {
        href
        for href in ours
        if page.context.request.get(href).headers["content-type"].startswith("text/html")
    }


def walk(page: Page, url: str) -> dict[str, list[str]]:
    """Every page that can be reached by links, each kind of address a few times, with its violations."""
    todo, told = [f"{url}/can-bo", f"{url}/can-bo/thiet-lap"], dict[str, list[str]]()
    while todo and len(told) < MOST_PAGES:
        address = todo.pop(0)
        page.goto(address)
        for summary in page.locator("details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        told[address.removeprefix(url)] = violations(page)
        known = {*todo, *(url + one for one in told)}
        todo += sorted(links(page, url) - known)
    return told


@pytest.mark.parametrize(("role", "size"), [(Role.ADMIN, WIDE), (Role.HEAD, WIDE), (Role.OFFICER, NARROW)])
def test_no_page_of_the_office_shuts_anybody_out(
    browser: Browser, commune: TrialHub, role: Role, size: tuple[int, int]
) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    log_in(page, commune.url, role.value)
    told = walk(page, commune.url)
    context.close()
    assert {address: found for address, found in told.items() if found} == {}
    assert len(told) > 1


@pytest.mark.parametrize("words", ["Bảo Ngọc", "không có ai tên ấy"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_what_a_search_finds_in_place_shuts_nobody_out(
    browser: Browser, commune: TrialHub, size: tuple[int, int], words: str
) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    log_in(page, commune.url, Role.OFFICER.value)
    page.fill("[name=words]", words)
    page.keyboard.press("Enter")
    page.wait_for_url("**?tim=*")
    page.wait_for_selector("#bo-loc")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_an_action_and_its_refusal_in_place_shut_nobody_out(
    browser: Browser, commune: TrialHub, size: tuple[int, int]
) -> None:
    context = open_context(browser, size)
    page = context.new_page()
    log_in(page, commune.url, Role.HEAD.value)
    page.locator("a.open").first.click()
    for day, told in (("31/02/2027", "div.error"), ("", "p.done")):
        if not page.locator("#invite-sentence").is_visible():
            page.locator("summary", has_text="Mời đến ký").click()
        page.fill("#invite-sentence", "Mời bác đến bàn số 2")
        page.fill("#invite-day", day)
        page.get_by_role("button", name="Gửi lời mời").click()
        page.wait_for_selector(told)
        assert violations(page) == []
    page.evaluate("document.querySelectorAll('[name=_csrf_token]').forEach(e => { e.value = 'x' })")
    page.locator("summary", has_text="Không tiếp nhận").click()
    page.fill("#refuse-sentence", "Thử")
    page.check("#refuse-sure")
    page.get_by_role("button", name="Ghi không tiếp nhận").click()
    page.wait_for_selector("h1:has-text('Không làm được')")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_pages_that_only_a_form_leads_to_shut_nobody_out(
    browser: Browser, commune: TrialHub, size: tuple[int, int]
) -> None:
    """The code of a new point to print, and a request about data that is refused."""
    context = open_context(browser, size)
    page = context.new_page()
    log_in(page, commune.url, Role.HEAD.value)
    page.goto(f"{commune.url}/can-bo/diem")
    page.fill("#hamlet", "Thôn Hai")
    page.get_by_role("button", name="Tạo mã đăng ký để in", exact=True).click()
    page.wait_for_selector(".qr svg")
    assert violations(page) == []
    page.goto(f"{commune.url}/can-bo/du-lieu")
    page.fill("#code", "không phải mã")
    page.fill("#asked_on", "31/02/2026")
    page.get_by_role("button", name="Ghi yêu cầu").click()
    page.wait_for_selector(".error")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("path", ["/can-bo/dang-nhap", "/can-bo/khong-co-trang-nay"])
def test_the_door_shuts_nobody_out(browser: Browser, commune: TrialHub, path: str) -> None:
    context = open_context(browser, NARROW)
    page = context.new_page()
    page.goto(commune.url + path)
    assert violations(page) == []
    context.close()
