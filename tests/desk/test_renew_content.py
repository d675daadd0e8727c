"""A pack that this program could not work with is refused before it is switched on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.desk.renew_content import check_content, renew_content
from kiosk.documents.reading import LayoutError
from kiosk.domain.errors import WorldError
from kiosk.packs.choose import content_of
from kiosk.packs.content import assets_folder
from tests.support.content import DAY, compiled_forms, real_content
from tests.support.packs import packs_at


def test_a_sound_pack_is_used_from_then_on(tmp_path: Path) -> None:
    packs = packs_at(tmp_path)
    made = renew_content(packs.home, packs.make(2), assets_folder(), compiled_forms())
    assert made.version == 2
    content = content_of(packs.home, DAY, assets_folder(), compiled_forms())
    assert content.folder == packs.home / "packs" / "2" / "assets"


@pytest.mark.parametrize("broken", [{}, {"items": [1]}, {"nodes": [{"path": "/x"}]}])
def test_a_form_that_this_program_cannot_open_is_named(tmp_path: Path, broken: dict[str, object]) -> None:
    packs, compiled = packs_at(tmp_path), tmp_path / "compiled"
    shutil.copytree(compiled_forms(), compiled)
    form = {"id": "khai_sinh", "version": "2026.11"} | broken
    (compiled / "forms" / "khai_sinh-2026.11.json").write_text(json.dumps(form), encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        renew_content(packs.home, packs.make(2, compiled=compiled), assets_folder(), compiled_forms())
    assert (caught.value.code, caught.value.params) == ("pack.content", {"why": "khai_sinh-2026.11"})
    assert packs.installed() == ["trust.json"]


def test_a_layout_that_cannot_be_printed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "to_khai.md"
    path.write_text("không phải tờ khai\n", encoding="utf-8")
    check_content(real_content())
    with pytest.raises(LayoutError):
        check_content(replace(real_content(), layouts={"khai_sinh/to_khai": path}))


def test_a_guide_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    shutil.copytree(assets_folder() / "guides", tmp_path / "guides")
    path = tmp_path / "guides" / "tai_khoan" / "guide.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('to = "C3"', 'to = "C9"'), encoding="utf-8")
    with pytest.raises(BadContentError, match="C9"):
        check_content(replace(real_content(), folder=tmp_path))
