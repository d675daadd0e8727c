"""Papers come out, or it is said why not."""

import sys
from pathlib import Path

import pytest

from kiosk.domain.errors import WorldError
from ui.devices.find import find_printer
from ui.devices.printer import FolderPrinter, NullPrinter
from ui.devices.system_printer import LpPrinter


def program(folder: Path, body: str) -> str:
    """A stand-in for the system's printing program."""
    path = folder / "lp"
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_folder_keeps_every_copy(tmp_path: Path) -> None:
    FolderPrinter(tmp_path / "in").print_pdf(b"%PDF-1", "to-khai", copies=2)
    kept = sorted((tmp_path / "in").iterdir())
    assert [path.name for path in kept] == ["01-to-khai.pdf", "02-to-khai.pdf"]
    assert kept[0].read_bytes() == b"%PDF-1"


def test_a_folder_forgets_what_was_printed_under_a_name(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "in")
    printer.forget("phieu")
    for title in ("phieu", "to-khai", "phieu"):
        printer.print_pdf(b"%PDF-1", title)
    printer.forget("phieu")
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["02-to-khai.pdf"]


def test_no_printer_is_said() -> None:
    with pytest.raises(WorldError) as told:
        NullPrinter().print_pdf(b"%PDF-1", "to-khai")
    assert told.value.code == "printer.none"


@pytest.mark.skipif(sys.platform == "win32", reason="lp is a program of CUPS")
def test_lp_gets_the_paper_by_its_standard_input(tmp_path: Path) -> None:
    body = (
        f"open({str(tmp_path / 'got')!r}, 'wb').write(repr(sys.argv[1:]).encode() + sys.stdin.buffer.read())"
    )
    LpPrinter(program(tmp_path, body)).print_pdf(b"%PDF-1", "phieu", copies=3)
    assert (tmp_path / "got").read_bytes() == b"['-s', '-n', '3', '-t', 'phieu', '-']%PDF-1"


@pytest.mark.skipif(sys.platform == "win32", reason="lp is a program of CUPS")
def test_a_printer_that_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as told:
        LpPrinter(program(tmp_path, "sys.exit(1)")).print_pdf(b"%PDF-1", "phieu")
    assert told.value.code == "printer.failed"


@pytest.mark.skipif(sys.platform == "win32", reason="lp is a program of CUPS")
def test_without_a_default_printer_papers_are_kept_as_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(find_printer(tmp_path / "in"), FolderPrinter)
