"""What ``try --screen`` puts in front of the window; the window itself is tested with the screens."""

import shutil
from pathlib import Path

import pytest

from kiosk.author import screen
from kiosk.author.build import build
from kiosk.author.cli import main
from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of
from kiosk.packs.content import assets_folder, load_content
from tests.support.content import DAY, compiled_forms

FORM = assets_folder() / "procedures" / "khai_sinh" / "form.md"


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "compiled_folder", compiled_forms)


def changed(folder: Path) -> Path:
    """The form of births with another version and another question."""
    path = folder / "form.md"
    text = FORM.read_text(encoding="utf-8").replace("| 2026.11 |", "| 2026.02 |")
    path.write_text(text.replace("Giới tính |", "Giới tính của bé |"), encoding="utf-8")
    return path


def test_the_form_takes_the_place_of_its_procedures(tmp_path: Path) -> None:
    path = changed(tmp_path)
    screen.make_content(tmp_path / "content", path, compile_xform(xform_of(path)))
    content = load_content(tmp_path / "content" / "assets", tmp_path / "content" / "compiled", DAY)
    assert content.newest_version("khai_sinh") == "2026.02"
    assert "Giới tính của bé" in str(content.form("khai_sinh", "2026.02"))


def test_a_procedure_may_lie_beside_its_form(tmp_path: Path) -> None:
    folder = tmp_path / "ban_sao"
    shutil.copytree(FORM.parent, folder)
    toml = folder / "procedure.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("khai_sinh", "ban_sao"), encoding="utf-8")
    path = folder / "form.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("| khai_sinh |", "| ban_sao |"), encoding="utf-8"
    )
    screen.make_content(tmp_path / "content", path, compile_xform(xform_of(path)))
    assert (tmp_path / "content" / "assets" / "procedures" / "ban_sao" / "procedure.toml").is_file()
    assert (tmp_path / "content" / "compiled" / "forms" / "ban_sao-2026.11.json").is_file()


def test_a_form_that_no_procedure_asks_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "don.md")]) == 0
    assert main(["try", str(tmp_path / "don.md"), "--screen"]) == 1
    assert "procedure.toml" in capsys.readouterr().err


def test_the_window_is_started_in_practice_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen.txt"
    twin = tmp_path / "twin.py"
    twin.write_text(
        f"import sys; open({str(seen)!r}, 'w').write('\\n'.join(sys.argv[1:])); sys.exit(4)", encoding="utf-8"
    )
    monkeypatch.setattr(screen, "program", lambda: [*PYTHON, str(twin)])
    assert main(["try", str(changed(tmp_path)), "--screen"]) == 4
    words = seen.read_text().split("\n")
    assert words[:2] == ["--trial", "--practice"]
    content = Path(words[words.index("--content") + 1])
    assert not content.exists(), "nothing stays behind"


PYTHON = screen.program()[:1]


def test_what_was_built_is_what_is_copied(tmp_path: Path) -> None:
    names = build(assets_folder() / "procedures", tmp_path)
    assert all((compiled_forms() / "forms" / f"{name}.json").is_file() for name in names)
