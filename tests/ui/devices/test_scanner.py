"""Pages come from a folder once, in order, and leave it."""

import os
from pathlib import Path

import pytest

from kiosk.domain.errors import WorldError
from ui.devices.scanner import FolderScanner, NullScanner


def drop(folder: Path, name: str, data: bytes, at: int) -> None:
    (folder / name).write_bytes(data)
    os.utime(folder / name, (at, at))


def test_pages_come_in_the_order_of_their_time(tmp_path: Path) -> None:
    drop(tmp_path, "b.jpg", b"first", 100)
    drop(tmp_path, "a.jpg", b"second", 200)
    assert FolderScanner(tmp_path).scan() == [b"first", b"second"]


def test_a_page_is_taken_only_once_and_does_not_stay(tmp_path: Path) -> None:
    drop(tmp_path, "a.jpg", b"page", 100)
    scanner = FolderScanner(tmp_path)
    scanner.scan()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(WorldError) as told:
        scanner.scan()
    assert told.value.code == "scanner.empty"


@pytest.mark.parametrize("scanner", [NullScanner(), FolderScanner(Path("/nowhere/at/all"))])
def test_no_scanner_is_said(scanner: NullScanner | FolderScanner) -> None:
    with pytest.raises(WorldError) as told:
        scanner.scan()
    assert told.value.code == "scanner.none"
