"""The service files that a commune copies: their commands are ours and work as they stand."""

import configparser
import shlex
from pathlib import Path

import pytest

from sync.hub.cli import main
from tests.support.hub import HubPoint, make_home, open_hub

UNITS = Path(__file__).parents[3] / "examples" / "systemd"
PROGRAM = "/opt/thon/.venv/bin/hamlet-hub"


def commands(unit: str) -> list[list[str]]:
    lines = (UNITS / unit).read_text("utf-8").splitlines()
    found = [shlex.split(line.removeprefix("ExecStart=")) for line in lines if line.startswith("ExecStart=")]
    assert found
    assert all(command[0] == PROGRAM for command in found)
    return [command[1:] for command in found]


def test_the_nightly_commands_make_dossiers_safe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, volume = make_home(tmp_path / "hub"), tmp_path / "volume"
    volume.mkdir()
    hub = open_hub(home)
    point = HubPoint(hub)
    point.round(point.event())
    places = {"/srv/hub": str(home.folder), "/mnt/sao-luu": str(volume)}
    for command in commands("hamlet-hub-backup.service"):
        assert main([places.get(word, word) for word in command]) == 0
    assert point.round().safe == 1
    hub.database.close()
    assert "An toàn đến giấy nhận số 1" in capsys.readouterr().out


def test_the_service_writes_only_where_the_hub_lives() -> None:
    for unit in ("hamlet-hub.service", "hamlet-hub-backup.service"):
        parser = configparser.RawConfigParser(strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(UNITS / unit, "utf-8")
        service = parser["Service"]
        assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
        homes = {command[command.index("--home") + 1] for command in commands(unit)}
        assert homes <= set(service["ReadWritePaths"].split())
    [serve] = commands("hamlet-hub.service")
    assert serve[0] == "serve"
    assert "--commune-key-file" not in serve, "the key comes as a credential"
