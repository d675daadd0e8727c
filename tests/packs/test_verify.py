"""A pack that is not exactly what its author signed is refused, with the reason."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.texts import load_texts
from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import public_key, sign
from kiosk.packs import manifest as manifests
from kiosk.packs import source as sources
from kiosk.packs.content import assets_folder
from kiosk.packs.manifest import NAME, Manifest, PackFile, Signers
from kiosk.packs.paths import clashing, is_fit
from kiosk.packs.trust import Trust
from kiosk.packs.verify import verify
from tests.support.packs import AUTHOR, BEGIN, BOTH, SECOND, STRANGER, TRUST, small_pack

TEXTS = load_texts(assets_folder() / "texts")
LIST = "assets/lists/mau.csv"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path / "goi")


def refusal(path: Path, trust: Trust = TRUST, above: int = 0) -> str:
    """The code of the refusal, whose sentence exists."""
    with pytest.raises(WorldError) as caught:
        verify(path, trust, above)
    assert TEXTS(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


def zipped(folder: Path, out: Path) -> Path:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    return out


def test_a_sound_pack_is_accepted_as_folder_and_as_zip(pack: Path, tmp_path: Path) -> None:
    manifest = verify(pack, TRUST)
    assert (manifest.version, manifest.valid_from, manifest.valid_to) == (2, BEGIN, None)
    assert verify(zipped(pack, tmp_path / "goi.zip"), TRUST) == manifest


def test_a_zip_may_name_its_folders(pack: Path, tmp_path: Path) -> None:
    out = zipped(pack, tmp_path / "goi.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("assets/", "")
    assert verify(out, TRUST).version == 2


@pytest.mark.parametrize(("above", "code"), [(1, ""), (2, "pack.version"), (3, "pack.version")])
def test_versions_go_upwards_only(pack: Path, above: int, code: str) -> None:
    if code:
        assert refusal(pack, above=above) == code
    else:
        assert verify(pack, TRUST, above).version == 2


def test_whoever_is_not_trusted_signs_in_vain(tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "goi", (STRANGER,), signers=Signers((public_key(STRANGER),)))
    assert refusal(pack) == "pack.threshold"


def test_a_threshold_has_to_be_met_by_different_people(tmp_path: Path) -> None:
    trust = Trust(BOTH)
    assert refusal(small_pack(tmp_path / "one", (AUTHOR,), signers=BOTH), trust) == "pack.threshold"
    assert (
        refusal(small_pack(tmp_path / "other", (AUTHOR, STRANGER), signers=BOTH), trust) == "pack.threshold"
    )
    assert verify(small_pack(tmp_path / "two", (AUTHOR, SECOND), signers=BOTH), trust).version == 2


def test_one_signature_cannot_be_counted_twice(tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "goi", (AUTHOR,), signers=BOTH)
    whole = json.loads((pack / NAME).read_bytes())
    whole["signatures"] *= 2
    (pack / NAME).write_bytes(manifests.canonical(whole))
    assert refusal(pack, Trust(BOTH)) == "pack.manifest"


def test_new_keys_must_have_signed_too(tmp_path: Path) -> None:
    assert refusal(small_pack(tmp_path / "one", (AUTHOR,), signers=BOTH)) == "pack.threshold"
    assert verify(small_pack(tmp_path / "two", (AUTHOR, SECOND), signers=BOTH), TRUST).signers == BOTH


def test_a_signature_for_something_else_is_none_for_a_pack(pack: Path) -> None:
    whole = json.loads((pack / NAME).read_bytes())
    whole["signatures"][0]["signature"] = sign(manifests.canonical(whole["signed"]), AUTHOR)
    (pack / NAME).write_bytes(manifests.canonical(whole))
    assert refusal(pack) == "pack.signature"


def change(pack: Path, what: Callable[[Path], object]) -> Path:
    what(pack)
    return pack


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (lambda pack: (pack / NAME).unlink(), "pack.no_manifest"),
        (lambda pack: (pack / LIST).unlink(), "pack.missing"),
        (lambda pack: (pack / "assets" / "lists" / "them.csv").write_text("x"), "pack.extra"),
        (lambda pack: (pack / "them.exe").write_text("x"), "pack.extra"),
        (lambda pack: (pack / LIST).write_bytes((pack / LIST).read_bytes()[:-1]), "pack.length"),
        (lambda pack: (pack / LIST).write_bytes((pack / LIST).read_bytes() + b" "), "pack.length"),
        (lambda pack: (pack / LIST).write_bytes(b""), "pack.length"),
        (lambda pack: (pack / LIST).write_bytes((pack / LIST).read_bytes().swapcase()), "pack.digest"),
        (lambda pack: (pack / NAME).write_bytes(b""), "pack.manifest"),
        (lambda pack: (pack / NAME).write_bytes(b"[" * 100_000), "pack.manifest"),
        (lambda pack: (pack / NAME).write_bytes(b"9" * 5000), "pack.manifest"),
        (lambda pack: (pack / NAME).write_bytes((pack / NAME).read_bytes() + b"\n"), "pack.manifest"),
        (lambda pack: (pack / NAME).write_bytes(b" " * (2**20 + 1)), "pack.manifest"),
    ],
)
def test_what_is_wrong_is_said(pack: Path, what: Callable[[Path], object], code: str) -> None:
    assert refusal(change(pack, what)) == code


def test_links_are_no_files(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_bytes((pack / LIST).read_bytes())
    (pack / LIST).unlink()
    (pack / LIST).symlink_to(tmp_path / "elsewhere.csv")
    assert refusal(pack) == "pack.extra"


def test_nothing_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == "pack.none"


def test_a_disk_that_cannot_be_read_is_named(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: object, _name: str, _limit: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(sources._Folder, "read", fails)
    assert refusal(pack) == "pack.unreadable"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.csv", "assets/../../outside.csv", "/etc/passwd", "assets//x", "assets/./x", "C:/x",
        "assets/C:x", "assets\\x", "assets/a\\b", "assets/CON", "assets/nul.txt", "assets/Com1.csv",
        "assets/x.", "assets/x ", "assets/.hidden", "assets/ tên", "assets/a\0b", "assets/a\nb", "assets",
        "assets/", "other/x", "x", "", "assets/" + "a/" * 8 + "b", "assets/" + "a" * 200,
        "assets/lpt9.tar.gz", "assets/a:b",
    ],
)  # fmt: skip
def test_paths_that_lead_outside_or_mean_two_things(tmp_path: Path, path: str) -> None:
    assert not is_fit(path)
    pack = small_pack(tmp_path / "goi", files=(PackFile(path, 0, "0" * 64),))
    assert refusal(pack) == "pack.path"


@pytest.mark.parametrize(
    "path", ["assets/procedures/khai_sinh/procedure.toml", "compiled/forms/a-2026.11.json"]
)
def test_paths_of_a_pack(path: str) -> None:
    assert is_fit(path)


@pytest.mark.parametrize(
    ("paths", "clash"),
    [
        (["assets/a", "assets/b"], ""),
        (["assets/a", "assets/A"], "assets/A"),
        (["assets/a", "assets/a/b"], "assets/a/b"),
        (["assets/a/b", "assets/A"], "assets/A"),
        (["assets/a", "assets/a"], "assets/a"),
    ],
)
def test_two_names_of_one_file(tmp_path: Path, paths: list[str], clash: str) -> None:
    assert clashing(paths) == clash
    if clash:
        files = tuple(PackFile(path, 0, "0" * 64) for path in paths)
        assert refusal(small_pack(tmp_path / "goi", files=files)) == "pack.path"


def test_limits(tmp_path: Path) -> None:
    big = PackFile("assets/big", manifests.LARGEST_FILE + 1, "0" * 64)
    assert refusal(small_pack(tmp_path / "a", files=(big,))) == "pack.too_big"
    many = tuple(PackFile(f"assets/{n}", manifests.LARGEST_FILE, "0" * 64) for n in range(5))
    assert refusal(small_pack(tmp_path / "b", files=many)) == "pack.too_big"


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"version": 10**9 + 1},
        {"valid_to": date(2026, 10, 31)},
        {"signers": Signers((), 1)},
        {"signers": Signers(("ab",), 1)},
        {"signers": Signers(("AB" * 32,), 1)},
        {"signers": Signers(TRUST.signers.keys, 0)},
        {"signers": Signers(TRUST.signers.keys, 2)},
        {"signers": Signers(TRUST.signers.keys * 2, 1)},
        {"files": (PackFile("assets/x", -1, "0" * 64),)},
        {"files": (PackFile("assets/x", 1, "0" * 63),)},
    ],
)
def test_a_manifest_that_makes_no_sense(tmp_path: Path, changes: dict[str, object]) -> None:
    assert refusal(small_pack(tmp_path / "goi", **changes)) == "pack.manifest"


@pytest.mark.parametrize("version", [True, 1.0, "1", None])
def test_a_version_is_a_whole_number(tmp_path: Path, version: object) -> None:
    assert refusal(small_pack(tmp_path / "goi", version=version)) == "pack.manifest"


def test_a_pack_for_a_later_program_is_told_from_a_broken_one(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifests, "FORMAT", 0)
    assert refusal(pack) == "pack.newer"


@pytest.mark.parametrize("keep", [0, 1, 10, 200, -1, -22, -40])
def test_a_zip_that_was_cut_off(pack: Path, tmp_path: Path, keep: int) -> None:
    out = zipped(pack, tmp_path / "goi.zip")
    out.write_bytes(out.read_bytes()[:keep])
    assert refusal(out) == "pack.zip"


def test_a_zip_with_a_name_twice(pack: Path, tmp_path: Path) -> None:
    out = zipped(pack, tmp_path / "goi.zip")
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(LIST, "x")
    assert refusal(out) == "pack.extra"


def test_a_zip_with_a_link_or_a_way_out(pack: Path, tmp_path: Path) -> None:
    out = zipped(pack, tmp_path / "goi.zip")
    link = zipfile.ZipInfo("assets/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(out) == "pack.extra"
    other = zipped(pack, tmp_path / "other.zip")
    with zipfile.ZipFile(other, "a") as archive:
        archive.writestr("../outside", "x")
    assert refusal(other) == "pack.extra"


def test_a_bomb_is_read_no_further_than_its_manifest_says(pack: Path, tmp_path: Path) -> None:
    out = tmp_path / "bomb.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, (pack / NAME).read_bytes())
        archive.writestr("compiled/index.json", (pack / "compiled" / "index.json").read_bytes())
        archive.writestr(LIST, b"\0" * 50_000_000)
    assert out.stat().st_size < 100_000
    assert refusal(out) == "pack.length"


def test_a_bomb_in_place_of_the_manifest(tmp_path: Path) -> None:
    out = tmp_path / "bomb.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, b" " * 50_000_000)
    assert refusal(out) == "pack.manifest"


def test_too_many_files(tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = zipped(pack, tmp_path / "goi.zip")
    monkeypatch.setattr(sources, "MOST_FILES", 1)
    assert refusal(out) == "pack.too_big"
    assert refusal(pack) == "pack.too_big"


def test_a_file_that_is_too_long_to_be_a_pack(tmp_path: Path) -> None:
    out = tmp_path / "big.zip"
    with out.open("wb") as file:
        file.truncate(sources._LARGEST_ZIP + 1)
    assert refusal(out) == "pack.too_big"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_byte_of_a_pack_can_be_changed_unseen(pack: Path, data: st.DataObject) -> None:
    files = sorted(path for path in pack.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    flip = data.draw(st.integers(1, 255))
    path.write_bytes(before[:at] + bytes([before[at] ^ flip]) + before[at + 1 :])
    try:
        assert refusal(pack) in {
            "pack.manifest",
            "pack.signature",
            "pack.digest",
            "pack.newer",
            "pack.threshold",
            "pack.path",
        }
    finally:
        path.write_bytes(before)


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_zip_is_refused_or_says_exactly_the_same(at: float, flip: int, cut: bool) -> None:
    with TemporaryDirectory() as folder:
        pack = small_pack(Path(folder) / "goi")
        out = zipped(pack, Path(folder) / "goi.zip")
        whole = out.read_bytes()
        place = int(at * len(whole))
        out.write_bytes(
            whole[:place] if cut else whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
        )
        taken = verify_all(out)
        if taken is not None:
            assert taken == {file.path: (pack / file.path).read_bytes() for file in verify(pack, TRUST).files}


def verify_all(path: Path) -> dict[str, bytes] | None:
    """What a point would take from it; ``None`` if refused."""
    try:
        manifest: Manifest = verify(path, TRUST)
        with sources.open_source(path) as source:
            return {file.path: source.read(file.path, file.length) for file in manifest.files}
    except WorldError as error:
        TEXTS(f"error.{error.code}", **error.params)
        return None
