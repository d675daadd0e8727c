"""What ``try --screen`` puts in front of the window; the window itself is tested with the screens."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.author import screen
from kiosk.author.build import build
from kiosk.author.cli import main
from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session, load_form
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


def test_a_form_that_no_procedure_asks_gets_a_stand_in_that_knows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "Đơn xin.md"
    path.write_text(
        "| survey |\n| | type | name | label |\n| | select_one_from_file to.csv | to | Tổ |\n\n"
        '| settings |\n| | form_id | form_title | version |\n| | Đơn 7 | Đơn "xin" | bản đầu |\n',
        encoding="utf-8",
    )
    (tmp_path / "to.csv").write_text("name;label\n1;Tổ 1\n", encoding="utf-8")
    slug = screen.make_content(tmp_path / "content", path, compile_xform(xform_of(path)))
    content = load_content(tmp_path / "content" / "assets", tmp_path / "content" / "compiled", DAY)
    procedure = content.catalogue.by_slug(slug)
    assert (slug, procedure.plain_name, procedure.fee.text) == (screen.STAND_IN, 'Đơn "xin"', None)
    form = load_form(content.form(slug, content.newest_version(slug)), content.rows)
    assert [choice.label for choice in Session(form, ShiftedClock(DAY)).question("to").choices] == ["Tổ 1"]


@pytest.mark.parametrize("file", ["every_kind", "vietnamese"])
def test_the_real_window_opens_at_the_first_page(tmp_path: Path, file: str) -> None:
    form = tmp_path / "don.md"
    if file == "vietnamese":
        assert main(["new", str(form)]) == 0
    else:
        shutil.copy(Path(__file__).parents[1] / "forms" / "every_kind.md", form)
    picture = tmp_path / "trang.png"
    done = subprocess.run(
        [*PYTHON, "-m", "kiosk.author.cli", "try", str(form), "--screen", "--picture", str(picture)],
        check=False, capture_output=True, encoding="utf-8", timeout=90,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ("Tờ thử đủ kiểu" if file == "every_kind" else str(picture)) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_form_with_mistakes_says_them_and_opens_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "program", lambda: pytest.fail("the window was started"))
    path = tmp_path / "sai.md"
    path.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | selecte(${b}, 'x') |\n",
        encoding="utf-8",
    )
    assert main(["try", str(path), "--screen"]) == 1
    assert "selecte" in capsys.readouterr().err


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
