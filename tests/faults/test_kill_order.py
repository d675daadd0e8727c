"""What kill -9 cannot show, because the kernel keeps what was written: flushes come before promises.

A power cut loses everything that was not flushed. So the order of the system calls is read from strace: a
save is told only after the log was flushed, a hand-over only after the sealed paper, its folder and the log.
"""

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desk import fill, opening
from kiosk.domain.clock import SystemClock
from kiosk.envelope.keys import generate_age_identity, recipient_of
from kiosk.storage import link
from tests.support.content import compiled_forms, real_content
from tests.support.kill_writer import TEMPLATE
from tests.support.points import CHEAP, PIN, enrolment
from tests.support.visits import ready_dossier

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]
ROOT = Path(__file__).parents[2]
CALL = re.compile(r"^\d+\s+(?P<name>\w+)\((?P<rest>.*)")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    desk = opening.create(home, real_content(), SystemClock(), "Thử", PIN, CHEAP)
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment(recipient_of(generate_age_identity())), "token")
    opening.close(desk)
    return home


def traced(home: Path, what: str, times: int) -> list[str]:
    """The flushes, renames and spoken words of a point that does a thing so many times, in order."""
    report = home.parent / "calls.txt"
    command = [
        "strace",
        "-f",
        "-y",
        "-s",
        "64",
        "-e",
        "trace=fsync,fdatasync,rename,renameat2,write",
        "-o",
        str(report),
    ]
    point = [str(home), str(compiled_forms()), what, str(times)]
    command += [sys.executable, "-X", "utf8", "-m", "tests.support.kill_writer", *point]
    subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    matches = (CALL.match(line) for line in report.read_text("utf-8", errors="replace").splitlines())
    return [step for match in matches if match and (step := told(match["name"], match["rest"]))]


def told(name: str, rest: str) -> str:
    """One call in words: ``flush log``, ``rename paper``, ``flush folder``, ``say saved`` …"""
    if name == "write":
        word = re.match(r'1<[^>]*>, "(\w+)', rest)
        return f"say {word[1]}" if word else ""
    thing = {"-wal": "log", ".age.part": "paper", "/outbox": "folder"}
    place = rest.split(">")[0] if "sync" in name else rest.split('"')[1]
    found = next((what for tail, what in thing.items() if place.endswith(tail)), "")
    return f"{'flush' if 'sync' in name else 'rename'} {found}" if found else ""


def test_saved_is_said_only_after_the_log_was_flushed(home: Path) -> None:
    steps = traced(home, "save", 20)
    start = steps.index("say dossier")
    pairs = [step for step in steps[start + 1 :] if step in ("flush log", "say saved")]
    spoken = [index for index, step in enumerate(pairs) if step == "say saved"]
    assert len(spoken) >= 20
    for before, after in zip([-1, *spoken], spoken, strict=False):
        assert after - before >= 2, "a promise without a flush"
    flushes = [after - before - 1 for before, after in itertools.pairwise(spoken)]
    assert set(flushes) == {1}, "one answer costs one flush"


def test_queued_is_said_only_after_paper_folder_and_log(home: Path) -> None:
    desk = opening.unlock(home, real_content(), SystemClock(), PIN)
    fill.save(desk, ready_dossier(desk), place=TEMPLATE)
    opening.close(desk)
    steps = traced(home, "hand_over", 1)
    first = steps[steps.index("say ready") : steps.index("say queued")]
    order = [first.index(step) for step in ("flush paper", "rename paper", "flush folder")]
    assert order == sorted(order)
    assert "flush log" in first[order[-1] :]
