"""A file is there whole, or the old one is."""

import os
import stat
from pathlib import Path

import pytest

from kiosk.storage import durable
from kiosk.storage.durable import make_folder, write_file


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.age"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [file.name for file in tmp_path.iterdir()] == ["a.age"]


def test_content_is_flushed_before_the_rename_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the first a power cut leaves an empty file, without the second none at all."""
    order: list[str] = []
    flush, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        flush(handle)

    def replace(path: Path, target: Path) -> Path:
        order.append("rename")
        return rename(path, target)

    monkeypatch.setattr(durable.os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    write_file(tmp_path / "a.age", b"one")
    assert order == ["file", "rename", "folder"]


def test_a_failure_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.age"
    write_file(path, b"one")

    def fails(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert [file.name for file in tmp_path.iterdir()] == ["a.age"]


def test_a_folder_is_made_with_its_parents_and_made_once(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a" / "b")
    (folder / "file").write_bytes(b"x")
    assert make_folder(folder) == folder
    assert (folder / "file").exists()
