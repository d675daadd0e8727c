"""A second opinion: ODK Validate, which pyxform brings along, must accept every form that we ship."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from kiosk.author.cli import main
from kiosk.author.source import xform_of
from kiosk.packs.content import assets_folder
from tests.author.forms import form, row

FORMS = sorted((assets_folder() / "procedures").glob("*/form.md"))
JAR = Path(str(find_spec("pyxform").origin)).parent / "validators/odk_validate/bin/ODK_Validate.jar"  # type: ignore[union-attr]

pytestmark = [pytest.mark.java, pytest.mark.skipif(shutil.which("java") is None, reason="no Java here")]


def validate(path: Path) -> tuple[int, str]:
    """The exit code and words of ODK Validate."""
    done = subprocess.run(
        ["java", "-jar", str(JAR), str(path)], capture_output=True, text=True, timeout=100, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("source", FORMS, ids=lambda path: path.parent.name)
def test_odk_validate_accepts_a_form_that_we_ship(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_bytes(xform_of(source))
    code, words = validate(path)
    assert (code, "Xform is valid" in words) == (0, True), words


def test_it_accepts_the_starter(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "don.md")]) == 0
    path = tmp_path / "form.xml"
    path.write_bytes(xform_of(tmp_path / "don.md"))
    assert validate(path)[0] == 0


def test_it_would_refuse_a_broken_form(tmp_path: Path) -> None:
    source = tmp_path / "form.md"
    source.write_text(form(row("text", "a", "A", relevant="string-length('x') > 1")), encoding="utf-8")
    path = tmp_path / "form.xml"
    path.write_bytes(xform_of(source).replace(b"string-length(", b"selecte("))
    assert validate(path)[0] != 0
