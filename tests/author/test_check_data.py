"""``hamlet-forms check`` of a commune's settings and of dated parameters."""

from pathlib import Path

import pytest

from kiosk.packs.content import assets_folder
from tests.author.forms import said

EXAMPLE = Path(__file__).parents[2] / "examples" / "commune.toml"
PARAMETERS = assets_folder() / "parameters"


def changed(folder: Path, source: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    path = folder / source.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "path",
    [
        EXAMPLE,
        PARAMETERS / "trial_commune.toml",
        PARAMETERS / "amounts.toml",
        PARAMETERS / "working_days.toml",
    ],
    ids=lambda path: path.name,
)
def test_what_comes_with_the_program_is_sound(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", path)[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('ward = "20320"', 'ward = "99999"', 7),
        ('province = "48"', 'province = "01"', 6),
        ('procedure = "khai_sinh"', 'procedure = "khai_sanh"', 28),
        ("{amount:ban_sao_trich_luc}", "{amount:ban_sao}", 29),
        ('now = "Thôn Một"', 'now = "Thôn Ba"', 21),
        ("draft_days = 7", "draft_days = 8", 15),
    ],
)
def test_a_commune_with_a_mistake_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, line: int
) -> None:
    path = changed(tmp_path, EXAMPLE, old, new)
    code, out = said(capsys, "check", path)
    assert (code, out.startswith(f"{path}:{line}:")) == (1, True)


def test_what_a_commune_has_not_said_is_told_and_is_no_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(tmp_path, EXAMPLE, 'hotline = "0236 000 0000"\n', "")
    code, out = said(capsys, "check", path)
    assert (code, "hotline" in out, "address" in out) == (0, True, False)


def test_amounts_and_working_days_are_checked_by_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = changed(tmp_path, PARAMETERS / "amounts.toml", "amount = 500000", "amount = -1")
    assert said(capsys, "check", wrong)[0] == 1
    wrong = changed(tmp_path, PARAMETERS / "working_days.toml", "2026-08-22", "2027-08-22")
    assert said(capsys, "check", wrong)[0] == 1
    assert said(capsys, "check", tmp_path / "my.commune.toml")[0] == 1
