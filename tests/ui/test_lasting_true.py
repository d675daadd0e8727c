"""A whole day of signals must not bring the program down."""

import subprocess
import sys

_DAY = """
import ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rings = Signal(str)

bell = Bell()
for _ in range(50_000):
    bell.rings.emit("x")
print(bool(1))
"""


def test_fifty_thousand_signals_leave_true_alive() -> None:
    day = subprocess.run(
        [sys.executable, "-c", _DAY], capture_output=True, text=True, check=False, timeout=60
    )
    assert day.stdout.strip() == "True", day.stderr
    assert day.returncode == 0, day.stderr
