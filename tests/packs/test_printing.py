"""Layouts that procedures print from: found, and checked against the form, when a pack is loaded."""

from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.procedures import Procedure, load_procedure
from kiosk.packs.printing import check_prints, layouts_of
from tests.catalogue.test_procedures import GOOD, SOURCES

FORM = {
    "items": [
        {"name": "data"},
        {"name": "trang_mot"},
        {"name": "ten", "as": "nd_ten"},
        {"name": "so", "as": "nd_giay_to.so"},
    ]
}
LAYOUT = "| 1 | Tên: {ho_ten} số {giay_to.so} | L |\n"


def procedure(folder: Path, prints: str, form: object = None) -> Procedure:
    path = folder / "khai_thu" / "procedure.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(GOOD.replace('[[prints]]\nlayout = "to_khai"\n', "") + prints, encoding="utf-8")
    for name in ("khai_thu/to_khai.md", "khac/to_khai.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(LAYOUT, encoding="utf-8")
    return load_procedure(path, SOURCES)


def test_a_layout_may_lie_in_another_folder(tmp_path: Path) -> None:
    prints = '[[prints]]\nlayout = "to_khai"\n[[prints]]\nlayout = "khac/to_khai"\n'
    found = layouts_of(tmp_path, [procedure(tmp_path, prints)])
    assert found == {
        "khai_thu/to_khai": tmp_path / "khai_thu/to_khai.md",
        "khac/to_khai": tmp_path / "khac/to_khai.md",
    }


def test_a_missing_layout_is_refused_where_it_is_named(tmp_path: Path) -> None:
    prints = '[[prints]]\nlayout = "to_khai"\n[[prints]]\nlayout = "khac/mau_2"\n'
    with pytest.raises(BadContentError, match="no layout khac/mau_2") as caught:
        layouts_of(tmp_path, [procedure(tmp_path, prints)])
    lines = (tmp_path / "khai_thu/procedure.toml").read_text(encoding="utf-8").splitlines()
    assert lines[caught.value.line - 1] == 'layout = "khac/mau_2"'


def test_names_that_fit_are_taken(tmp_path: Path) -> None:
    prints = (
        '[[prints]]\nlayout = "to_khai"\nwhen = { question = "nd_ten", values = ["a"] }\n'
        '[prints.answers]\nho_ten = "nd_ten"\ngiay_to = "nd_giay_to"\n"giay_*" = "nd_*"\n'
        '[[prints]]\ninformation_sheet = true\ntitle = "B"\nwhy = "C."\npages = ["trang_mot"]\n'
    )
    check_prints(tmp_path, procedure(tmp_path, prints), FORM)


@pytest.mark.parametrize(
    ("prints", "wrong"),
    [
        ('layout = "to_khai"\nwhen = { question = "nd_tuoi", values = ["a"] }', "question nd_tuoi"),
        ('layout = "to_khai"\n[prints.answers]\nho_ten = "nd_tuoi"', "question nd_tuoi"),
        ('layout = "to_khai"\n[prints.answers]\nho_ten = "\'{nd_ten} {nd_tuoi}\'"', "question nd_tuoi"),
        ('layout = "to_khai"\n[prints.answers]\nho = "nd_ten"', "no blank ho"),
        ('layout = "to_khai"\n[prints.answers]\n"giay_to.loai" = "nd_ten"', "no blank giay_to.loai"),
        ('information_sheet = true\ntitle = "B"\nwhy = "C."\npages = ["trang_hai"]', "page trang_hai"),
    ],
)
def test_names_that_nobody_asks_are_refused_with_their_line(tmp_path: Path, prints: str, wrong: str) -> None:
    with pytest.raises(BadContentError, match=wrong) as caught:
        check_prints(tmp_path, procedure(tmp_path, f"[[prints]]\n{prints}\n"), FORM)
    lines = (tmp_path / "khai_thu/procedure.toml").read_text(encoding="utf-8").splitlines()
    assert lines[caught.value.line - 1] == prints.splitlines()[-1]
