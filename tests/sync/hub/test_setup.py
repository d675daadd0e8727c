"""Making a hub: its folder, keys and certificates, and the commands that do it."""

import getpass
import json
import os
import ssl
import stat
from pathlib import Path

import pytest
from cryptography import x509

from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from kiosk.envelope import keys as age
from sync.hub import keys
from sync.hub.authority import make_authority, make_server
from sync.hub.cli import main
from sync.hub.home import Home, write_durably
from sync.hub.setup import Wishes, initialise
from sync.hub.store import officers, points
from sync.hub.store.database import open_database
from tests.support.hub import ASSETS, make_home

COMMUNE = ASSETS / "parameters" / "trial_commune.toml"


def _now() -> str:
    return SystemClock().now().isoformat(timespec="seconds")


def test_a_trial_home_has_everything_to_try(tmp_path: Path) -> None:
    home = Home(tmp_path / "hub")
    settings = initialise(home, Wishes(trial=True), SystemClock(), ASSETS)
    assert settings == home.settings()
    assert settings.trial
    assert settings.commune == "20194"
    for name in (
        "commune-key",
        "hub-key",
        "server.pem",
        "authority-key",
        "enrol-code.txt",
        "officer-password.txt",
    ):
        assert stat.S_IMODE((home.folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert settings.commune_key == age.recipient_of(home.commune_key.read_text("ascii"))
    code = (home.folder / "enrol-code.txt").read_text("ascii").strip()
    database = open_database(home.database_url(settings))
    with database.write() as connection:
        made = points.enrol(connection, settings.commune, code, "11" * 32, "age1x", _now())
    database.close()
    assert made is not None
    assert made[0].hamlet == settings.hamlets[0]


def test_the_settings_hold_no_secret(tmp_path: Path) -> None:
    home = make_home(tmp_path / "hub")
    text = home.settings_file.read_text("utf-8")
    for secret in (home.commune_key, home.hub_key):
        assert secret.read_text("ascii") not in text
    assert "AGE-SECRET" not in text


def test_init_never_writes_over_a_hub(tmp_path: Path) -> None:
    home = make_home(tmp_path / "hub")
    with pytest.raises(WorldError) as caught:
        initialise(home, Wishes(trial=True), SystemClock(), ASSETS)
    assert caught.value.code == "hub.made_already"


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        (Wishes(), "hub.commune_settings_needed"),
        (Wishes(trial=True, commune_settings=Path("nowhere.toml")), "hub.commune_settings"),
        (Wishes(commune_settings=COMMUNE), "hub.commune_key_missing"),
        (Wishes(commune_settings=COMMUNE, commune_key_file=COMMUNE), "hub.commune_key_exists"),
    ],
)
def test_init_says_what_is_missing_and_leaves_no_hub(tmp_path: Path, wishes: Wishes, code: str) -> None:
    home = Home(tmp_path / "hub")
    with pytest.raises(WorldError) as caught:
        initialise(home, wishes, SystemClock(), ASSETS)
    assert caught.value.code == code
    assert not home.is_made()


def test_a_real_hub_keeps_the_communes_key_elsewhere(tmp_path: Path) -> None:
    home, key = Home(tmp_path / "hub"), tmp_path / "usb-key"
    settings = initialise(home, Wishes(commune_settings=COMMUNE, commune_key_file=key), SystemClock(), ASSETS)
    identity = key.read_text("ascii")
    everything = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert identity.encode() not in everything
    with pytest.raises(WorldError) as caught:
        keys.find_identity(home, None, None)
    assert caught.value.code == "hub.commune_key_missing"
    assert keys.load_keys(home, settings, keys.find_identity(home, key, None)).identity == identity


def test_the_communes_key_under_a_passphrase(tmp_path: Path) -> None:
    home = Home(tmp_path / "hub")
    settings = initialise(
        home, Wishes(commune_settings=COMMUNE, passphrase="bốn chữ để thử"), SystemClock(), ASSETS
    )
    assert keys.needs_passphrase(home, None)
    with pytest.raises(WorldError) as caught:
        keys.find_identity(home, None, "chữ khác")
    assert caught.value.code == "hub.passphrase_wrong"
    found = keys.find_identity(home, None, "bốn chữ để thử")
    assert age.recipient_of(found) == settings.commune_key


def test_the_communes_key_as_a_systemd_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(tmp_path / "hub")
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    home.commune_key.rename(credentials / "commune-key")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert age.recipient_of(keys.find_identity(home, None, None)) == home.settings().commune_key


@pytest.mark.parametrize("identity", ["", "AGE-SECRET-KEY-1NONSENSE", None])
def test_another_communes_key_is_refused(tmp_path: Path, identity: str | None) -> None:
    home = make_home(tmp_path / "hub")
    with pytest.raises(WorldError) as caught:
        keys.load_keys(home, home.settings(), age.generate_age_identity() if identity is None else identity)
    assert caught.value.code == "hub.commune_key_wrong"


def test_search_marks_depend_on_the_communes_key(tmp_path: Path) -> None:
    marks = set()
    for name in ("one", "two"):
        home = make_home(tmp_path / name)
        marks.add(keys.load_keys(home, home.settings(), keys.find_identity(home, None, None)).mark("bưởi"))
    assert len(marks) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b'{"commune": 1}', b"\xff"])
def test_damaged_settings_are_named(tmp_path: Path, damage: bytes) -> None:
    home = make_home(tmp_path / "hub")
    home.settings_file.write_bytes(damage)
    with pytest.raises(WorldError) as caught:
        home.settings()
    assert caught.value.code == "hub.settings_damaged"


def test_writing_durably_leaves_the_old_file_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    write_durably(path, b"old")

    def fail(_: int) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="power cut"):
        write_durably(path, b"new")
    assert path.read_bytes() == b"old"


def test_the_certificate_is_for_its_hosts_and_signed_by_the_authority() -> None:
    authority, key = make_authority("20194")
    pem = make_server(authority, key, ["127.0.0.1", "localhost", "hub.xa.example", "::1"])
    certificate = x509.load_pem_x509_certificate(pem)
    issuer = x509.load_pem_x509_certificate(authority)
    certificate.verify_directly_issued_by(issuer)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "hub.xa.example"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    assert certificate.not_valid_before_utc.year == 2000
    assert issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    context = ssl.create_default_context(cadata=authority.decode("ascii"))
    assert len(context.get_ca_certs()) == 1


def test_the_commands_make_a_code_and_an_officer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, password = str(tmp_path / "hub"), tmp_path / "password"
    assert main(["init", "--trial", "--home", home]) == 0
    capsys.readouterr()
    assert main(["enrol", "--home", home, "--hamlet", "Thôn Ba"]) == 0
    code = capsys.readouterr().out.strip()
    assert len(code.split("-")) == 3
    password.write_text("đủ dài để dùng\n", encoding="utf-8")
    assert (
        main(["user", "add", "--home", home, "lan", "--role", "head", "--password-file", str(password)]) == 0
    )
    settings = Home(Path(home)).settings()
    database = open_database(Home(Path(home)).database_url(settings))
    with database.write() as connection:
        lan = officers.by_name(connection, settings.commune, "lan")
        made = points.enrol(connection, settings.commune, code, "11" * 32, "age1x", _now())
    database.close()
    assert lan is not None
    assert lan.role is officers.Role.HEAD
    assert made is not None
    assert made[0].hamlet == "Thôn Ba"
    assert main(["revoke", "--home", home, made[0].id]) == 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["serve", "--home", "{empty}"], "chưa phải máy chủ xã"),
        (["enrol", "--home", "{empty}"], "chưa phải máy chủ xã"),
        (["init", "--trial", "--home", "{home}"], "không ghi đè"),
        (["revoke", "--home", "{home}", "nobody"], "Không có điểm nào"),
        (["user", "add", "--home", "{home}", "lan", "--password-file", "{empty}"], "Tệp mật khẩu"),
        (["user", "add", "--home", "{home}", "canbo", "--password-file", "{good}"], "Đã có người dùng"),
        (["user", "add", "--home", "{home}", "lan", "--password-file", "{short}"], "ít nhất 8"),
    ],
)
def test_a_command_that_cannot_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], words: str
) -> None:
    make_home(tmp_path / "hub")
    (tmp_path / "good").write_text("đủ dài để dùng", encoding="utf-8")
    (tmp_path / "short").write_text("ngắn", encoding="utf-8")
    places = {
        "home": tmp_path / "hub",
        "empty": tmp_path / "nothing",
        "good": tmp_path / "good",
        "short": tmp_path / "short",
    }
    assert main([part.format(**places) for part in command]) == 1
    assert words in capsys.readouterr().err


def test_init_asks_for_a_passphrase_when_no_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: "bốn chữ để thử dài")
    home = tmp_path / "hub"
    assert (
        main(["init", "--home", str(home), "--commune-settings", str(COMMUNE), "--hostname", "hub.lan"]) == 0
    )
    assert (home / "commune-key.age").exists()
    assert not (home / "commune-key").exists()
    assert json.loads((home / "hub.json").read_text("utf-8"))["hosts"] == [
        "127.0.0.1",
        "localhost",
        "hub.lan",
    ]
