"""A question that the form does not ask is found before a point ever sees it."""

from pathlib import Path

import pytest

from kiosk.author.check_data import known_amounts
from kiosk.author.compiler import compile_xform
from kiosk.author.procedure_check import names_of, problems_of
from kiosk.author.source import xform_of
from kiosk.packs.content import assets_folder
from tests.author.forms import said

PROCEDURES = assets_folder() / "procedures"
SLUGS = sorted(path.parent.name for path in PROCEDURES.glob("*/form.md"))


def copied(folder: Path, old: str = "", new: str = "") -> Path:
    """The birth procedure with one text changed."""
    path = folder / "khai_sinh" / "procedure.toml"
    path.parent.mkdir()
    (folder / "sources.toml").write_bytes((PROCEDURES / "sources.toml").read_bytes())
    (path.parent / "form.md").write_bytes((PROCEDURES / "khai_sinh" / "form.md").read_bytes())
    text = (PROCEDURES / "khai_sinh" / "procedure.toml").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("slug", SLUGS)
def test_every_procedure_names_only_what_its_form_asks(slug: str) -> None:
    form = compile_xform(xform_of(PROCEDURES / slug / "form.md"))
    assert problems_of(PROCEDURES / slug / "procedure.toml", form, known_amounts().keys()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('xa = "kinh_gui.xa"', 'xa = "kinh_gui.phuong"'),
        ('checked_by = "form:gcnkh_so"', 'checked_by = "form:gcnkh_ma"'),
        ('at = "loai_dang_ky"', 'at = "loai_dang_ki"'),
        ('question = "cha_me_ket_hon", values = ["khong"]', 'question = "ket_hon", values = ["khong"]'),
        ('ho_ten = "me_ho_ten"', 'ho_ten = "me_ten"'),
        ('form_id = "khai_sinh"', 'form_id = "khai_tu"'),
        ('level = "stop"', 'level = "halt"'),
        ("{amount:ban_sao_trich_luc}", "{amount:ban_sao}"),
    ],
)
def test_a_name_that_the_form_does_not_have_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str
) -> None:
    path = copied(tmp_path, old, new)
    form = compile_xform(xform_of(path.with_name("form.md")))
    (problem,) = problems_of(path, form, known_amounts().keys())
    lines = path.read_text(encoding="utf-8").splitlines()
    assert new.split(" = ")[-1] in lines[problem.line - 1]


def test_a_group_may_be_named_as_a_whole() -> None:
    form = compile_xform(xform_of(PROCEDURES / "khai_sinh" / "form.md"))
    assert {"tre_noi_sinh", "tre_noi_sinh.xa"} <= names_of(form)
    assert "trang_tre" not in names_of(form)


def test_the_build_stops_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied(tmp_path, "form:gcnkh_so", "form:gcnkh_ma")
    code, out = said(capsys, "build", "--procedures", tmp_path, "--out", tmp_path / "out")
    assert (code, "gcnkh_ma" in out) == (1, True)
    assert not (tmp_path / "out").exists()
    code, out = said(capsys, "check", path)
    assert (code, "procedure.toml:" in out) == (1, True)
    path.write_bytes((PROCEDURES / "khai_sinh" / "procedure.toml").read_bytes())
    assert said(capsys, "check", path)[0] == 0
