"""The guide of docs/operations.md: its own command lines, run against a folder instead of a machine."""

import re
import shlex
from pathlib import Path

import pytest

from kiosk.author.cli import main as hamlet_forms
from kiosk.domain.clock import SystemClock
from sync.hub.cli import main as hamlet_hub
from sync.hub.home import Home
from sync.hub.keys import find_identity
from sync.hub.serve import Where, open_hub
from tests.support.content import compiled_forms
from tests.support.hub import ASSETS, ROOT

GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
UNITS = ROOT / "examples" / "systemd"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]
PROGRAMS = {"hamlet-hub": hamlet_hub, "hamlet-forms": hamlet_forms}


def ours(line: str) -> list[str]:
    """The part of a line that starts one of our programs; empty for the system's own."""
    words = shlex.split(line.rpartition("&& ")[2])
    for place, word in enumerate(words):
        if Path(word).name in PROGRAMS and words[0] not in {"ln", "systemd-run"}:
            return [Path(word).name, *words[place + 1 :]]
    return []


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """Where the places of the guide are in this test."""
    for name in ("run/hamlet-key", "etc", "volume", "drill"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "password").write_text("tám chữ trở lên\n", encoding="utf-8")
    (tmp_path / "etc" / "commune.toml").write_bytes((ROOT / "examples" / "commune.toml").read_bytes())
    return {
        "/srv/hub": str(tmp_path / "hub"),
        "/srv/tap-duot": str(tmp_path / "drill"),
        "/run/hamlet-key/commune-key": str(tmp_path / "run/hamlet-key/commune-key"),
        "/run/hamlet-password": str(tmp_path / "password"),
        "/etc/hamlet/commune.toml": str(tmp_path / "etc" / "commune.toml"),
        "/mnt/sao-luu": str(tmp_path / "volume"),
    }


def test_the_commands_of_the_guide_make_a_hub_copy_it_and_restore_it(
    machine: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.hub.copies.check_volume", lambda *_: None)  # one disk is all that a test has
    ran = []
    for line in LINES:
        command = ours(line)
        if not command or command[1] == "build":
            continue
        if command[1] == "verify":
            assert hamlet_hub(["backup", "--home", machine["/srv/hub"], "--to", machine["/mnt/sao-luu"]]) == 0
        assert PROGRAMS[command[0]]([machine.get(word, word) for word in command[1:]]) == 0, line
        ran.append(command[1])
    assert ran == ["check", "init", "user", "user", "user", "enrol", "verify", "restore"]
    assert re.search(r"^\w{4}-\w{4}-\w{4}$", capsys.readouterr().out, re.MULTILINE), "the code for a point"
    drill, key = Home(Path(machine["/srv/tap-duot"])), Path(machine["/run/hamlet-key/commune-key"])
    assert find_identity(drill, key, None) == key.read_text("ascii").strip()
    where = Where(assets=ASSETS, compiled=compiled_forms(), commune_key_file=key)
    with open_hub(drill, where, SystemClock()) as hub:
        assert hub.settings.hosts[-2:] == ("hub.xa.example", "192.168.1.10")


def test_every_unit_and_folder_that_the_guide_names_is_that_of_the_units() -> None:
    units = {word.rpartition("/")[2] for word in re.findall(r"hamlet-hub[\w-]*\.(?:service|timer)", GUIDE)}
    there = {path.name for path in UNITS.iterdir()}
    assert units <= there
    assert {name for name in there if name.endswith(".timer")} <= units, "a timer that nobody starts"
    inside = "\n".join(path.read_text("utf-8") for path in UNITS.iterdir())
    for place in ("/opt/thon/.venv/bin/hamlet-hub", "/srv/hub", "/mnt/sao-luu", "/etc/hamlet/retention"):
        assert place in inside
        assert place.removesuffix("/.venv/bin/hamlet-hub") in GUIDE
    assert "LoadCredentialEncrypted=commune-key:/etc/hamlet/commune-key.cred" in inside
    assert "--name=commune-key" in GUIDE


def test_the_guide_keeps_to_two_pages() -> None:
    assert len(GUIDE.splitlines()) <= 150
