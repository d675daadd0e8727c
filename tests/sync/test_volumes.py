"""Sticks are found by what the system reports, wherever it mounts them."""

import sys
from pathlib import Path

import pytest

from sync.volumes import sticks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads what Linux reports")

LINE = "36 28 {number} / {point} rw,nosuid shared:24 - {kind} {source} rw\n"


class Machine:
    """The reports of a machine, below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "proc/self").mkdir(parents=True)
        (root / "sys/class/block").mkdir(parents=True)
        self.report = root / "proc/self/mountinfo"
        self.report.write_text("22 27 0:21 / /proc rw - proc proc rw\nnonsense\n")

    def disk(self, bus: str, name: str, part: str = "", *, removable: bool = False) -> None:
        folder = self.root / "sys/devices" / bus / "block" / name
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "removable").write_text("1\n" if removable else "0\n")
        (self.root / "sys/class/block" / (part or name)).symlink_to(folder / part)

    def mount(self, source: str, point: str, kind: str = "vfat") -> None:
        with self.report.open("a") as file:
            file.write(LINE.format(number="8:17", point=point, kind=kind, source=source))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_stick_is_found_wherever_it_is_mounted(machine: Machine) -> None:
    machine.disk("pci0000:00/usb1/1-2", "sdb", "sdb1", removable=True)
    machine.mount("/dev/sdb1", "/media/thon/USB\\040CUA\\040TOI")
    assert sticks(machine.root) == [Path("/media/thon/USB CUA TOI")]


def test_a_disk_in_a_usb_box_and_a_card_in_its_slot_count_too(machine: Machine) -> None:
    machine.disk("pci0000:00/usb2/2-1", "sdc", "sdc1")
    machine.disk("pci0000:00/mmc_host", "mmcblk0", "mmcblk0p1", removable=True)
    machine.mount("/dev/sdc1", "/run/media/thon/DISK", kind="fuseblk")
    machine.mount("/dev/mmcblk0p1", "/srv/card")
    assert sticks(machine.root) == [Path("/run/media/thon/DISK"), Path("/srv/card")]


def test_the_disks_of_the_machine_itself_do_not(machine: Machine) -> None:
    machine.disk("pci0000:00/ata1", "sda", "sda1")
    machine.mount("/dev/sda1", "/home", kind="ext4")
    machine.mount("/dev/sda9", "/media/thon/GHOST")
    machine.mount("/dev/../../../etc", "/media/thon/ODD")
    machine.mount("tmpfs", "/tmp", kind="tmpfs")
    assert sticks(machine.root) == []


def test_a_system_that_runs_from_a_stick_is_not_offered_its_own_root(machine: Machine) -> None:
    machine.disk("pci0000:00/usb1/1-2", "sdb", "sdb1", removable=True)
    machine.mount("/dev/sdb1", "/", kind="ext4")
    machine.mount("/dev/sdb1", "/boot/efi")
    assert sticks(machine.root) == []


def test_a_machine_that_reports_nothing_has_none(tmp_path: Path) -> None:
    assert sticks(tmp_path) == []
