"""A queue that is longer than a folder on FAT32 can be."""

from pathlib import Path

import pytest

from sync.client.usb import MOST_FILES, copy_to_stick, outward_folder
from tests.support.point import Point

FAT32_ENTRIES = 65_536


def test_so_many_files_fit_twice_into_a_folder_on_fat32() -> None:
    longest = len("0" * 64 + ".envelope.part")
    entries = 1 + -(-longest // 13)
    assert 2 * (MOST_FILES + 2) * entries < FAT32_ENTRIES


@pytest.mark.parametrize(
    ("most", "copied", "later"), [(100, 4, 0), (8, 4, 0), (7, 3, 1), (2, 1, 3), (1, 1, 3)]
)
def test_the_oldest_go_and_the_others_are_counted(
    point: Point, tmp_path: Path, most: int, copied: int, later: int
) -> None:
    items = [point.queue(papers=(100,)) for _ in range(4)]
    drive = tmp_path / "stick"
    drive.mkdir()
    made = copy_to_stick(point.database, point.enrolment, point.signing_key, drive, most_files=most)
    assert (made.dossiers, made.papers, made.later, made.left_out) == (copied, copied, later, 0)
    assert made.events == tuple(item.id for item in items[:copied])
    names = {path.name for path in outward_folder(drive, point.enrolment.point).iterdir()}
    assert len(names) == 2 * copied + 1
    assert {f"{item.digest}.envelope" for item in items[:copied]} <= names
    assert set(point.states().values()) == {"waiting"}, "a copy is no receipt"
