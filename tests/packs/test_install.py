"""Packs on a point: side by side, switched on in one step, and never worse than before."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.author.build import build
from kiosk.catalogue.texts import load_texts
from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import public_key
from kiosk.packs import files, install
from kiosk.packs.choose import FOLDER, Choice, Pack, built_in, choose, load
from kiosk.packs.content import Content, assets_folder
from kiosk.packs.manifest import NAME, Signers
from kiosk.packs.trust import Trust, give_trust, read_trust
from tests.support.content import compiled_forms
from tests.support.next_form import NEW, OLD, next_form
from tests.support.packs import AUTHOR, BEGIN, BOTH, SECOND, STRANGER, TRUST, Packs, own, packs_at, small_pack

TEXTS = load_texts(assets_folder() / "texts")
DAY = date(2026, 11, 21)
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return packs_at(tmp_path)


@pytest.fixture
def next_compiled(tmp_path: Path) -> Path:
    source = tmp_path / "source" / "khai_sinh"
    source.mkdir(parents=True)
    (source / "form.md").write_text(next_form(), encoding="utf-8")
    compiled = tmp_path / "compiled-next"
    shutil.copytree(compiled_forms(), compiled)
    for old in compiled.glob("*/khai_sinh-*"):
        old.unlink()
    build(source.parent, compiled)
    return compiled


def put(packs: Packs, path: Path, check: Callable[[Content], None] = lambda _content: None) -> int:
    return install.install(packs.home, path, own(), check).version


def chosen(packs: Packs, day: date = DAY) -> Choice:
    return choose(packs.home, day, own())


def refusal(packs: Packs, path: Path) -> str:
    before = packs.installed()
    with pytest.raises(WorldError) as caught:
        put(packs, path)
    assert TEXTS(f"error.{caught.value.code}", **caught.value.params)
    assert packs.installed() == before
    return caught.value.code


def test_without_packs_the_program_s_own_content_is_used(tmp_path: Path) -> None:
    choice = choose(tmp_path, DAY, own())
    assert (choice.pack, choice.behind, choice.expired, choice.refused) == (own(), (), False, ())


@pytest.mark.parametrize("name", ["goi", "goi.zip"])
def test_a_pack_is_used_from_its_first_day(packs: Packs, name: str) -> None:
    assert put(packs, packs.make(2, date(2026, 11, 21), name=name)) == 2
    assert chosen(packs, date(2026, 11, 20)).pack.version == 0
    choice = chosen(packs)
    assert choice.pack.version == 2
    assert choice.pack.assets == packs.home / FOLDER / "2" / "assets"
    content, _ = load(choice, DAY, own())
    assert content.newest_version("khai_sinh") == OLD
    assert packs.installed() == ["2", "trust.json"]


def test_the_filing_day_decides_between_packs(packs: Packs) -> None:
    put(packs, packs.make(2, BEGIN))
    put(packs, packs.make(3, NEXT_YEAR))
    put(packs, packs.make(4, date(2026, 12, 1), date(2026, 12, 31)))
    days = {date(2026, 11, 21): 2, date(2026, 12, 15): 4, date(2027, 1, 1): 3, date(2026, 10, 31): 0}
    assert {day: chosen(packs, day).pack.version for day in days} == days


def test_a_pack_that_is_over_is_still_better_than_an_older_one(packs: Packs) -> None:
    put(packs, packs.make(2, BEGIN, date(2026, 11, 20)))
    choice = chosen(packs)
    assert (choice.pack.version, choice.expired) == (2, True)
    assert not chosen(packs, date(2026, 11, 20)).expired
    put(packs, packs.make(3, BEGIN))
    assert (chosen(packs).pack.version, chosen(packs).expired) == (3, False)


def test_a_program_with_newer_content_does_not_use_an_old_pack(packs: Packs) -> None:
    put(packs, packs.make(2))
    newer = Pack(3, own().assets, own().compiled)
    assert choose(packs.home, DAY, newer).pack == newer
    with pytest.raises(WorldError, match=r"pack\.version"):
        install.install(packs.home, packs.make(3), newer)


def test_the_program_s_content_says_its_version(tmp_path: Path) -> None:
    assert built_in(assets_folder(), tmp_path).version == 0
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "pack.toml").write_text("version = 7\n", encoding="utf-8")
    assert built_in(tmp_path, tmp_path).version == 7


def test_drafts_find_their_old_form_in_the_pack_behind(packs: Packs, next_compiled: Path) -> None:
    put(packs, packs.make(2))
    put(packs, packs.make(3, compiled=next_compiled))
    content, _ = load(chosen(packs), DAY, own())
    assert content.newest_version("khai_sinh") == NEW
    assert content.form("khai_sinh", OLD)["version"] == OLD
    assert {f"khai_sinh-{OLD}", f"khai_sinh-{NEW}"} <= set(content.dictionaries)


def test_a_form_of_next_year_is_not_offered_this_year(packs: Packs, next_compiled: Path) -> None:
    put(packs, packs.make(2, NEXT_YEAR, compiled=next_compiled))
    this_year, _ = load(chosen(packs), DAY, own())
    assert this_year.newest_version("khai_sinh") == OLD
    next_year, _ = load(chosen(packs, NEXT_YEAR), NEXT_YEAR, own())
    assert next_year.newest_version("khai_sinh") == NEW


def test_an_old_pack_does_not_need_the_words_of_a_newer_program(packs: Packs, tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(assets_folder(), assets)
    (assets / "texts" / "vi" / "packs.toml").unlink()
    put(packs, packs.make(2, assets=assets))
    content, _ = load(chosen(packs), DAY, own())
    assert "error.pack.none" in content.texts


def test_versions_go_upwards_only(packs: Packs) -> None:
    put(packs, packs.make(3))
    for number, version in enumerate((1, 2, 3)):
        assert refusal(packs, packs.make(version, name=f"again-{number}")) == "pack.version"
    assert chosen(packs).pack.version == 3


def test_a_point_without_trust_takes_nothing(tmp_path: Path) -> None:
    packs = packs_at(tmp_path, None)
    (packs.home / FOLDER).mkdir()
    assert refusal(packs, packs.make(2)) == "pack.no_trust"
    (packs.home / FOLDER / "trust.json").write_text("{", encoding="utf-8")
    assert refusal(packs, packs.make(3)) == "pack.trust"


def test_trust_is_given_once(packs: Packs) -> None:
    give_trust(packs.home / FOLDER, TRUST)
    with pytest.raises(WorldError, match=r"pack\.trusted"):
        give_trust(packs.home / FOLDER, Trust(BOTH))
    assert read_trust(packs.home / FOLDER / "trust.json") == TRUST


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys":["ab"],"threshold":1}', '{"keys":[],"threshold":1}', "7", "[" * 9999]
)
def test_a_broken_trust_file_is_said_to_be_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "trust.json").write_text(text, encoding="utf-8")
    with pytest.raises(WorldError, match=r"pack\.trust$"):
        read_trust(tmp_path / "trust.json")


def test_a_pack_of_strangers_changes_nothing(packs: Packs) -> None:
    put(packs, packs.make(2))
    stranger = Signers((public_key(STRANGER),))
    assert refusal(packs, packs.make(3, keys=(STRANGER,), signers=stranger)) == "pack.threshold"
    assert chosen(packs).pack.version == 2


def test_keys_are_changed_by_a_pack_that_both_signed(packs: Packs) -> None:
    put(packs, packs.make(2))
    put(packs, packs.make(3, keys=(AUTHOR, SECOND), signers=BOTH))
    assert read_trust(packs.home / FOLDER / "trust.json").signers == BOTH
    assert refusal(packs, packs.make(4, keys=(AUTHOR,), signers=TRUST.signers)) == "pack.threshold"
    put(packs, packs.make(5, keys=(AUTHOR, SECOND), signers=BOTH))
    choice = chosen(packs)
    assert (choice.pack.version, [pack.version for pack in choice.behind]) == (5, [3, 2, 0])
    assert choice.refused == ()


def test_signed_nonsense_is_refused_before_the_switch(packs: Packs) -> None:
    put(packs, packs.make(2))
    assert refusal(packs, small_pack(packs.folder / "small", version=3)) == "pack.content"
    assert chosen(packs).pack.version == 2


@pytest.mark.parametrize("error", [WorldError("form.missing", form="x", version="1"), ValueError("no form")])
def test_the_caller_may_refuse_content(packs: Packs, error: Exception) -> None:
    def refuses(content: Content) -> None:
        assert content.newest_version("khai_sinh") == OLD
        raise error

    with pytest.raises(WorldError, match=r"pack\.content"):
        put(packs, packs.make(2), refuses)
    assert packs.installed() == ["trust.json"]


def test_a_half_copied_pack_is_refused(packs: Packs) -> None:
    put(packs, packs.make(2))
    whole = packs.make(3)
    (whole / "compiled" / "forms" / f"khai_sinh-{OLD}.json").unlink()
    assert refusal(packs, whole) == "pack.missing"
    zipped = packs.make(4, name="goi.zip")
    zipped.write_bytes(zipped.read_bytes()[:-100_000])
    assert refusal(packs, zipped) == "pack.zip"


@pytest.mark.parametrize("name", ["write_new", "flush_folders", "switch", "write_durably"])
def test_a_full_disk_leaves_the_old_pack(packs: Packs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    put(packs, packs.make(2))
    path = packs.make(3, keys=(AUTHOR, SECOND), signers=BOTH)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(install, name, full)
    assert refusal(packs, path) == "disk.full"
    assert (chosen(packs).pack.version, chosen(packs).refused) == (2, ())
    monkeypatch.undo()
    assert put(packs, path) == 3


@pytest.mark.parametrize("damage", [b"", b"khac"])
def test_a_pack_that_rots_is_passed_over_and_can_be_installed_again(packs: Packs, damage: bytes) -> None:
    put(packs, packs.make(2))
    put(packs, packs.make(3))
    (packs.home / FOLDER / "3" / "assets" / "lists" / "tinh.csv").write_bytes(damage)
    choice = chosen(packs)
    assert choice.pack.version == 2
    assert [(version, error.code) for version, error in choice.refused] == [(3, "pack.length")]
    assert refusal(packs, packs.make(2, name="older")) == "pack.version"
    assert put(packs, packs.folder / "goi-3") == 3
    assert (chosen(packs).pack.version, chosen(packs).refused) == (3, ())


def test_a_pack_under_another_number_is_not_used(packs: Packs) -> None:
    put(packs, packs.make(2))
    (packs.home / FOLDER / "2").rename(packs.home / FOLDER / "9")
    choice = chosen(packs)
    assert (choice.pack.version, [error.code for _, error in choice.refused]) == (0, ["pack.version"])


def test_content_that_cannot_be_loaded_is_passed_over(packs: Packs) -> None:
    put(packs, packs.make(2))
    shutil.copytree(small_pack(packs.folder / "small", version=3), packs.home / FOLDER / "3")
    content, choice = load(chosen(packs), DAY, own())
    assert choice.pack.version == 2
    assert [(version, error.code) for version, error in choice.refused] == [(3, "pack.content")]
    assert content.newest_version("khai_sinh") == OLD


def test_what_an_attempt_left_behind_is_cleaned_away(packs: Packs) -> None:
    left = packs.home / FOLDER / "new-2"
    left.mkdir()
    (left / "half").write_text("x", encoding="utf-8")
    assert chosen(packs).pack.version == 0
    put(packs, packs.make(2))
    assert packs.installed() == ["2", "trust.json"]


def test_everything_is_flushed_before_the_switch(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = packs.make(2), list[str]()
    fsync, switch = os.fsync, files.switch

    def flushed(handle: int) -> None:
        seen.append("fsync")
        fsync(handle)

    def switched(source: Path, target: Path) -> None:
        seen.append(target.name)
        switch(source, target)

    monkeypatch.setattr(files.os, "fsync", flushed)
    monkeypatch.setattr(install, "switch", switched)
    manifest = install.install(packs.home, path, own())
    before = seen[: seen.index("2")]
    assert before.count("fsync") > len(manifest.files) + 1
    assert seen[seen.index("2") + 1 :] == ["fsync"]


INSTALLER = """
import os, signal, sys
from pathlib import Path
from kiosk.packs.choose import Pack
from kiosk.packs.install import install

left, fsync = [int(sys.argv[1])], os.fsync

def counted(handle):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    fsync(handle)

os.fsync = counted
home, path, assets, compiled = map(Path, sys.argv[2:])
install(home, path, Pack(0, assets, compiled))
"""
"""Installs a pack and dies at a counted flush, which is before and after everything that matters."""


def dies_after(flushes: int, packs: Packs, path: Path) -> bool:
    command = [sys.executable, "-c", INSTALLER, str(flushes), packs.home, path, own().assets, own().compiled]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def flushes_of(packs: Packs, path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a whole installation flushes."""
    seen, fsync = list[int](), os.fsync
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", lambda handle: (seen.append(handle), fsync(handle)))
        put(packs, path)
    return len(seen)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_any_moment_the_old_or_the_new_pack_is_there_whole(
    packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(packs, packs.make(2))
    total = flushes_of(packs, packs.make(3, keys=(AUTHOR, SECOND), signers=BOTH), monkeypatch)
    path, seen = packs.make(4, keys=(AUTHOR, SECOND), signers=Signers(TRUST.signers.keys)), set[int]()
    believed = packs.home / FOLDER / "trust.json"
    before = believed.read_bytes()
    for flushes in (0, total // 2, total - 4, total - 3, total - 2, total - 1):
        believed.write_bytes(before)
        assert dies_after(flushes, packs, path)
        choice = chosen(packs)
        assert choice.refused == ()
        seen.add(choice.pack.version)
        load(choice, DAY, own())
        if choice.pack.version == 4:
            break
    assert seen == {3, 4}
    assert (packs.home / FOLDER / "4" / NAME).is_file()
    assert put(packs, packs.make(5)) == 5
    assert packs.installed() == ["2", "3", "4", "5", "trust.json"]
