"""``make bench``: every benchmark in its own process, each figure as a ratio to a floor of the same run.

usage: python -m tests.bench [NAME …]
"""

import importlib
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.figure import Figure

BENCHES = ("start", "edit", "declaration", "visit", "forms")
RESULT = Path("build/bench.json")


def run_one(name: str) -> list[Figure]:
    """Run a benchmark in a fresh interpreter, so that none warms or burdens another."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.bench", "--inside", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return [Figure(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def inside(name: str) -> None:
    figures: list[Figure] = importlib.import_module(f"tests.bench.bench_{name}").run()
    print(json.dumps([asdict(figure) for figure in figures]))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--inside"]:
        inside(arguments[1])
        return
    figures = []
    for name in arguments or BENCHES:
        for figure in run_one(name):
            figures.append(figure)
            print(figure.line(), flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([asdict(figure) for figure in figures], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
