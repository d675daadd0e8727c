"""A receipt outlives a power cut: its dossier and papers are flushed before it is given.

SIGKILL cannot show that, because the kernel keeps what was written; so the order of the hub's system calls
is read from strace. The log (WAL) is flushed before every receipt, the paper, its name and its folder before
the log that says that it is there.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.hub import make_home

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
ROOT = Path(__file__).parents[2]
CALLS = "trace=fsync,fdatasync,rename,renameat2,write,pwrite64"
CALL = re.compile(r"^\d+\s+(?P<name>\w+)\((?P<rest>.*)")


def steps_of(home: Path, report: Path) -> list[str]:
    """What the hub wrote into its log, flushed, renamed and promised, in order."""
    strace = ["strace", "-f", "-y", "-s", "64", "-e", CALLS, "-o", str(report)]
    hub = [sys.executable, "-X", "utf8", "-m", "tests.support.kill_hub", str(home)]
    subprocess.run([*strace, *hub], stdout=subprocess.PIPE, cwd=ROOT, check=True)
    matches = (CALL.match(line) for line in report.read_text("utf-8", errors="replace").splitlines())
    return [step for match in matches if match and (step := told(match["name"], match["rest"]))]


def told(name: str, rest: str) -> str:
    """One call in words: ``write log``, ``flush log``, ``rename paper``, ``flush folder``, ``say paper``."""
    if word := re.match(r'1<[^>]*>, "(\w+)', rest):
        return f"say {word[1]}"
    place = rest.split('"')[1] if "rename" in name else rest.split(">")[0]
    what = {"hub.db-wal": "log", ".part": "paper", ".age": "paper"}
    found = next((thing for tail, thing in what.items() if place.endswith(tail)), "")
    if not found and re.search(r"/papers/[0-9a-f-]{36}$", place):
        found = "folder"
    verb = {"write": "write", "pwrite64": "write", "rename": "rename", "renameat2": "rename"}.get(
        name, "flush"
    )
    return f"{verb} {found}" if found else ""


def between(steps: list[str], start: str, end: str) -> list[str]:
    return steps[steps.index(start) + 1 : steps.index(end)]


def test_no_receipt_before_its_dossier_and_papers_are_on_the_disk(tmp_path: Path) -> None:
    home = make_home(tmp_path / "hub").folder
    steps = steps_of(home, tmp_path / "calls.txt")
    at_once = between(steps, "say ready", "say receipt")
    assert "write log" in at_once
    assert "write log" not in at_once[at_once.index("flush log") :], "flushed after the last write"

    arriving = between(steps, "say waiting", "say paper")
    order = [arriving.index(step) for step in ("flush paper", "rename paper", "flush folder")]
    assert order == sorted(order)
    after = arriving[order[-1] :]
    assert "write log" in after, "the row that makes the receipt comes when the file is safe"
    assert after[-1] == "flush log"
    assert "flush log" in between(steps, "say paper", "say late")
