"""Whatever gets in the way of a command: a Vietnamese sentence and an exit status, never a traceback."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.hub import cli_copies
from sync.hub.cli import main
from sync.hub.home import Home
from tests.support.hub import ASSETS, HubPoint, make_home, open_hub

PROGRAM = [sys.executable, "-X", "utf8", "-m", "sync.hub"]
COMMUNE = str(ASSETS / "parameters" / "trial_commune.toml")
TRIAL = ["init", "--trial", "--home", "{new}"]


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """What the commands below are given: a hub, a file, garbage, folders that are there and that are not."""
    make_home(tmp_path / "hub")
    for name in ("folder", "volume"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").write_text("đây không phải thứ cần", encoding="utf-8")
    (tmp_path / "garbage").write_bytes(bytes(range(256)))
    (tmp_path / "good").write_text("đủ dài để dùng", encoding="utf-8")
    names = ("hub", "file", "garbage", "folder", "volume", "good", "new", "nothing")
    return {name: str(tmp_path / name) for name in names}


def said(capsys: pytest.CaptureFixture[str], command: list[str], places: dict[str, str]) -> tuple[int, str]:
    status = main([part.format(**places) for part in command])
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return status, told


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([*TRIAL[:3], "{file}"], "Không đọc hoặc ghi được"),
        ([*TRIAL[:3], "{file}/below"], "Không đọc hoặc ghi được"),
        ([*TRIAL, "--database", "nonsense"], "Địa chỉ cơ sở dữ liệu"),
        ([*TRIAL, "--database", "mysql://a/b"], "Địa chỉ cơ sở dữ liệu"),
        ([*TRIAL, "--database", "postgresql+psycopg://x@127.0.0.1:1/x"], "Không dùng được cơ sở dữ liệu"),
        ([*TRIAL, "--hostname", ""], "không phải tên máy"),
        ([*TRIAL, "--hostname", "máy chủ"], "không phải tên máy"),
        (
            ["init", "--home", "{new}", "--commune-settings", "{file}", "--commune-key-file", "{new}"],
            "Tệp thông tin xã",
        ),
        (
            ["init", "--home", "{new}", "--commune-settings", COMMUNE, "--commune-key-file", "{nothing}/key"],
            "Không đọc hoặc ghi được",
        ),
        (["serve", "--home", "{file}"], "Không đọc hoặc ghi được"),
        (["serve", "--home", "{hub}", "--port", "99999"], "cổng 99999"),
        (["serve", "--home", "{hub}", "--host", "203.0.113.7"], "203.0.113.7"),
        (["serve", "--home", "{hub}", "--commune-key-file", "{nothing}"], "Chưa có khóa của xã"),
        (["serve", "--home", "{hub}", "--commune-key-file", "{garbage}"], "không khớp"),
        (["serve", "--home", "{hub}", "--commune-key-file", "{folder}"], "không khớp"),
        (["enrol", "--home", "{hub}", "--hamlet", " "], "tên thôn"),
        (["user", "add", "--home", "{hub}", " ", "--password-file", "{good}"], "Tên người dùng"),
        (["user", "add", "--home", "{hub}", "lan", "--password-file", "{garbage}"], "Tệp mật khẩu"),
        (["backup", "--home", "{hub}", "--to", "{nothing}"], "Không thấy thư mục"),
        (["backup", "--home", "{hub}", "--to", "{file}"], "Không thấy thư mục"),
        (["verify", "--home", "{hub}", "--from", "{volume}"], "Không có bản sao"),
        (["restore", "--home", "{new}", "--from", "{nothing}"], "Không có bản sao"),
        (["restore", "--home", "{file}/below", "--from", "{volume}"], "Không có bản sao"),
        (["import", "--home", "{hub}", "{nothing}"], "Không thấy hồ sơ"),
        (["publish", "{file}", "--home", "{hub}", "--trust", "{nothing}"], "."),
        (["erase", "--home", "{hub}", "nobody"], "Không có hồ sơ này"),
        *(
            ([*name, "--home", "{nothing}"], "chưa phải máy chủ xã")
            for name in (
                ["serve"],
                ["enrol"],
                ["revoke", "p"],
                ["backup", "--to", "{volume}"],
                ["verify", "--from", "{volume}"],
                ["tidy", "--days", "3"],
                ["erase", "x"],
                ["import", "{folder}"],
                ["publish", "{file}", "--trust", "{file}"],
                ["user", "add", "lan", "--password-file", "{good}"],
            )
        ),
    ],
)
def test_a_command_in_the_wrong_place_says_so(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], command: list[str], words: str
) -> None:
    status, told = said(capsys, command, places)
    assert (status, words in told) == (1, True), told
    assert not Path(places["new"], "hub.json").exists(), "nothing half made passes for a hub"
    assert command[0] != "restore" or not Path(places["new"]).exists(), "no folder of locks stays"


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["nothing"],
        ["init"],
        ["serve", "--home", "x", "--port", "many"],
        ["user", "add", "--home", "x", "lan", "--role", "king", "--password-file", "y"],
        ["tidy", "--home", "x", "--days", "-1"],
        ["tidy", "--home", "x", "--days", "99999999"],
        ["backup", "--home", "x", "--to", "y", "--keep", "0"],
        ["enrol", "--home", "x", "--hamlet", "Thôn Hai", "--renews", "y"],
    ],
)
def test_wrong_arguments_end_with_2_and_say_where_help_is(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(command)
    assert caught.value.code == 2
    assert "Câu lệnh chưa đúng. Xem cách gọi: hamlet-hub" in capsys.readouterr().err


COMMANDS = (
    ["serve", "--home", "{hub}"],
    ["enrol", "--home", "{hub}"],
    ["backup", "--home", "{hub}", "--to", "{volume}"],
    ["verify", "--home", "{hub}", "--from", "{volume}"],
    ["tidy", "--home", "{hub}", "--days", "3"],
    ["import", "--home", "{hub}", "{folder}"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("name", ["hub.db", "hub.json"])
@pytest.mark.parametrize("garbage", [True, False], ids=["damaged", "gone"])
def test_a_hub_without_its_database_or_settings_does_nothing(
    capsys: pytest.CaptureFixture[str],
    places: dict[str, str],
    command: list[str],
    name: str,
    garbage: bool,
) -> None:
    assert main(["backup", "--home", places["hub"], "--to", places["volume"]]) == 0
    file = Path(places["hub"], name)
    if garbage:
        file.write_bytes(b"not what it was")
    else:
        file.unlink()
    status, told = said(capsys, command, places)
    assert status == 1, "a new empty database would be a hub that denies everything it held"
    assert any(word in told for word in ("cơ sở dữ liệu", "hub.db", "hub.json", "chưa phải máy chủ")), told
    assert file.exists() == garbage


@pytest.mark.parametrize("name", ["hub-key", "server.pem", "authority.pem", "authority-key"])
@pytest.mark.parametrize("garbage", [True, False], ids=["damaged", "gone"])
@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[2]], ids=["serve", "backup"])
def test_a_damaged_key_is_named_before_anybody_relies_on_it(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], name: str, garbage: bool, command: list[str]
) -> None:
    file = Path(places["hub"], name)
    file.write_bytes(b"\xff\x00 nothing") if garbage else file.unlink()
    status, told = said(capsys, command, places)
    assert (status, f"Tệp {name} của máy chủ bị mất hoặc hỏng" in told) == (1, True), told
    assert list(Path(places["volume"]).iterdir()) == []


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str], places: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, told = said(capsys, ["serve", "--home", "{hub}", "--port", str(port)], places)
    assert (status, f"cổng {port}" in told) == (1, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_root_does_not_write_into_the_services_folder(
    capsys: pytest.CaptureFixture[str], places: dict[str, str]
) -> None:
    os.chown(places["hub"], pwd.getpwnam("nobody").pw_uid, -1)
    status, told = said(capsys, ["enrol", "--home", "{hub}"], places)
    assert (status, "runuser -u nobody" in told) == (1, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_folder_of_somebody_else_is_told(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], command: list[str]
) -> None:
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        status, told = said(capsys, command, places)
    finally:
        os.seteuid(0)
    assert (status, "Không có quyền" in told) == (1, True), told


def test_a_damaged_copy_names_the_way_out_and_what_did_not_come_back(
    capsys: pytest.CaptureFixture[str], places: dict[str, str]
) -> None:
    hub = open_hub(Home(Path(places["hub"])))
    point = HubPoint(hub)
    scan = point.paper()
    sent = point.event(papers=[scan])
    point.round(sent)
    point.send_paper(scan.sealed_sha256)
    hub.database.close()
    assert main(["backup", "--home", places["hub"], "--to", places["volume"]]) == 0
    Path(places["volume"], "papers", point.row.id, f"{scan.sealed_sha256}.age").write_bytes(b"rotten")
    command = ["restore", "--home", "{new}", "--from", "{volume}"]
    status, told = said(capsys, command, places)
    assert (status, "--incomplete" in told) == (1, True), told
    assert main([part.format(**places) for part in [*command, "--incomplete"]]) == 0
    told = capsys.readouterr().out
    assert sent.dossier in told
    assert scan.sealed_sha256[:12] in told
    assert "phần đó mất" in told


def test_a_hub_that_is_made_asks_for_no_passphrase(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_: str) -> str:
        raise AssertionError("asked")

    monkeypatch.setattr(getpass, "getpass", asked)
    status, told = said(capsys, ["init", "--home", "{hub}", "--commune-settings", COMMUNE], places)
    assert (status, "init không ghi đè" in told) == (1, True), told


def test_two_different_passphrases_make_nothing(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["bốn chữ để thử dài", "bốn chữ để thủ dài"])
    monkeypatch.setattr(getpass, "getpass", lambda _: next(typed))
    status, told = said(capsys, ["init", "--home", "{new}", "--commune-settings", COMMUNE], places)
    assert (status, "không giống nhau" in told) == (1, True)
    assert not Path(places["new"]).exists()


@pytest.mark.parametrize("short", ["", "abc", "mười một ký", "           a"])
def test_a_short_passphrase_makes_nothing(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], monkeypatch: pytest.MonkeyPatch, short: str
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: short)
    status, told = said(capsys, ["init", "--home", "{new}", "--commune-settings", COMMUNE], places)
    assert (status, "ít nhất 12" in told) == (1, True)
    assert not Path(places["new"]).exists()


def test_without_a_terminal_no_passphrase_can_be_typed(places: dict[str, str]) -> None:
    command = [*PROGRAM, "init", "--home", places["new"], "--commune-settings", COMMUNE]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert done.returncode == 1
    assert "cửa sổ dòng lệnh" in done.stderr
    assert "Traceback" not in done.stderr


def test_our_own_mistake_is_told_by_its_place_only(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(*_: object) -> None:
        raise ValueError("NGUYỄN VĂN HỢP")

    monkeypatch.setattr(cli_copies, "back_up", mistake)
    status, told = said(capsys, ["backup", "--home", "{hub}", "--to", "{volume}"], places)
    assert status == 1
    assert "ValueError, test_commands.py:" in told
    assert "HỢP" not in told


def test_ctrl_c_ends_with_130_and_the_next_backup_is_whole(
    capsys: pytest.CaptureFixture[str], places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sync.hub.backup.copies.digest_file", interrupt)
        status, told = said(capsys, ["backup", "--home", "{hub}", "--to", "{volume}"], places)
    assert (status, "Ctrl-C" in told) == (130, True)
    [left] = Path(places["volume"], "copies").iterdir()
    assert left.name.startswith("."), "what did not finish is no copy"
    assert main(["backup", "--home", places["hub"], "--to", places["volume"]]) == 0
    [made] = Path(places["volume"], "copies").iterdir()
    assert not made.name.startswith(".")


def in_a_small_room(inside: Callable[[str], list[str]], size: str) -> subprocess.CompletedProcess[str]:
    """Run a shell in a name space of its own where ``/mnt`` has ``size`` bytes."""
    script = "\n".join(["set -u", f"mount -t tmpfs -o size={size} none /mnt", *inside("/mnt")])
    command = ["unshare", "--mount", "--map-root-user", "--user", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs util-linux")
def test_a_full_disk_is_called_full_by_every_command(tmp_path: Path) -> None:
    home, volume = make_home(tmp_path / "hub").folder, tmp_path / "volume"
    volume.mkdir()
    assert main(["backup", "--home", str(home), "--to", str(volume)]) == 0
    hub = " ".join(PROGRAM)
    commands = (
        f"{hub} init --trial --home /mnt/new",
        f"{hub} enrol --home /mnt/hub",
        f"{hub} tidy --days 3 --home /mnt/hub",
        f"{hub} verify --from {volume} --home /mnt/hub",
        f"{hub} serve --home /mnt/hub",
        f"{hub} backup --home {home} --to /mnt",
        f"{hub} restore --home /mnt/other --from {volume}",
    )
    done = in_a_small_room(
        lambda room: [
            f"cp -r {home} {room}/hub",
            f"cat /dev/zero > {room}/fill 2>/dev/null",
            *(f"{command} >&2; echo status $?" for command in commands),
        ],
        "4M",
    )
    if "mount" in done.stderr:
        pytest.skip("no mounting here")
    assert done.stdout.split() == ["status", "1"] * len(commands), done.stderr
    assert "Traceback" not in done.stderr
    told = done.stderr.strip().splitlines()
    assert len(told) == len(commands)
    assert all("Hết chỗ" in line or "đã đầy" in line for line in told), told
