"""Memory after a whole visit and after thirty, and the longest turns of the screen's thread meanwhile.

The hub is a process of its own that runs beside all legs and is not counted. The floor is a window after
importing everything that the program depends on, with none of our code.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

from sync.hub.running import TrialHub, start_trial_hub
from tests.bench.bench_start import SETTLE, _pss
from tests.bench.figure import Figure
from tests.bench.floor_window import MODULES

ROOT = Path(__file__).parents[2]
ROUNDS = 3
VISITS = 30
LIMIT = 50.0
"""Milliseconds that a turn of the screen's thread may take."""


def run() -> list[Figure]:
    check_that_the_floor_is_whole()
    place = Path(tempfile.mkdtemp(prefix="bench-"))
    hub = start_trial_hub(place / "hub")
    try:
        floors, ours = [], []
        for _ in range(ROUNDS):
            floors.append(weigh_floor())
            ours.append(play(hub, place, 1)["weights"][0])
        long = play(hub, place, VISITS)
    finally:
        hub.stop()
        shutil.rmtree(place, ignore_errors=True)
    weights = long["weights"]
    early, late = statistics.mean(weights[1:3]), statistics.mean(weights[-2:])
    return [
        Figure(
            "memory after a whole visit",
            statistics.median(ours),
            statistics.median(floors),
            "MiB",
            1.15,
            "beside the bare stack",
        ),
        Figure("memory after 30 visits", late, early, "MiB", 1.05, "beside the second and third visit"),
        Figure(
            "screen thread's turns, 99.9 %", long["p999_ms"], LIMIT, "ms", 1.0, f"slowest {long['max_ms']} ms"
        ),
    ]


def check_that_the_floor_is_whole() -> None:
    """Every run-time dependency must be imported by the floor."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {line.split(">")[0].split("=")[0].split("<")[0].strip() for line in project["dependencies"]}
    if named != set(MODULES):
        raise RuntimeError(f"the floor does not import {sorted(named ^ set(MODULES))}")


def weigh_floor() -> float:
    command = [sys.executable, str(Path(__file__).with_name("floor_window.py")), "stack"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        time.sleep(SETTLE)
        return _pss(process.pid)
    finally:
        process.kill()
        process.wait()


def play(hub: TrialHub, place: Path, visits: int) -> dict[str, Any]:
    """Play the example visit so many times in one process of a new point; what it weighed and measured."""
    point = place / "point"
    shutil.rmtree(point, ignore_errors=True)
    words = [str(hub.home), hub.url, hub.new_code("Thôn đo"), str(point), str(visits)]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.bench.played_visits", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    for figure in run():
        print(figure.line())
