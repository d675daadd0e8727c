"""The hub as a program: READY, SIGTERM, a power cut, a second one on the same home."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from kiosk.domain.errors import WorldError
from sync.hub import running
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.serve import Where, listening
from sync.protocol import HELLO_PATH


def hello(hub: TrialHub) -> int:
    with requests.Session() as web:
        web.trust_env = False
        return web.get(hub.url + HELLO_PATH, verify=str(hub.authority_file), timeout=10).status_code


def test_it_answers_once_it_is_ready_and_ends_in_order(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    try:
        assert hello(hub) == 200
        assert hub.url == f"https://127.0.0.1:{hub.port}"
        assert hub.authority.startswith("-----BEGIN CERTIFICATE")
        assert hub.officer_password
    finally:
        hub.stop()
    assert hub.process.returncode == 0
    log = (hub.home / running.LOG_FILE).read_text("utf-8")
    assert '"what": "stop"' in log


def test_a_restart_keeps_home_port_and_authority(tmp_path: Path) -> None:
    first = start_trial_hub(tmp_path / "hub")
    first.kill()
    again = start_trial_hub(first.home, port=first.port)
    try:
        assert (again.url, again.authority, again.code) == (first.url, first.authority, first.code)
        assert hello(again) == 200
    finally:
        again.stop()


def test_a_second_hub_on_the_same_home_is_refused(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    try:
        command = [sys.executable, "-m", "sync.hub", "serve", "--home", str(hub.home)]
        second = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert second.returncode == 1
        assert "đang chạy" in second.stderr
        assert hello(hub) == 200
    finally:
        hub.stop()


def test_no_answer_waits_for_an_acknowledgement_of_its_head(tmp_path: Path) -> None:
    async def nagle_is_off(listener: socket.socket) -> bool:
        taken: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
        async with await asyncio.start_server(lambda _, writer: taken.put_nowait(writer), sock=listener):
            _, near = await asyncio.open_connection(*listener.getsockname())
            far = await taken.get()
            there = far.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for writer in (near, far):
                writer.close()
                await writer.wait_closed()
            return bool(there)

    with listening(Where(assets=tmp_path, compiled=tmp_path)) as listener:
        assert asyncio.run(nagle_is_off(listener))


def test_nobody_else_is_believed(tmp_path: Path) -> None:
    one, other = start_trial_hub(tmp_path / "one"), start_trial_hub(tmp_path / "other")
    try:
        with requests.Session() as web:
            web.trust_env = False
            with pytest.raises(requests.exceptions.SSLError):
                web.get(one.url + HELLO_PATH, verify=str(other.authority_file), timeout=10)
    finally:
        one.stop()
        other.stop()


def test_a_hub_that_cannot_start_says_so(tmp_path: Path) -> None:
    home = tmp_path / "hub"
    home.mkdir()
    (home / "hub.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        start_trial_hub(home)
    assert caught.value.code == "hub.did_not_start"
    assert "hub.json" in (home / running.LOG_FILE).read_text("utf-8")


def test_it_does_not_wait_for_connections_on_which_nothing_happens(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    with requests.Session() as web:
        web.trust_env, web.verify = False, str(hub.authority_file)
        assert web.get(hub.url + HELLO_PATH, timeout=10).status_code == 200
        hub.stop()
    assert hub.process.returncode == 0, "it waited for the idle connection until it was killed"
