"""The compiled catalogue says what the files say, or counts for nothing."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.author.build import build
from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.catalogue import read_catalogue
from kiosk.catalogue.listings import COLUMNS, Listing, write_listings
from kiosk.packs.compiled_catalogue import NAME, mark_of, read_compiled, write_compiled
from kiosk.packs.compiled_forms import Forms
from kiosk.packs.content import assets_folder, load_content
from tests.support.content import DAY, compiled_forms, real_content

LISTING = Listing(**{**dict.fromkeys(COLUMNS, ""), "code": "1.009999", "name": "Việc thử", "source": "thử"})


@pytest.fixture
def pack(tmp_path: Path) -> tuple[Path, Path]:
    """Copies of our procedures and of what was compiled from them, built again."""
    procedures, compiled = tmp_path / "assets" / "procedures", tmp_path / "compiled"
    shutil.copytree(assets_folder() / "procedures", procedures)
    shutil.copytree(compiled_forms(), compiled)
    (procedures / "catalogue.csv").write_text(write_listings([LISTING]), "utf-8")
    write_compiled(procedures, compiled)
    return procedures, compiled


def test_it_is_what_the_files_say(pack: tuple[Path, Path]) -> None:
    ready = read_compiled(*pack)
    assert ready is not None
    procedures, listings = read_catalogue(pack[0])
    assert ready.procedures == tuple(procedures)
    assert ready.listings == tuple(listings) == (LISTING,)


@pytest.mark.parametrize(
    "changed",
    [
        "khai_sinh/procedure.toml",
        "khai_sinh/to_khai.md",
        "khai_sinh/form.md",
        "sources.toml",
        "catalogue.csv",
    ],
)
def test_any_changed_file_makes_it_worthless(pack: tuple[Path, Path], changed: str) -> None:
    path = pack[0] / changed
    path.write_bytes(path.read_bytes() + b"\n")
    assert read_compiled(*pack) is None


def test_another_compiled_form_makes_it_worthless(pack: tuple[Path, Path]) -> None:
    shutil.copy(
        next((pack[1] / "forms").glob("khai_sinh-*.json")), pack[1] / "forms" / "khai_sinh-2099.1.json"
    )
    assert read_compiled(*pack) is None


@pytest.mark.parametrize("content", [b"", b"\x80", b"\xff" * 100, json.dumps({"mark": "x"}).encode()])
def test_a_broken_one_counts_for_nothing(pack: tuple[Path, Path], content: bytes) -> None:
    (pack[1] / NAME).write_bytes(content)
    assert read_compiled(*pack) is None
    (pack[1] / NAME).unlink()
    assert read_compiled(*pack) is None


def test_content_is_the_same_with_it_and_without(pack: tuple[Path, Path]) -> None:
    assets = pack[0].parent
    for name in ("texts", "parameters", "lists"):
        (assets / name).symlink_to(assets_folder() / name)
    quick = load_content(assets, pack[1], DAY)
    (pack[1] / NAME).unlink()
    slow = load_content(assets, pack[1], DAY)
    assert quick.catalogue.procedures() == slow.catalogue.procedures()
    assert quick.catalogue.listings() == slow.catalogue.listings()
    assert LISTING in quick.catalogue.listings()
    assert (quick.forms, quick.layouts, quick.offered) == (slow.forms, slow.layouts, slow.offered)


def test_a_catalogue_that_does_not_fit_its_forms_is_not_compiled(pack: tuple[Path, Path]) -> None:
    path = pack[0] / "khai_sinh" / "procedure.toml"
    path.write_text(path.read_text("utf-8").replace('form_id = "khai_sinh"', 'form_id = "khong_co"'), "utf-8")
    with pytest.raises(BadContentError, match="no compiled form khong_co"):
        write_compiled(*pack)


def test_a_build_with_a_mistake_leaves_none_behind(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"old")
    assert build(tmp_path / "nothing", tmp_path) == []
    assert not (tmp_path / NAME).exists()


def test_the_mark_is_the_same_wherever_the_files_lie(pack: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(pack[0], tmp_path / "elsewhere")
    assert mark_of(tmp_path / "elsewhere", pack[1]) == mark_of(*pack)


def test_forms_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "thu-2026.1.json").write_text("{", "utf-8")
    forms = Forms.of(tmp_path)
    assert list(forms) == [("thu", "2026.1")]
    assert ("thu", "2026.2") not in forms
    with pytest.raises(BadContentError, match="not a compiled form"):
        forms.read_all()
    (tmp_path / "thu-2026.1.json").write_text('{"id": "thu"}', "utf-8")
    assert forms["thu", "2026.1"]["id"] == "thu"
    with pytest.raises(KeyError):
        forms["thu", "2026.2"]


def test_the_real_content_was_compiled() -> None:
    assert (compiled_forms() / NAME).is_file()
    assert replace(real_content(), day=DAY).catalogue.by_slug("khai_sinh").code == "1.001193"
