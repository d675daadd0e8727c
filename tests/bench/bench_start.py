"""From exec to the first painted frame, and memory at rest, beside a minimal window in the same run.

A small library (``first_paint.c``) stamps every painted frame from outside, so that both legs are
measured alike. Legs alternate; medians are compared.
"""

import compileall
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).parents[2]
ROUNDS = 7
SETTLE = 4.0
"""Seconds after the first frame: by then everything was imported in the background."""
PATIENCE = 60.0


@dataclass(frozen=True)
class Start:
    """One start of one leg."""

    first_frame: float
    """Milliseconds."""
    memory: float
    """PSS in MiB, after settling."""


def run() -> list[Figure]:
    for package in ("kiosk", "sync", "ui"):
        compileall.compile_dir(ROOT / package, quiet=1)
    with tempfile.TemporaryDirectory() as place:
        probe = compile_probe(Path(place))
        legs = {
            "floor": [sys.executable, str(Path(__file__).with_name("floor_window.py"))],
            "stack": [sys.executable, str(Path(__file__).with_name("floor_window.py")), "stack"],
            "ours": [
                sys.executable,
                "-X",
                "utf8",
                "-m",
                "ui.app",
                "--trial",
                "--home",
                str(Path(place) / "home"),
            ],
        }
        starts: dict[str, list[Start]] = {name: [] for name in legs}
        for number in range(ROUNDS + 1):
            for name, command in legs.items():
                shutil.rmtree(Path(place) / "home", ignore_errors=True)
                start = start_once(command, probe, Path(place))
                if number:
                    starts[name].append(start)
    frame = {name: statistics.median(one.first_frame for one in seen) for name, seen in starts.items()}
    memory = {name: statistics.median(one.memory for one in seen) for name, seen in starts.items()}
    return [
        Figure("first frame", frame["ours"], frame["floor"], "ms", 2.0, "beside a minimal window, warm"),
        Figure(
            "memory of the locked home", memory["ours"], memory["stack"], "MiB", 1.15, "beside the bare stack"
        ),
    ]


def compile_probe(place: Path) -> Path:
    """The stamping library, compiled for this machine."""
    library = place / "first_paint.so"
    source = Path(__file__).with_name("first_paint.c")
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return library


def start_once(command: list[str], probe: Path, place: Path, settle: float = SETTLE) -> Start:
    """Start a leg, wait for its first frame, let it settle, weigh it, end it."""
    log = place / "paint.log"
    log.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LD_PRELOAD": str(probe),
        "PAINT_LOG": str(log),
        "HOME": str(place),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    began = time.clock_gettime(time.CLOCK_MONOTONIC)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        first = _first_stamp(process, log, began + PATIENCE) - began
        time.sleep(settle)
        return Start(first * 1000, _pss(process.pid))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _first_stamp(process: "subprocess.Popen[bytes]", log: Path, until: float) -> float:
    while time.clock_gettime(time.CLOCK_MONOTONIC) < until and process.poll() is None:
        stamps = log.read_text("ascii").splitlines() if log.exists() else []
        if stamps and stamps[0].count(" ") == 2:
            return float(stamps[0].split()[2])
        time.sleep(0.005)
    raise RuntimeError(f"no frame was painted; exit status {process.poll()}")


def _pss(pid: int) -> float:
    """Proportional set size of one process in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel tells no PSS")


if __name__ == "__main__":
    for figure in run():
        print(figure.line())
