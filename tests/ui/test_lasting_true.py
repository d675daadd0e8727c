"""Signals by the thousand do not end the program (PySide 6.12 under Python 3.11)."""

import subprocess
import sys

import pytest

from tests.ui.conftest import ROOT

PROGRAM = """
import sys
from PySide6.QtCore import QObject, Signal
from ui.lasting_true import make_true_last
class Bell(QObject):
    rang = Signal()
if sys.argv[1] == "guarded":
    make_true_last()
bell = Bell()
for _ in range(200_000):
    bell.rang.emit()
"""


def ring(word: str) -> int:
    command = [sys.executable, "-c", PROGRAM, word]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode


def test_the_guard_lets_signals_ring_for_ever() -> None:
    assert ring("guarded") == 0


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal there")
def test_without_the_guard_the_program_would_end() -> None:
    assert ring("bare") != 0
