"""A clerk looks at a layout as paper."""

from pathlib import Path

import pytest

from kiosk.author.cli import main
from tests.documents.samples import ROOT, flat, pdf_text

EXERCISE = ROOT / "examples" / "layout-exercise" / "to_khai.md"


def test_a_layout_is_printed_blank(tmp_path: Path) -> None:
    assert main(["print", str(EXERCISE), str(tmp_path / "trong.pdf")]) == 0
    text = pdf_text((tmp_path / "trong.pdf").read_bytes())
    assert "ĐƠN ĐỀ NGHỊ MƯỢN NHÀ VĂN HÓA THÔN" in text
    assert "ho_ten" not in text


def test_the_names_of_its_questions_can_stand_in_the_blanks(tmp_path: Path) -> None:
    assert main(["print", "--names", str(EXERCISE), str(tmp_path / "ten.pdf")]) == 0
    text = flat(pdf_text((tmp_path / "ten.pdf").read_bytes()))
    assert "HO_TEN" in text
    assert "noi_cu_tru.chi_tiet" in text
    assert "1 ngay:ngay viec" in text
    for blank in ("so_dinh_danh:o12", "ngay_sinh:ngay", "dat_coc:so_chu", "so_ban", "so_nguoi:so"):
        assert blank in text  # also on lines that only some answers print


@pytest.mark.parametrize(
    ("old", "new", "said"), [("J LDR; label B", "J LRD", "LRD"), ("## Printed lines", "## Dòng", "Dòng")]
)
def test_a_slip_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    path = tmp_path / "to_khai.md"
    path.write_text(EXERCISE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert main(["print", str(path), str(tmp_path / "a.pdf")]) == 1
    told = capsys.readouterr().out
    assert "to_khai.md:" in told
    assert said in told
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(tmp_path / "none.md"), str(tmp_path / "a.pdf")]) == 1
    assert "none.md" in capsys.readouterr().out
