"""The portal's window begins empty and leaves nothing behind."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from kiosk.domain.errors import WorldError
from ui.devices.browser import Left, NullBrowser, Place, PrivateBrowser, find_browser

CHROMIUM = Path("/usr/bin/chromium")
ADDRESS = "https://dichvucong.gov.vn"
_TALKING = """#!{python}
import json, os, sys, time
profile = next(a for a in sys.argv if "ho-so" in a).removeprefix("--user-data-dir=")
with open(os.path.join(profile, "started"), "a", encoding="utf-8") as file:
    file.write(json.dumps([os.getpid(), sys.argv[1:]]) + chr(10))
time.sleep(60)
"""


def wait_for(path: Path, lines: int = 1) -> list[list[object]]:
    """What the stand-in wrote of itself; another process needs its time."""
    for _ in range(1000):
        if path.exists() and len(written := path.read_text("utf-8").splitlines()) >= lines:
            return [json.loads(line) for line in written]
        time.sleep(0.01)
    raise AssertionError(f"nothing was started beside {path}")


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """A program that only notes how it was started, and stays."""
    program = tmp_path / "chromium"
    program.write_text(_TALKING.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "ho-so"


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_starts_with_a_fresh_profile_and_the_address(stand_in: Path, profile: Path) -> None:
    profile.mkdir()
    (profile / "Cookies").write_text("of somebody else", encoding="utf-8")
    browser = PrivateBrowser(str(stand_in), profile)
    browser.open(ADDRESS)
    ((_, arguments),) = wait_for(profile / "started")
    assert isinstance(arguments, list)
    assert arguments[-1] == ADDRESS
    assert f"--user-data-dir={profile}" in arguments
    assert "--incognito" in arguments
    assert not (profile / "Cookies").exists()
    told = json.loads((profile / "Default" / "Preferences").read_text("utf-8"))
    assert told["credentials_enable_service"] is False
    assert told["download"]["default_directory"].startswith(str(profile))
    browser.close()


def test_it_stands_where_it_is_told_and_says_that_it_is_open(stand_in: Path, profile: Path) -> None:
    browser = PrivateBrowser(str(stand_in), profile)
    assert not browser.is_open
    browser.open(ADDRESS, Place(0, 24, 808, 700))
    ((_, arguments),) = wait_for(profile / "started")
    assert isinstance(arguments, list)
    assert {"--window-position=0,24", "--window-size=808,700"} <= set(arguments)
    assert browser.is_open
    browser.close()
    assert not browser.is_open


def test_closing_ends_it_and_deletes_the_profile(stand_in: Path, profile: Path) -> None:
    browser = PrivateBrowser(str(stand_in), profile)
    browser.open(ADDRESS)
    ((process, _),) = wait_for(profile / "started")
    assert isinstance(process, int)
    assert browser.close() is Left.NOTHING
    assert not profile.exists()
    assert not alive(process)


def test_a_second_page_keeps_the_same_profile(stand_in: Path, profile: Path) -> None:
    browser = PrivateBrowser(str(stand_in), profile)
    browser.open(ADDRESS)
    wait_for(profile / "started")
    browser.open(ADDRESS)
    assert len(wait_for(profile / "started", 2)) == 2
    browser.close()


def test_what_a_power_cut_left_is_deleted_without_a_window(stand_in: Path, profile: Path) -> None:
    profile.mkdir()
    (profile / "History").write_text("x", encoding="utf-8")
    assert PrivateBrowser(str(stand_in), profile).close() is Left.NOTHING
    assert not profile.exists()


def test_a_program_that_is_gone_is_said(profile: Path) -> None:
    with pytest.raises(WorldError) as refused:
        PrivateBrowser("/nowhere/chromium", profile).open(ADDRESS)
    assert refused.value.code == "browser.none"


def test_firefox_gets_its_own_words(tmp_path: Path, stand_in: Path, profile: Path) -> None:
    firefox = stand_in.rename(tmp_path / "firefox-esr")
    browser = PrivateBrowser(str(firefox), profile)
    browser.open(ADDRESS)
    ((_, arguments),) = wait_for(profile / "started")
    assert arguments == ["--no-remote", "--profile", str(profile), "--private-window", ADDRESS]
    assert "rememberSignons" in (profile / "user.js").read_text("utf-8")
    browser.close()


def test_a_known_browser_is_found(stand_in: Path, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(stand_in.parent))
    found = find_browser(profile)
    assert isinstance(found, PrivateBrowser)
    assert found.program == str(stand_in)


def test_without_a_known_browser_the_computers_own_is_used(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert not isinstance(find_browser(profile), PrivateBrowser)
    assert find_browser(profile).close() is Left.NOTHING


def test_where_no_browser_may_be_opened_nothing_is_left() -> None:
    with pytest.raises(WorldError):
        NullBrowser().open(ADDRESS)
    assert NullBrowser().close() is Left.NOTHING


@pytest.mark.chromium
def test_the_real_one_leaves_no_file(profile: Path) -> None:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed")
    browser = PrivateBrowser(str(CHROMIUM), profile, ("--headless=new", "--no-sandbox", "--disable-gpu"))
    browser.open("about:blank")
    for _ in range(1000):
        if (profile / "Local State").exists():
            break
        time.sleep(0.01)
    assert (profile / "Local State").exists()
    assert browser.close() is Left.NOTHING
    assert not profile.exists()
