"""One answer made durable: ``fill.save`` beside a raw overwrite of 4 KiB with fdatasync, interleaved.

The flushes are counted by strace in a process that only saves; checkpoints are apart (``Database.tidy``).
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.desk import fill, opening
from kiosk.desk.desk import Desk
from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import Answer
from tests.bench.figure import Figure
from tests.support.content import real_content
from tests.support.points import CHEAP, PIN
from tests.support.visits import begin

ROUNDS, WARM_UP = 400, 40
A_VISIT = 110
"""Edits after which the desk tidies the log, as at the end of a visit."""
COUNTED = 100
NAMES = ("tre_ho_ten", "me_ho_ten", "cha_ho_ten", "gcnkh_so", "gcnkh_noi")
ROOT = Path(__file__).parents[2]


def run() -> list[Figure]:
    """Median of one save over the floor's median; flushes for each edit."""
    with tempfile.TemporaryDirectory(dir=_real_disk()) as folder:
        desk = opening.create(Path(folder) / "home", real_content(), SystemClock(), "Thử", PIN, CHEAP)
        ours, floor = _interleaved(desk, _saver(desk), _floor(Path(folder) / "floor"))
        opening.close(desk)
        flushes = _flushes(Path(folder))
    return [
        Figure(
            "one edit made durable (encrypted)",
            ours * 1e3,
            floor * 1e3,
            "ms",
            3.0,
            "log tidied every 110 edits",
        ),
        Figure("flushes of one edit", flushes, 1.0, "n", 1.0, "strace -c, fsync + fdatasync"),
    ]


def _real_disk() -> Path:
    """A flush to memory says nothing: measure where the checkout lies."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    return folder


def _saver(desk: Desk) -> Callable[[int], None]:
    """Saves one answer of a draft that has some; the form engine is not what is measured here."""
    _, filling = begin(desk)
    filling.put_back([Answer(f"q{number}", "Nguyễn Văn A") for number in range(50)], ())
    fill.save(desk, filling)
    desk.database.tidy()

    def save(number: int) -> None:
        filling.put_back([Answer(NAMES[number % len(NAMES)], f"Nguyễn Thị Thanh Thảo {number}")], ())
        fill.save(desk, filling, place="trang_me")

    return save


def _floor(path: Path) -> Callable[[int], None]:
    """4 KiB over an allocated place, and its flush: the least that a disk can do."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    os.write(handle, bytes(1 << 22))
    os.fsync(handle)
    page = os.urandom(4096)

    def overwrite(number: int) -> None:
        os.pwrite(handle, page, (number % 1000) * 4096)
        os.fdatasync(handle)

    return overwrite


def _interleaved(desk: Desk, *contenders: Callable[[int], None]) -> tuple[float, ...]:
    """The median seconds of each; one operation of each in every round, in changing order."""
    order = list(range(len(contenders)))
    taken: list[list[float]] = [[] for _ in contenders]
    for number in range(ROUNDS + WARM_UP):
        if number % A_VISIT == 0:
            desk.database.tidy()
        random.shuffle(order)
        for index in order:
            began = time.perf_counter()
            contenders[index](number)
            taken[index].append(time.perf_counter() - began)
    return tuple(statistics.median(times[WARM_UP:]) for times in taken)


def _flushes(folder: Path) -> float:
    """Flushes for each edit: those of a process with many edits less those of one with a single one
    (the first after a checkpoint also flushes the head of the log)."""
    if shutil.which("strace") is None:
        return float("nan")
    return (_count(folder / "many", COUNTED + 1) - _count(folder / "one", 1)) / COUNTED


def _count(home: Path, edits: int) -> int:
    report = home.with_suffix(".strace")
    command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", str(report)]
    command += [sys.executable, "-X", "utf8", "-m", "tests.bench.bench_edit", str(home), str(edits)]
    subprocess.run(command, cwd=ROOT, check=True)
    rows = re.findall(
        r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?f(?:data)?sync$", report.read_text("utf-8"), re.M
    )
    return sum(map(int, rows))


def only_save(home: Path, edits: int) -> None:
    """The traced process; it ends without closing, so that no checkpoint is counted."""
    desk = opening.create(home, real_content(), SystemClock(), "Thử", PIN, CHEAP)
    save = _saver(desk)
    for number in range(edits):
        save(number)
    os._exit(0)


if __name__ == "__main__":
    only_save(Path(sys.argv[1]), int(sys.argv[2]))
