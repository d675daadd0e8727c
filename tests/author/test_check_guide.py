"""``hamlet-forms check`` of a guide: every fault at once, with its line, in both languages, with the fix."""

import shutil
from pathlib import Path

import pytest

from kiosk.author.cli import main
from kiosk.guides.faults import faults
from kiosk.guides.load import read_guide
from tests.guides.made import FOLDER, written


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    status = main(["check", str(path)])
    return status, capsys.readouterr().out.splitlines()


def test_the_account_guide_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(FOLDER / "tai_khoan" / "guide.toml", capsys)
    assert status == 0
    assert len(lines) == 1
    assert "37 nút, 11 điểm dừng" in lines[0]


def test_every_fault_is_said_with_its_line_and_its_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(
        tmp_path,
        ('to = "D"', 'to = "Q"'),
        ('bring = ["Thẻ"]\ntell = ["Nhớ"]', 'tell = ["Nhớ"]'),
        ('sources = ["s"]', 'sources = ["t"]'),
    )
    status, lines = checked(path, capsys)
    assert status == 1
    text = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, each in enumerate(text, 1) if each.startswith("answers"))
    wanted = (
        f"{path}:{line}: Nút A dẫn tới nút Q không có. Sửa chỗ to = “Q”, hoặc thêm nút Q. / Node A leads to Q"
    )
    assert any(each.startswith(wanted) for each in lines)
    assert any("Không có đường nào dẫn tới nút D." in each for each in lines)
    assert any("Nút P thiếu bring." in each and "write bring" in each for each in lines)
    assert any("nguồn t không có" in each for each in lines)
    assert all(" – fix: " in each and each.startswith(f"{path}:") for each in lines)


def test_a_question_for_a_secret_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, ('ask = "Hỏi?"', 'ask = "Mật khẩu của {you} là gì?"'))
    status, lines = checked(path, capsys)
    assert status == 1
    assert "hỏi mật khẩu" in lines[0]
    assert "người hỗ trợ quay mặt đi" in lines[0]


def test_what_cannot_be_read_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, ('kind = "done"', 'kind = "done"\nmat_khau = "x"'))
    status, lines = checked(path, capsys)
    assert status == 1
    assert len(lines) == 1
    assert ": Không đọc được hướng dẫn: nodes[1].mat_khau: an unknown key." in lines[0]
    line = next(
        n for n, each in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "mat_khau" in each
    )
    assert lines[0].startswith(f"{path}:{line}: ")


def test_a_guide_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = checked(tmp_path / "guide.toml", capsys)
    assert status == 1
    assert "the file is missing" in lines[0]


def test_the_account_guide_without_a_drawing(tmp_path: Path) -> None:
    home = tmp_path / "tai_khoan"
    shutil.copytree(FOLDER / "tai_khoan", home)
    (home / "sim.svg").unlink()
    assert {fault.code for fault in faults(read_guide(home / "guide.toml"))} == {"guide_no_drawing"}
