"""The officer's pages in a real browser, by keyboard, on a desk screen and on a telephone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from kiosk.domain.ids import slip_code
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint, open_hub

CHROMIUM = "/usr/bin/chromium"
CODE = "G09.20-20261121-0092637"
pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialHub]:
    running = start_trial_hub(tmp_path_factory.mktemp("browser") / "hub")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Debian's Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def dossier(commune: TrialHub) -> str:
    """A birth with a picture, handed in through the hub's own functions beside the running hub."""
    hub = open_hub(Home(commune.home))
    point = HubPoint(hub)
    picture = point.paper(plain=Path("examples/birth/giay-chung-sinh.jpg").read_bytes())
    event = point.event(answers=BIRTH, form=BIRTH_FORM, papers=[picture])
    point.round(event)
    point.send_paper(picture.sealed_sha256)
    hub.database.close()
    return event.dossier


def open_page(browser: Browser, width: int, height: int) -> Page:
    page = browser.new_context(
        ignore_https_errors=True, viewport={"width": width, "height": height}
    ).new_page()
    page.set_default_timeout(20_000)
    return page


def log_in(page: Page, commune: TrialHub) -> None:
    """By keyboard alone: the name has the focus."""
    page.goto(f"{commune.url}/can-bo")
    page.wait_for_function("() => document.activeElement.id === 'name'")
    page.keyboard.type(commune.officer)
    page.keyboard.press("Tab")
    page.keyboard.type(commune.officer_password)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Hồ sơ từ các điểm hỗ trợ')")


def keep(page: Page, name: str) -> None:
    """Leave a picture where somebody asked for pictures."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_an_officer_logs_in_and_receives_a_dossier(browser: Browser, commune: TrialHub, dossier: str) -> None:
    page = open_page(browser, 1366, 768)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    log_in(page, commune)
    keep(page, "inbox")
    page.get_by_role("row").filter(has_text=slip_code(dossier)).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Tờ khai')")
    assert page.inner_text("h1") == "Trần Nguyễn Bảo Ngọc"
    page.get_by_text("Xem nhanh").click()
    picture = page.locator(".papers img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.papers img').naturalWidth > 0")
    keep(page, "dossier")
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    page.get_by_role("button", name="Đã xem bản chuẩn bị").click()
    page.wait_for_selector(".done")
    page.wait_for_function("() => document.activeElement.classList.contains('done')")
    page.locator("summary", has_text="Tiếp nhận chính thức").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Mã hồ sơ").fill(CODE)
    keep(page, "receive")
    page.get_by_role("button", name="Ghi đã tiếp nhận").click()
    page.wait_for_selector(".state.received")
    assert CODE in page.inner_text(".facts")
    assert loads == []
    assert complaints == []
    page.context.close()


def test_the_list_is_worked_by_keyboard_and_changes_in_place(
    browser: Browser, commune: TrialHub, dossier: str
) -> None:
    page = open_page(browser, 1366, 768)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    log_in(page, commune)
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    page.keyboard.press("/")
    page.keyboard.insert_text("bảo ngọc")
    page.keyboard.press("Enter")
    page.wait_for_url("**?tim=*")
    assert page.evaluate("document.activeElement.id") == "words"
    assert page.inner_text("#bao").endswith("hồ sơ")
    page.locator("#thon").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**thon=*")
    page.wait_for_function("() => document.activeElement.id === 'thon'")
    assert loads == []
    page.locator("#words").focus()
    page.keyboard.press("ArrowDown")
    for key in ("x", "j", "k"):
        page.keyboard.press(key)
    assert page.locator(".dossiers input:checked").count() == 1
    keep(page, "inbox-by-keyboard")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ho-so")
    page.locator("a.back-to-list").click()
    page.wait_for_selector("#danh-sach")
    assert "tim=" in page.url
    assert page.input_value("#words") == "bảo ngọc"
    assert complaints == []
    page.context.close()


def test_single_keys_can_be_switched_off(browser: Browser, commune: TrialHub, dossier: str) -> None:
    page = open_page(browser, 1366, 768)
    log_in(page, commune)
    page.get_by_role("button", name="Dùng phím tắt").click()
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "words"
    page.get_by_role("button", name="Dùng phím tắt").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.context.close()


def test_a_file_that_is_too_big_is_told_before_it_travels(
    browser: Browser, commune: TrialHub, dossier: str
) -> None:
    page = open_page(browser, 1366, 768)
    log_in(page, commune)
    page.goto(f"{commune.url}/can-bo/ho-so/{dossier}")
    page.locator("summary", has_text="Tiếp nhận chính thức").click()
    page.fill("#receive-portal-code", CODE[:-1] + "9")
    page.get_by_role("button", name="Ghi đã tiếp nhận").click()
    page.wait_for_selector(".state.received")
    page.locator("summary", has_text="Báo đã có kết quả").click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for size, fits in ((5 * 1024 * 1024 + 1, False), (100, True)):
        file = FilePayload(name="kq.pdf", mimeType="application/pdf", buffer=b"x" * size)
        page.set_input_files("#result-file", files=[file])
        assert page.evaluate("document.getElementById('result-file').checkValidity()") is fits
    assert sent == []
    page.context.close()


def test_everything_works_without_scripts(browser: Browser, commune: TrialHub, dossier: str) -> None:
    context = browser.new_context(ignore_https_errors=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{commune.url}/can-bo")
    page.fill("#name", commune.officer)
    page.fill("#password", commune.officer_password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.fill("#words", slip_code(dossier))
    page.get_by_role("button", name="Tìm").click()
    assert "tim=" in page.url
    page.locator("a.open").click()
    page.locator("summary", has_text="Mời đến ký").click()
    page.fill("#invite-sentence", "Mời bác đến")
    page.fill("#invite-day", "31/02/2027")
    page.get_by_role("button", name="Gửi lời mời").click()
    assert page.input_value("#invite-sentence") == "Mời bác đến"
    page.fill("#invite-day", "")
    page.get_by_role("button", name="Gửi lời mời").click()
    assert page.inner_text(".state") == "Đã mời đến ký, nộp"
    page.goto(f"{commune.url}/can-bo?trang_thai=invited")
    page.locator("select#thon").select_option("Thôn Một")
    page.get_by_role("button", name="Lọc").click()
    assert page.locator(f"a[href='/can-bo/ho-so/{dossier}']").count() == 1
    context.close()


def test_the_pages_fit_a_telephone(browser: Browser, commune: TrialHub, dossier: str) -> None:
    page = open_page(browser, 360, 740)
    log_in(page, commune)
    keep(page, "phone-inbox")
    for path in (
        "/can-bo",
        "/can-bo/so-lieu",
        "/can-bo/diem",
        "/can-bo/thiet-lap",
        "/can-bo/usb",
        "/can-bo/du-lieu",
        f"/can-bo/ho-so/{dossier}",
    ):
        page.goto(commune.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep(page, "phone-dossier")
    page.context.close()


def test_every_target_is_big_enough_and_every_field_has_a_name(
    browser: Browser, commune: TrialHub, dossier: str
) -> None:
    page = open_page(browser, 1366, 768)
    log_in(page, commune)
    page.goto(f"{commune.url}/can-bo/ho-so/{dossier}")
    for summary in page.locator(".actions summary").all():
        summary.click()
    keep(page, "dossier-all-actions")
    for button in page.locator("button:visible, .actions summary, .jump a").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    for field in page.locator("input:visible, textarea:visible").all():
        assert field.evaluate("e => (e.labels || []).length") == 1
    page.context.close()


def test_the_printed_page_shows_the_answers_only(browser: Browser, commune: TrialHub, dossier: str) -> None:
    page = open_page(browser, 1366, 768)
    log_in(page, commune)
    page.goto(f"{commune.url}/can-bo/ho-so/{dossier}")
    page.emulate_media(media="print")
    assert not page.locator(".actions").is_visible()
    assert page.get_by_role("cell", name="Trần Văn Cam").is_visible()
    keep(page, "print")
    page.context.close()


@pytest.mark.parametrize("path", ["/can-bo", "/can-bo/so-lieu"])
def test_a_list_is_printed_as_a_table_on_a_sheet_of_a4(
    browser: Browser, commune: TrialHub, dossier: str, path: str
) -> None:
    """A sheet is as narrow as a telephone is wide enough for: the cards of a telephone would fill stacks."""
    page = open_page(browser, 718, 1000)
    log_in(page, commune)
    page.goto(commune.url + path)
    page.emulate_media(media="print")
    cells = page.locator("table.list").first.locator("tbody td:visible").all()
    assert {cell.evaluate("e => getComputedStyle(e).display") for cell in cells} == {"table-cell"}
    assert page.locator("table.list thead").first.is_visible()
    assert not page.locator(".pick:visible").count()
    page.context.close()


@pytest.mark.parametrize("width", [360, 1366])
def test_no_word_of_a_change_is_broken(browser: Browser, commune: TrialHub, width: int) -> None:
    hub = open_hub(Home(commune.home))
    point = HubPoint(hub)
    first = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(first, point.event(dossier=first.dossier, revision=2, answers=BIRTH[:-1], form=BIRTH_FORM))
    hub.database.close()
    page = open_page(browser, width, 768)
    log_in(page, commune)
    page.goto(f"{commune.url}/can-bo/ho-so/{first.dossier}")
    how = page.locator(".changes td").last
    assert how.inner_text() == "đổi"
    line = how.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
    assert (
        how.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return r.getBoundingClientRect().height }"
        )
        <= line
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
