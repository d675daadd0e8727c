"""What a clerk packs is what a point accepts."""

import argparse
import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from kiosk.author.pack_commands import add_commands
from kiosk.author.packing import keygen, pack, read_key, verify
from kiosk.catalogue.bad_content import BadContentError
from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import public_key
from kiosk.packs.content import assets_folder
from kiosk.packs.manifest import Signers
from kiosk.packs.trust import read_trust
from tests.support.content import compiled_forms
from tests.support.packs import AUTHOR, BEGIN, SECOND, Packs, packs_at


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return packs_at(tmp_path)


@pytest.fixture
def trust(packs: Packs) -> Path:
    return packs.home / "packs" / "trust.json"


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    options = parser.parse_args([str(each) for each in arguments])
    return int(options.run(options))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_key_is_drawn_once_and_only_for_its_owner(tmp_path: Path) -> None:
    key, trust = tmp_path / "key", tmp_path / "trust.json"
    public = keygen(key, trust)
    assert public_key(read_key(key)) == public
    assert read_trust(trust).signers == Signers((public,), 1)
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    with pytest.raises(FileExistsError):
        keygen(key, tmp_path / "other.json")
    assert key.read_bytes() == before


def test_a_second_key_does_not_take_the_trust_from_the_first(tmp_path: Path) -> None:
    trust = tmp_path / "trust.json"
    keygen(tmp_path / "first", trust)
    before = trust.read_bytes()
    assert run("keygen", tmp_path / "second", "--trust", trust) == 1
    assert trust.read_bytes() == before
    assert not (tmp_path / "second").exists()


def test_two_of_three_keys(tmp_path: Path) -> None:
    trust, out = tmp_path / "trust.json", tmp_path / "goi"
    first, second = (keygen(tmp_path / name, tmp_path / f"{name}.json") for name in ("a", "b"))
    beside = ["--with", first, "--with", second, "--threshold", 2]
    assert run("keygen", tmp_path / "c", "--trust", trust, *beside) == 0
    options = ["--compiled", compiled_forms(), "--from", "2026-12-01", "--trust", trust]
    one = ["--key", tmp_path / "a", "--key", tmp_path / "a"]
    assert run("pack", out, "--version", 2, *options, *one) == 0
    with pytest.raises(WorldError, match=r"pack\.threshold"):
        verify(out, trust)
    two = tmp_path / "goi-3"
    assert run("pack", two, "--version", 3, *options, "--key", tmp_path / "a", "--key", tmp_path / "c") == 0
    assert verify(two, trust).signers == read_trust(trust).signers


@pytest.mark.parametrize("wrong", [["--threshold", 2], ["--with", "ab"], ["--threshold", 0]])
def test_a_trust_that_nobody_could_meet_is_not_made(tmp_path: Path, wrong: list[object]) -> None:
    assert run("keygen", tmp_path / "a", "--trust", tmp_path / "trust.json", *wrong) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["goi", "goi.zip"])
def test_a_pack_holds_everything_and_is_sound(packs: Packs, trust: Path, name: str) -> None:
    made = verify(packs.make(2, BEGIN, date(2026, 12, 31), name=name), trust)
    paths = {file.path for file in made.files}
    assert "assets/procedures/khai_sinh/procedure.toml" in paths
    assert "assets/procedures/khai_sinh/form.md" in paths
    assert "compiled/forms/khai_sinh-2026.11.json" in paths
    assert (made.version, made.valid_to) == (2, date(2026, 12, 31))
    assert list(packs.folder.glob("*.part")) == []


def test_the_same_content_makes_the_same_zip(packs: Packs) -> None:
    first, second = packs.make(2, name="a.zip"), packs.make(2, name="b.zip")
    assert first.read_bytes() == second.read_bytes()


def test_hidden_files_stay_out(packs: Packs, tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(assets_folder(), assets)
    (assets / ".DS_Store").write_text("x", encoding="utf-8")
    (assets / "lists" / ".~lock.xa.csv#").write_text("x", encoding="utf-8")
    made = packs.make(2, assets=assets)
    assert not any(path.name.startswith(".") for path in made.rglob("*"))


def test_a_name_that_points_cannot_take_is_refused_while_packing(packs: Packs, tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(assets_folder(), assets)
    (assets / "lists" / "danh mục.csv").write_text("x", encoding="utf-8")
    with pytest.raises(WorldError, match=r"pack\.path"):
        packs.make(2, assets=assets)
    assert not (packs.folder / "goi-2").exists()


def test_what_cannot_be_loaded_is_not_packed(packs: Packs, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadContentError):
        packs.make(2, compiled=tmp_path / "empty")
    with pytest.raises(BadContentError):
        packs.make(2, assets=tmp_path / "empty")


def test_dates_and_versions_that_make_no_sense(packs: Packs) -> None:
    with pytest.raises(WorldError, match=r"pack\.option_version"):
        packs.make(0)
    with pytest.raises(WorldError, match=r"pack\.option_dates"):
        packs.make(2, BEGIN, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--version", 0], "Số gói (--version) phải từ 1"),
        (["--to", "2026-11-30"], "Ngày hết dùng (30/11/2026) đứng trước ngày bắt đầu dùng (01/12/2026)"),
        (["--next-key", "abc"], "có 1 khóa, cần 1 chữ ký"),
        (["--next-key", "a" * 64, "--next-threshold", 2], "có 1 khóa, cần 2 chữ ký"),
        (["--next-key", "a" * 64, "--next-key", "a" * 64], "không trùng nhau"),
    ],
)
def test_a_wrong_option_is_named_and_nothing_is_made(
    packs: Packs, capsys: pytest.CaptureFixture[str], wrong: list[object], sentence: str
) -> None:
    out = packs.folder / "out"
    options = ["--compiled", compiled_forms(), "--version", 2, "--from", "2026-12-01", "--key", packs.key()]
    assert run("pack", out, *options, *wrong) == 1
    told = said(capsys)
    assert sentence in told
    assert "hỏng" not in told
    assert not out.exists()


def test_nothing_is_overwritten(packs: Packs) -> None:
    made = packs.make(2)
    before = sorted(made.rglob("*"))
    with pytest.raises(FileExistsError):
        packs.make(2)
    assert sorted(made.rglob("*")) == before


@pytest.mark.parametrize("text", ["", "ab", "không phải khóa", "zz" * 32])
def test_a_key_file_that_holds_no_key(packs: Packs, text: str) -> None:
    path = packs.folder / "key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r".+"):
        pack(
            assets_folder(), compiled_forms(), packs.folder / "out",
            version=2, valid_from=BEGIN, key_files=[path],
        )  # fmt: skip
    assert not (packs.folder / "out").exists()


def test_the_commands_from_key_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, trust, out = tmp_path / "key", tmp_path / "trust.json", tmp_path / "goi.zip"
    assert run("keygen", key, "--trust", trust) == 0
    assert read_key(key) not in said(capsys)
    packing = [
        "pack",
        out,
        "--compiled",
        compiled_forms(),
        "--version",
        3,
        "--from",
        "2026-12-01",
        "--key",
        key,
    ]
    assert run(*packing) == 0
    assert "Gói số 3 đúng và đủ" in said(capsys)
    assert run("verify", out, "--trust", trust) == 0
    assert "dùng từ 01/12/2026 đến khi có gói mới" in said(capsys)
    assert run(*packing) == 1
    assert f"Đã có {out}" in said(capsys)


def test_the_commands_say_what_is_wrong(
    packs: Packs, trust: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = packs.make(2)
    assert run("verify", made, "--trust", trust, "--above", 2) == 1
    assert "không mới hơn" in said(capsys)
    (made / "manifest.json").unlink()
    assert run("verify", made, "--trust", trust) == 1
    assert "Thiếu tệp manifest.json" in said(capsys)
    assert run("verify", made, "--trust", packs.folder / "none.json") == 1
    assert "trust.json" in said(capsys)
    out = packs.folder / "out"
    options = [
        "--compiled",
        packs.folder / "none",
        "--version",
        2,
        "--from",
        "2026-12-01",
        "--key",
        packs.key(),
    ]
    assert run("pack", out, *options) == 1
    assert said(capsys).startswith("Chưa làm được")


def test_the_command_can_hand_over_to_other_keys(
    packs: Packs, trust: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, keys = packs.folder / "out", (public_key(AUTHOR), public_key(SECOND))
    next_keys = [part for key in keys for part in ("--next-key", key)]
    signing = ["--key", packs.key(AUTHOR), "--key", packs.key(SECOND)]
    options = ["--compiled", compiled_forms(), "--version", 2, "--from", "2026-12-01", "--next-threshold", 2]
    assert run("pack", out, *options, *signing, *next_keys) == 0
    assert verify(out, trust).signers == Signers(tuple(sorted(keys)), 2)
    assert "Gói số 2" in said(capsys)
