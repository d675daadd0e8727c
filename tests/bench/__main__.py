"""``make bench``: every benchmark in its own process, each figure as a ratio to a floor of the same run.

usage: python -m tests.bench [--write] [NAME …]

``--write`` also writes the figures into ``docs/performance.md``; those of other benchmarks stay there.
"""

import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tests.bench.figure import Figure, shown

BENCHES = ("start", "edit", "declaration", "visit", "forms", "search", "loading", "link", "hub")
RESULT = Path("build/bench.json")
PAGE = Path("docs/performance.md")
HEAD = """# Figures

Written by `python -m tests.bench --write` (`make bench` prints the same). Each figure is a ratio to a
floor that was measured in the same run on the same machine; absolute times wander with the machine and
are not promises. A target is the highest ratio allowed. Last run: {day}, Python {python}, {cores} cores.

| what | ours | floor | ratio | target | | note |
|---|---|---|---|---|---|---|
"""


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
    figures: list[Figure] = []
    for name in [each for each in arguments if each != "--write"] or BENCHES:
        for figure in run_one(name):
            figures.append(figure)
            print(figure.line(), flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([asdict(figure) for figure in figures], indent=1), encoding="utf-8")
    if "--write" in arguments:
        PAGE.write_text(page(figures, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def page(figures: list[Figure], before: str = "") -> str:
    """The figures as a Markdown page; lines of ``before`` about figures that were not measured stay."""
    head = HEAD.format(day=date.today(), python=platform.python_version(), cores=os.cpu_count())  # noqa: DTZ011 - the author's day
    lines = {_name(line): line for line in before.partition("|---|")[2].splitlines()[1:] if line.strip()}
    lines |= {f.name: _line(f) for f in figures}
    return head + "".join(f"{line}\n" for line in lines.values())


def _name(line: str) -> str:
    return line.split("|")[1].strip()


def _line(f: Figure) -> str:
    return (
        f"| {f.name} | {f.ours:.3f} {f.unit} | {f.floor:.3f} {f.unit} | **{shown(f.ratio)}** "
        f"| {shown(f.target)} | {f.verdict} | {f.note} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
