"""Signals and calls by the hundred thousand do not end the program (PySide 6.12 under Python 3.11)."""

import subprocess
import sys

import pytest

from tests.ui.conftest import ROOT

PROGRAM = """
import sys
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal()
bell = Bell()
if sys.argv[1] == "guarded":
    import ui
for _ in range(200_000):
    bell.rang.emit() if sys.argv[2] == "signals" else bell.setObjectName("bell")
"""


def ring(*words: str) -> int:
    command = [sys.executable, "-c", PROGRAM, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode


@pytest.mark.parametrize("what", ["signals", "calls"])
def test_the_guard_lets_them_go_on_for_ever(what: str) -> None:
    assert ring("guarded", what) == 0


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants are immortal there")
@pytest.mark.parametrize("what", ["signals", "calls"])
def test_without_the_guard_the_program_would_end(what: str) -> None:
    assert ring("bare", what) != 0
