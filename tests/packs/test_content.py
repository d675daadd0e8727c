"""A content pack in one piece."""

import json
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.catalogue import read_catalogue
from kiosk.domain.errors import WorldError
from kiosk.packs import content as packs
from kiosk.packs.content import Content, assets_folder, compiled_folder, load_content, version_order

DAY = date(2026, 11, 21)


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """What the form compiler leaves, as far as a pack looks into it."""
    for folder in ("forms", "dictionaries"):
        (tmp_path / folder).mkdir()
    procedures, _ = read_catalogue(assets_folder() / "procedures")
    for form_id in {procedure.form_id for procedure in procedures}:
        for version in ("2026.9", "2026.11"):
            form = {"id": form_id, "version": version}
            (tmp_path / "forms" / f"{form_id}-{version}.json").write_text(json.dumps(form), encoding="utf-8")
            (tmp_path / "dictionaries" / f"{form_id}-{version}.zdict").write_bytes(version.encode())
    return tmp_path


def load(compiled: Path) -> Content:
    return load_content(assets_folder(), compiled, DAY)


def test_everything_is_there(compiled: Path) -> None:
    content = load(compiled)
    assert content.catalogue.by_slug("khai_sinh").code == "1.001193"
    assert content.commune.trial
    assert content.texts("fact.unknown") == "chưa kiểm chứng, hỏi xã"
    assert content.places.ward(content.commune.ward).name == "Phường Hải Vân"
    assert content.consent.version
    assert (content.fonts / "Tinos-Regular.ttf").is_file()
    assert content.layouts["khai_sinh/to_khai"].name == "to_khai.md"


def test_the_newest_version_is_the_largest_number(compiled: Path) -> None:
    assert load(compiled).newest_version("khai_sinh") == "2026.11"
    assert version_order("2026.9") < version_order("2026.11") < version_order("2026.11.1")


def test_older_forms_stay_for_drafts_that_need_them(compiled: Path) -> None:
    content = load(compiled)
    assert content.form("khai_sinh", "2026.9")["version"] == "2026.9"
    assert content.dictionaries["khai_sinh-2026.9"] == b"2026.9"


def test_a_form_that_is_gone_is_an_error_of_the_world(compiled: Path) -> None:
    content = load(compiled)
    with pytest.raises(WorldError) as caught:
        content.form("khai_sinh", "2020.1")
    assert content.texts(f"error.{caught.value.code}", **caught.value.params)
    with pytest.raises(KeyError):
        content.newest_version("khong_co")


def test_a_procedure_without_its_form_is_refused(compiled: Path) -> None:
    for path in (compiled / "forms").glob("khai_sinh-*.json"):
        path.unlink()
    with pytest.raises(BadContentError, match="no compiled form khai_sinh"):
        load(compiled)


@pytest.mark.parametrize(
    ("name", "text"), [("khai_sinh-x", "{}"), ("khai_sinh-1", "{"), ("khai_sinh-1", "[]")]
)
def test_what_is_no_compiled_form_is_refused(compiled: Path, name: str, text: str) -> None:
    (compiled / "forms" / f"{name}.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadContentError, match="not a compiled form"):
        load(compiled)


def test_a_commune_brings_its_own_settings(compiled: Path, tmp_path: Path) -> None:
    own = tmp_path / "commune.toml"
    own.write_text(
        'name = "UBND xã Bà Nà"\nkind = "xã"\nprovince = "48"\nward = "20308"\ndraft_days = 3\n', "utf-8"
    )
    content = load_content(assets_folder(), compiled, DAY, own)
    assert (content.commune.name, content.commune.trial) == ("UBND xã Bà Nà", False)
    assert "sau 3 ngày" in content.consent.items[0].text


def test_places_of_a_source_checkout() -> None:
    assert (assets_folder() / "texts" / "vi").is_dir()
    assert compiled_folder().parts[-2:] == ("build", "pack")


def test_places_inside_the_frozen_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packs.sys, "_MEIPASS", str(tmp_path), raising=False)
    assert (assets_folder(), compiled_folder()) == (tmp_path / "assets", tmp_path / "build" / "pack")


def test_rows_of_a_list_are_named_by_its_columns(tmp_path: Path) -> None:
    """Whatever a clerk left in it: blank lines are no rows, short ones have fewer columns."""
    path = tmp_path / "xa.csv"
    path.write_text("name,label,tinh\n1,Xã Một,01\n\n2,Xã Hai\n", encoding="utf-8")
    rows = packs.list_rows(path)
    assert list(rows) == [{"name": "1", "label": "Xã Một", "tinh": "01"}, {"name": "2", "label": "Xã Hai"}]
    assert (len(rows), rows[-1]["name"], list(rows[:1])) == (2, "2", [rows[0]])
    with pytest.raises(IndexError):
        rows[2]


def test_an_empty_list_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "xa.csv"
    path.touch()
    assert list(packs.list_rows(path)) == []
