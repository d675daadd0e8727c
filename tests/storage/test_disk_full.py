"""A disk that is really full: what was saved stays, what could not be saved is told, and it goes on after."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.dossier import Answer
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts
from kiosk.storage.durable import write_file
from kiosk.storage.trouble import disk_error
from tests.support.points import AT, add_draft, empty_database


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB of its own."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder: Path) -> Path:
    """Take every last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def test_saving_on_a_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    database = empty_database(small_disk / "home")
    with database.write() as connection:
        row = add_draft(connection)

    def save(number: int) -> None:
        with database.write() as connection:
            answer = Answer(f"q{number}", "Nguyễn Thị Bưởi " * 20)
            assert drafts.save(connection, row.id, 1, [answer], "form", AT)

    saved = []

    def save_until_it_is_full() -> None:
        for number in range(20_000):
            save(number)
            saved.append(f"q{number}")

    filler = fill_up(small_disk)
    with pytest.raises(WorldError) as caught:
        save_until_it_is_full()
    assert caught.value.code == "disk.full"
    with database.read() as connection:
        kept = {answer.name for answer in drafts.answers_of(connection, row.id, 1)}
    assert kept == set(saved)
    filler.unlink()
    save(9999)
    database.close()
    again = empty_database(small_disk / "home")
    with again.read() as connection:
        kept = {answer.name for answer in drafts.answers_of(connection, row.id, 1)}
    assert kept == {*saved, "q9999"}
    again.close()


def test_opening_on_a_full_disk_is_told(small_disk: Path) -> None:
    (small_disk / "home").mkdir()
    fill_up(small_disk)
    with pytest.raises(WorldError) as caught:
        empty_database(small_disk / "home")
    assert caught.value.code == "disk.full"


def test_a_file_on_a_full_disk_leaves_no_half_file(small_disk: Path) -> None:
    fill_up(small_disk)
    with pytest.raises(OSError, match="No space") as caught:
        write_file(small_disk / "paper.age", bytes(300_000))
    assert disk_error(caught.value).code == "disk.full"
    assert [file.name for file in small_disk.iterdir()] == ["filler"]


@pytest.mark.parametrize(
    ("number", "code"), [(28, "disk.full"), (30, "disk.readonly"), (13, "disk.readonly"), (5, "disk.failing")]
)
def test_every_trouble_of_a_file_has_its_sentence(number: int, code: str) -> None:
    assert disk_error(OSError(number, "")).code == code
